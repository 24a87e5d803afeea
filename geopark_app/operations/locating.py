"""The coordinate doctor for a catalogue: readings with their commune and what speaks against."""

from dataclasses import dataclass, replace

from geopark_app.domain.kinds import Site
from geopark_app.geo.coordinate_error import CoordinateError
from geopark_app.geo.crs import WGS84, to_projected
from geopark_app.geo.doctor.diagnosis import Candidate, Certainty, Diagnosis, Note, Remark, Verdict
from geopark_app.geo.doctor.judging import place_notes
from geopark_app.geo.doctor.region import Region, grid_of
from geopark_app.geo.doctor.tell_tales import compare_points
from geopark_app.operations.context import AppContext
from geopark_app.operations.ground import EDGE_M, RoadNear, border_at, ground_of, road_near
from geopark_app.operations.position_reading import diagnose_position
from geopark_app.operations.regions import region_of
from geopark_app.operations.surroundings import (
    CommunePoint,
    beyond_commune,
    metres_from_photos,
    nearest_commune,
    sites_at,
)

_TAKEN = {Verdict.OK, Verdict.NOTICE}
_FAR = (Remark.FAR_FROM_COMMUNE, Remark.OUTSIDE_COMMUNE, Remark.FAR_FROM_PHOTOS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One reading with what lies around it.

    Attributes
    ----------
    candidate : Candidate
        The reading; its notes say also what lies around.
    epsg : int
        System of the metres: the one read, or the office's for degrees.
    easting_m, northing_m : float or None
        In the system `epsg`; None where it cannot be expressed there.
    is_near : bool
        Whether it lies in the bounds of the geopark or close beside them.
    commune : CommunePoint or None
        Commune around it by the imported polygons, else with the nearest representative point;
        None far outside.
    road : RoadNear or None
        Nearest imported road or route.
    in_border_zone : bool or None
        Whether border rules hold there, as far as imported layers say.
    """

    candidate: Candidate
    epsg: int
    easting_m: float | None
    northing_m: float | None
    is_near: bool
    commune: CommunePoint | None
    road: RoadNear | None = None
    in_border_zone: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """The answer of the doctor for a catalogue.

    Attributes
    ----------
    diagnosis : Diagnosis
        What the text alone says; by it a position is taken or asked about.
    places : tuple of Place
        The readings, most believable first.
    """

    diagnosis: Diagnosis
    places: tuple[Place, ...]

    @property
    def verdict(self) -> Verdict:
        """Verdict that also counts what lies around: far from the site's commune or photos.

        That makes a sure reading doubtful, but never keeps it from being stored: the commune
        may be what is wrong, and the site's findings say it.
        """
        alone = self.diagnosis.verdict
        is_doubtful = any(_is_far(place.candidate) for place in self.places)
        return Verdict.WARN if is_doubtful and alone in _TAKEN else alone


def locate(
    context: AppContext, text: str, *, epsg: int | None = None, site: Site | None = None
) -> Location:
    """Read coordinates as people type them; nothing is written.

    Parameters
    ----------
    context
        The surroundings.
    text
        As typed or pasted.
    epsg
        The coordinate system, when it is said.
    site
        The site meant: its commune, photos and known position are compared.
    """
    region = region_of(context)
    commune_code = site.commune_code if site is not None else None
    found = diagnose_position(context, text, epsg=epsg, commune_code=commune_code)
    places = tuple(_place(context, one, region, site) for one in found.candidates)
    return Location(diagnosis=found, places=places)


def place_at(context: AppContext, lon: float, lat: float, *, site: Site | None = None) -> Place:
    """Give a point chosen on a map with what lies around it and what speaks against it."""
    region = region_of(context)
    chosen = Candidate(lon=lon, lat=lat, source_epsg=WGS84)
    return _place(context, replace(chosen, notes=place_notes(chosen, region)), region, site)


def _place(context: AppContext, one: Candidate, region: Region, site: Site | None) -> Place:
    one = replace(one, notes=(*one.notes, *_around(context, one, region, site)))
    if _is_far(one) and one.certainty in {Certainty.SURE, Certainty.LIKELY}:
        one = replace(one, certainty=Certainty.POSSIBLE)
    epsg = one.source_epsg if grid_of(one.source_epsg) is not None else region.systems[0]
    easting_m, northing_m = _metres(one, epsg)
    is_near = region.is_near(one.lon, one.lat)
    return Place(
        candidate=one,
        epsg=epsg,
        easting_m=easting_m,
        northing_m=northing_m,
        is_near=is_near,
        commune=nearest_commune(context, one.lon, one.lat) if is_near else None,
        road=road_near(context, one.lon, one.lat) if is_near else None,
        in_border_zone=border_at(context, one.lon, one.lat) if is_near else None,
    )


def _is_far(one: Candidate) -> bool:
    return any(map(one.has, _FAR))


def _metres(one: Candidate, epsg: int) -> tuple[float | None, float | None]:
    if one.metres is not None:
        return one.metres
    try:
        easting_m, northing_m = to_projected(one.lon, one.lat, epsg)
    except CoordinateError:
        return None, None
    return round(easting_m, 3), round(northing_m, 3)


def _around(context: AppContext, one: Candidate, region: Region, site: Site | None) -> list[Note]:
    notes = []
    for other in sites_at(context, one.lon, one.lat, besides=site.uuid if site else ""):
        names = " ".join(part for part in (other.code, other.name_vi) if part)
        notes.append(Note(remark=Remark.SAME_SPOT, details={"other": names}))
    if not region.is_near(one.lon, one.lat):
        return notes
    outside_m = ground_of(context).metres_outside_boundary(one.lon, one.lat) or 0.0
    if outside_m > EDGE_M:
        km = f"{outside_m / 1000:.1f}"
        notes.append(Note(remark=Remark.OUTSIDE_BOUNDARY, details={"km": km}))
    if border_at(context, one.lon, one.lat):
        notes.append(Note(remark=Remark.BORDER_ZONE))
    if site is None:
        return notes
    beyond = beyond_commune(context, site.commune_code, one.lon, one.lat)
    if beyond is not None:
        details = {"commune": beyond.commune.name_vi or "", "km": f"{beyond.metres / 1000:.1f}"}
        remark = Remark.OUTSIDE_COMMUNE if beyond.by_polygon else Remark.FAR_FROM_COMMUNE
        notes.append(Note(remark=remark, details=details))
    far_m = metres_from_photos(context, site, one.lon, one.lat)
    if far_m is not None:
        notes.append(Note(remark=Remark.FAR_FROM_PHOTOS, details={"km": f"{far_m / 1000:.1f}"}))
    known = site.position
    if known is not None and known.is_pin and known.lon is not None and known.lat is not None:
        tale = compare_points((one.lon, one.lat), (known.lon, known.lat), region)
        if tale is not None:
            notes.append(tale)
    return notes

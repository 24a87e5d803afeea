"""What a gesture on the map writes: a site moved or added, a line or area drawn; one save each."""

import json
from dataclasses import dataclass

from shapely import get_num_coordinates
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import FieldType, Record, kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Commune, Site, kind_named
from geopark_app.geo.extent import crossing_point
from geopark_app.geo.measure import area_m2, length_m
from geopark_app.operations.context import AppContext
from geopark_app.operations.ground import EDGE_M, border_at, commune_by_code, ground_of
from geopark_app.operations.records import add_record, get_record, set_fields
from geopark_app.operations.regions import region_of
from geopark_app.operations.site_codes import laptop_letter, new_code

MOST_CORNERS = 20_000
"""More than anybody draws by hand; what is larger is imported."""

_WGS84 = "EPSG:4326"
_SMALLEST_SHARE = 0.005
_MOST_CHARACTERS = 2_000_000
_NOT_A_SHAPE = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    RecursionError,
    ShapelyError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenPoint:
    """A point chosen on the map.

    Attributes
    ----------
    lon, lat : float
        WGS 84 degrees.
    typed : str
        The coordinates as they were typed, where the point was not pointed at.
    """

    lon: float
    lat: float
    typed: str = ""

    def as_fields(self) -> dict[str, str]:
        """Give what a form would hand over; a point of a map is approximate and says so."""
        fields = {
            "position.lon": f"{self.lon:.10f}",
            "position.lat": f"{self.lat:.10f}",
            "position.source_crs": _WGS84,
        }
        if self.typed:
            return {"position": self.typed, **fields}
        return {**fields, "position.method": "map", "position.quality": "approx"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeOnMap:
    """A record made or changed on the map, with its save."""

    kind: str
    uuid: str
    changes: Changes


def move_site(context: AppContext, site: Site, to: ChosenPoint, *, reason: str) -> Changes:
    """Move a site as one save; `site` is the record as it was when the person began.

    Raises
    ------
    GeoparkError
        NOT_FOUND, BAD_POSITION; nothing is written then.
    """
    return set_fields(context, "site", site.uuid, to.as_fields(), reason=reason, saw=site)


def add_site_at(context: AppContext, at: ChosenPoint, *, reason: str) -> MadeOnMap:
    """Make a site at a point, with the next code and the commune around it where one is known.

    `reason` names the save; `{code}` in it is the new code.
    """
    code = new_code(context, letter=laptop_letter(context.author.device))
    typed = {"code": code, "workflow_status": "draft", **at.as_fields()}
    commune = commune_by_code(context, ground_of(context).commune_at(at.lon, at.lat))
    if commune is not None:
        # A new record has no commune that could be lost.
        typed["commune_code"] = commune.code or ""
    in_zone = border_at(context, at.lon, at.lat)
    if in_zone is not None:
        typed["border_zone"] = "yes" if in_zone else "no"
    record, changes = add_record(context, "site", typed, reason=reason.format(code=code))
    return MadeOnMap(kind="site", uuid=record.uuid, changes=changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOffer:
    """What the place of a site says about it, and the record says otherwise.

    Attributes
    ----------
    site : Site
        As it is now.
    before, commune : Commune or None
        Commune of the record; commune around the position where that is another one.
    border_zone : bool or None
        What the imported zone or the commune says, where the record says otherwise.
    """

    site: Site
    before: Commune | None
    commune: Commune | None
    border_zone: bool | None


def place_offer(context: AppContext, uuid: str) -> PlaceOffer | None:
    """Give what a site could take over from its place; None when there is nothing to ask."""
    site = context.catalogue.get(Site, uuid)
    at = site.position if site is not None else None
    if site is None or at is None or not at.is_pin or at.lon is None or at.lat is None:
        return None
    found = commune_by_code(context, ground_of(context).commune_at(at.lon, at.lat))
    is_other = found is not None and found.code != site.commune_code
    in_zone = border_at(context, at.lon, at.lat)
    is_asked = in_zone is not None and in_zone != site.border_zone
    # An empty flag alone is a gap of the form and no question of the move.
    offers_zone = is_asked and (is_other or site.border_zone is not None)
    if not is_other and not offers_zone:
        return None
    return PlaceOffer(
        site=site,
        before=commune_by_code(context, site.commune_code or ""),
        commune=found if is_other else None,
        border_zone=in_zone if offers_zone else None,
    )


def accept_place(context: AppContext, uuid: str, *, reason: str) -> Changes:
    """Take over what the place of a site says, as it is when this is done; one save."""
    offer = place_offer(context, uuid)
    typed: dict[str, str] = {}
    if offer is not None and offer.commune is not None:
        typed["commune_code"] = offer.commune.code or ""
    if offer is not None and offer.border_zone is not None:
        typed["border_zone"] = "yes" if offer.border_zone else "no"
    if not typed:
        return Changes()
    return set_fields(context, "site", uuid, typed, reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeReport:
    """A line or area as drawn, measured and looked at.

    Attributes
    ----------
    length_m, area_m2 : float
        On the ellipsoid; the length of an area is that of its outline.
    crossing : tuple of float or None
        Lon, lat where the outline crosses itself: it cannot be saved so.
    is_near : bool
        Whether it lies in the geopark's bounds or close beside them.
    outside : float
        The share outside the official boundary, 0 to 1; 0 without one.
    """

    length_m: float
    area_m2: float
    crossing: tuple[float, float] | None
    is_near: bool
    outside: float


def look_at_shape(context: AppContext, geojson: str, *, only_measure: bool = False) -> ShapeReport:
    """Measure a drawn shape and say what speaks against it; nothing is written.

    With `only_measure` it is quick enough for every movement of the hand.

    Raises
    ------
    GeoparkError
        BAD_VALUE when it is no GeoJSON.
    """
    drawn = drawn_shape(geojson)
    if only_measure:
        return ShapeReport(
            length_m=length_m(drawn),
            area_m2=area_m2(drawn),
            crossing=crossing_point(drawn),
            is_near=True,
            outside=0.0,
        )
    region = region_of(context)
    west, south, east, north = drawn.bounds
    return ShapeReport(
        length_m=length_m(drawn),
        area_m2=area_m2(drawn),
        crossing=crossing_point(drawn),
        is_near=region.is_near(west, south) and region.is_near(east, north),
        outside=_share_outside(context, drawn),
    )


def drawn_shape(geojson: str) -> BaseGeometry:
    """Give the shape of a drawn geometry; more corners than a hand draws are refused.

    Raises
    ------
    GeoparkError
        BAD_VALUE, TOO_LARGE.
    """
    try:
        drawn = shape(json.loads(geojson[:_MOST_CHARACTERS]))
    except _NOT_A_SHAPE as broken:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="geojson", value=geojson[:80], expected="GeoJSON"
        ) from broken
    corners = int(get_num_coordinates(drawn))
    if corners > MOST_CORNERS:
        raise GeoparkError(ErrorCode.TOO_LARGE, path=f"{corners} > {MOST_CORNERS}")
    return drawn


def _share_outside(context: AppContext, drawn: BaseGeometry) -> float:
    boundary = ground_of(context).boundary
    if boundary is None or not drawn.is_valid or drawn.is_empty:
        return 0.0
    outside = drawn
    for part in boundary.shapes:
        outside = outside.difference(part.geometry)
    measure = area_m2 if drawn.area > 0 else length_m
    whole = measure(drawn)
    share = measure(outside) / whole if whole else 0.0
    # Published lines are generalised: a rim thinner than that says nothing.
    is_rim = share < _SMALLEST_SHARE or _is_thin(outside)
    return 0.0 if is_rim else share


def _is_thin(outside: BaseGeometry) -> bool:
    width = 2 * EDGE_M / 111_320
    return bool(outside.area > 0 and outside.buffer(-width / 2).is_empty)


def shape_field(kind_name: str) -> str:
    """Give the field of a kind that holds a line or area, or raise `GeoparkError(UNKNOWN_KIND)`."""
    kind = kind_named(kind_name)
    for spec in kind.fields:
        if spec.type is FieldType.GEOMETRY:
            return spec.name
    raise GeoparkError(ErrorCode.UNKNOWN_FIELD, kind=kind_name, field="geojson")


def add_extent(
    context: AppContext, site_uuid: str, geojson: str, *, purpose: str, reason: str
) -> MadeOnMap:
    """Add a drawn shape to a site, as one save.

    Raises
    ------
    GeoparkError
        CROSSING_SHAPE with the place, BAD_VALUE; nothing is written then.
    """
    typed = {
        "site_uuid": site_uuid,
        "geojson": geojson,
        "purpose": purpose,
        "method": "map",
        "source_crs": _WGS84,
        "drawn_on": context.now().date().isoformat(),
    }
    record, changes = add_record(context, "site_extent", typed, reason=reason)
    return MadeOnMap(kind="site_extent", uuid=record.uuid, changes=changes)


def set_shape(context: AppContext, record: Record, geojson: str, *, reason: str) -> MadeOnMap:
    """Give a record another line or area; `record` is as it was when the person began.

    An empty text takes the line away. Raises like `add_extent`.
    """
    kind = kind_of(record)
    field = shape_field(kind.name)
    changes = set_fields(
        context, kind.name, record.uuid, {field: geojson}, reason=reason, saw=record
    )
    return MadeOnMap(kind=kind.name, uuid=record.uuid, changes=changes)


def shape_record(context: AppContext, kind_name: str, uuid: str) -> Record:
    """Give a record that holds a shape; raises `GeoparkError(NOT_FOUND)`."""
    shape_field(kind_name)
    return get_record(context, kind_named(kind_name), uuid)

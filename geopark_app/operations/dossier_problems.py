"""The pre-flight of the dossier: what is missing or forbidden, site by site, before writing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from geopark_app.domain.finding import Severity
from geopark_app.domain.kinds import Site
from geopark_app.domain.position import PositionQuality
from geopark_app.dossier.annex import MOST_PHOTOS
from geopark_app.dossier.bilingual import Bilingual
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.problems import Problem
from geopark_app.operations.catalogues import profile_of
from geopark_app.operations.context import AppContext
from geopark_app.operations.export_reading import ExportPhoto, ExportSite, Labels
from geopark_app.operations.ground import EDGE_M, Ground, ground_of
from geopark_app.rules.photo_release import Barrier

_TWINS = ("name", "summary", "description", "significance", "age", "protection")
_WANTED = ("name", "summary")
_BARRIER_FIELDS = {
    Barrier.LICENCE: "licence",
    Barrier.NO_CONSENT: "consent_note",
    Barrier.NO_GUARDIAN_CONSENT: "guardian_consent_note",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a site is compared with.

    Attributes
    ----------
    double_codes : frozenset of str
        Codes that several sites of the catalogue carry.
    bounds : tuple of float or None
        West, south, east, north of the geopark in degrees.
    ground : Ground
        Imported polygons of communes and boundary.
    """

    double_codes: frozenset[str]
    bounds: tuple[float, float, float, float] | None
    ground: Ground

    def lies_outside(self, lon: float, lat: float) -> bool:
        """Say whether a point lies outside the bounds; without bounds nothing does."""
        if self.bounds is None:
            return False
        west, south, east, north = self.bounds
        return not (west <= lon <= east and south <= lat <= north)


def read_surroundings(context: AppContext) -> Surroundings:
    """Read what sites are compared with, once for all of them."""
    codes = Counter(site.code for site in context.catalogue.records(Site) if site.code)
    bounds = profile_of(context).get("bounds")
    return Surroundings(
        double_codes=frozenset(code for code, count in codes.items() if count > 1),
        bounds=(
            (
                float(bounds["west"]),
                float(bounds["south"]),
                float(bounds["east"]),
                float(bounds["north"]),
            )
            if isinstance(bounds, dict)
            else None
        ),
        ground=ground_of(context),
    )


def site_problems(item: ExportSite, labels: Labels, around: Surroundings) -> Iterator[Problem]:
    """Give what to put right at one site; photos that cannot be printed are errors."""
    yield from _text_problems(item)
    yield from _place_problems(item, around)
    if not item.photos:
        yield _problem(item, "no-photo", Severity.NOTE, "photo", _("There is no photo."))
    if len(printable_photos(item)) > MOST_PHOTOS:
        message = _("Only the first {count} photos are printed.").format(count=MOST_PHOTOS)
        yield _problem(item, "many-photos", Severity.NOTE, "photo", message)
    for photo in item.photos:
        yield from _photo_problems(item, photo, labels)


def printable_photos(item: ExportSite) -> tuple[ExportPhoto, ...]:
    """Give the photos that may leave for this audience and whose picture is whole."""
    return tuple(photo for photo in item.photos if photo.picture is not None and not photo.barriers)


def dossier_problems(items: list[ExportSite], *, is_sample: bool) -> Iterator[Problem]:
    """Give what concerns the dossier as a whole."""
    if not items:
        yield _whole("no-sites", Severity.ERROR, _("No site passes the filter."))
    if is_sample:
        yield _whole(
            "sample-catalogue",
            Severity.WARNING,
            _("This is a sample catalogue; its photos and visits are marked SAMPLE."),
        )
    provisional = [item.code for item in items if item.site.workflow_status != "validated"]
    if provisional:
        message = _("{count} of {total} sites are not validated and are marked PROVISIONAL.")
        yield _whole(
            "provisional", Severity.NOTE, message.format(count=len(provisional), total=len(items))
        )


def _text_problems(item: ExportSite) -> Iterator[Problem]:
    for name in _TWINS:
        vi, en = (getattr(item.site, f"{name}_{language}") for language in ("vi", "en"))
        if not en and (vi or name in _WANTED):
            yield _problem(
                item,
                "missing-english",
                Severity.WARNING,
                f"{name}_en",
                _("The English text is missing."),
            )
        if not vi and (en or name in _WANTED):
            yield _problem(
                item,
                "missing-vietnamese",
                Severity.WARNING,
                f"{name}_vi",
                _("The Vietnamese text is missing."),
            )


def _place_problems(item: ExportSite, around: Surroundings) -> Iterator[Problem]:
    if item.is_withheld:
        yield _problem(
            item,
            "position-withheld",
            Severity.NOTE,
            "position",
            _("The position is not printed for this audience."),
        )
    elif item.quality == PositionQuality.UNKNOWN.value:
        yield _problem(
            item,
            "unknown-position",
            Severity.WARNING,
            "position",
            _("The position is unknown; the map shows no marker."),
        )
    elif item.quality == PositionQuality.COMMUNE_CENTROID.value:
        yield _problem(
            item,
            "commune-only",
            Severity.NOTE,
            "position",
            _("The position is known by commune only; the commune is printed, no coordinates."),
        )
    elif item.lacks_quality:
        yield _problem(
            item,
            "position-quality-missing",
            Severity.WARNING,
            "position",
            _("How well the position is known is not stated; it is printed in arc-minutes."),
        )
    if item.code in around.double_codes:
        yield _problem(
            item, "double-code", Severity.ERROR, "code", _("Another site has the same code.")
        )
    if item.is_pin and item.point is not None and around.lies_outside(*item.point):
        yield _problem(
            item,
            "outside-bounds",
            Severity.WARNING,
            "position",
            _("The position lies outside the bounds of the geopark."),
        )
    if item.is_pin and item.point is not None and not item.is_withheld:
        yield from _ground_problems(item, around.ground, *item.point)


def _ground_problems(item: ExportSite, ground: Ground, lon: float, lat: float) -> Iterator[Problem]:
    """Compare the place with the imported polygons, as far as they go."""
    commune = item.site.commune_code or ""
    if commune and (ground.metres_outside(commune, lon, lat) or 0.0) > EDGE_M:
        yield _problem(
            item,
            "other-commune",
            Severity.WARNING,
            "commune_code",
            _("The position lies outside the commune that is printed."),
        )
    if (ground.metres_outside_boundary(lon, lat) or 0.0) > EDGE_M:
        yield _problem(
            item,
            "outside-boundary",
            Severity.WARNING,
            "position",
            _("The position lies outside the official boundary."),
        )


def _photo_problems(item: ExportSite, given: ExportPhoto, labels: Labels) -> Iterator[Problem]:
    photo = given.photo
    name = photo.file_name or photo.caption_vi or photo.uuid
    if given.picture is None:
        yield _photo_problem(
            item,
            "missing-file",
            Severity.ERROR,
            "rendition_sha256",
            name,
            _("Photo {photo}: the picture file is missing or damaged; it is left out."),
        )
        return
    words = _left_out_words() if given.barriers else _office_only_words()
    for barrier in given.barriers or given.concerns:
        yield _photo_problem(
            item,
            barrier.value,
            Severity.ERROR if given.barriers else Severity.WARNING,
            _BARRIER_FIELDS[barrier],
            name,
            words[barrier],
            licence=labels.of("licence", photo.licence),
        )
    if given.barriers:
        return
    for field, code, message in _photo_gaps():
        if not getattr(photo, field):
            yield _photo_problem(item, code, Severity.WARNING, field, name, message)
    if not (photo.alt_vi and photo.alt_en):
        yield _photo_problem(
            item,
            "alt-built",
            Severity.NOTE,
            "alt_vi" if not photo.alt_vi else "alt_en",
            name,
            _("Photo {photo}: the alternative text is built from name and caption."),
        )


def _left_out_words() -> dict[Barrier, Bilingual]:
    return {
        Barrier.LICENCE: _(
            "Photo {photo}: its licence ({licence}) forbids export; it is left out."
        ),
        Barrier.NO_CONSENT: _(
            "Photo {photo}: people are shown and no consent is noted; it is left out."
        ),
        Barrier.NO_GUARDIAN_CONSENT: _(
            "Photo {photo}: children are shown and no guardian's consent is noted; it is left out."
        ),
    }


def _office_only_words() -> dict[Barrier, Bilingual]:
    return {
        Barrier.LICENCE: _(
            "Photo {photo}: its licence ({licence}) lets it be used inside the office only."
        ),
        Barrier.NO_CONSENT: _(
            "Photo {photo}: people are shown and no consent is noted; it may not leave the office."
        ),
        Barrier.NO_GUARDIAN_CONSENT: _(
            "Photo {photo}: children are shown and no guardian's consent is noted; "
            "it may not leave the office."
        ),
    }


def _photo_gaps() -> tuple[tuple[str, str, Bilingual], ...]:
    return (
        ("caption_vi", "missing-caption", _("Photo {photo}: the Vietnamese caption is missing.")),
        ("caption_en", "missing-caption", _("Photo {photo}: the English caption is missing.")),
        ("credit", "missing-credit", _("Photo {photo}: the credit is missing.")),
        ("licence", "missing-licence", _("Photo {photo}: no licence is chosen.")),
    )


def _problem(
    item: ExportSite, code: str, severity: Severity, field: str, message: Bilingual
) -> Problem:
    return Problem(code=code, severity=severity, site=item.code, field=field, message=message)


def _photo_problem(
    item: ExportSite,
    code: str,
    severity: Severity,
    field: str,
    name: str,
    message: Bilingual,
    **more: object,
) -> Problem:
    return _problem(item, code, severity, f"photo.{field}", message.format(photo=name, **more))


def _whole(code: str, severity: Severity, message: Bilingual) -> Problem:
    return Problem(code=code, severity=severity, site="", field="", message=message)

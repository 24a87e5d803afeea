"""The site list and the stops as tables, and the sites as point layers, from the declarations."""

import math
from collections.abc import Callable, Sequence

from geopark_app.domain.declaration import Audience, FieldSpec, FieldType, kind_of
from geopark_app.domain.kinds import Route, Site, Stop
from geopark_app.domain.position import Position, PositionQuality
from geopark_app.dossier.bilingual import Bilingual, same, twin
from geopark_app.dossier.bilingual import both as _
from geopark_app.exchange.layers import PointLayer
from geopark_app.exchange.tables import Cell, Column, Table
from geopark_app.geo.crs import WGS84, crs_name, project_many
from geopark_app.operations.annex_sheets import commune_words, position_words, quality_words
from geopark_app.operations.export_reading import ExportSite, Labels
from geopark_app.operations.full_columns import MadeColumn as _Made
from geopark_app.operations.full_columns import full_columns

_METRES_PER_DEGREE = 111_320.0
_ARC_MINUTE_M = 1_855.0
_GNSS_HANDHELD_M = 10.0
_LEFT_OUT = frozenset(
    {"cover_photo_uuid", "parent_site_uuid", "commune_code", "former_commune_code", "former_admin"}
)
_NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL})
_TEXT_WIDTH, _LONG_WIDTH = 18, 46
_WIDTHS = {"code": 10, "name_vi": 36, "name_en": 36, "site_kind": 34, "main_interest": 34}


def site_table(
    items: Sequence[ExportSite],
    labels: Labels,
    *,
    epsg: int,
    languages: tuple[str, ...],
    complete_for: Audience | None = None,
) -> Table:
    """Give the site list: every declared field the audience may see, choices in words.

    `complete_for` adds what an import needs to give the same records again.
    """
    made = [*_place_columns(labels, languages, epsg), *_beside_columns(languages)]
    fields = [
        _field_column(spec, labels, languages)
        for spec in kind_of(Site).fields
        if spec.name not in _LEFT_OUT and spec.type is not FieldType.POSITION
    ]
    # Code, names and kind first, then the place, then everything else of the record.
    columns = [*fields[:6], *made, *fields[6:]]
    if complete_for is not None:
        own = {"lon", "lat", "coord_quality"}
        columns = [one for one in columns if one.column.name not in own]
        names = [one.column.name for one in columns]
        columns += full_columns(
            names, labels, audience=complete_for, rounded=_rounded_point, languages=languages
        )
    kept = [
        one
        for one in columns
        if one.column.name in {"code", "name_vi", "name_en", "uuid", "lon", "lat"}
        or any(one.value(item) is not None for item in items)
    ]
    title = _("Site list")
    return Table(
        name="Sites",
        title_vi=title.vi,
        title_en=title.en,
        columns=tuple(one.column for one in kept),
        rows=tuple(tuple(one.value(item) for one in kept) for item in items),
        is_wide=True,
    )


def stops_table(
    stops: Sequence[tuple[Stop, Route | None, Site | None]], languages: tuple[str, ...]
) -> Table:
    """Give the stops as numbered rows; those still unknown are empty, to be filled in."""
    titles = (
        ("slot", _("Row"), 6),
        ("official_number", _("Official number"), 12),
        ("route", _("Route"), 8),
        ("name_vi", _("Name (Vietnamese)"), 34),
        ("name_en", _("Name (English)"), 34),
        ("site_code", _("Site code"), 12),
        ("evidence", _("Evidence"), 16),
        ("known", _("What is known"), 60),
        ("source", _("Source"), 50),
    )
    words = {
        "stated": _("stated in a source"),
        "inferred": _("inferred"),
        "none": _("unknown: to be typed in"),
        None: _("unknown: to be typed in"),
    }
    title = _("Stops of the routes")
    return Table(
        name="Stops",
        title_vi=title.vi,
        title_en=title.en,
        columns=tuple(
            Column(
                name=name,
                label_vi=label.vi,
                label_en=label.en,
                width=width,
                is_number=name in {"slot", "official_number", "route"},
            )
            for name, label, width in titles
        ),
        rows=tuple(
            (
                stop.slot,
                stop.official_number,
                route.number if route else None,
                stop.name_vi,
                stop.name_en,
                site.code if site else None,
                words.get(stop.evidence, same(stop.evidence)).joined(languages),
                twin(stop.known_vi, stop.known_en).joined(languages) or None,
                stop.source,
            )
            for stop, route, site in stops
        ),
    )


def point_layers(
    items: Sequence[ExportSite], labels: Labels, *, epsg: int, complete_for: Audience | None = None
) -> tuple[PointLayer, PointLayer]:
    """Give the sites that have a point as layers in WGS 84 and in the system `epsg`.

    A point of a commune says so in `placed_by` and `coord_quality`; unknown positions are left
    out. `complete_for` adds what an import needs to give the same records again.
    """
    placed = [item for item in items if item.point is not None]
    is_exact = complete_for is Audience.INTERNAL
    points = [(is_exact and item.point) or _rounded_point(item) for item in placed]
    table = _layer_table(placed, labels)
    if complete_for is not None:
        table = _completed(table, placed, labels, complete_for)
    suffix = "vn2000" if crs_name(epsg).startswith("VN-2000") else f"epsg{epsg}"
    return (
        PointLayer(name="sites", epsg=WGS84, points=tuple(points), table=table),
        PointLayer(
            name=f"sites_{suffix}",
            epsg=epsg,
            points=tuple(
                (round(easting, 2), round(northing, 2))
                for easting, northing in project_many(points, epsg)
            ),
            table=table,
        ),
    )


def unplaced_table(items: Sequence[ExportSite], labels: Labels, audience: Audience) -> Table:
    """Give the attributes of sites without a point, with the columns of the layers."""
    return _completed(_layer_table(items, labels), items, labels, audience)


def _completed(
    table: Table, items: Sequence[ExportSite], labels: Labels, audience: Audience
) -> Table:
    own = [index for index, column in enumerate(table.columns) if column.name != "coord_quality"]
    names = [table.columns[index].name for index in own]
    more = full_columns(names, labels, audience=audience, rounded=_rounded_point)
    return Table(
        name=table.name,
        title_vi=table.title_vi,
        title_en=table.title_en,
        columns=(*(table.columns[index] for index in own), *(one.column for one in more)),
        rows=tuple(
            (*(row[index] for index in own), *(one.value(item) for one in more))
            for row, item in zip(table.rows, items, strict=True)
        ),
    )


def degree_decimals(position: Position | None) -> int:
    """Give how many decimals of a degree the quality of a position allows (0 to 6)."""
    return max(0, min(6, _decimals(position, metres_per_unit=_METRES_PER_DEGREE)))


def metre_decimals(position: Position | None) -> int:
    """Give the decimals of a metre that the quality allows (-3 to 2); -1 means tens."""
    return max(-3, min(2, _decimals(position, metres_per_unit=1.0)))


def _decimals(position: Position | None, *, metres_per_unit: float) -> int:
    # The fewest decimals whose rounding error stays within the accuracy.
    accuracy_m = _ARC_MINUTE_M / 2
    if position is not None and position.quality == PositionQuality.EXACT.value:
        accuracy_m = position.accuracy_m or _GNSS_HANDHELD_M
    elif position is not None and position.accuracy_m:
        accuracy_m = max(accuracy_m, position.accuracy_m)
    return math.ceil(math.log10(metres_per_unit / 2 / accuracy_m) - 1e-9)


def _rounded_point(item: ExportSite) -> tuple[float, float]:
    assert item.point is not None
    lon, lat = item.point
    # The point of a commune is no claim about the site: four decimals, as it was published.
    decimals = degree_decimals(item.site.position) if item.is_pin else 4
    return round(lon, decimals), round(lat, decimals)


def _layer_table(items: Sequence[ExportSite], labels: Labels) -> Table:
    made: tuple[tuple[str, bool, Callable[[ExportSite], Cell]], ...] = (
        ("uuid", False, lambda item: item.site.uuid),
        ("code", False, lambda item: item.code),
        ("name_vi", False, lambda item: item.site.name_vi),
        ("name_en", False, lambda item: item.site.name_en),
        ("kind", False, lambda item: item.site.site_kind),
        ("kind_vi", False, lambda item: labels.of("site_kind", item.site.site_kind).vi),
        ("kind_en", False, lambda item: labels.of("site_kind", item.site.site_kind).en),
        ("placed_by", False, lambda item: "site" if item.is_pin else "commune"),
        ("coord_quality", False, lambda item: None if item.lacks_quality else item.quality),
        (
            "accuracy_m",
            True,
            lambda item: item.site.position.accuracy_m if item.site.position else None,
        ),
        ("commune_code", False, lambda item: item.site.commune_code),
        ("commune", False, lambda item: item.commune.name_vi if item.commune else None),
        ("former_commune", False, lambda item: item.former_commune or None),
        (
            "border_commune",
            False,
            lambda item: _yes_no(item.commune.border_commune if item.commune else None),
        ),
        ("route", True, lambda item: item.route.number if item.route else None),
        ("stop", True, lambda item: item.stop.official_number if item.stop else None),
        ("workflow_status", False, lambda item: item.site.workflow_status),
        ("readiness_pct", True, lambda item: _percent(item, "score")),
        ("coverage_pct", True, lambda item: _percent(item, "coverage")),
        (
            "readiness_red",
            False,
            lambda item: _yes_no(item.readiness.is_red if item.readiness else None),
        ),
        ("sample", False, lambda item: _yes_no(item.has_sample_visit if item.readiness else None)),
        ("summary_vi", False, lambda item: item.site.summary_vi),
        ("summary_en", False, lambda item: item.site.summary_en),
    )
    title = _("Site list")
    return Table(
        name="sites",
        title_vi=title.vi,
        title_en=title.en,
        columns=tuple(
            Column(name=name, label_vi=name, label_en=name, is_number=is_number)
            for name, is_number, _value in made
        ),
        rows=tuple(tuple(value(item) for _name, _number, value in made) for item in items),
    )


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else ("yes" if value else "no")


def _percent(item: ExportSite, part: str) -> float | None:
    share = getattr(item.readiness, part) if item.readiness else None
    return None if share is None else round(share * 100, 1)


def _place_columns(labels: Labels, languages: tuple[str, ...], epsg: int) -> list[_Made]:
    quality = PositionQuality.EXACT.value

    def projected(item: ExportSite, axis: int) -> Cell:
        if item.point is None or not item.is_pin or item.quality != quality:
            return None
        metres = project_many([item.point], epsg)[0][axis]
        return round(metres, metre_decimals(item.site.position))

    def degrees(item: ExportSite, axis: int) -> Cell:
        return _rounded_point(item)[axis] if item.is_pin and item.point else None

    system = crs_name(epsg)
    return [
        _made(
            "position_words",
            _("Position"),
            60,
            lambda item: position_words(item, labels).joined(languages),
        ),
        _made("lon", _("Longitude (WGS 84, degrees)"), 12, lambda item: degrees(item, 0), True),
        _made("lat", _("Latitude (WGS 84, degrees)"), 12, lambda item: degrees(item, 1), True),
        _made(
            "easting_m",
            _("Y (east, m), {system}").format(system=system),
            14,
            lambda item: projected(item, 0),
            True,
        ),
        _made(
            "northing_m",
            _("X (north, m), {system}").format(system=system),
            14,
            lambda item: projected(item, 1),
            True,
        ),
        _made(
            "coord_quality",
            _("Quality of the position"),
            30,
            lambda item: quality_words(item, labels).joined(languages),
        ),
    ]


def _beside_columns(languages: tuple[str, ...]) -> list[_Made]:
    return [
        _made(
            "commune",
            _("Commune, ward (2025)"),
            24,
            lambda item: commune_words(item).joined(languages) or None,
        ),
        _made("commune_code", _("Code of the commune"), 10, lambda item: item.site.commune_code),
        _made(
            "former_commune",
            _("Former commune and district"),
            28,
            lambda item: item.former_commune or None,
        ),
        _made(
            "border_commune",
            _("Border commune"),
            10,
            lambda item: _flag(item.commune.border_commune if item.commune else None, languages),
        ),
        _made(
            "route_number",
            _("Route"),
            8,
            lambda item: item.route.number if item.route else None,
            True,
        ),
        _made(
            "stop_number",
            _("Stop number"),
            8,
            lambda item: item.stop.official_number if item.stop else None,
            True,
        ),
        _made("readiness_pct", _("Readiness (%)"), 10, lambda item: _percent(item, "score"), True),
        _made("coverage_pct", _("Coverage (%)"), 10, lambda item: _percent(item, "coverage"), True),
        _made(
            "readiness_sample",
            _("Readiness of a sample visit"),
            14,
            lambda item: _("SAMPLE").joined(languages) if item.has_sample_visit else None,
        ),
        _made("photo_count", _("Photos"), 8, lambda item: len(item.photos), True),
    ]


def _made(
    name: str,
    label: Bilingual,
    width: int,
    value: Callable[[ExportSite], Cell],
    is_number: bool = False,
) -> _Made:
    column = Column(
        name=name, label_vi=label.vi, label_en=label.en, width=width, is_number=is_number
    )
    return _Made(column, value)


def _field_column(spec: FieldSpec, labels: Labels, languages: tuple[str, ...]) -> _Made:
    def value(item: ExportSite) -> Cell:
        found = getattr(item.site, spec.name)
        if isinstance(found, bool):
            return _flag(found, languages)
        if spec.vocabulary is not None:
            return labels.of(spec.vocabulary, found).joined(languages) or None
        assert found is None or isinstance(found, str | int | float)
        return found

    is_long = spec.type is FieldType.LONG_TEXT
    return _made(
        spec.name,
        Bilingual(spec.label_vi, spec.label_en),
        _WIDTHS.get(spec.name, _LONG_WIDTH if is_long else _TEXT_WIDTH),
        value,
        spec.type in _NUMBERS,
    )


def _flag(value: bool | None, languages: tuple[str, ...]) -> str | None:
    if value is None:
        return None
    return (_("yes") if value else _("no")).joined(languages)

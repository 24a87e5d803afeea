"""Bring a map layer in: look at the file, plan what is taken, store shapes and definition."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from shapely.geometry import mapping
from shapely.ops import unary_union

from geopark_app.domain.boundary_change import BoundaryChange
from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Commune, MapLayer
from geopark_app.domain.progress import CancelToken
from geopark_app.exchange.file_trouble import refused
from geopark_app.exchange.foreign_shapes import (
    ForeignLayer,
    ShapeSource,
    TakenShape,
    feature_collection,
    inspect_foreign_shapes,
    take_foreign_shapes,
)
from geopark_app.geo.foreign_crs import recognise_crs
from geopark_app.geo.measure import area_m2
from geopark_app.operations.context import AppContext
from geopark_app.operations.layer_columns import suggested_columns
from geopark_app.operations.layer_communes import CommuneMatcher
from geopark_app.operations.map_layers import (
    BOUNDARY,
    COLOURS,
    COMMUNES,
    OVERLAY_KINDS,
    TRACK,
    boundary_change,
    index_of_bytes,
    map_layers,
)
from geopark_app.rules.typed_values import read_value
from geopark_app.store.new_keys import new_uuid
from geopark_app.store.writing_files import translated_os_errors

KINDS = (COMMUNES, BOUNDARY, "overlay", TRACK)
_FAMILY = {COMMUNES: "polygon", BOUNDARY: "polygon", "overlay": "any", TRACK: "line"}
_WIDTH = {BOUNDARY: 3.0, TRACK: 3.0, COMMUNES: 1.0}
_MOST_LABELS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerOptions:
    """What a person says about a layer.

    Attributes
    ----------
    kind : str
        communes, boundary, overlay or track.
    overlay : str
        Of overlays, the kind of layer: protected, geology, roads …
    filter_column, filter_values : str and tuple of str
        Only features with one of these values in this column; an empty column takes all.
    columns : mapping of str to str
        `code`, `name_vi`, `name_en` → column; what is not named is suggested, empty is none.
    epsg : int or None
        System of the file, where it does not say it or says it wrongly.
    encoding, layer : str or None
        None tells them from the content.
    name_vi, name_en, source, licence, dated_on : str
        For the definition; the date is the day from which it holds.
    is_official : bool
        Whether it is the line of the authority itself.
    take_good_rows : bool
        Whether good features are taken although others are bad.
    """

    kind: str
    overlay: str = "other"
    filter_column: str = ""
    filter_values: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    epsg: int | None = None
    encoding: str | None = None
    layer: str | None = None
    name_vi: str = ""
    name_en: str = ""
    source: str = ""
    licence: str = ""
    dated_on: str = ""
    is_official: bool = False
    take_good_rows: bool = False

    @property
    def layer_kind(self) -> str:
        """Give the kind the definition carries."""
        return self.overlay if self.kind == "overlay" else self.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerFile:
    """What a file was recognised as; `needs_crs` says that a person must name the system."""

    source: ShapeSource
    found: ForeignLayer
    columns: Mapping[str, str]
    crs: str
    crs_name: str
    needs_crs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerRow:
    """What becomes of one feature: added, unchanged or refused, with the reason."""

    number: int
    status: str
    code: str
    name: str
    reason: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    area_km2: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerReport:
    """What an import of a layer did, or would do.

    Attributes
    ----------
    rows : tuple of LayerRow
        The features that passed the filter.
    left_out : int
        Features the filter left out.
    area_km2 : float
        Geodesic area of what is taken.
    change : BoundaryChange or None
        A boundary beside the version before it.
    new_communes : tuple of Commune
        Communes that are made, in a catalogue that has none.
    layer : MapLayer
        The definition.
    content : bytes
        The shapes as they are stored.
    is_taken, is_dry_run : bool
        Whether the catalogue holds it now; whether nothing was meant to be written.
    warnings : tuple of tuple of str
        Codes with details for `wording.importing`.
    changes : Changes
        The one save.
    """

    file: LayerFile
    rows: tuple[LayerRow, ...]
    left_out: int
    area_km2: float
    change: BoundaryChange | None
    new_communes: tuple[Commune, ...]
    layer: MapLayer
    content: bytes
    is_taken: bool = False
    is_dry_run: bool = True
    warnings: tuple[tuple[str, ...], ...] = ()
    changes: Changes = field(default_factory=Changes)

    def count(self, status: str) -> int:
        """Give how many features have this status."""
        return Counter(row.status for row in self.rows)[status]


def recognise_layer(
    context: AppContext, path: Path, options: LayerOptions, *, cancel: CancelToken | None = None
) -> LayerFile:
    """Look at a file in the worker; nothing is written.

    Raises
    ------
    GeoparkError
        REFUSED_FILE with the reason, NOT_FOUND, or an environment code.
    """
    source = ShapeSource(
        path=path,
        staging_in=context.catalogue.folder.cache_dir,
        layer=options.layer,
        encoding=options.encoding,
        is_track=options.kind == TRACK,
    )
    found = inspect_foreign_shapes(source, cancel=cancel or CancelToken())
    text = f"EPSG:{options.epsg}" if options.epsg else found.crs
    known = recognise_crs(text) if text else None
    if options.epsg and known is None:
        raise refused("unknown-crs", crs=text)
    crs = "" if known is None else f"EPSG:{known[0]}" if known[0] else text
    return LayerFile(
        source=source,
        found=found,
        columns=suggested_columns(found),
        crs=crs,
        crs_name=known[1] if known else "",
        needs_crs=not crs,
    )


def plan_layer(
    context: AppContext,
    file: LayerFile,
    options: LayerOptions,
    *,
    cancel: CancelToken | None = None,
) -> LayerReport:
    """Say what would become of every feature; nothing is written.

    Raises
    ------
    GeoparkError
        REFUSED_FILE (no system, nothing of this kind), BAD_VALUE for a date that is none.
    """
    if not file.crs:
        raise refused("no-crs")
    _check(options)
    columns = {**file.columns, **options.columns}
    chosen = {
        "crs": file.crs,
        "family": _FAMILY[options.kind],
        "filter": [options.filter_column, list(options.filter_values)]
        if options.filter_column
        else None,
        **{part: columns.get(part, "") for part in ("code", "name_vi", "name_en")},
    }
    taken = take_foreign_shapes(file.source, chosen=chosen, cancel=cancel or CancelToken())
    if not taken.rows:
        raise refused("filter-empty", name=options.filter_column)
    matcher = CommuneMatcher(context) if options.kind == COMMUNES else None
    rows = [_row(one, matcher) for one in taken.rows]
    content = _content(taken.content, options, rows, matcher)
    layer = _definition(context, file, options, rows, content)
    rows = _unchanged_where_known(context, layer, rows)
    change = None
    if options.kind == BOUNDARY and layer.feature_count:
        change = boundary_change(context, layer, index_of_bytes(content))
    return LayerReport(
        file=replace(file, columns=columns),
        rows=tuple(rows),
        left_out=taken.left_out,
        area_km2=layer.area_km2 or 0.0,
        change=change,
        new_communes=tuple(matcher.made) if matcher else (),
        layer=layer,
        content=content,
        warnings=(*file.found.warnings, *_warnings(context, options, rows, layer, matcher)),
    )


def take_layer(
    context: AppContext, planned: LayerReport, options: LayerOptions, *, reason: str
) -> LayerReport:
    """Store shapes and definition as one save; with a bad feature only by `take_good_rows`."""
    if planned.count("refused") and not options.take_good_rows:
        rows = tuple(
            replace(row, status="refused", reason="not-taken") if row.status == "added" else row
            for row in planned.rows
        )
        return replace(planned, is_dry_run=False, rows=rows)
    if not planned.count("added"):
        return replace(planned, is_dry_run=False, is_taken=not planned.count("refused"))
    if context.catalogue.is_read_only:
        raise GeoparkError(ErrorCode.READ_ONLY, path=context.catalogue.folder.root)
    # The shapes come first: a definition without them would point at nothing. Copies of a
    # catalogue that were packed may have lost its empty folders.
    with translated_os_errors(context.catalogue.folder.layers_dir):
        context.catalogue.folder.layers_dir.mkdir(exist_ok=True)
    context.catalogue.layer_files.add_bytes(planned.content)
    with context.work(reason) as work:
        if planned.new_communes:
            work.add_all(list(planned.new_communes))
        work.put(planned.layer)
    return replace(planned, is_taken=True, is_dry_run=False, changes=work.changes)


def _check(options: LayerOptions) -> None:
    if options.kind == "overlay" and options.overlay not in OVERLAY_KINDS:
        raise GeoparkError(
            ErrorCode.BAD_VALUE,
            field="--overlay",
            value=options.overlay,
            expected=", ".join(OVERLAY_KINDS),
        )


def _row(one: TakenShape, matcher: CommuneMatcher | None) -> LayerRow:
    name = one.name_vi or one.name_en
    row = LayerRow(
        number=one.number,
        status="refused" if one.reason else "added",
        code=one.code,
        name=name,
        reason=one.reason,
        note=one.note,
        area_km2=one.area_m2 / 1e6,
    )
    if matcher is None or one.reason:
        return row
    code, trouble = matcher.match(one.code, one.name_vi, area_km2=one.area_m2 / 1e6)
    if trouble:
        details = {"value": one.code or name, "code": one.code or name}
        return replace(row, status="refused", reason=trouble, details=details)
    return replace(row, code=code)


def _content(
    content: bytes, options: LayerOptions, rows: list[LayerRow], matcher: CommuneMatcher | None
) -> bytes:
    """Give the shapes as they are stored: codes of the catalogue, one shape for a boundary."""
    document = json.loads(content)
    if matcher is not None:
        codes = {row.number: row.code for row in rows if row.status == "added"}
        kept = [one for one in document["features"] if one["properties"]["number"] in codes]
        for one in kept:
            one["properties"]["code"] = codes[one["properties"]["number"]]
            one["properties"]["name_vi"] = matcher.name_of(one["properties"]["code"])
        return feature_collection(kept)
    if options.kind != BOUNDARY or not document["features"]:
        return feature_collection(document["features"])
    body = unary_union([one.geometry for one in index_of_bytes(content).shapes])
    # Its names stand in the definition: the shape alone decides the hash.
    feature = {"type": "Feature", "properties": {}, "geometry": mapping(body)}
    return feature_collection([feature])


def _definition(
    context: AppContext,
    file: LayerFile,
    options: LayerOptions,
    rows: list[LayerRow],
    content: bytes,
) -> MapLayer:
    count = sum(row.status == "added" for row in rows)
    is_area = _FAMILY[options.kind] == "polygon" or options.kind == "overlay"
    area = sum(row.area_km2 for row in rows if row.status == "added")
    if options.kind == BOUNDARY and count:
        area = area_m2(index_of_bytes(content).shapes[0].geometry) / 1e6
    highest = max((layer.sort_order or 0 for layer in map_layers(context)), default=0)
    return MapLayer(
        uuid=new_uuid(),
        name_vi=options.name_vi or file.source.path.stem,
        name_en=options.name_en or None,
        layer_kind=options.layer_kind,
        source=options.source or None,
        licence=options.licence or None,
        dated_on=_day(options.dated_on),
        is_official=options.is_official,
        area_km2=round(area, 4) if is_area and area else None,
        feature_count=count,
        file_name=file.source.path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        byte_count=len(content),
        colour=COLOURS[options.layer_kind],
        line_width=_WIDTH.get(options.kind, 2.0),
        has_labels=count <= _MOST_LABELS and options.kind not in {BOUNDARY, TRACK},
        sort_order=highest + 1,
        opacity=1.0,
        is_visible=True,
    )


def _day(typed: str) -> str | None:
    spec = kind_of(MapLayer).field("dated_on")
    assert spec is not None
    value = read_value(spec, typed)
    return None if value is None else str(value)


def _unchanged_where_known(
    context: AppContext, layer: MapLayer, rows: list[LayerRow]
) -> list[LayerRow]:
    known = any(
        other.sha256 == layer.sha256 and other.dated_on == layer.dated_on
        for other in map_layers(context, layer.layer_kind or "")
    )
    if not known:
        return rows
    return [replace(row, status="unchanged") if row.status == "added" else row for row in rows]


def _warnings(
    context: AppContext,
    options: LayerOptions,
    rows: list[LayerRow],
    layer: MapLayer,
    matcher: CommuneMatcher | None,
) -> list[tuple[str, ...]]:
    warnings: list[tuple[str, ...]] = []
    mended = [str(row.number) for row in rows if row.note == "mended"]
    if mended:
        warnings.append(("mended-shapes", str(len(mended)), ", ".join(mended[:20])))
    if matcher is not None:
        missing = matcher.missing()
        if missing:
            warnings.append(("communes-missing", str(len(missing)), ", ".join(missing[:12])))
        if matcher.made:
            warnings.append(("communes-made", str(len(matcher.made))))
    if options.kind == BOUNDARY and not options.is_official:
        warnings.append(("boundary-unofficial",))
    if options.kind in {BOUNDARY, COMMUNES} and not options.dated_on:
        warnings.append(("layer-undated",))
    if not layer.source:
        warnings.append(("layer-sourceless",))
    return warnings

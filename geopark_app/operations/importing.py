"""Bring a list in: recognise the file, map its columns, plan every row, save it all as one step."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from geopark_app.domain.declaration import FieldSpec, kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import OwnField
from geopark_app.domain.progress import CancelToken, ReportProgress, no_progress
from geopark_app.exchange.file_trouble import refused
from geopark_app.exchange.foreign_table import ForeignTable, read_foreign_table
from geopark_app.geo.foreign_crs import recognise_crs
from geopark_app.operations.context import AppContext
from geopark_app.operations.import_communes import with_communes_by_place
from geopark_app.operations.import_memory import recall_mapping, remember_mapping
from geopark_app.operations.import_planning import REFUSED, UNCHANGED, Matching, PlannedRow, Planner
from geopark_app.operations.import_references import Known
from geopark_app.operations.import_report import (
    FurtherTable,
    ImportOptions,
    ImportReport,
    RecognisedFile,
)
from geopark_app.operations.import_tables import (
    in_order,
    keys_of,
    suggested,
    table_names,
    without_orphans,
    without_second_header,
)
from geopark_app.operations.import_targets import (
    EASTING,
    LISTS,
    NORTHING,
    UUID,
    ImportKind,
    code_field,
    geometry_field,
    import_kind,
    position_field,
)
from geopark_app.operations.import_warnings import further_warnings, place_warnings, table_warnings
from geopark_app.operations.import_writing import write_rows
from geopark_app.operations.own_fields import own_spec, own_specs

IGNORED = ""
_WGS84 = 4326


def recognise_file(
    context: AppContext, path: Path, options: ImportOptions, *, cancel: CancelToken | None = None
) -> RecognisedFile:
    """Read a file in the worker and say what it is; nothing is written.

    Raises
    ------
    GeoparkError
        REFUSED_FILE with the reason, NOT_FOUND, or an environment code.
    """
    options_kind = LISTS.get(options.kind, options.kind)
    table = read_foreign_table(
        path,
        staging_in=context.catalogue.folder.cache_dir,
        cancel=cancel or CancelToken(),
        layer=options.layer,
        encoding=options.encoding,
        prefer=(options.kind, options_kind),
        also=table_names(options.kind),
    )
    brought = [one for one in table.further if one.layer == kind_of(OwnField).name]
    own = {
        name: [*own_specs(context, name), *_own_of_file(brought, name)]
        for name in (options_kind, *(one.layer for one in table.further))
    }
    further = tuple(_further(one, own[one.layer]) for one in table.further)
    kind = import_kind(options.kind, own[options_kind])
    known = {target.name for target in kind.targets}
    remembered = recall_mapping(options.kind, table.header)
    if remembered is not None and not known.issuperset(remembered.values()):
        # A field of an older version: told anew rather than left out in silence.
        remembered = None
    mapping = remembered or suggested(table, kind)
    table = without_second_header(table, mapping, kind)
    crs, name = _crs_of(table, options.epsg)
    return RecognisedFile(
        path=path,
        table=table,
        mapping=mapping,
        is_remembered=remembered is not None,
        crs=crs,
        crs_name=name,
        needs_crs=not crs and table.has_points and _takes_places(kind),
        targets=kind.targets,
        further=further,
    )


def plan_import(
    context: AppContext,
    recognised: RecognisedFile,
    options: ImportOptions,
    *,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> ImportReport:
    """Say what would become of every row; nothing is written.

    Raises
    ------
    GeoparkError
        REFUSED_FILE (no column is recognised, no system), UNKNOWN_FIELD for a mapping that does
        not exist.
    """
    cancel = cancel or CancelToken()
    kind = ImportKind(options.kind, import_kind(options.kind).record_type, recognised.targets)
    mapping = complete_mapping(recognised, options, kind)
    crs = f"EPSG:{options.epsg}" if options.epsg else recognised.crs
    if _takes_places(kind):
        _check_places(recognised, mapping, crs)
    _check_matching(kind, options, mapping)
    by = options.update_by or ("code" if options.kind == "stops" else "")
    matching = Matching(
        by=by,
        crs=crs,
        epsg=_projected(options.epsg),
        mend=options.mend_shapes,
        source=recognised.path.name,
    )
    tables = [(one.kind, one.table, one.mapping) for one in recognised.further]
    rows, unchecked = _planned(
        context, [(kind, recognised.table, mapping), *tables], matching, progress, cancel
    )
    rows, by_place = with_communes_by_place(context, rows)
    return ImportReport(
        rows=tuple(rows),
        is_taken=False,
        is_dry_run=True,
        recognised=replace(recognised, mapping=mapping, crs=crs),
        warnings=(
            *recognised.table.warnings,
            *table_warnings(recognised.table, mapping, kind),
            *further_warnings(recognised.further),
            *place_warnings(context, rows),
            *by_place,
            *(("unchecked", name) for name in sorted(unchecked)),
        ),
    )


def _planned(
    context: AppContext,
    tables: list[tuple[ImportKind, ForeignTable, dict[str, str]]],
    matching: Matching,
    progress: ReportProgress,
    cancel: CancelToken,
) -> tuple[list[PlannedRow], set[str]]:
    """Plan the main table and those beside it, each after the tables it refers to."""
    known = Known(context)
    main = tables[0][0]
    by_kind = {kind_of(one[0].record_type).name: one for one in tables}
    announced: dict[str, set[str]] = {}
    for name, (_kind, table, mapping) in by_kind.items():
        announced[name] = keys_of(table, mapping) - {one.uuid for one in known.records(name)}
        known.announce(name, announced[name])
    planned: dict[str, list[PlannedRow]] = {}
    unchecked: set[str] = set()
    for name in in_order(by_kind):
        kind, table, mapping = by_kind[name]
        is_main = kind is main
        # Lists have no code: an update finds them by their key.
        how = matching if is_main else replace(matching, by="uuid" if matching.by else "")
        planner = Planner(known, kind.record_type, how, "" if is_main else name)
        planned[name] = planner.plan(table, mapping, progress=progress, cancel=cancel)
        known.bring(name, [row.record for row in planned[name] if row.record is not None])
        unchecked |= planner.reader.unchecked
    main_name = kind_of(main.record_type).name
    rows = [row for kind, *_ in tables for row in planned[kind_of(kind.record_type).name]]
    return without_orphans(rows, main_name, announced), unchecked


def take_import(
    context: AppContext,
    planned: ImportReport,
    options: ImportOptions,
    *,
    reason: str,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> ImportReport:
    """Write a plan as one save; when a row is bad, nothing unless `take_good_rows`."""
    if planned.count(REFUSED) and not options.take_good_rows:
        return replace(planned, is_dry_run=False, rows=tuple(map(_not_taken, planned.rows)))
    with context.work(reason) as work:
        write_rows(work, planned.rows, progress=progress, cancel=cancel or CancelToken())
    remember_mapping(options.kind, planned.recognised.table.header, planned.recognised.mapping)
    return replace(planned, is_taken=True, is_dry_run=False, changes=work.changes)


def complete_mapping(
    recognised: RecognisedFile, options: ImportOptions, kind: ImportKind
) -> dict[str, str]:
    """Give the mapping with the person's word above the suggestions.

    Raises
    ------
    GeoparkError
        UNKNOWN_FIELD; REFUSED_FILE when no column has a meaning.
    """
    header = recognised.table.header
    known = {target.name for target in kind.targets} | {IGNORED}
    mapping = dict(recognised.mapping)
    for first, second in (options.mapping or {}).items():
        column, target = (first, second) if first in header else (second, first)
        target = kind_of(kind.record_type).field(target).name if (  # type: ignore[union-attr]
            target not in known and kind_of(kind.record_type).field(target) is not None
        ) else target  # fmt: skip
        if column not in header or target not in known:
            name = second if first in header else first
            raise GeoparkError(ErrorCode.UNKNOWN_FIELD, kind=kind.name, field=name)
        mapping = {one: field for one, field in mapping.items() if field != target}
        mapping[column] = target
    mapping = {column: target for column, target in mapping.items() if target != IGNORED}
    if not mapping:
        raise refused("no-columns", columns=", ".join(header[:12]))
    return mapping


def _further(table: ForeignTable, own: Sequence[FieldSpec] = ()) -> FurtherTable:
    kind = import_kind(table.layer, own)
    mapping = suggested(table, kind)
    return FurtherTable(
        kind=kind, table=without_second_header(table, mapping, kind), mapping=mapping
    )


def _own_of_file(tables: Sequence[ForeignTable], kind_name: str) -> list[FieldSpec]:
    """Give the own fields a file defines beside its rows."""
    found = []
    for one in map(_further, tables):
        places = {field: one.table.header.index(column) for column, field in one.mapping.items()}
        for row in one.table.rows:
            cells = {name: row.cells[at] for name, at in places.items()}
            if cells.get("kind_name") == kind_name and cells.get("code"):
                field = OwnField(
                    uuid="",
                    code=cells["code"],
                    label_vi=cells.get("label_vi"),
                    label_en=cells.get("label_en"),
                )
                found.append(own_spec(field))
    return found


def _takes_places(kind: ImportKind) -> bool:
    found = kind_of(kind.record_type)
    return position_field(found) is not None or geometry_field(found) is not None


def _check_matching(kind: ImportKind, options: ImportOptions, mapping: Mapping[str, str]) -> None:
    if options.update_by == "uuid" and UUID not in mapping.values():
        raise refused("no-key-column")
    if options.update_by == "code" and code_field(kind.record_type) is None:
        raise refused("no-code-field")


def _projected(epsg: int | None) -> int | None:
    """Give the system for metres typed as text: degrees cannot be one."""
    return epsg if epsg not in {None, _WGS84} else None


def _crs_of(table: ForeignTable, epsg: int | None) -> tuple[str, str]:
    text = f"EPSG:{epsg}" if epsg else table.crs
    if not text:
        return "", ""
    known = recognise_crs(text)
    if known is None:
        if epsg:
            raise refused("unknown-crs", crs=text)
        return "", ""
    return (f"EPSG:{known[0]}" if known[0] else text), known[1]


def _check_places(recognised: RecognisedFile, mapping: Mapping[str, str], crs: str) -> None:
    fields = set(mapping.values())
    in_metres = {EASTING, NORTHING} <= fields and not {"lon", "lat"} <= fields
    if not crs and (recognised.table.has_points or in_metres):
        raise refused("no-crs")


def _not_taken(row: PlannedRow) -> PlannedRow:
    if row.status in {REFUSED, UNCHANGED}:
        return row
    return replace(row, status=REFUSED, reason="not-taken", differences=())


__all__ = [
    "IGNORED",
    "ImportOptions",
    "ImportReport",
    "RecognisedFile",
    "complete_mapping",
    "plan_import",
    "recognise_file",
    "take_import",
]

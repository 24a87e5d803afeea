"""Bring a list in: recognise the file, map its columns, plan every row, save it all as one step."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.identifier import uuid_of
from geopark_app.domain.kinds import Reference, Site, SiteInterest, Stop
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress, no_progress
from geopark_app.exchange.file_trouble import refused
from geopark_app.exchange.foreign_table import ForeignTable, read_foreign_table
from geopark_app.geo.foreign_crs import recognise_crs
from geopark_app.operations.catalogues import profile_of
from geopark_app.operations.context import AppContext
from geopark_app.operations.import_memory import recall_mapping, remember_mapping
from geopark_app.operations.import_planning import (
    ADDED,
    REFUSED,
    UNCHANGED,
    UPDATED,
    Matching,
    PlannedRow,
    Planner,
)
from geopark_app.operations.import_targets import EASTING, NORTHING, UUID, ImportKind, import_kind
from geopark_app.operations.records import display_epsg
from geopark_app.rules.column_mapping import is_second_header, suggest_mapping
from geopark_app.store.rows import to_row
from geopark_app.store.unit_of_work import UnitOfWork

KINDS = ("sites", "stops", "references")
IGNORED = ""
_SAMPLES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What a person says about an import.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    mapping : dict of str to str or None
        Column → field; the columns named here are taken at their word, the others are told.
    epsg : int or None
        System of the points, where the file does not say it or says it wrongly.
    encoding, layer : str or None
        None tells them from the content.
    update_by : str
        `code` or `uuid` updates records that are there; empty adds only.
    take_good_rows : bool
        Whether good rows are taken although others are bad.
    """

    kind: str = "sites"
    mapping: Mapping[str, str] | None = None
    epsg: int | None = None
    encoding: str | None = None
    layer: str | None = None
    update_by: str = ""
    take_good_rows: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedFile:
    """What a file was recognised as.

    Attributes
    ----------
    path : Path
        The file.
    table : ForeignTable
        Its rows.
    mapping : dict of str to str
        Column → field, as suggested or remembered.
    is_remembered : bool
        Whether the mapping was used before for a table with these columns.
    crs : str
        System of the points, or empty when it must be asked for.
    crs_name : str
        Its name.
    needs_crs : bool
        Whether nothing can be placed before a person says the system.
    """

    path: Path
    table: ForeignTable
    mapping: dict[str, str]
    is_remembered: bool
    crs: str
    crs_name: str
    needs_crs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did, or would do.

    Attributes
    ----------
    rows : tuple of PlannedRow
        Every row; added + updated + unchanged + refused is their number.
    is_taken : bool
        Whether the catalogue holds it now.
    is_dry_run : bool
        Whether nothing was meant to be written.
    recognised : RecognisedFile
        The file.
    warnings : tuple of tuple of str
        Codes with details for `wording.importing`.
    changes : Changes
        The one save.
    """

    rows: tuple[PlannedRow, ...]
    is_taken: bool
    is_dry_run: bool
    recognised: RecognisedFile
    warnings: tuple[tuple[str, ...], ...]
    changes: Changes = field(default_factory=Changes)

    def count(self, status: str) -> int:
        """Give how many rows have this status."""
        return Counter(row.status for row in self.rows)[status]


def recognise_file(
    context: AppContext, path: Path, options: ImportOptions, *, cancel: CancelToken | None = None
) -> RecognisedFile:
    """Read a file in the worker and say what it is; nothing is written.

    Raises
    ------
    GeoparkError
        REFUSED_FILE with the reason, NOT_FOUND, or an environment code.
    """
    table = read_foreign_table(
        path,
        staging_in=context.catalogue.folder.cache_dir,
        cancel=cancel or CancelToken(),
        layer=options.layer,
        encoding=options.encoding,
    )
    kind = import_kind(options.kind)
    known = {target.name for target in kind.targets}
    remembered = recall_mapping(options.kind, table.header)
    if remembered is not None and not known.issuperset(remembered.values()):
        # A field of an older version: told anew rather than left out in silence.
        remembered = None
    mapping = remembered or _suggested(table, kind)
    table = _without_second_header(table, mapping, kind)
    crs, name = _crs_of(table, options.epsg)
    return RecognisedFile(
        path=path,
        table=table,
        mapping=mapping,
        is_remembered=remembered is not None,
        crs=crs,
        crs_name=name,
        needs_crs=not crs and table.has_points,
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
    kind = import_kind(options.kind)
    mapping = complete_mapping(recognised, options, kind)
    crs = f"EPSG:{options.epsg}" if options.epsg else recognised.crs
    _check_places(recognised, mapping, crs)
    if options.update_by == "uuid" and UUID not in mapping.values():
        raise refused("no-key-column")
    by = options.update_by or ("code" if options.kind == "stops" else "")
    matching = Matching(by=by, crs=crs, projected_epsg=options.epsg or display_epsg(context))
    planner = Planner(context, kind.record_type, matching)
    rows = planner.plan(
        recognised.table, mapping, progress=progress, cancel=cancel or CancelToken()
    )
    return ImportReport(
        rows=tuple(rows),
        is_taken=False,
        is_dry_run=True,
        recognised=replace(recognised, mapping=mapping, crs=crs),
        warnings=(
            *recognised.table.warnings,
            *_table_warnings(recognised.table, mapping),
            *_place_warnings(context, rows),
            *(("unchecked", name) for name in sorted(planner.reader.unchecked)),
        ),
    )


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
    cancel = cancel or CancelToken()
    taken = [row for row in planned.rows if row.status in {ADDED, UPDATED}]
    progress(Progress(done=0, total=len(taken)))
    with context.work(reason) as work:
        _add(work, [row for row in taken if row.status == ADDED])
        for number, row in enumerate(taken):
            if number % 200 == 0:
                cancel.check()
                progress(Progress(done=number, total=len(taken)))
            if row.status == UPDATED:
                _update(work, row)
        cancel.check()
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


def _suggested(table: ForeignTable, kind: ImportKind) -> dict[str, str]:
    samples = {
        column: [row.cells[index] for row in table.rows[:_SAMPLES]]
        for index, column in enumerate(table.header)
    }
    return suggest_mapping(table.header, kind.targets, samples)


def _without_second_header(
    table: ForeignTable, mapping: Mapping[str, str], kind: ImportKind
) -> ForeignTable:
    if table.rows and is_second_header(table.rows[0].cells, table.header, mapping, kind.targets):
        return replace(table, rows=table.rows[1:])
    return table


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


def _table_warnings(table: ForeignTable, mapping: Mapping[str, str]) -> list[tuple[str, ...]]:
    warnings: list[tuple[str, ...]] = []
    if table.empty_rows:
        warnings.append(("empty-rows", str(table.empty_rows)))
    shapes = sorted({row.shape for row in table.rows if row.shape not in {"", "Point"}})
    if shapes:
        warnings.append(("shapes", ", ".join(shapes)))
    left = [column for column in table.header if column not in mapping]
    if left:
        warnings.append(("columns-left", ", ".join(left[:30])))
    if {"lon", "lat"} <= set(mapping.values()) and not table.crs:
        warnings.append(("taken-as-wgs84",))
    return warnings


def _place_warnings(context: AppContext, rows: list[PlannedRow]) -> list[tuple[str, ...]]:
    bounds = profile_of(context).get("bounds")
    if not isinstance(bounds, dict):
        return []
    outside = []
    for row in rows:
        position = row.record.position if isinstance(row.record, Site) else None
        if position is None or position.lon is None or position.lat is None:
            continue
        inside = float(bounds["west"]) <= position.lon <= float(bounds["east"])
        if not (inside and float(bounds["south"]) <= position.lat <= float(bounds["north"])):
            outside.append(str(row.number))
    return [("outside", str(len(outside)), ", ".join(outside[:20]))] if outside else []


def _not_taken(row: PlannedRow) -> PlannedRow:
    if row.status in {REFUSED, UNCHANGED}:
        return row
    return replace(row, status=REFUSED, reason="not-taken", differences=())


def _add(work: UnitOfWork, rows: list[PlannedRow]) -> None:
    records: list[Site | Stop | Reference] = [row.record for row in rows if row.record is not None]
    if records:
        work.add_all(list(records))
    for row in rows:
        if row.record is not None and row.interests:
            _set_interests(work, row.record.uuid, row.interests)


def _update(work: UnitOfWork, row: PlannedRow) -> None:
    assert row.record is not None
    kind = kind_of(row.record)
    values = to_row(row.record)
    columns: dict[str, object] = {}
    for difference in row.differences:
        spec = kind.field(difference.field)
        if spec is not None:
            columns.update({column: values[column] for column in spec.columns})
    if columns:
        work.set_columns(kind, row.record.uuid, columns)
    if row.interests is not None:
        _set_interests(work, row.record.uuid, row.interests)


def _set_interests(work: UnitOfWork, site: str, terms: tuple[str, ...]) -> None:
    kind = kind_of(SiteInterest)
    known = {one.term: one for one in work.records(SiteInterest, where={"site_uuid": site})}
    for term, one in known.items():
        if term not in terms:
            work.delete(kind, one.uuid)
    for term in terms:
        if term in known:
            continue
        key = uuid_of(site, term)
        if work.get(SiteInterest, key) is not None:
            work.restore(kind, key)
        else:
            work.put(SiteInterest(uuid=key, site_uuid=site, term=term))

"""Writes a planned import into one unit of work."""

from collections.abc import Sequence

from geopark_app.domain.declaration import Record, kind_of
from geopark_app.domain.identifier import uuid_of
from geopark_app.domain.kinds import SiteInterest
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress
from geopark_app.operations.import_planning import ADDED, UPDATED, PlannedRow
from geopark_app.store.rows import to_row
from geopark_app.store.unit_of_work import UnitOfWork

_REPORT_EVERY = 200


def write_rows(
    work: UnitOfWork, rows: Sequence[PlannedRow], *, progress: ReportProgress, cancel: CancelToken
) -> None:
    """Write what is new at once and what changes field by field, with what belongs to it."""
    taken = [row for row in rows if row.status in {ADDED, UPDATED} and row.record is not None]
    progress(Progress(done=0, total=len(taken)))
    added = [row for row in taken if row.status == ADDED]
    work.add_all([row.record for row in added if row.record is not None])
    for number, row in enumerate(taken):
        if number % _REPORT_EVERY == 0:
            cancel.check()
            progress(Progress(done=number, total=len(taken)))
        _write_beside(work, row)
    cancel.check()


def _write_beside(work: UnitOfWork, row: PlannedRow) -> None:
    assert row.record is not None
    if row.status == UPDATED:
        _update(work, row, row.record)
    # A row that is there already may be older than the plan knows: written field by field.
    for part in row.parts:
        work.put(part)
    if row.interests is not None and (row.interests or row.status == UPDATED):
        _set_interests(work, row.record.uuid, row.interests)


def _update(work: UnitOfWork, row: PlannedRow, record: Record) -> None:
    kind = kind_of(record)
    values = to_row(record)
    columns: dict[str, object] = {}
    for difference in row.differences:
        spec = kind.field(difference.field)
        if spec is not None:
            columns.update({column: values[column] for column in spec.columns})
    if columns:
        work.set_columns(kind, record.uuid, columns)


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

"""Conflicts: what colleagues wrote side by side, by site, and a person's decision as a save."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geopark_app.domain.change import Changes, Json
from geopark_app.domain.declaration import FieldType, Record
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import KINDS
from geopark_app.operations.context import AppContext
from geopark_app.operations.trash import title_of
from geopark_app.rules.merging import both_texts
from geopark_app.store.conflict_rows import OpenConflict, Rival, open_conflicts
from geopark_app.store.rows import columns_of_logged

KEEP_RECORD, DELETE_RECORD = 1, 2
_SITE = "site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One decision to be made.

    Attributes
    ----------
    open : OpenConflict
        What is written side by side.
    record : Record
        The record as it is shown.
    ref, title : str
        The record for people, such as `site:LS-001`.
    site_uuid : str
        The site it belongs to; the record itself when it belongs to none.
    site_title : str
        Name of that.
    """

    open: OpenConflict
    record: Record
    ref: str
    title: str
    site_uuid: str
    site_title: str

    @property
    def field(self) -> str:
        """The field, or empty for a record somebody deleted."""
        return self.open.field

    @property
    def values(self) -> tuple[Rival, ...]:
        """The values, the shown one first."""
        return self.open.rivals

    @property
    def suggestion(self) -> str | None:
        """Give both texts as one, for long texts; else None."""
        spec = KINDS[self.open.table].field(self.field) if self.field else None
        texts = [rival.value for rival in self.values if isinstance(rival.value, str)]
        if spec is None or spec.type is not FieldType.LONG_TEXT or len(texts) < 2:
            return None
        merged = texts[0]
        for text in texts[1:]:
            merged = both_texts(merged, text)
        return merged


def list_conflicts(context: AppContext) -> list[Conflict]:
    """Give every conflict, those of one site together."""
    opened = [one for one in open_conflicts(context.catalogue) if one.table in KINDS]
    records = _records(context, ((one.table, one.row_uuid) for one in opened))
    parents = ((_SITE, uuid) for uuid in map(_parent, records.values()) if uuid)
    sites = _records(context, parents)
    found = [
        _conflict(one, record, sites)
        for one in opened
        if (record := records.get((one.table, one.row_uuid))) is not None
    ]
    return sorted(found, key=lambda one: (one.site_title, one.site_uuid, one.ref, one.field))


def find_conflict(context: AppContext, ref: str, field: str) -> Conflict:
    """Give the conflict of a record (`site:LS-001`, a code or a uuid) and field.

    Raises
    ------
    GeoparkError
        NOT_FOUND; AMBIGUOUS when two records carry the code.
    """
    found = [
        one
        for one in list_conflicts(context)
        if one.field == field and ref in {one.ref, one.ref.partition(":")[2], one.record.uuid}
    ]
    if len(found) > 1:
        uuids = ", ".join(one.record.uuid for one in found)
        raise GeoparkError(ErrorCode.AMBIGUOUS, reference=ref, uuids=uuids)
    if not found:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="conflict", reference=f"{ref} {field}".strip())
    return found[0]


def keep_value(
    context: AppContext, conflict: Conflict, number: int, *, reason: str = ""
) -> Changes:
    """Decide for one of the values (from 1), or keep (1) or delete (2) a deleted record.

    Only what the person saw is replaced: a value that arrives meanwhile stays in conflict.

    Raises
    ------
    GeoparkError
        BAD_VALUE for a number there is not.
    """
    count = DELETE_RECORD if conflict.open.is_delete else len(conflict.values)
    if not 1 <= number <= count:
        raise GeoparkError(ErrorCode.BAD_VALUE, field="--keep", value=number, expected=f"1–{count}")
    if conflict.open.is_delete:
        return _decide_record(context, conflict, number, reason)
    return _write(context, conflict, conflict.values[number - 1].value, reason)


def keep_text(context: AppContext, conflict: Conflict, text: str, *, reason: str = "") -> Changes:
    """Decide for a text made of several, such as the suggestion a person has corrected.

    Raises
    ------
    GeoparkError
        BAD_VALUE for a field that is no text.
    """
    spec = KINDS[conflict.open.table].field(conflict.field) if conflict.field else None
    if spec is None or spec.type not in {FieldType.TEXT, FieldType.LONG_TEXT}:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field=conflict.field or "--both", value=text, expected="--keep"
        )
    return _write(context, conflict, text.strip() or None, reason)


def _write(context: AppContext, conflict: Conflict, value: Json, reason: str) -> Changes:
    kind = KINDS[conflict.open.table]
    uuid, field = conflict.open.row_uuid, conflict.field
    spec = kind.field(field)
    assert spec is not None
    with context.work(reason or f"settle {field}") as work:
        work.set_columns(kind, uuid, columns_of_logged(spec, value))
        work.write_again(kind, uuid, field)
        work.bases[kind.name, uuid, field] = tuple(
            op for rival in conflict.values for op in rival.ops
        )
    return work.changes


def _decide_record(context: AppContext, conflict: Conflict, number: int, reason: str) -> Changes:
    kind = KINDS[conflict.open.table]
    with context.work(reason or f"settle {kind.name}") as work:
        if number == KEEP_RECORD:
            work.write_again(kind, conflict.open.row_uuid)
        else:
            work.delete(kind, conflict.open.row_uuid)
    return work.changes


def _records(
    context: AppContext, places: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Record]:
    """Give records by kind and key, also from the trash."""
    by_kind: dict[str, set[str]] = {}
    for name, uuid in places:
        by_kind.setdefault(name, set()).add(uuid)
    return {
        (name, record.uuid): record
        for name, uuids in by_kind.items()
        for record in context.catalogue.records(
            KINDS[name].record_type, where={"uuid": sorted(uuids)}, include_deleted=True
        )
    }


def _conflict(
    one: OpenConflict, record: Record, sites: Mapping[tuple[str, str], Record]
) -> Conflict:
    kind = KINDS[one.table]
    code = getattr(record, kind.code_field) if kind.code_field else None
    site = sites.get((_SITE, _parent(record) or ""), record)
    return Conflict(
        open=one,
        record=record,
        ref=f"{kind.name}:{code or record.uuid}",
        title=title_of(record),
        site_uuid=site.uuid,
        site_title=title_of(site),
    )


def _parent(record: Record) -> str | None:
    """Give the key of the site a record belongs to, or None."""
    return getattr(record, "site_uuid", None)

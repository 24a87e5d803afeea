"""What differs between two catalogues, by reference and field."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from geopark_app.domain.declaration import COMPOSITES, Record, RecordKind, kind_of
from geopark_app.domain.kinds import KINDS, SiteInterest, kind_named
from geopark_app.operations.context import AppContext
from geopark_app.store.catalogue import open_catalogue

_NOT_COMPARED = frozenset({"catalogue_setting"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedField:
    """One value that differs."""

    ref: str
    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What the second catalogue has that the first has not, and the other way round.

    Attributes
    ----------
    added, removed : tuple of str
        References of records, such as `site:LS-001`.
    changed : tuple of ChangedField
        Values that differ.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[ChangedField, ...]

    @property
    def is_identical(self) -> bool:
        """Say whether nothing differs."""
        return not (self.added or self.removed or self.changed)


def open_to_compare(path: Path, context: AppContext) -> AppContext:
    """Open a second catalogue beside one that is open, with the same person and clock."""
    return AppContext(
        catalogue=open_catalogue(path, now=context.now()),
        author=context.author,
        clock=context.clock,
    )


def compare_catalogues(
    first: AppContext, second: AppContext, kinds: Sequence[str] = ()
) -> Comparison:
    """Compare the records outside the trash, by key; `kinds` limits it, else all kinds.

    Raises
    ------
    GeoparkError
        UNKNOWN_KIND.
    """
    chosen = [kind_named(name) for name in kinds] or [
        kind for kind in KINDS.values() if not kind.is_seeded and kind.name not in _NOT_COMPARED
    ]
    added: list[str] = []
    removed: list[str] = []
    changed: list[ChangedField] = []
    for kind in chosen:
        old = {record.uuid: record for record in first.catalogue.records(kind.record_type)}
        new = {record.uuid: record for record in second.catalogue.records(kind.record_type)}
        removed.extend(_ref(kind, old[key]) for key in old if key not in new)
        added.extend(_ref(kind, new[key]) for key in new if key not in old)
        for key in old:
            if key in new and old[key] != new[key]:
                changed.extend(_changed(kind, old[key], new[key]))
    return Comparison(added=tuple(added), removed=tuple(removed), changed=tuple(changed))


def _changed(kind: RecordKind, old: Record, new: Record) -> list[ChangedField]:
    ref = _ref(kind, old)
    found = []
    for spec in kind.fields:
        before, after = getattr(old, spec.name), getattr(new, spec.name)
        if before == after:
            continue
        composite = COMPOSITES.get(spec.type)
        if composite is None:
            found.append(ChangedField(ref=ref, field=spec.name, old=before, new=after))
            continue
        for part in fields(composite):
            pair = [getattr(value, part.name, None) for value in (before, after)]
            if pair[0] != pair[1]:
                name = f"{spec.name}.{part.name}"
                found.append(ChangedField(ref=ref, field=name, old=pair[0], new=pair[1]))
    return found


def _ref(kind: RecordKind, record: Record) -> str:
    if isinstance(record, SiteInterest):
        return f"{kind_of(record).name}:{record.site_uuid}/{record.term}"
    code = getattr(record, kind.code_field, None) if kind.code_field else None
    return f"{kind.name}:{code or record.uuid}"

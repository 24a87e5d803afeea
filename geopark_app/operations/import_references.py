"""What typed references mean: by key, code or name, among the records there are or come along."""

import uuid as uuids
from collections.abc import Iterable, Sequence

from geopark_app.domain.declaration import FieldSpec, Record, RecordKind, kind_of
from geopark_app.domain.kinds import KINDS, SiteCode
from geopark_app.domain.text import fold
from geopark_app.operations.context import AppContext

JOINT = " / "
_PLACES = ("commune", "former_commune", "former_district")


class RowRefusedError(Exception):
    """A row that cannot be taken, with a reason code and details for the sentence."""

    def __init__(self, reason: str, **details: str) -> None:
        self.reason, self.details = reason, details
        super().__init__(reason)


class Known:
    """The records of the catalogue, with those that other tables of the same file bring.

    Attributes
    ----------
    context : AppContext
        The open catalogue.
    """

    def __init__(self, context: AppContext) -> None:
        self.context = context
        self._records: dict[str, list[Record]] = {}
        self._announced: dict[str, set[str]] = {}
        self._words: dict[str, dict[str, set[str]]] = {}

    def records(self, kind_name: str) -> Sequence[Record]:
        """Give the records outside the trash and those brought so far."""
        if kind_name not in self._records:
            record_type = KINDS[kind_name].record_type
            self._records[kind_name] = list(self.context.catalogue.records(record_type))
        return self._records[kind_name]

    def bring(self, kind_name: str, records: Iterable[Record]) -> None:
        """Add records another table is going to bring, in place of those of the same key."""
        brought = {record.uuid: record for record in records}
        stays = [one for one in self.records(kind_name) if one.uuid not in brought]
        self._records[kind_name] = [*stays, *brought.values()]
        self._words.pop(kind_name, None)

    def announce(self, kind_name: str, keys: Iterable[str]) -> None:
        """Say which keys tables of the file have, so that they can refer to each other."""
        self._announced.setdefault(kind_name, set()).update(keys)

    def by_word(self, kind_name: str) -> dict[str, set[str]]:
        """Give the keys of records by key, code, former code and name (folded)."""
        if kind_name not in self._words:
            words: dict[str, set[str]] = {}
            for record in self.records(kind_name):
                for word in (record.uuid, *_names(record)):
                    words.setdefault(fold(word), set()).add(record.uuid)
            if kind_name == "site":
                for code in self.records("site_code"):
                    assert isinstance(code, SiteCode)
                    if code.code and code.site_uuid:
                        words.setdefault(fold(code.code), {code.site_uuid})
            for key in self._announced.get(kind_name, ()):
                words.setdefault(key, {key})
            self._words[kind_name] = words
        return self._words[kind_name]


class References:
    """Finds what a cell refers to.

    Attributes
    ----------
    unchecked : set of str
        Fields whose values could not be checked, because the catalogue holds no such list.
    """

    def __init__(self, known: Known) -> None:
        self._known = known
        self._places: dict[str, dict[str, str]] = {}
        self.unchecked: set[str] = set()

    def resolved(self, spec: FieldSpec, cell: str) -> str | None:
        """Give the key or code a cell means.

        Raises
        ------
        RowRefusedError
            Nothing, or several things, are called so.
        """
        kind = KINDS[spec.refers_to or ""]
        if kind.name == "photo":
            if cell not in self._known.by_word("photo"):
                self.unchecked.add(spec.name)
                return None
            return cell
        if spec.name.endswith("_uuid"):
            return self.key(kind, spec.name, cell)
        return self._code(kind, spec, cell)

    def key(self, kind: RecordKind, field: str, cell: str) -> str:
        """Give the key of the one record called so."""
        words = self._known.by_word(kind.name)
        for word in (cell, *cell.split(JOINT)):
            found = words.get(fold(word.strip()), set())
            if len(found) == 1:
                return next(iter(found))
            if found:
                raise RowRefusedError("two-places", field=field, value=cell[:80])
        raise RowRefusedError("unknown-place", field=field, value=cell[:80])

    def _code(self, kind: RecordKind, spec: FieldSpec, cell: str) -> str:
        if kind.name not in self._places:
            units = self._known.records(kind.name)
            self._places[kind.name] = _places(units) if kind.name in _PLACES else _codes(units)
        places = self._places[kind.name]
        if not places:
            self.unchecked.add(spec.name)
            return cell
        for word in (cell, cell.zfill(5), *cell.split(JOINT)):
            code = places.get(fold(word.strip()), "")
            if code:
                return code
        raise RowRefusedError(
            "two-places" if places.get(fold(cell)) == "" else "unknown-place",
            field=spec.name,
            value=cell[:80],
        )


def read_key(typed: str) -> str:
    """Give a key as it is stored.

    Raises
    ------
    RowRefusedError
        The text is no uuid, or empty.
    """
    bare = typed.strip("{}").lower()
    if not bare:
        raise RowRefusedError("no-key")
    try:
        return str(uuids.UUID(bare))
    except ValueError as error:
        raise RowRefusedError("bad-key", value=bare[:60]) from error


def _names(record: Record) -> list[str]:
    kind = kind_of(record)
    fields = dict.fromkeys((kind.code_field, *kind.title_fields, "name_en", "alias_code"))
    found = [getattr(record, name, None) for name in fields if name]
    return [str(name) for name in found if name not in {None, ""}]


def _codes(records: Sequence[Record]) -> dict[str, str]:
    codes = [str(getattr(one, kind_of(one).code_field or "uuid") or "") for one in records]
    return {fold(code): code for code in codes if code}


def _places(units: Sequence[Record]) -> dict[str, str]:
    """Give code by folded code and name; a name that several units bear gives an empty text."""
    known: dict[str, str] = {}
    for unit in units:
        name, code = str(getattr(unit, "name_vi", "") or ""), str(getattr(unit, "code", "") or "")
        for word in (name, f"{getattr(unit, 'unit_type', '') or ''} {name}"):
            key = fold(word.strip())
            known[key] = code if known.get(key, code) == code else ""
        known[fold(code)] = code
    known.pop("", None)
    return known

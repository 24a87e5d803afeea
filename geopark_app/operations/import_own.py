"""Own fields of the office as columns of a foreign table."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from geopark_app.domain.declaration import FieldSpec, FieldType, Record, RecordKind
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.identifier import uuid_of
from geopark_app.domain.kinds import OwnChoice, OwnField, OwnFieldChoice, OwnValue
from geopark_app.domain.text import fold
from geopark_app.operations.import_references import JOINT, Known, RowRefusedError
from geopark_app.operations.own_fields import PREFIX, own_spec
from geopark_app.rules.typed_values import read_value


class OwnCell(NamedTuple):
    """What a row says of an own field: as it is and as it will be, and the rows to write."""

    old: str
    new: str
    rows: tuple[Record, ...]


class OwnColumns:
    """Reads cells of own fields of one kind, and knows the values there are.

    Attributes
    ----------
    specs : dict of str to FieldSpec
        The own fields in use, by column name.
    """

    def __init__(self, known: Known, kind: RecordKind) -> None:
        self._kind = kind
        found = [one for one in known.records("own_field") if isinstance(one, OwnField)]
        used = [one for one in found if one.kind_name == kind.name and one.code]
        self._fields = {f"{PREFIX}{one.code}": one for one in used if not one.retired}
        self.specs: dict[str, FieldSpec] = {
            name: own_spec(field) for name, field in self._fields.items()
        }
        self._choices: dict[str, list[OwnFieldChoice]] = {}
        self._values: dict[str, OwnValue] = {}
        self._marks: dict[str, OwnChoice] = {}
        if self._fields:
            self._read(known)

    def cells(self, record_uuid: str, cells: Mapping[str, str]) -> dict[str, OwnCell]:
        """Give what the row says of its own fields, by name; empty cells say nothing.

        Raises
        ------
        RowRefusedError
            A value has the wrong shape, or a choice is unknown.
        """
        found = {}
        for name, cell in cells.items():
            field = self._fields.get(name)
            if field is None or not cell:
                continue
            read = self._choices_marked if field.value_type == "choices" else self._value
            found[name] = read(field, name, record_uuid, cell)
        return found

    def _read(self, known: Known) -> None:
        for choice in known.records("own_field_choice"):
            if isinstance(choice, OwnFieldChoice):
                self._choices.setdefault(choice.own_field_uuid or "", []).append(choice)
        catalogue = known.context.catalogue
        where = {"record_kind": self._kind.name}
        for value in catalogue.records(OwnValue, where=where, include_deleted=True):
            self._values[value.uuid] = value
        for mark in catalogue.records(OwnChoice, where=where, include_deleted=True):
            self._marks[mark.uuid] = mark

    def _value(self, field: OwnField, name: str, record_uuid: str, cell: str) -> OwnCell:
        spec = self.specs[name]
        try:
            value = read_value(spec, cell.split(JOINT)[0] if _is_number(spec) else cell)
        except GeoparkError as error:
            raise RowRefusedError("bad-value", field=name, value=cell[:80]) from error
        if spec.type is FieldType.CHOICE:
            value = self._choice(field, name, cell).code
        if isinstance(value, float):
            value = f"{value:.10f}".rstrip("0").rstrip(".")
        new = "" if value is None else str(value)
        key = uuid_of(record_uuid, field.uuid)
        there = self._values.get(key)
        old = "" if there is None or there.deleted else there.value or ""
        row = OwnValue(
            uuid=key,
            record_kind=self._kind.name,
            record_uuid=record_uuid,
            own_field_uuid=field.uuid,
            value=new,
        )
        return OwnCell(old, new, (row,))

    def _choices_marked(self, field: OwnField, name: str, record_uuid: str, cell: str) -> OwnCell:
        words = [word.strip() for word in cell.split(";") if word.strip()]
        wanted = {choice.uuid: choice for choice in (self._choice(field, name, w) for w in words)}
        rows: list[Record] = []
        old = []
        for choice in self._choices.get(field.uuid, []):
            key = uuid_of(record_uuid, choice.uuid)
            mark = self._marks.get(key)
            if mark is not None and not mark.deleted:
                old.append(choice.code or "")
            if mark is not None:
                rows.append(replace(mark, deleted=choice.uuid not in wanted))
            elif choice.uuid in wanted:
                rows.append(
                    OwnChoice(
                        uuid=key,
                        record_kind=self._kind.name,
                        record_uuid=record_uuid,
                        own_field_uuid=field.uuid,
                        own_field_choice_uuid=choice.uuid,
                    )
                )
        new = sorted(choice.code or "" for choice in wanted.values())
        return OwnCell("; ".join(sorted(old)), "; ".join(new), tuple(rows))

    def _choice(self, field: OwnField, name: str, cell: str) -> OwnFieldChoice:
        for word in (cell, *cell.split(JOINT)):
            for choice in self._choices.get(field.uuid, []):
                names = {fold(text or "") for text in (choice.label_vi, choice.label_en)}
                if choice.code == word or fold(word.strip()) in names:
                    return choice
        raise RowRefusedError("unknown-term", field=name, value=cell[:80])


def _is_number(spec: FieldSpec) -> bool:
    return spec.type is FieldType.DECIMAL

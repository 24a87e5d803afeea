"""Every column has a merge kind and an audience; what is personal never leaves the office."""

import dataclasses

import pytest

from geopark_app.domain.declaration import Audience, FieldType, Merge
from geopark_app.domain.kinds import KINDS
from geopark_app.store.tables import RECORD_TABLES

FIELDS = [(kind, spec) for kind in KINDS.values() for spec in kind.fields]


@pytest.mark.parametrize("name", sorted(RECORD_TABLES))
def test_every_column_belongs_to_a_declared_field(name: str) -> None:
    declared = {column for spec in KINDS[name].fields for column in spec.columns}
    columns = {column.name for column in RECORD_TABLES[name].columns}
    assert columns - {"uuid", "deleted"} == declared


def test_every_field_has_a_merge_kind_and_an_audience() -> None:
    for kind, spec in FIELDS:
        name = f"{kind.name}.{spec.name}"
        assert isinstance(spec.merge, Merge), name
        assert isinstance(spec.audience, Audience), name
        assert isinstance(spec.personal, bool), name
        assert isinstance(spec.type, FieldType), name


def test_a_derived_or_local_value_is_no_column() -> None:
    """They would be logged and synced by the triggers."""
    for kind, spec in FIELDS:
        assert spec.merge not in {Merge.DERIVED, Merge.LOCAL}, f"{kind.name}.{spec.name}"


def test_personal_data_is_not_public_unless_a_credit_asks_for_it() -> None:
    public = {
        f"{kind.name}.{spec.name}"
        for kind, spec in FIELDS
        if spec.personal and spec.audience is Audience.PUBLIC
    }
    assert public <= {"photo.photographer", "photo.credit", "photo.rights_holder"}


def test_names_of_people_are_marked_as_personal() -> None:
    words = ("surveyor", "compiler", "photographer", "visitors", "answered_by", "rights_holder")
    for kind, spec in FIELDS:
        if spec.name.startswith(words):
            assert spec.personal, f"{kind.name}.{spec.name}"


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_kind_is_a_frozen_slotted_record(kind) -> None:  # type: ignore[no-untyped-def]
    record_type = kind.record_type
    assert dataclasses.is_dataclass(record_type)
    record = record_type(uuid="x")
    with pytest.raises(dataclasses.FrozenInstanceError):
        record.uuid = "y"
    assert not hasattr(record, "__dict__")
    # a record is made from its key alone: nothing is required, gaps are listed
    assert all(getattr(record, spec.name) is None for spec in kind.fields)


def test_every_vocabulary_of_a_choice_ships() -> None:
    from geopark_app.operations.editions import later_editions, vocabulary_edition

    editions = (vocabulary_edition(), *later_editions())
    shipped = {getattr(term, "vocabulary", None) for one in editions for term in one.records}
    wanted = {spec.vocabulary for _, spec in FIELDS if spec.vocabulary}
    assert wanted <= shipped

"""Declarations: what a kind says of its fields, and what it may not forget to say."""

import dataclasses

import pytest

from geopark_app.domain.declaration import (
    FieldType,
    Merge,
    Record,
    declare,
    kind_of,
    position,
    quantity,
    text,
)
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import ALL_KINDS, KINDS, Site, kind_named
from geopark_app.domain.position import Position, Quantity


def test_a_field_without_declaration_is_refused() -> None:
    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Forgetful(Record):
        name_vi: str | None = None

    with pytest.raises(TypeError, match=r"Forgetful\.name_vi has no declaration"):
        declare("forgetful", vi="Quên", en="Forgetful")(Forgetful)


def test_a_kind_is_read_from_its_class() -> None:
    @declare("example", vi="Ví dụ", en="Example")
    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Example(Record):
        name_vi: str | None = text("Tên", "Name", language="vi")
        at: Position | None = position("V", "P", aliases={"lon": "lon"})  # noqa: RUF009
        size: Quantity | None = quantity("Cỡ", "Size")  # noqa: RUF009

    kind = kind_of(Example)
    assert kind is kind_of(Example(uuid="e"))
    assert [spec.name for spec in kind.fields] == ["name_vi", "at", "size"]
    assert kind.fields[0].columns == ("name_vi",)
    assert kind.fields[2].columns == ("size_value", "size_unit")
    assert [spec.merge for spec in kind.fields] == [
        Merge.REGISTER,
        Merge.COMPOSITE,
        Merge.COMPOSITE,
    ]
    found = kind.field("lon")
    assert found is not None
    assert found.name == "at"
    assert kind.field("no such field") is None


def test_kinds_are_known_by_their_names() -> None:
    assert kind_named("site") is kind_of(Site)
    assert list(KINDS) == [kind_of(record).name for record in ALL_KINDS]
    with pytest.raises(GeoparkError) as caught:
        kind_named("planet")
    assert caught.value.code is ErrorCode.UNKNOWN_KIND


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_field_is_declared_in_full(kind) -> None:  # type: ignore[no-untyped-def]
    for spec in kind.fields:
        assert spec.label_vi.strip(), spec.name
        assert spec.label_en.strip(), spec.name
        assert spec.group in {group for group, _, _ in kind.groups}, spec.name
        if spec.name.endswith(("_vi", "_en")):
            assert spec.language == spec.name[-2:], spec.name
        if spec.type is FieldType.CHOICE:
            assert spec.vocabulary, spec.name
        if spec.type is FieldType.REFERENCE:
            assert spec.refers_to in KINDS, spec.name
            assert spec.name.endswith("_uuid") or KINDS[spec.refers_to].code_field, spec.name
        if spec.type in {FieldType.POSITION, FieldType.QUANTITY}:
            assert spec.merge is Merge.COMPOSITE, spec.name
        else:
            assert spec.merge is not Merge.COMPOSITE, spec.name


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_names_and_aliases_of_a_kind_mean_one_thing(kind) -> None:  # type: ignore[no-untyped-def]
    names = [spec.name for spec in kind.fields]
    aliases = [alias for spec in kind.fields for alias in spec.aliases]
    assert len(set(names + aliases)) == len(names + aliases)
    columns = [column for spec in kind.fields for column in spec.columns]
    assert len(set(columns)) == len(columns)
    assert not {"uuid", "deleted"} & set(columns)
    assert all(kind.field(title) is not None for title in kind.title_fields)


def test_every_text_that_prints_exists_in_both_languages() -> None:
    for kind in KINDS.values():
        names = {spec.name for spec in kind.fields}
        for spec in kind.fields:
            if spec.name.endswith("_en"):
                assert f"{spec.name[:-3]}_vi" in names, (kind.name, spec.name)
    site = {spec.name for spec in kind_of(Site).fields}
    assert {name[:-3] for name in site if name.endswith("_vi")} == {
        name[:-3] for name in site if name.endswith("_en")
    }


def test_records_are_frozen() -> None:
    site = Site(uuid="s")
    with pytest.raises(dataclasses.FrozenInstanceError):
        site.code = "x"  # type: ignore[misc]

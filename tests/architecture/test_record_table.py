"""Each of the 130 fields of the research has a place, and docs/records.md says which."""

from geopark_app.domain.declaration import FieldType, Merge, Stage, kind_of
from geopark_app.domain.kinds import KINDS, Site
from geopark_app.domain.kinds.shelves import SHELVES
from tests.tools.make_record_table import PAGE, page, research_names


def test_the_page_is_what_the_declarations_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run tests/tools/make_record_table.py"


def test_all_130_fields_have_a_place() -> None:
    kind = kind_of(Site)
    elsewhere = {one.name for one in (*kind.lists, *kind.derived)} | {"uuid"}
    names = [name for _group, name in research_names()]
    assert len(names) == 130
    assert [name for name in names if kind.field(name) is None and name not in elsewhere] == []
    assert len({group for group, _name in research_names()}) == len(kind.groups) == 11


def test_lists_name_fields_that_refer_to_the_record() -> None:
    for kind in KINDS.values():
        for one in kind.lists:
            via = KINDS[one.kind].field(one.via)
            assert via is not None
            assert via.refers_to == kind.name
            assert all(KINDS[one.kind].field(name) for name, _value in one.where)


def test_a_derived_value_has_no_column() -> None:
    for kind in KINDS.values():
        assert not {spec.name for spec in kind.derived} & {spec.name for spec in kind.fields}


def test_every_shelf_is_known_and_used() -> None:
    shelves = {identifier for identifier, _vi, _en in SHELVES}
    assert {kind.shelf for kind in KINDS.values() if kind.shelf} == shelves


def test_kinds_on_a_shelf_can_be_told_apart() -> None:
    """A table shows something, and what people must type first stands first."""
    for kind in KINDS.values():
        is_set = all(spec.merge is Merge.SET for spec in kind.fields)
        if kind.shelf:
            assert is_set or any(spec.in_list for spec in kind.fields), kind.name
            assert all(kind.field(name) for name in kind.title_fields)


def test_a_draft_of_a_site_wants_no_more_than_the_research_asks() -> None:
    wanted = [spec for spec in kind_of(Site).fields if spec.required_at is Stage.DRAFT]
    # lat, lon, CRS and method of the research are one position here; five are worked out
    assert len(wanted) + 3 + 5 + 1 == 25
    assert {spec.type for spec in wanted} >= {FieldType.POSITION, FieldType.CHOICE}

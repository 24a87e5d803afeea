"""Lists read in SQL: the same as the rules say, in Vietnamese order, narrowed by anything."""

from collections.abc import Mapping
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from geopark_app.domain.declaration import FieldType, Stage, kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import KINDS, OwnField, OwnFieldChoice, Route, Site, SiteThreat, Stop
from geopark_app.domain.text import sort_key, sort_text
from geopark_app.operations.checklists import (
    answer_item,
    checklist_for,
    site_readiness,
    start_visit,
)
from geopark_app.operations.conditions import SIGNS, Sign, all_filterable, condition_of
from geopark_app.operations.context import AppContext
from geopark_app.operations.linked_records import Titles
from geopark_app.operations.record_lists import column_order, record_keys, record_query, record_rows
from geopark_app.operations.records import add_record, delete_record, find_record, set_fields
from geopark_app.operations.site_lists import site_rows
from geopark_app.operations.sites import list_sites
from geopark_app.rules.completeness import gaps
from geopark_app.store import list_texts
from geopark_app.store.engine import reading
from geopark_app.store.tables import LIST_TEXT
from tests.builders import make_position, make_site, put
from tests.conftest import OpenCatalogue


@pytest.fixture
def starter(langson: Path, opened: OpenCatalogue) -> AppContext:
    return opened(langson)


def codes(context: AppContext, filters: Mapping[str, str], sort: str = "code") -> list[str]:
    return [row.code or "" for row in site_rows(context, filters=filters, sort=sort)]


# The same as the rules ----------------------------------------------------------------------


@given(st.lists(st.text(alphabet="aăâdđeêàảãáạềệư ơưZĐ1-.(漢\n", max_size=8), max_size=20))
def test_the_databases_order_is_the_dictionarys(words: list[str]) -> None:
    by_text = sorted(words, key=lambda word: sort_text(word).encode())
    assert by_text == sorted(words, key=sort_key)


def test_the_starter_is_listed_as_the_rules_say(starter: AppContext) -> None:
    context = starter
    rows = {row.uuid: row for row in site_rows(context)}
    sites = context.catalogue.records(Site)
    assert len(rows) == len(sites) == 96
    for site in sites:
        row = rows[site.uuid]
        assert list(row.gaps) == [finding.field for finding in gaps(site, Stage.DOSSIER)]
        quality = site.position.known_quality.value if site.position else "unknown"
        assert row.coord_quality == quality
    by_rule = sorted(rows.values(), key=lambda row: row.completeness)
    by_sql = site_rows(context, sort="completeness")
    assert [row.completeness for row in by_sql] == [row.completeness for row in by_rule]
    assert [item.site.uuid for item in list_sites(context)] == list(rows)


def test_sites_sort_by_readiness_as_the_rule_works_it_out(starter: AppContext) -> None:
    context = starter
    items = checklist_for(context, "site").items
    scores = {}
    for code, statuses in (("LS-003", "mpn"), ("LS-001", "m"), ("LS-002", "nnp"), ("LS-004", "a")):
        site = find_record(context, kind_of(Site), code)
        visit, _changes = start_visit(context, "site", site_uuid=site.uuid)
        for item, letter in zip(items, statuses, strict=False):
            words = {"m": "met", "p": "partly", "n": "not_met", "a": "na"}
            answer_item(context, visit.uuid, item.uuid, status=words[letter])
        again, _changes = start_visit(context, "site", site_uuid=site.uuid, visited_on="2031-01-01")
        answer_item(context, again.uuid, items[0].uuid, status="partly")
        scores[code] = site_readiness(context, site.uuid).total.score
    listed = [row for row in site_rows(context, sort="-readiness") if row.readiness]
    expected = sorted(scores, key=lambda code: (-(scores[code] or 0), code))
    assert [row.code for row in listed] == expected
    assert {row.code: row.readiness.score for row in listed if row.readiness} == scores


def test_words_are_kept_up_with_every_save(context: AppContext) -> None:
    site = make_site(code="A", name_vi="Hang Gió")
    put(context, site)
    assert codes(context, {"text": "ang gi"}) == ["A"]
    set_fields(context, "site", site.uuid, {"name_vi": "Đèo Khách"})
    assert codes(context, {"text": "ang gi"}) == []
    assert codes(context, {"text": "deo k"}) == ["A"]
    delete_record(context, "site", site.uuid)
    assert codes(context, {"text": "deo k"}) == []
    with reading(context.catalogue.engine) as connection:
        assert list_texts.is_current(connection)
        held = connection.scalar(sa.select(LIST_TEXT.c.folded).where(LIST_TEXT.c.tbl == "site"))
    assert "deo khach" in str(held)


def test_what_another_program_wrote_is_found_before_it_is_taken_in(context: AppContext) -> None:
    site = make_site(code="A", name_vi="Hang Gió")
    put(context, site)
    with context.catalogue.engine.begin() as connection:
        connection.execute(sa.text("UPDATE site SET name_vi = 'Suối Trong'"))
    assert codes(context, {"text": "suoi trong"}) == ["A"]


# Filters by anything ------------------------------------------------------------------------


@pytest.fixture
def three(context: AppContext) -> AppContext:
    first = make_site(
        code="A", name_vi="Hang Gió", in_geopark=True, survey_date="2020-05-02", altitude_m=300,
        age_oldest="Devonian", condition_state="good",
    )  # fmt: skip
    put(
        context,
        first,
        make_site(
            code="B", name_vi="Đèo Khách", in_geopark=False, village="Bản Đăng",
            survey_date="2021-11-30", altitude_m=900, parent_site_uuid=first.uuid,
        ),
        make_site(code="C", name_vi="Hồ Bắc", position=make_position(106.1, 21.1, accuracy_m=4.0)),
        Route(uuid="r1", number=1, name_vi="Tuyến Một"),
        Stop(uuid="s1", slot=1, route_uuid="r1", site_uuid=first.uuid),
        SiteThreat(uuid="t", site_uuid=first.uuid, threat="quarrying", severity="high"),
    )  # fmt: skip
    return context


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"in_geopark": "yes"}, "A"),
        ({"in_geopark": "không"}, "B"),
        ({"in_geopark?": "no"}, "C"),
        ({"survey_date>": "2021"}, "B"),
        ({"survey_date<": "2020"}, "A"),
        ({"survey_date<": "05/05/2020"}, "A"),
        ({"survey_date": "2021-11"}, "B"),
        ({"survey_date>": "2020-05-02", "survey_date<": "2021-11-30"}, "AB"),
        ({"altitude_m>": "300"}, "AB"),
        ({"altitude_m>": "300,5"}, BAD := "bad"),
        ({"altitude_m": "900"}, "B"),
        ({"name_vi~": "ho"}, "C"),
        ({"name_vi~": "kha"}, "B"),
        ({"name_vi~": "h", "name_vi~#2": "g"}, "A"),
        ({"name_vi!": "Hang Gió"}, "BC"),
        ({"village": "BAN DANG"}, "B"),
        ({"village": ""}, "AC"),
        ({"village!": ""}, "B"),
        ({"missing": "village"}, "AC"),
        ({"position?": "yes"}, "C"),
        ({"coord_accuracy_m<": "4.5"}, "C"),
        ({"lat>": "21"}, "C"),
        ({"parent_site_uuid": "A"}, "B"),
        ({"parent_site~": "gio"}, "B"),
        ({"threats?": "yes"}, "A"),
        ({"threats?": "no"}, "BC"),
        ({"geo_routes?": "yes"}, "A"),
        ({"stop": "yes"}, "A"),
        ({"route": "1"}, "A"),
        ({"route": "x"}, ""),
        ({"altitude_m~": "3"}, BAD),
        ({"survey_date>": "soon"}, BAD),
        ({"workflow": "nothing"}, BAD),
    ],
)
def test_any_field_is_compared_as_what_it_is(
    three: AppContext, filters: dict[str, str], expected: str
) -> None:
    if expected != BAD:
        assert "".join(codes(three, filters)) == expected
        return
    with pytest.raises(GeoparkError) as caught:
        codes(three, filters)
    assert caught.value.code is ErrorCode.BAD_VALUE


def test_a_term_stands_for_the_narrower_ones_too(starter: AppContext) -> None:
    context = starter
    sites = context.catalogue.records(Site)[:3]
    for site, age in zip(sites, ("Paleozoic", "Devonian", "Mesozoic"), strict=True):
        set_fields(context, "site", site.uuid, {"age_oldest": age})
    found = {age: set(codes(context, {f"age_oldest{sign}": "Paleozoic"}))
             for age, sign in (("itself", ""), ("within", "^"))}  # fmt: skip
    assert found["itself"] == {sites[0].code}
    assert found["within"] == {sites[0].code, sites[1].code}
    assert set(codes(context, {"age_oldest": "Devonian|MESOZOIC"})) == {
        sites[1].code,
        sites[2].code,
    }
    site = sites[0].uuid
    add_record(context, "site_threat", {"site_uuid": site, "threat": any_term(context, "threat")})
    listed = {"threats": any_term(context, "threat")}
    assert codes(context, listed) == [sites[0].code]


def any_term(context: AppContext, field: str) -> str:
    spec = KINDS["site_threat"].field(field)
    assert spec is not None
    term = KINDS["term"].record_type
    (first, *_rest) = context.catalogue.records(term, where={"vocabulary": spec.vocabulary})
    return str(getattr(first, "code", ""))


def test_own_fields_of_the_office_filter_too(three: AppContext) -> None:
    fields = {"depth": "number", "team": "choice", "tools": "choices", "seen": "date"}
    for code, shape in fields.items():
        field = OwnField(
            uuid=f"f-{code}", kind_name="site", code=code, label_vi=code, value_type=shape
        )
        put(three, field)
        for choice in ("north", "south"):
            row = OwnFieldChoice(
                uuid=f"c-{code}-{choice}", own_field_uuid=field.uuid, code=choice, label_vi=choice
            )
            put(three, row)
    for code, typed in {
        "A": {"own:depth": "9.5", "own:team": "north", "own:seen": "2024-02-01"},
        "B": {"own:depth": "12", "own:tools": "north; south"},
    }.items():
        set_fields(three, "site", find_record(three, kind_of(Site), code).uuid, typed)
    for filters, expected in (
        ({"own:depth>": "10"}, "B"),
        ({"own:depth<": "10"}, "A"),
        ({"own:depth?": "no"}, "C"),
        ({"own:team": "north"}, "A"),
        ({"own:tools": "south"}, "B"),
        ({"own:seen>": "2024"}, "A"),
    ):
        assert "".join(codes(three, filters)) == expected, filters


def test_every_field_of_every_kind_can_be_filtered_and_sorted_by(context: AppContext) -> None:
    for kind in KINDS.values():
        for name, field in all_filterable(context, kind).items():
            for sign in SIGNS[field.spec.type]:
                typed = {Sign.FILLED: "no", Sign.AT_LEAST: "2020", Sign.AT_MOST: "2020"}.get(
                    sign, ""
                )
                condition = condition_of(context, kind, f"{name}{sign.value}", typed)
                assert condition.column
                query = record_query(context, kind, filters={f"{name}{sign.value}": typed})
                assert record_keys(context, query) is not None
        orders = tuple(
            column_order(spec) for spec in kind.fields if spec.type is not FieldType.GEOMETRY
        )
        for order in orders:
            query = record_query(context, kind, filters={}, text="zzqq", orders=(order,))
            assert record_keys(context, query) == []


def test_other_records_are_listed_in_words_and_found_by_them(three: AppContext) -> None:
    kind = KINDS["site_threat"]
    keys = record_keys(three, record_query(three, kind, filters={}, text="hang gio"))
    assert keys == ["t"]
    row = record_rows(three, kind, keys, Titles(three))["t"]
    assert row.words[0] == "A · Hang Gió"
    assert record_keys(three, record_query(three, kind, filters={"site_uuid": "A"})) == ["t"]
    assert record_keys(three, record_query(three, kind, filters={"site_uuid": "B"})) == []
    delete_record(three, "site_threat", "t")
    assert record_keys(three, record_query(three, kind, filters={})) == []
    assert record_keys(three, record_query(three, kind, filters={}, in_trash=True)) == ["t"]


def test_empty_cells_come_last_both_ways(three: AppContext) -> None:
    assert "".join(codes(three, {}, sort="altitude_m")) == "ABC"
    assert "".join(codes(three, {}, sort="-altitude_m")) == "BAC"
    assert "".join(codes(three, {}, sort="name_vi")) == "BAC"

"""Search as people type: without accents, unfinished, in any normal form, with any sign."""

import unicodedata
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import Commune, FormerCommune, Site
from geopark_app.domain.text import nfc
from geopark_app.operations.context import AppContext
from geopark_app.operations.records import restore_record, set_fields
from geopark_app.store import finding, search
from geopark_app.store.catalogue import open_catalogue
from geopark_app.store.engine import open_engine, reading, writing
from geopark_app.store.search_words import read_words
from tests.builders import NOON, make_site, put, rows


@pytest.fixture
def names(context: AppContext) -> Callable[[str], list[str]]:
    """Give a function from typed text to the names found, best first."""
    put(
        context,
        Commune(uuid="c-1", code="06040", name_vi="Xã Đồng Đăng"),
        make_site(code="T-1", name_vi="Động Nhị Thanh", name_en="Nhị Thanh Cave"),
        make_site(code="T-2", name_vi="Đồng Đăng", commune_code="06040"),
        make_site(code="T-3", name_vi="Ga biên giới", commune_code="06040"),
        make_site(code="T-4", name_vi="Bến đò Bắc Lệ", summary_vi="Gần Đồng Đăng"),
        make_site(code="T-5", name_vi="Núi Phai Vệ (Đá vôi)"),
    )

    def find(typed: str) -> list[str]:
        hits = context.catalogue.search(typed)
        return [hit.title for hit in hits if hit.kind in {"site", "commune"}]

    return find


def found_in(connection: sa.Connection, typed: str) -> list[search.SearchHit]:
    return finding.find(connection, typed, known_words=lambda: read_words(connection))


@pytest.mark.parametrize(
    "typed",
    ["Đồng Đăng", "đồng đăng", "ĐỒNG ĐĂNG", "dong dang", "DONG DANG", "đông đang", " dong  dang "],
)
def test_accents_and_case_do_not_matter_for_finding(
    names: Callable[[str], list[str]], typed: str
) -> None:
    assert set(names(typed)) == {"Đồng Đăng", "Ga biên giới", "Bến đò Bắc Lệ", "Xã Đồng Đăng"}


@pytest.mark.parametrize("typed", ["Đồng Đăng", "động", "Bắc Lệ", "PHAI VỆ"])
def test_both_normal_forms_find_the_same(names: Callable[[str], list[str]], typed: str) -> None:
    decomposed = unicodedata.normalize("NFD", typed)
    assert decomposed != nfc(typed) == typed
    assert names(decomposed) == names(typed) != []


def test_exact_accents_stand_first(names: Callable[[str], list[str]]) -> None:
    assert names("động nhị")[0] == "Động Nhị Thanh"
    assert names("đồng")[0] in {"Đồng Đăng", "Xã Đồng Đăng"}
    assert names("động")[0] == "Động Nhị Thanh"
    assert "Đồng Đăng" in names("động")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nh", ["Động Nhị Thanh"]),
        ("nhi th", ["Động Nhị Thanh"]),
        ("thanh cave", ["Động Nhị Thanh"]),
        ("cave thanh", ["Động Nhị Thanh"]),
        ("t-5", ["Núi Phai Vệ (Đá vôi)"]),
        ("da voi", ["Núi Phai Vệ (Đá vôi)"]),
        ("ben do", ["Bến đò Bắc Lệ"]),
    ],
)
def test_unfinished_words_in_any_order(
    names: Callable[[str], list[str]], typed: str, found: list[str]
) -> None:
    assert names(typed) == found


def test_the_middle_of_a_word_is_not_found(names: Callable[[str], list[str]]) -> None:
    assert names("anh") == []


def test_a_commune_s_name_finds_its_sites(names: Callable[[str], list[str]]) -> None:
    assert "Ga biên giới" in names("xã đồng đăng")


@pytest.mark.parametrize("typed", ["", " ", "\t\n", "\x00", '"', "*", "-", "()", "…", "​"])
def test_text_without_a_letter_finds_nothing(names: Callable[[str], list[str]], typed: str) -> None:
    assert names(typed) == []


@pytest.mark.parametrize(
    "typed",
    [
        '"Đồng', 'Đồng"', '"Đồng Đăng"', "Đồng*", "*Đồng", "Đồng AND Đăng", "Đồng OR x", "NOT Đồng",
        "Đồng NEAR Đăng", "NEAR(Đồng, 2)", "-Đồng", "Đồng -Đăng", "(Đồng", "Đồng)", "Đồng:",
        "^Đồng",
        "exact:Đồng", "Đồng + Đăng", "Đồng;--", "'; DROP TABLE site; --", "{Đồng}", "Đồng\\", "%",
        "a" * 5000, "x " * 3000, "\ud800", "Đồng\x00Đăng", "🙂", "ß", "²", "ﬁ", "İ",
    ],
)  # fmt: skip
def test_signs_that_mean_something_to_the_index_never_raise(
    names: Callable[[str], list[str]], context: AppContext, typed: str
) -> None:
    for hit in context.catalogue.search(typed):
        assert hit.matched
    assert "Đồng Đăng" in names("dong dang")


def test_quotes_and_dashes_people_type_do_not_matter(names: Callable[[str], list[str]]) -> None:
    assert names('"Đồng Đăng"') == names("Đồng-Đăng") == names("Đồng Đăng")
    assert names("(Đá vôi)") == ["Núi Phai Vệ (Đá vôi)"]


def test_what_lies_in_the_trash_is_not_found(
    context: AppContext, names: Callable[[str], list[str]]
) -> None:
    (site,) = context.catalogue.records(Site, where={"code": "T-1"})
    with context.work("delete") as work:
        work.delete(kind_of(Site), site.uuid)
    assert names("nhi thanh") == []
    restore_record(context, "site", site.uuid)
    assert names("nhi thanh") == ["Động Nhị Thanh"]


def test_a_changed_name_is_found_and_the_old_one_is_not(
    context: AppContext, names: Callable[[str], list[str]]
) -> None:
    (site,) = context.catalogue.records(Site, where={"code": "T-1"})
    set_fields(context, "site", site.uuid, {"name_vi": "Hang Gió", "name_en": ""})
    assert names("nhi thanh") == []
    assert names("hang gio") == ["Hang Gió"]
    assert rows(
        context.catalogue.folder.root,
        "SELECT count(*) FROM search_index WHERE row_uuid = ?",
        site.uuid,
    ) == [(1,)]


def test_a_hit_says_what_it_is_and_where_the_words_stand(
    context: AppContext, names: Callable[[str], list[str]]
) -> None:
    hit = next(hit for hit in context.catalogue.search("ben do"))
    assert (hit.kind, hit.ref, hit.title) == ("site", "site:T-4", "Bến đò Bắc Lệ")
    assert "Bến đò" in hit.matched
    refs = {hit.ref for hit in context.catalogue.search("dong dang")}
    assert "commune:06040" in refs


def test_the_best_hits_are_kept_when_only_some_are_wanted(
    context: AppContext, names: Callable[[str], list[str]]
) -> None:
    every = context.catalogue.search("dong dang")
    assert context.catalogue.search("dong dang", limit=2) == every[:2]
    scores = [hit.score for hit in every]
    assert scores == sorted(scores, reverse=True)


def test_the_index_can_be_made_anew(context: AppContext, names: Callable[[str], list[str]]) -> None:
    with reading(context.catalogue.engine) as connection:
        before = [
            finding.find(connection, typed, known_words=lambda: read_words(connection))
            for typed in ("dong dang", "nhi", "bac le")
        ]
    with writing(context.catalogue.engine) as connection:
        connection.exec_driver_sql("DELETE FROM search_index")
        search.rebuild(connection)
    with reading(context.catalogue.engine) as connection:
        after = [
            finding.find(connection, typed, known_words=lambda: read_words(connection))
            for typed in ("dong dang", "nhi", "bac le")
        ]
    refs = [[hit.ref for hit in hits] for hits in before]
    assert [[hit.ref for hit in hits] for hits in after] == refs


def test_the_index_is_no_part_of_the_log(context: AppContext) -> None:
    put(context, make_site(code="T-9", name_vi="Hang Gió"))
    tables = rows(context.catalogue.folder.root, "SELECT DISTINCT tbl FROM op")
    assert not any(name.startswith("search") for (name,) in tables)


@pytest.mark.parametrize(
    "typed",
    [
        "ddoongf ddawng", "DDOONGF DDAWNG", "d9o6ng2 d9a8ng", "do9ng2 d9a8ng", "dongdang",
        "đồngđăng", "dong dnag", "dongg dang", "dog dang", "dong dabg", "odng dang",
    ],
)  # fmt: skip
def test_what_was_meant_is_found(names: Callable[[str], list[str]], typed: str) -> None:
    assert "Đồng Đăng" in names(typed)


def test_one_wrong_letter_is_not_looked_for_while_the_words_are_found(
    context: AppContext, names: Callable[[str], list[str]]
) -> None:
    assert not any(hit.is_near for hit in context.catalogue.search("dong"))
    assert all(hit.is_near for hit in context.catalogue.search("thsnh"))
    assert names("xyzzyq") == []


@pytest.mark.parametrize("typed", ["hòa bình", "hoà bình", "hoa binh", "HOÀ BÌNH", "hoà binhf"])
def test_both_places_of_a_tone_are_one(context: AppContext, typed: str) -> None:
    put(
        context,
        make_site(code="T-1", name_vi="Hòa Bình"),
        make_site(code="T-2", name_vi="Hoà Bình"),
        make_site(code="T-3", name_vi="Hoa Bính"),
    )
    found = [hit.ref for hit in context.catalogue.search(typed)]
    assert set(found[:2]) == {"site:T-1", "site:T-2"}
    assert found[2:] in ([], ["site:T-3"])


@pytest.mark.parametrize(
    ("typed", "first"), [("duong", "Duong"), ("dương", "Dương"), ("đường", "Đường")]
)
@pytest.mark.parametrize("limit", [None, 3])
def test_the_accents_typed_rank_first(
    context: AppContext, typed: str, first: str, limit: int | None
) -> None:
    put(context, *(make_site(name_vi=name) for name in ("Đường", "Dương", "Duong", "Dưỡng")))
    hits = context.catalogue.search(typed, limit=limit)
    assert hits[0].title == first
    assert hits[0].kind == "site"


def test_hits_are_marked_in_the_text_as_it_is_written(
    context: AppContext, names: Callable[[str], list[str]]
) -> None:
    hit = next(hit for hit in context.catalogue.search("dong dang") if hit.title == "Đồng Đăng")
    assert [hit.title[begin:end] for begin, end in hit.title_marks] == ["Đồng", "Đăng"]
    assert {hit.matched[begin:end] for begin, end in hit.marks} == {"Đồng", "Đăng"}
    far = make_site(code="T-8", summary_vi="a b c " * 200 + "hang KAI KINH ở cuối")
    put(context, far)
    (hit,) = context.catalogue.search("kai kinh")
    assert [hit.matched[begin:end] for begin, end in hit.marks] == ["KAI", "KINH"]


def test_local_names_old_codes_and_every_text_are_found(context: AppContext) -> None:
    put(
        context,
        FormerCommune(uuid="f-1", code="0601", name_vi="Xã Hồng Phong"),
        make_site(
            code="T-1", name_local="Ngườm Rộng", alias_code="HL-07", former_commune_code="0601",
            hazards_vi="Đá lở mùa mưa",
        ),
    )  # fmt: skip
    for typed in ("nguom rong", "hl-07", "hong phong", "da lo"):
        assert "site:T-1" in [hit.ref for hit in context.catalogue.search(typed)], typed


def test_a_commune_s_new_name_finds_its_sites(
    context: AppContext, names: Callable[[str], list[str]]
) -> None:
    set_fields(context, "commune", "c-1", {"name_vi": "Xã Hoàng Văn Thụ"})
    assert set(names("hoang van thu")) == {"Xã Hoàng Văn Thụ", "Đồng Đăng", "Ga biên giới"}
    assert "Ga biên giới" not in names("dong dang")


def test_what_was_meant_is_found_on_media_that_cannot_be_written(
    context: AppContext, names: Callable[[str], list[str]]
) -> None:
    database = context.catalogue.folder.database
    context.catalogue.close()
    engine = open_engine(database, read_only=True)
    with reading(engine) as connection:
        for typed in ("dongdang", "ddoongf ddawng", "dong dabg"):
            assert "Đồng Đăng" in [hit.title for hit in found_in(connection, typed)]
    engine.dispose()


def test_an_index_of_other_fields_is_made_anew_at_opening(
    context: AppContext, names: Callable[[str], list[str]]
) -> None:
    with writing(context.catalogue.engine) as connection:
        connection.exec_driver_sql("DELETE FROM search_index")
        connection.exec_driver_sql("UPDATE meta SET value = '1' WHERE name = 'search-form'")
    with open_catalogue(context.catalogue.folder.root, now=NOON) as again:
        assert again.search("nhi thanh")

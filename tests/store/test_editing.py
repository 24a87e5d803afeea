"""Values brought back, many values at once, the trash, double sites, old English texts."""

import pytest

from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Route, Site
from geopark_app.operations.bulk import Edit, preview, write_changes
from geopark_app.operations.context import AppContext
from geopark_app.operations.duplicates import site_duplicates
from geopark_app.operations.field_history import bring_back, numbered_history
from geopark_app.operations.freshness import stale_english, text_pairs
from geopark_app.operations.records import delete_record, restore_record, set_fields
from geopark_app.operations.safety import check_catalogue
from geopark_app.operations.searching import (
    SavedSearch,
    forget_search,
    save_search,
    saved_search,
    saved_searches,
    search_records,
)
from geopark_app.operations.sites import list_sites, site_findings
from geopark_app.operations.trash import counted, empty_trash, restore_records, trashed_records
from geopark_app.operations.undo import UndoStack
from tests.builders import SteppingClock, make_position, make_site, put
from tests.conftest import OpenCatalogue


def site_now(context: AppContext, site: Site) -> Site:
    found = context.catalogue.get(Site, site.uuid)
    assert found is not None
    return found


# History ------------------------------------------------------------------------------------


def test_a_value_is_brought_back_as_a_new_save(context: AppContext) -> None:
    site = make_site(village="Bản Một")
    put(context, site)
    for village in ("Bản Hai", "Bản Ba"):
        set_fields(context, "site", site.uuid, {"village": village})
    entries = numbered_history(context, "site", site.uuid, field="village")
    assert [(one.entry.old, one.entry.new) for one in entries] == [
        ("Bản Hai", "Bản Ba"),
        ("Bản Một", "Bản Hai"),
        (None, "Bản Một"),
    ]
    bring_back(context, "site", site.uuid, "village", number=entries[-1].number, reason="lại")
    assert site_now(context, site).village == "Bản Một"
    again = numbered_history(context, "site", site.uuid, field="village")
    assert (len(again), again[0].entry.note, again[0].number) == (4, "lại", 1)
    bring_back(context, "site", site.uuid, "village", number=1, before=True)
    assert site_now(context, site).village == "Bản Ba"
    assert not check_catalogue(context)


def test_a_position_comes_back_whole(context: AppContext) -> None:
    site = make_site(position=make_position(106.1, 21.1, source="GPS"))
    put(context, site)
    set_fields(context, "site", site.uuid, {"position": "21.9, 106.9"})
    (_, first) = numbered_history(context, "site", site.uuid, field="position")
    bring_back(context, "site", site.uuid, "position", number=first.number)
    assert site_now(context, site).position == site.position


def test_bringing_back_can_be_undone(context: AppContext) -> None:
    site = make_site(village="Bản Một")
    put(context, site)
    set_fields(context, "site", site.uuid, {"village": "Bản Hai"})
    stack = UndoStack(context)
    stack.push(bring_back(context, "site", site.uuid, "village", number=1, before=True))
    assert site_now(context, site).village == "Bản Một"
    stack.undo()
    assert site_now(context, site).village == "Bản Hai"


@pytest.mark.parametrize(("field", "number"), [("village", 99), ("name_en", 1), ("nothing", 1)])
def test_what_is_no_change_of_the_field_is_refused(
    context: AppContext, field: str, number: int
) -> None:
    site = make_site(village="Bản Một")
    put(context, site)
    set_fields(context, "site", site.uuid, {"village": "Bản Hai"})
    with pytest.raises(GeoparkError) as caught:
        bring_back(context, "site", site.uuid, field, number=number)
    assert caught.value.code in {ErrorCode.BAD_VALUE, ErrorCode.UNKNOWN_FIELD}


# Many at once -------------------------------------------------------------------------------


def test_many_values_are_seen_then_saved_once_and_undone_once(context: AppContext) -> None:
    sites = [make_site(village="cũ"), make_site(village="mới"), make_site()]
    put(context, *sites)
    seen = preview(
        context, "site", [Edit(uuid=site.uuid, field="village", typed="mới") for site in sites]
    )
    assert [(one.old, one.new, one.is_change) for one in seen] == [
        ("cũ", "mới", True),
        ("mới", "mới", False),
        (None, "mới", True),
    ]
    assert site_now(context, sites[0]).village == "cũ"
    stack = UndoStack(context)
    changes = write_changes(context, seen, reason="đổi thôn")
    stack.push(changes)
    assert {uuid for _, uuid in changes.touched} == {sites[0].uuid, sites[2].uuid}
    stack.undo()
    assert [site_now(context, site).village for site in sites] == ["cũ", "mới", None]


def test_values_that_cannot_be_taken_are_named_and_the_others_stay_possible(
    context: AppContext,
) -> None:
    site = make_site()
    put(context, site)
    typed = {"altitude_m": "cao", "site_kind": "không có", "nothing": "1", "village": "Bản"}
    edits = [Edit(uuid=site.uuid, field=field, typed=text) for field, text in typed.items()]
    seen = preview(context, "site", [*edits, Edit(uuid="nobody", field="village", typed="x")])
    assert [one.problem.code if one.problem else None for one in seen] == [
        ErrorCode.BAD_VALUE,
        ErrorCode.BAD_VALUE,
        ErrorCode.UNKNOWN_FIELD,
        None,
        ErrorCode.NOT_FOUND,
    ]
    write_changes(context, seen, reason="một ô")
    assert site_now(context, site).village == "Bản"


def test_what_a_colleague_changed_since_the_preview_is_not_overwritten(context: AppContext) -> None:
    sites = [make_site(village="cũ"), make_site(village="cũ")]
    put(context, *sites)
    seen = preview(
        context, "site", [Edit(uuid=site.uuid, field="village", typed="mới") for site in sites]
    )
    set_fields(context, "site", sites[1].uuid, {"village": "khác"})
    with pytest.raises(GeoparkError) as caught:
        write_changes(context, seen, reason="đổi thôn")
    assert caught.value.code is ErrorCode.CHANGED_BY_OTHERS
    assert [site_now(context, site).village for site in sites] == ["cũ", "khác"]


# Trash --------------------------------------------------------------------------------------


def test_the_trash_lists_every_kind_with_who_and_when(
    folder: object, opened: OpenCatalogue
) -> None:
    context = opened(folder, clock=SteppingClock(), person="Hà")  # type: ignore[arg-type]
    site, route = make_site(name_vi="Hang Gió"), Route(uuid="r-1", number=1, name_vi="Tuyến")
    put(context, site, route)
    delete_record(context, "site", site.uuid)
    delete_record(context, "route", route.uuid)
    found = trashed_records(context)
    assert [(item.kind.name, item.person) for item in found] == [("route", "Hà"), ("site", "Hà")]
    assert "Hang Gió" in found[1].title
    restore_records(context, found, reason="lấy lại")
    assert trashed_records(context) == []
    assert not site_now(context, site).deleted


def test_an_emptied_trash_hides_for_good_and_lists_what_is_deleted_again(
    folder: object, opened: OpenCatalogue
) -> None:
    context = opened(folder, clock=SteppingClock())  # type: ignore[arg-type]
    site, other = make_site(), make_site()
    put(context, site, other)
    delete_record(context, "site", site.uuid)
    delete_record(context, "site", other.uuid)
    found = trashed_records(context)
    assert [(kind.name, count) for kind, count in counted(found)] == [("site", 2)]
    stack = UndoStack(context)
    stack.push(empty_trash(context, found, reason="đổ rác"))
    assert trashed_records(context) == []
    assert not check_catalogue(context)
    restore_record(context, "site", site.uuid)
    delete_record(context, "site", site.uuid)
    assert [item.record.uuid for item in trashed_records(context)] == [site.uuid]
    stack.undo()
    assert len(trashed_records(context)) == 2


# Double sites -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Hang Gió", "Hang Gio", True), ("Hang Gió", "hang-gió", True),
        ("Hang Gió", "Hang Gia", True),
        ("Hang Gió", "Hang Giói", True), ("Hang Gió", "Hang Dơi", False), ("Ao", "Ae", False),
    ],
)  # fmt: skip
def test_names_alike_make_a_pair(context: AppContext, one: str, other: str, alike: bool) -> None:
    put(context, make_site(code="A", name_vi=one), make_site(code="B", name_vi=other))
    pairs = site_duplicates(context)
    assert [(pair.first.code, pair.second.code) for pair in pairs] == [("A", "B")] * alike


def test_points_close_together_make_a_pair(context: AppContext) -> None:
    put(
        context,
        make_site(
            code="A", name_vi="Một nơi", position=make_position(106.76, 21.85, quality="exact")
        ),
        make_site(
            code="B", name_vi="Khác hẳn", position=make_position(106.7605, 21.85, quality="exact")
        ),
        make_site(
            code="C", name_vi="Xa lắm", position=make_position(106.8, 21.85, quality="exact")
        ),
    )  # fmt: skip
    (pair,) = site_duplicates(context)
    assert (pair.first.code, pair.second.code, pair.same_name) == ("A", "B", False)
    assert pair.metres == pytest.approx(51.7, abs=0.5)
    assert site_duplicates(context, within_m=40) == []


# Freshness ----------------------------------------------------------------------------------


def test_english_is_old_once_the_vietnamese_text_has_changed(context: AppContext) -> None:
    site = make_site(name_vi="Hang Gió", name_en="Wind Cave", summary_vi="Một", summary_en="One")
    put(context, site)
    assert stale_english(context) == {}
    set_fields(context, "site", site.uuid, {"summary_vi": "Hai"})
    assert stale_english(context) == {site.uuid: ["summary_en"]}
    assert [item.site.uuid for item in list_sites(context, filters={"stale": "en"})] == [site.uuid]
    assert "english-older" in {finding.code for finding in site_findings(context, site.uuid)}
    set_fields(context, "site", site.uuid, {"summary_en": "Two"})
    assert stale_english(context) == {}


def test_a_change_taken_back_or_made_together_leaves_english_fresh(context: AppContext) -> None:
    site = make_site(summary_vi="Một", summary_en="One")
    put(context, site)
    set_fields(context, "site", site.uuid, {"summary_vi": "Hai"})
    set_fields(context, "site", site.uuid, {"summary_vi": "Một"})
    assert stale_english(context) == {}
    set_fields(context, "site", site.uuid, {"summary_vi": "Ba", "summary_en": "Three"})
    assert stale_english(context) == {}


def test_every_text_in_two_languages_is_watched() -> None:
    pairs = {(pair.vi, pair.en) for pair in text_pairs(kind_of(Site))}
    assert {("name_vi", "name_en"), ("description_vi", "description_en")} <= pairs


# Saved searches -----------------------------------------------------------------------------


def test_searches_are_kept_by_name(context: AppContext) -> None:
    put(context, make_site(name_vi="Đồng Đăng", village="Một"), make_site(name_vi="Đồng Mỏ"))
    kept = SavedSearch(name="Đồng", text="dong", filters={"village": "Một"})
    save_search(context, kept, reason="giữ")
    save_search(context, SavedSearch(name="An", text="an"), reason="giữ")
    assert [one.name for one in saved_searches(context)] == ["An", "Đồng"]
    found = saved_search(context, "Đồng")
    hits = search_records(context, found.text, filters=found.filters)
    assert [hit.title for hit in hits] == ["Đồng Đăng"]
    forget_search(context, "Đồng", reason="bỏ")
    assert [one.name for one in saved_searches(context)] == ["An"]
    save_search(context, kept, reason="giữ lại")
    assert saved_search(context, "Đồng") == kept


def test_filters_alone_and_kinds_narrow(context: AppContext) -> None:
    put(context, make_site(name_vi="Hang Gió", village="Một"), Route(uuid="r", name_vi="Hang Gió"))
    assert [hit.kind for hit in search_records(context, "", filters={"village": "mot"})] == ["site"]
    assert [hit.kind for hit in search_records(context, "hang gio", kinds=["route"])] == ["route"]
    for bad in ({"filters": {"nothing": "1"}}, {"kinds": ["nothing"]}):
        with pytest.raises(GeoparkError):
            search_records(context, "hang", **bad)  # type: ignore[arg-type]

"""Drafts, history of a record, the files of the catalogue, and what another window wrote."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from geopark_app.domain.change import OpKind
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import KINDS, Commune, Site
from geopark_app.operations import drafts
from geopark_app.operations.context import AppContext
from geopark_app.operations.records import (
    delete_record,
    find_record,
    history,
    restore_record,
    set_fields,
)
from geopark_app.store.drafts import Draft
from geopark_app.store.watching import ChangeWatcher
from tests.builders import make_position, make_site, op_count, put, rows
from tests.conftest import OpenCatalogue

# ----------------------------------------------------------------- drafts


def test_typing_makes_one_save_however_often_it_was_kept(context: AppContext) -> None:
    site = make_site(name_vi="Hang")
    put(context, site)
    before = op_count(context.catalogue.folder.root)
    for typed in ("Hang G", "Hang Gi", "Hang Gió"):
        drafts.keep_draft(context, "site", site.uuid, "name_vi", typed)
    assert op_count(context.catalogue.folder.root) == before
    (draft,) = drafts.pending_drafts(context)
    assert draft.typed == "Hang Gió"
    changes = set_fields(
        context, draft.kind, draft.uuid, {draft.field: draft.typed}, reason="Sửa tên"
    )
    drafts.drop_draft(context, draft.kind, draft.uuid, draft.field)
    assert changes.note == "Sửa tên"
    assert op_count(context.catalogue.folder.root) == before + 1
    assert drafts.pending_drafts(context) == []


def test_a_draft_survives_the_program(folder: Path, opened: OpenCatalogue) -> None:
    context = opened(folder)
    site = make_site()
    put(context, site)
    drafts.keep_draft(context, "site", site.uuid, "survey_date", "thứ Hai tuần trước")
    context.catalogue.close()
    (draft,) = drafts.pending_drafts(opened(folder))
    assert (draft.field, draft.typed) == ("survey_date", "thứ Hai tuần trước")


def test_a_value_of_the_wrong_shape_stays_in_draft(context: AppContext) -> None:
    site = make_site()
    put(context, site)
    drafts.keep_draft(context, "site", site.uuid, "altitude_m", "ba trăm")
    (draft,) = drafts.pending_drafts(context)
    before = op_count(context.catalogue.folder.root)
    with pytest.raises(GeoparkError) as caught:
        set_fields(context, draft.kind, draft.uuid, {draft.field: draft.typed})
    assert caught.value.code is ErrorCode.BAD_VALUE
    assert drafts.pending_drafts(context) == [draft]
    assert op_count(context.catalogue.folder.root) == before
    drafts.drop_draft(context, "site", site.uuid, "altitude_m")
    assert drafts.pending_drafts(context) == []


def test_drafts_of_several_fields_are_given_oldest_first(
    folder: Path, opened: OpenCatalogue
) -> None:
    from tests.builders import SteppingClock

    context = opened(folder, clock=SteppingClock())
    for field in ("village", "code", "name_vi"):
        drafts.keep_draft(context, "site", "some-site", field, "x")
    drafts.keep_draft(context, "site", "some-site", "village", "y")
    found = [(draft.field, draft.typed) for draft in drafts.pending_drafts(context)]
    assert found == [("code", "x"), ("name_vi", "x"), ("village", "y")]


def test_drafts_are_never_part_of_the_log(context: AppContext) -> None:
    drafts.keep_draft(context, "site", "s", "village", "x")
    put(context, make_site())
    tables = {name for (name,) in rows(context.catalogue.folder.root, "SELECT tbl FROM op")}
    assert tables <= KINDS.keys()
    assert isinstance(drafts.pending_drafts(context)[0], Draft)


# ----------------------------------------------------------------- history


def test_history_tells_who_changed_what_from_what_newest_first(
    folder: Path, opened: OpenCatalogue
) -> None:
    ha, minh = opened(folder, person="Hà"), opened(folder, person="Minh")
    site = make_site(village="Nà Mò", position=make_position(106.1, 21.1))
    put(ha, site, reason="Thêm điểm")
    set_fields(minh, "site", site.uuid, {"village": "Nà Sầm"}, reason="Sửa thôn")
    set_fields(ha, "site", site.uuid, {"lon": "106.2", "lat": "21.2"}, reason="Sửa toạ độ")
    delete_record(ha, "site", site.uuid, reason="Xoá")
    restore_record(minh, "site", site.uuid, reason="Khôi phục")
    found = history(ha, "site", site.uuid)
    steps = [(entry.note, entry.person, entry.kind, entry.field) for entry in found[:4]]
    assert steps == [
        ("Khôi phục", "Minh", OpKind.RESTORE, ""),
        ("Xoá", "Hà", OpKind.DELETE, ""),
        ("Sửa toạ độ", "Hà", OpKind.UPDATE, "position"),
        ("Sửa thôn", "Minh", OpKind.UPDATE, "village"),
    ]
    village = found[3]
    assert (village.old, village.new) == ("Nà Mò", "Nà Sầm")
    moved = found[2]
    assert isinstance(moved.old, dict)
    assert isinstance(moved.new, dict)
    assert (moved.old["lon"], moved.new["lon"]) == (106.1, 106.2)
    first = {entry.field: entry.new for entry in found[4:]}
    assert first["village"] == "Nà Mò"
    assert {entry.kind for entry in found[4:]} == {OpKind.INSERT}
    assert all(entry.device == "laptop-1" and entry.at for entry in found)


def test_history_of_one_record_holds_nothing_of_another(context: AppContext) -> None:
    first, second = make_site(), make_site()
    put(context, first, second)
    set_fields(context, "site", second.uuid, {"village": "x"})
    assert {entry.field for entry in history(context, "site", first.uuid)} == {"code", "name_vi"}
    assert history(context, "site", "no-such-record") == []


# ----------------------------------------------------------------- records


def test_records_are_chosen_by_equal_values(context: AppContext) -> None:
    sites = [make_site(code=code, village=village) for code, village in
             (("A", "x"), ("B", "x"), ("C", "y"))]  # fmt: skip
    put(context, *sites)
    find = context.catalogue.records
    assert [site.code for site in find(Site, where={"village": "x"})] == ["A", "B"]
    assert [site.code for site in find(Site, where={"code": ["A", "C"]})] == ["A", "C"]
    assert find(Site, where={"code": []}) == []
    with pytest.raises(GeoparkError) as caught:
        find(Site, where={"colour": "red"})
    assert caught.value.code is ErrorCode.UNKNOWN_FIELD


def test_the_trash_is_kept_apart(context: AppContext) -> None:
    site = make_site(code="A")
    put(context, site)
    with context.work("delete") as work:
        work.delete(kind_of(Site), site.uuid)
    assert context.catalogue.records(Site) == []
    assert [item.uuid for item in context.catalogue.records(Site, include_deleted=True)] == [
        site.uuid
    ]
    with pytest.raises(GeoparkError):
        find_record(context, kind_of(Site), "A")
    assert find_record(context, kind_of(Site), "A", in_trash=True).uuid == site.uuid
    # the key names it wherever it lies
    assert find_record(context, kind_of(Site), site.uuid).deleted


def test_a_double_code_is_answered_with_the_keys(context: AppContext) -> None:
    first, second = make_site(code="A"), make_site(code="A")
    put(context, first, second)
    with pytest.raises(GeoparkError) as caught:
        find_record(context, kind_of(Site), "A")
    assert caught.value.code is ErrorCode.AMBIGUOUS
    assert first.uuid in caught.value.details["uuids"]
    assert second.uuid in caught.value.details["uuids"]


def test_a_former_code_finds_the_site(context: AppContext) -> None:
    site = make_site(code="LS-200", alias_code="LS-002")
    put(context, site)
    assert find_record(context, kind_of(Site), "LS-002") == site


# ----------------------------------------------------------------- files


def test_a_file_is_stored_once_under_what_it_is(context: AppContext, tmp_path: Path) -> None:
    files = context.catalogue.files
    source = tmp_path / "ảnh.jpg"
    source.write_bytes(b"jpeg" * 300_000)
    sha256 = files.add_file(source)
    assert files.add_file(source) == files.add_bytes(source.read_bytes()) == sha256
    assert files.path_of(sha256).read_bytes() == source.read_bytes()
    stored = [path for path in context.catalogue.folder.files_dir.rglob("*") if path.is_file()]
    assert stored == [files.path_of(sha256)]
    files.path_of(sha256).write_bytes(b"other")
    assert files.has(sha256)
    assert not files.is_whole(sha256)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_a_file_name_cannot_lead_out_of_the_store(context: AppContext, name: str) -> None:
    with pytest.raises(GeoparkError):
        context.catalogue.files.path_of(name)


def test_a_source_that_is_not_there_leaves_nothing(context: AppContext, tmp_path: Path) -> None:
    with pytest.raises(GeoparkError) as caught:
        context.catalogue.files.add_file(tmp_path / "gone.jpg")
    assert caught.value.code is ErrorCode.NOT_FOUND
    assert list(context.catalogue.folder.files_dir.rglob("*")) == []


# ----------------------------------------------------------------- watching


@pytest.fixture
def watcher(context: AppContext) -> Iterator[ChangeWatcher]:
    made = ChangeWatcher(context.catalogue)
    yield made
    made.close()


def test_a_window_hears_of_a_command_s_save_once(
    folder: Path, watcher: ChangeWatcher, opened: OpenCatalogue
) -> None:
    assert watcher.poll() == frozenset()
    command = opened(folder)
    site, commune = make_site(), Commune(uuid="c-1", name_vi="Xã")
    put(command, site, commune)
    assert watcher.poll() == {("site", site.uuid), ("commune", "c-1")}
    assert watcher.poll() == frozenset()
    set_fields(command, "site", site.uuid, {"village": "x"})
    assert watcher.poll() == {("site", site.uuid)}


def test_a_window_hears_of_a_new_author(
    folder: Path,
    watcher: ChangeWatcher,
    opened: OpenCatalogue,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GEOPARK_PROFILE", str(tmp_path / "another"))
    site = make_site()
    put(opened(folder), site)
    assert watcher.poll() == {("site", site.uuid)}

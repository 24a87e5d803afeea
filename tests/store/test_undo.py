"""Undo and redo: named steps of this sitting, written as new saves, never over a colleague's."""

import pytest

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Route, Site
from geopark_app.operations.context import AppContext
from geopark_app.operations.records import add_record, delete_record, restore_record, set_fields
from geopark_app.operations.safety import check_catalogue
from geopark_app.operations.undo import UndoStack
from tests.builders import make_position, make_site, op_count, put, rows
from tests.conftest import OpenCatalogue


@pytest.fixture
def site(context: AppContext) -> Site:
    made = make_site(name_vi="Hang Gió", village="cũ", position=make_position(106.1, 21.1))
    put(context, made)
    return made


@pytest.fixture
def stack(context: AppContext, site: Site) -> UndoStack:
    return UndoStack(context)


def now(context: AppContext, site: Site) -> Site:
    found = context.catalogue.get(Site, site.uuid)
    assert found is not None
    return found


def village(context: AppContext, site: Site, value: str) -> Changes:
    return set_fields(
        context, "site", site.uuid, {"village": value}, reason=f"Sửa thôn thành {value}"
    )


def test_a_step_is_undone_and_redone_by_its_name(
    context: AppContext, site: Site, stack: UndoStack
) -> None:
    assert (stack.undo_text, stack.redo_text) == (None, None)
    stack.push(village(context, site, "mới"))
    assert stack.undo_text == "Sửa thôn thành mới"
    stack.undo()
    assert now(context, site) == site
    assert (stack.undo_text, stack.redo_text) == (None, "Sửa thôn thành mới")
    stack.redo()
    assert now(context, site).village == "mới"
    assert (stack.undo_text, stack.redo_text) == ("Sửa thôn thành mới", None)


def test_undo_is_a_new_save_and_the_log_only_grows(
    context: AppContext, site: Site, stack: UndoStack
) -> None:
    root = context.catalogue.folder.root
    stack.push(village(context, site, "mới"))
    before = rows(root, "SELECT author, seq, value FROM op ORDER BY author, seq")
    stack.undo()
    after = rows(root, "SELECT author, seq, value FROM op ORDER BY author, seq")
    assert len(after) == len(before) + 1
    assert set(before) < set(after)
    assert check_catalogue(context) == []


def test_more_than_a_hundred_steps_over_several_records_go_back_and_forth(
    context: AppContext, site: Site, stack: UndoStack
) -> None:
    other = make_site(village="khác")
    put(context, other)
    for number in range(52):
        stack.push(village(context, site, f"thôn {number}"))
        stack.push(set_fields(context, "site", other.uuid, {"altitude_m": str(number)}))
    changed = [now(context, item) for item in (site, other)]
    for _ in range(104):
        assert stack.undo().save is not None
    assert [now(context, item) for item in (site, other)] == [site, other]
    assert stack.undo() == Changes()
    for _ in range(104):
        stack.redo()
    assert [now(context, item) for item in (site, other)] == changed
    assert check_catalogue(context) == []


def test_a_position_goes_back_whole(context: AppContext, site: Site, stack: UndoStack) -> None:
    stack.push(set_fields(context, "site", site.uuid, {"lon": "106.2", "lat": "21.2"}))
    stack.push(set_fields(context, "site", site.uuid, {"position": ""}))
    stack.undo()
    position = now(context, site).position
    assert position is not None
    assert (position.lon, position.lat) == (106.2, 21.2)
    stack.undo()
    assert now(context, site) == site


def test_a_field_that_was_empty_becomes_empty_again(
    context: AppContext, site: Site, stack: UndoStack
) -> None:
    stack.push(set_fields(context, "site", site.uuid, {"manager": "UBND xã"}))
    stack.undo()
    assert now(context, site).manager is None
    stack.redo()
    assert now(context, site).manager == "UBND xã"


def test_adding_is_undone_into_the_trash(context: AppContext, site: Site, stack: UndoStack) -> None:
    record, changes = add_record(context, "site", {"name_vi": "Điểm mới"}, reason="Thêm")
    stack.push(changes)
    stack.push(set_fields(context, "site", record.uuid, {"village": "x"}))
    stack.undo()
    stack.undo()
    assert context.catalogue.records(Site) == [site]
    stack.redo()
    stack.redo()
    found = context.catalogue.get(Site, record.uuid)
    assert found is not None
    assert (found.deleted, found.village) == (False, "x")
    stack.undo()
    stack.undo()
    assert context.catalogue.records(Site) == [site]


def test_trash_and_restore_are_undone(context: AppContext, site: Site, stack: UndoStack) -> None:
    stack.push(delete_record(context, "site", site.uuid, reason="Xoá"))
    stack.undo()
    assert not now(context, site).deleted
    stack.redo()
    assert now(context, site).deleted
    stack.push(restore_record(context, "site", site.uuid, reason="Khôi phục"))
    stack.undo()
    assert now(context, site).deleted
    stack.undo()
    assert now(context, site) == site
    assert check_catalogue(context) == []


def test_a_save_over_several_records_goes_back_as_one_step(
    context: AppContext, site: Site, stack: UndoStack
) -> None:
    route = Route(uuid="r-1", number=1, name_vi="Tuyến 1")
    with context.work("Cùng lúc") as work:
        work.put(route)
        work.set_columns(kind_of(Site), site.uuid, {"village": "x", "code": "X-1"})
    stack.push(work.changes)
    stack.undo()
    assert now(context, site) == site
    assert context.catalogue.records(Route) == []
    stack.redo()
    assert now(context, site).code == "X-1"
    assert context.catalogue.records(Route) == [route]


def test_a_new_edit_clears_what_could_be_redone(
    context: AppContext, site: Site, stack: UndoStack
) -> None:
    stack.push(village(context, site, "một"))
    stack.undo()
    stack.push(village(context, site, "hai"))
    assert stack.redo_text is None
    assert stack.redo() == Changes()
    assert now(context, site).village == "hai"


def test_a_save_that_changed_nothing_is_no_step(
    context: AppContext, site: Site, stack: UndoStack
) -> None:
    stack.push(village(context, site, "cũ"))
    assert stack.undo_text is None


@pytest.mark.parametrize("by_another_laptop", [True, False], ids=["another author", "a command"])
def test_a_value_changed_elsewhere_since_is_refused_by_name(
    context: AppContext,
    site: Site,
    stack: UndoStack,
    opened: OpenCatalogue,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    by_another_laptop: bool,
) -> None:
    stack.push(village(context, site, "của tôi"))
    if by_another_laptop:
        monkeypatch.setenv("GEOPARK_PROFILE", str(tmp_path_factory.mktemp("other")))
    village(opened(context.catalogue.folder.root, person="Minh"), site, "của Minh")
    before = op_count(context.catalogue.folder.root)
    with pytest.raises(GeoparkError) as caught:
        stack.undo()
    assert caught.value.code is ErrorCode.CHANGED_BY_OTHERS
    assert caught.value.details["step"] == "Sửa thôn thành của tôi"
    assert now(context, site).village == "của Minh"
    assert op_count(context.catalogue.folder.root) == before
    assert stack.undo_text is None


def test_a_colleague_s_edit_of_another_field_does_not_stand_in_the_way(
    context: AppContext, site: Site, stack: UndoStack, opened: OpenCatalogue
) -> None:
    stack.push(village(context, site, "của tôi"))
    colleague = opened(context.catalogue.folder.root)
    set_fields(colleague, "site", site.uuid, {"manager": "UBND xã"})
    stack.undo()
    found = now(context, site)
    assert (found.village, found.manager) == ("cũ", "UBND xã")


def test_redo_is_refused_too_when_the_value_was_changed_elsewhere(
    context: AppContext, site: Site, stack: UndoStack, opened: OpenCatalogue
) -> None:
    stack.push(village(context, site, "của tôi"))
    stack.undo()
    village(opened(context.catalogue.folder.root), site, "của Minh")
    with pytest.raises(GeoparkError):
        stack.redo()
    assert now(context, site).village == "của Minh"


def test_adding_is_not_undone_once_a_colleague_worked_on_it(
    context: AppContext, stack: UndoStack, opened: OpenCatalogue
) -> None:
    record, changes = add_record(context, "site", {"name_vi": "Điểm mới"})
    stack.push(changes)
    set_fields(opened(context.catalogue.folder.root), "site", record.uuid, {"village": "x"})
    with pytest.raises(GeoparkError):
        stack.undo()
    assert not now(context, record).deleted  # type: ignore[arg-type]


def test_adding_done_again_is_not_undone_once_a_colleague_worked_on_it(
    context: AppContext, stack: UndoStack, opened: OpenCatalogue
) -> None:
    record, changes = add_record(context, "site", {"name_vi": "Điểm mới"})
    stack.push(changes)
    stack.undo()
    stack.redo()
    set_fields(opened(context.catalogue.folder.root), "site", record.uuid, {"village": "x"})
    with pytest.raises(GeoparkError):
        stack.undo()
    assert not now(context, record).deleted  # type: ignore[arg-type]


def test_trash_emptied_by_a_colleague_s_restore_is_refused(
    context: AppContext, site: Site, stack: UndoStack, opened: OpenCatalogue
) -> None:
    stack.push(delete_record(context, "site", site.uuid, reason="Xoá"))
    colleague = opened(context.catalogue.folder.root)
    restore_record(colleague, "site", site.uuid)
    with pytest.raises(GeoparkError) as caught:
        stack.undo()
    assert caught.value.details["step"] == "Xoá"


def test_an_older_step_can_still_be_undone_after_a_refused_one(
    context: AppContext, site: Site, stack: UndoStack, opened: OpenCatalogue
) -> None:
    stack.push(set_fields(context, "site", site.uuid, {"manager": "UBND xã"}))
    stack.push(village(context, site, "của tôi"))
    village(opened(context.catalogue.folder.root), site, "của Minh")
    with pytest.raises(GeoparkError):
        stack.undo()
    stack.undo()
    assert now(context, site).manager is None

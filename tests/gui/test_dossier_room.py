"""The Dossier room: what is chosen, what is listed, what is made, what is stopped."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from geopark_app.domain.finding import Severity
from geopark_app.domain.kinds import Site
from geopark_app.dossier.bilingual import Bilingual
from geopark_app.dossier.problems import Problem
from geopark_app.gui.dossier.problem_model import ProblemModel
from geopark_app.gui.dossier.room import DossierRoom
from geopark_app.gui.session import Session

_PROBLEMS = (
    Problem(
        code="no-photo",
        severity=Severity.ERROR,
        site="LS-002",
        field="photo",
        message=Bilingual(vi="Chưa có ảnh.", en="There is no photo."),
    ),
    Problem(
        code="sample",
        severity=Severity.NOTE,
        site="",
        field="",
        message=Bilingual(vi="Mẫu.", en="Sample."),
    ),
)
_BUILD_MS = 60_000


def _choose_tables_only(room: DossierRoom, folder: Path) -> None:
    for code, box in room.choices.formats.items():
        box.setChecked(code == "xlsx")
    room.choices.folder.setText(str(folder))


def test_problem_model_keeps_qt_rules(qtmodeltester: ModelTester, session: Session) -> None:
    model = ProblemModel()
    model.show_problems(_PROBLEMS)
    qtmodeltester.check(model)
    assert model.index(0, 2).data() == "There is no photo."
    session.language.switch_to("vi")
    assert model.index(0, 2).data() == "Chưa có ảnh."


def test_nothing_can_be_built_without_a_format_or_a_folder(qtbot: QtBot, session: Session) -> None:
    room = DossierRoom(session)
    qtbot.addWidget(room)
    room.choices.folder.clear()
    assert not room.build_button.isEnabled()
    room.choices.folder.setText("somewhere")
    assert room.build_button.isEnabled()
    for box in room.choices.formats.values():
        box.setChecked(False)
    assert not room.build_button.isEnabled()


def test_parts_are_ticked_and_remembered(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    room = DossierRoom(session)
    qtbot.addWidget(room)
    assert len(room.choices.parts.chosen()) == room.choices.parts.list.count()
    room.choices.parts.choose(())
    assert not room.check_button.isEnabled()
    room.choices.parts.choose(("tables", "bibliography"))
    _choose_tables_only(room, tmp_path / "out")
    with qtbot.waitSignal(room.model.modelReset, timeout=_BUILD_MS):
        room.check()
    qtbot.waitUntil(lambda: room.model.rowCount() > 0, timeout=_BUILD_MS)
    later = DossierRoom(session)
    qtbot.addWidget(later)
    assert later.choices.choice().parts == ("bibliography", "tables")
    assert later.choices.choice().formats == ("xlsx",)


def test_a_double_click_on_a_problem_goes_to_its_site(qtbot: QtBot, session: Session) -> None:
    room = DossierRoom(session)
    qtbot.addWidget(room)
    room.show()
    room.model.show_problems(_PROBLEMS)
    site = session.context.catalogue.records(Site, where={"code": "LS-002"})[0]
    with qtbot.waitSignal(session.site_requested) as asked:
        room.table.activated.emit(room.model.index(0, 0))
    assert asked.args == [site.uuid]
    with qtbot.assertNotEmitted(session.site_requested):
        room.table.activated.emit(room.model.index(1, 0))


def test_check_lists_problems_and_writes_nothing(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    room = DossierRoom(session)
    qtbot.addWidget(room)
    _choose_tables_only(room, tmp_path / "out")
    with qtbot.waitSignal(room.model.modelReset, timeout=_BUILD_MS):
        qtbot.mouseClick(room.check_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: room.model.rowCount() > 0, timeout=_BUILD_MS)
    assert not (tmp_path / "out").exists()
    assert room.file_list.isHidden()


def test_build_lists_the_files_made(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    room = DossierRoom(session)
    qtbot.addWidget(room)
    room.show()
    _choose_tables_only(room, tmp_path / "out")
    with qtbot.waitSignal(session.messages.noticed, timeout=_BUILD_MS) as said:
        qtbot.mouseClick(room.build_button, Qt.MouseButton.LeftButton)
    assert str(tmp_path / "out") in said.args[0].text
    qtbot.waitUntil(lambda: room.build_button.isEnabled())
    names = [button.text() for button in room.file_list.files]
    assert "tables/sites.xlsx" in names
    assert (tmp_path / "out" / "data" / "tables" / "sites.xlsx").is_file()


def test_a_folder_with_other_files_is_refused_in_a_sentence(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    (tmp_path / "letter.txt").write_text("x", encoding="utf-8")
    room = DossierRoom(session)
    qtbot.addWidget(room)
    _choose_tables_only(room, tmp_path)
    with qtbot.waitSignal(session.messages.noticed, timeout=_BUILD_MS) as said:
        room.build()
    assert "Nothing was changed" in said.args[0].text
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "x"


def test_stopping_is_no_error(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    room = DossierRoom(session)
    qtbot.addWidget(room)
    _choose_tables_only(room, tmp_path / "out")
    session.tasks.started.connect(lambda task: task.label and task.cancel())
    with qtbot.waitSignal(session.messages.noticed, timeout=_BUILD_MS) as said:
        room.build()
    assert said.args[0].text == "Stopped; the dossier folder is as it was before."
    assert not (tmp_path / "out").exists()

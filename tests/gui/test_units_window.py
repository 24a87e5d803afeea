"""Lists for units in the window: sent, files dropped, rows taken, who has not answered."""

from pathlib import Path

import openpyxl
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import Work
from geopark_app.gui.session import Session
from geopark_app.gui.units.dialog import UnitsDialog
from geopark_app.operations.records import add_record, set_field


def test_a_list_goes_out_and_comes_back_by_drag_and_drop(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    context = session.context
    keys = [
        add_record(context, "work", {"title_vi": name, "site_uuid": "LS-002"})[0].uuid
        for name in ("Biển", "Bảng")
    ]
    dialog = UnitsDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.send.tree.topLevelItemCount() == 1)
    assert not dialog.send.write_button.isEnabled()
    dialog.send.all_button.click()
    assert dialog.send.write_button.isEnabled()
    out = tmp_path / "out"
    dialog.send.write_to(out)
    qtbot.waitUntil(lambda: dialog.waiting.table.rowCount() == 1)
    assert dialog.pages.tabText(2) == "Not answered (1)"
    (path,) = out.glob("*.xlsx")
    assert len(list(out.glob("*.docx"))) == 1
    book = openpyxl.load_workbook(path)
    page = book["Việc cần làm"]
    column = next(one.column for one in page[1] if one.value == "Người phụ trách")
    for row in (2, 3):
        page.cell(row, column).value = "Nam"
    book.save(path)
    set_field(context, "work", keys[0], "responsible", "Hà")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    dialog.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip
    qtbot.waitUntil(lambda: dialog.answers.tree.topLevelItemCount() == 1)
    # The row changed here too is a conflict: it is not ticked by itself.
    assert len(dialog.answers.accepted()) == 1
    dialog.answers.take_button.click()
    qtbot.waitUntil(lambda: dialog.waiting.table.rowCount() == 0)
    people = {work.uuid: work.responsible for work in context.catalogue.records(Work)}
    assert people == {keys[0]: "Hà", keys[1]: "Nam"}
    session.undo_step()
    qtbot.waitUntil(lambda: dialog.waiting.table.rowCount() == 1)

"""Messages: sentences in a bar for what was foreseen, a dialog with details for a bug."""

import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.gui import error_dialog
from geopark_app.gui.error_dialog import BugDialog, install_error_dialog, report_bug
from geopark_app.gui.message_history import MessageHistoryDialog
from geopark_app.gui.messages import Level, Messages
from geopark_app.gui.notification_bar import NotificationBar
from geopark_app.gui.session import Session
from tests.gui.window_driving import make_window


@pytest.fixture
def bar(qtbot: QtBot) -> NotificationBar:
    shown = NotificationBar()
    qtbot.addWidget(shown)
    shown.show()
    return shown


def test_a_foreseen_trouble_is_a_sentence_that_says_what_is_safe(
    session: Session, bar: NotificationBar
) -> None:
    session.messages.noticed.connect(bar.show_notice)
    session.messages.error(GeoparkError(ErrorCode.DISK_FULL, path="/stick"))
    notice = bar.shown[0].notice
    assert notice.level is Level.ERROR
    assert "Nothing was changed." in notice.text
    assert "Traceback" not in notice.text


def test_a_failed_write_becomes_a_message(qtbot: QtBot, session: Session) -> None:
    def fill_the_disk(_context: object) -> None:
        raise GeoparkError(ErrorCode.DISK_FULL, path="/stick")

    with qtbot.waitSignal(session.messages.noticed) as said:
        session.run(fill_the_disk)
    assert said.args[0].level is Level.ERROR


def test_the_bar_shows_three_at_most_and_each_once(bar: NotificationBar) -> None:
    messages = Messages()
    messages.noticed.connect(bar.show_notice)
    for words in ("one", "two", "three", "four", "four"):
        messages.warning(words)
    assert [frame.notice.text for frame in bar.shown] == ["two", "three", "four"]
    bar.clear()
    assert bar.shown == []


def test_what_holds_no_longer_goes(bar: NotificationBar) -> None:
    messages = Messages()
    messages.noticed.connect(bar.show_notice)
    messages.outdated.connect(bar.forget)
    one, other = frozenset({("site", "1")}), frozenset({("site", "2")})
    messages.done("moved", about=one)
    messages.warning("now in another commune", action="Take over", about=one)
    messages.done("drawn", about=other)
    # the newest about a record is enough
    assert [frame.notice.text for frame in bar.shown] == ["now in another commune", "drawn"]
    messages.forget(one)
    assert [frame.notice.text for frame in bar.shown] == ["drawn"]


def test_a_message_stands_below_the_room_and_covers_nothing_of_it(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEOPARK_PROFILE", str(tmp_path / "profile"))
    window = make_window(qtbot)
    stack = window.start_page.parentWidget()
    assert stack is not None
    before = stack.geometry()
    window.messages.warning("word " * 200)
    qtbot.waitUntil(lambda: window.notices.isVisible() and window.notices.height() > 30)
    qtbot.waitUntil(lambda: not stack.geometry().intersects(window.notices.geometry()))
    assert stack.geometry().topLeft() == before.topLeft()
    assert stack.height() > before.height() / 2
    height = window.notices.height()
    window.notices.clear()
    # The place stays a moment: a second click on ✕ must not hit the room.
    QApplication.processEvents()
    assert window.notices.height() == height
    qtbot.waitUntil(window.notices.isHidden)
    qtbot.waitUntil(lambda: stack.geometry() == before)


def test_what_is_done_goes_by_itself_and_what_asks_for_a_decision_waits(
    bar: NotificationBar,
) -> None:
    messages = Messages()
    messages.noticed.connect(bar.show_notice)
    messages.done("done", action="Undo", on_action=lambda: None)
    messages.warning("decide", action="Keep or give up", on_action=lambda: None)
    messages.warning("look")
    first, second, third = bar.shown
    assert first.shown_ms is not None
    assert first.shown_ms >= 20_000
    assert second.shown_ms is None
    assert third.shown_ms is not None
    # The bar stands alone here, so that its first button took the keyboard: read, it stays.
    focus = QApplication.focusWidget()
    if focus is not None:
        first._timer.timeout.emit()
        assert len(bar.shown) == 3
        focus.clearFocus()
    first._timer.timeout.emit()
    assert [frame.notice.text for frame in bar.shown] == ["decide", "look"]
    messages.error(GeoparkError(ErrorCode.DISK_FULL))
    assert bar.shown[-1].shown_ms is None


def test_what_went_by_itself_is_read_again_in_the_history(qtbot: QtBot) -> None:
    messages = Messages()
    for words in ("first", "second"):
        messages.done(words)
    dialog = MessageHistoryDialog(messages)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.table.rowCount() == 2
    assert dialog.words.text() == "second"
    dialog.table.selectRow(1)
    assert dialog.words.text() == "first"


def test_a_bug_is_shown_with_details_to_copy(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(error_dialog, "_reporters", [])
    install_error_dialog()
    report_bug(ZeroDivisionError("by Nàng Tô Thị"))
    qtbot.waitUntil(lambda: any(isinstance(w, BugDialog) for w in qapp.topLevelWidgets()))
    dialog = next(w for w in qapp.topLevelWidgets() if isinstance(w, BugDialog))
    assert "ZeroDivisionError: by Nàng Tô Thị" in dialog.details.toPlainText()
    dialog.copy_details()
    assert "by Nàng Tô Thị" in QGuiApplication.clipboard().text()
    dialog.close()

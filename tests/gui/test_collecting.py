"""Python's collector never runs in a worker thread while a window lives."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from geopark_app.gui.application import make_application
from geopark_app.gui.collecting import WindowThreadCollector


class Looping(QWidget):
    """A widget that only the collector can free."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def _make_garbage() -> None:
    for _ in range(20_000):
        loop: list[object] = []
        loop.append(loop)


def test_a_dead_widget_is_freed_on_the_window_thread_only(qapp: QApplication, qtbot: QtBot) -> None:
    gc.enable()
    parent = QObject()
    collector = WindowThreadCollector(parent)
    assert not gc.isenabled()
    assert collector.thread() is QThread.currentThread()
    freed_on: list[threading.Thread] = []
    widget = Looping()
    weakref.finalize(widget, lambda: freed_on.append(threading.current_thread()))
    del widget

    worker = threading.Thread(target=_make_garbage)
    worker.start()
    worker.join()
    assert freed_on == []

    _make_garbage()
    qtbot.waitUntil(lambda: bool(freed_on), timeout=20_000)
    assert freed_on == [threading.main_thread()]


def test_the_program_takes_the_collector_over(qapp: QApplication) -> None:
    gc.enable()
    application = make_application()
    assert application.findChildren(WindowThreadCollector)
    assert not gc.isenabled()

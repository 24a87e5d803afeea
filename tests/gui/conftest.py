"""What tests of the window share: no screen, a profile of their own, a copied catalogue."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from geopark_app.gui.collecting import collect_what_is_due
from geopark_app.gui.language import LanguageSwitch
from geopark_app.gui.messages import Messages
from geopark_app.gui.session import Session
from geopark_app.gui.theme import apply_theme
from geopark_app.operations.catalogues import create_new
from geopark_app.operations.context import AppContext, open_context
from geopark_app.settings import MachineSettings


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the offscreen platform say that it has no window manager."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


PATIENCE_MS = 20_000


class PatientBot(QtBot):
    """Waits longer than five seconds: two busy cores share the tests."""

    def waitUntil(self, callback: Any, *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **more: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **more)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Give pytest-qt's bot with more patience."""
    return PatientBot(request)


@pytest.fixture(scope="module", autouse=True)
def _collector_of_the_window() -> Iterator[None]:
    """Keep Python's collector out of worker threads, as the program does (gui/collecting.py)."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def _collected_here() -> Iterator[None]:
    """Collect what a test left on the thread of the window."""
    yield
    collect_what_is_due()


@pytest.fixture(scope="session")
def starter_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a catalogue made once from the starter; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("starter") / "langson"
    patch = pytest.MonkeyPatch()
    patch.setenv("GEOPARK_PROFILE", str(tmp_path_factory.mktemp("starter-profile")))
    create_new(folder, person="Nông Thị Hà", device="laptop").catalogue.close()
    patch.undo()
    return folder


@pytest.fixture
def context(
    starter_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[AppContext]:
    """Give an open copy of the starter catalogue, and a profile nobody else uses."""
    monkeypatch.setenv("GEOPARK_PROFILE", str(tmp_path / "profile"))
    folder = tmp_path / "langson"
    shutil.copytree(starter_folder, folder)
    opened = open_context(folder, person="Nông Thị Hà", device="laptop")
    yield opened
    opened.catalogue.close()


@pytest.fixture
def session(qapp: QApplication, context: AppContext) -> Iterator[Session]:
    """Give the session of a window that speaks English, on the copied catalogue."""
    settings = MachineSettings(language="en", person="Nông Thị Hà", device="laptop")
    apply_theme(qapp, percent=100, high_contrast=False)
    made = Session(context, settings=settings, language=LanguageSwitch("en"), messages=Messages())
    yield made
    made.close()
    made.deleteLater()
    # What this test made goes now and on this thread, not when Python's collector, which may run
    # in a worker thread of a later test, finds it.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

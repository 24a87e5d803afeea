"""Makes windows for tests and drives them as a person does."""

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from geopark_app.gui import theme
from geopark_app.gui.language import LanguageSwitch
from geopark_app.gui.main_window import MainWindow
from geopark_app.gui.messages import Messages
from geopark_app.settings import MachineSettings

WAIT_MS = 20_000


def make_window(qtbot: QtBot, *, language: str = "en", person: str = "Nông Thị Hà") -> MainWindow:
    """Show a window on its start page."""
    settings = MachineSettings(language=language, person=person, device="laptop")
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply_theme(application, percent=100, high_contrast=False)
    window = MainWindow(settings, language=LanguageSwitch(language), messages=Messages())
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    return window


def open_in(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    """Open a catalogue and wait for its rooms."""
    window.open_path(folder)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=WAIT_MS)

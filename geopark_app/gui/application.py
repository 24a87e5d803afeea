"""Starts the window: what must be set before Qt, then one application and one window."""

import signal
import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from geopark_app import i18n
from geopark_app import settings as machine_settings
from geopark_app.gui import theme
from geopark_app.gui.collecting import WindowThreadCollector
from geopark_app.gui.error_dialog import install_error_dialog
from geopark_app.gui.language import LanguageSwitch
from geopark_app.gui.main_window import MainWindow
from geopark_app.gui.map.scheme import prepare_environment, register_scheme
from geopark_app.gui.messages import Messages

_SIGNAL_POLL_MS = 300


def run_window(catalogue: Path | None) -> int:
    """Show the window until it is closed; gives the exit code.

    Parameters
    ----------
    catalogue
        Folder or `.geopark` file to open at once; None shows the start page.
    """
    application = make_application()
    window = make_window(application)
    window.show()
    if catalogue is not None:
        window.open_path(catalogue)
    _end_on_interrupt(window)
    return application.exec()


def make_application() -> QApplication:
    """Give the application, with everything that must come before it."""
    prepare_environment()
    register_scheme()
    # WebEngine shares its graphics with the window; Qt reads this before the application exists.
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    application.setApplicationName("geopark-inventory")
    application.setApplicationDisplayName("")
    application.setDesktopFileName("geopark-inventory")
    WindowThreadCollector(application)
    return application


def make_window(application: QApplication) -> MainWindow:
    """Give the window, dressed and speaking as this person left it."""
    # The command line has chosen the language already: --lang, else the person's.
    settings = machine_settings.load().changed(language=i18n.active())
    language = LanguageSwitch(settings.language, application)
    install_error_dialog()
    theme.apply_theme(
        application, percent=settings.text_percent, high_contrast=settings.high_contrast
    )
    return MainWindow(settings, language=language, messages=Messages(application))


def _end_on_interrupt(window: MainWindow) -> None:
    """Close the window on Ctrl+C in the terminal; Python sees signals only between Qt's events."""
    signal.signal(signal.SIGINT, lambda _number, _frame: window.close())
    timer = QTimer(window)
    timer.timeout.connect(lambda: None)
    timer.start(_SIGNAL_POLL_MS)

"""What the window remembers on this machine: settings, sizes and places."""

import contextlib

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow, QSplitter

from geopark_app import paths
from geopark_app import settings as machine_settings
from geopark_app.settings import MachineSettings


def keep_quietly(settings: MachineSettings) -> None:
    """Write the settings; a profile that cannot be written only forgets."""
    with contextlib.suppress(OSError):
        machine_settings.save(settings)


def restore_window(window: QMainWindow) -> bool:
    """Put the window where it was; say whether it was known."""
    geometry = _store().value("window/geometry")
    return isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)


def keep_window(window: QMainWindow) -> None:
    """Remember where the window is."""
    _store().setValue("window/geometry", window.saveGeometry())


def restore_splitter(splitter: QSplitter, name: str) -> bool:
    """Give the splitter its last proportions; say whether they were known."""
    state = _store().value(f"splitter/{name}")
    return isinstance(state, QByteArray) and splitter.restoreState(state)


def keep_splitter(splitter: QSplitter, name: str) -> None:
    """Remember the proportions of a splitter; call it when it was moved."""
    _store().setValue(f"splitter/{name}", splitter.saveState())


def remembered_look() -> str:
    """Give how the map looked last, as JSON; empty where it was never chosen."""
    return str(_store().value("map/look") or "{}")


def keep_look(look: str) -> None:
    """Remember how the map is to look."""
    _store().setValue("map/look", look)


def _store() -> QSettings:
    return QSettings(str(paths.profile_dir() / "window.ini"), QSettings.Format.IniFormat)

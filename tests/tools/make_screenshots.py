"""Pictures of every screen in both languages and two sizes, from a demo catalogue.

All go to build/screenshots; the few the README shows go, as small palette pictures, to docs/images.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QDialog

from geopark_app import i18n, settings
from geopark_app.gui.application import make_application, make_window
from geopark_app.gui.main_window import MainWindow
from geopark_app.gui.rooms import Room
from geopark_app.settings import MachineSettings

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build" / "screenshots"
IMAGES = ROOT / "docs" / "images"
WORK = Path(tempfile.gettempdir()) / "geopark-screenshots"
SIZES = (QSize(1366, 768), QSize(1920, 1080))
LANGUAGES = ("vi", "en")
README_PICTURES = {
    "overview": "overview-{language}-1366x768.png",
    "sites": "sites-{language}-1366x768.png",
    "map": "map-{language}-1366x768.png",
    "readiness": "readiness-{language}-1366x768.png",
    "dossier": "dossier-checked-{language}-1366x768.png",
}
LARGEST_BYTES = 200_000
_SETTLE_MS = 700
_MAP_MS = 6_000
_OPEN_MS = 30_000
_PERSON = "Hoàng Thị Lan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture: its name, what to do before it, and how long the screen needs."""

    name: str
    prepare: Callable[[MainWindow], object]
    wait_ms: int = _SETTLE_MS


def main() -> int:
    """Take all pictures; gives 0 when every one was taken."""
    os.environ["GEOPARK_PROFILE"] = str(WORK / "profile")
    if not os.environ.get("DISPLAY") and sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    catalogue = _demo()
    application = make_application()
    for language in LANGUAGES:
        for size in SIZES:
            _take_all(application_window(catalogue, language), catalogue, language, size)
    application.processEvents()
    _fill_docs()
    print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT.relative_to(ROOT)}")
    return 0


def application_window(catalogue: Path, language: str) -> MainWindow:
    """Give a window on its start page, as a person with two recent catalogues sees it."""
    missing = WORK / "USB" / "langson-2025"
    settings.save(
        MachineSettings(
            language=language,
            person=_PERSON,
            device="laptop-1",
            recent=(str(catalogue), str(missing)),
        )
    )
    i18n.activate(language)
    return make_window(make_application())


def _take_all(window: MainWindow, catalogue: Path, language: str, size: QSize) -> None:
    window.resize(size)
    window.show()
    for shot in _shots(catalogue):
        shot.prepare(window)
        _wait(shot.wait_ms)
        name = f"{shot.name}-{language}-{size.width()}x{size.height()}.png"
        dialogs = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
        if not (dialogs[-1] if dialogs else window).grab().save(str(OUT / name)):
            raise OSError(name)
    window.close()
    window.deleteLater()


def _shots(catalogue: Path) -> Iterator[Shot]:
    yield Shot(name="new", prepare=lambda window: window.start_page.new_button.setChecked(True))
    yield Shot(name="start", prepare=lambda window: window.start_page.new_button.setChecked(False))
    yield Shot(name="overview", prepare=lambda window: _open(window, catalogue))
    for room in Room:
        if room is not Room.OVERVIEW:
            wait = _MAP_MS if room is Room.MAP else _SETTLE_MS
            yield Shot(name=room.value, prepare=_shower(room), wait_ms=wait)
    yield Shot(name="dossier-checked", prepare=_check_dossier, wait_ms=_SETTLE_MS)
    yield Shot(name="whereabouts", prepare=_show_dialog("whereabouts"), wait_ms=_SETTLE_MS)
    yield Shot(name="photo-export", prepare=_show_dialog("export-photos"), wait_ms=_SETTLE_MS)
    for name in ("works", "plan", "units"):
        yield Shot(name=name, prepare=_show_dialog(name), wait_ms=2 * _SETTLE_MS)
    yield Shot(name="large-text", prepare=_show_large)
    yield Shot(name="high-contrast", prepare=_show_high_contrast)
    yield Shot(name="about-data", prepare=_show_about_data)


def _shower(room: Room) -> Callable[[MainWindow], object]:
    def show(window: MainWindow) -> None:
        window.show_room(room)
        if room is Room.READINESS and window.workspace is not None:
            _choose_visited_site(window)

    return show


def _choose_visited_site(window: MainWindow) -> None:
    from geopark_app.operations.sites import list_sites

    assert window.session is not None
    assert window.workspace is not None
    visited = [item for item in list_sites(window.session.context) if item.readiness]
    room = window.workspace.rooms[Room.READINESS]
    show_site = getattr(room, "show_site", None)
    if visited and show_site is not None:
        show_site(visited[0].site.uuid)


def _open(window: MainWindow, catalogue: Path) -> None:
    window.open_path(catalogue)
    _wait_until(lambda: window.workspace is not None)


def _check_dossier(window: MainWindow) -> None:
    from geopark_app.gui.dossier.room import DossierRoom

    assert window.workspace is not None
    window.show_room(Room.DOSSIER)
    room = window.workspace.rooms[Room.DOSSIER]
    assert isinstance(room, DossierRoom)
    room.check()
    _wait_until(lambda: room.model.rowCount() > 0)


def _show_dialog(name: str) -> Callable[[MainWindow], object]:
    def show(window: MainWindow) -> None:
        for dialog in window.findChildren(QDialog):
            dialog.close()
        window.menus.actions[name].trigger()

    return show


def _show_large(window: MainWindow) -> None:
    for dialog in window.findChildren(QDialog):
        dialog.close()
    window.change_size(150)
    window.show_room(Room.SITES)


def _show_high_contrast(window: MainWindow) -> None:
    window.change_size(100)
    window.change_contrast(True)
    window.show_room(Room.OVERVIEW)


def _show_about_data(window: MainWindow) -> None:
    from geopark_app.gui.settings.room import SettingsRoom

    assert window.workspace is not None
    window.change_contrast(False)
    window.show_room(Room.SETTINGS)
    room = window.workspace.rooms[Room.SETTINGS]
    assert isinstance(room, SettingsRoom)
    room.tabs.setCurrentIndex(1)


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _wait_until(is_done: Callable[[], bool]) -> None:
    for _turn in range(_OPEN_MS // 50):
        if is_done():
            return
        _wait(50)
    raise TimeoutError


def _demo() -> Path:
    """Give a fresh copy of the demo catalogue, in a folder whose path may be shown."""
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    demo = WORK / "langson-demo"
    if (ROOT / "demo" / "demo.geopark").is_file():
        shutil.copytree(ROOT / "demo", demo)
    else:
        command = [sys.executable, str(ROOT / "main.py"), "demo", str(demo)]
        subprocess.run(command, check=True, cwd=ROOT)
    return demo


def _fill_docs() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, pattern in README_PICTURES.items():
        for language in LANGUAGES:
            source = OUT / pattern.format(language=language)
            target = IMAGES / f"{name}-{language}.png"
            with Image.open(source) as picture:
                # The usual palette loses the few points of a colour: violet signs became grey.
                # This one keeps them, and k-means brings the large areas back to their own colour.
                small = picture.convert("RGB").quantize(
                    method=Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE
                )
                small.save(target, optimize=True)
            if target.stat().st_size > LARGEST_BYTES:
                raise ValueError(f"{target.name} is larger than {LARGEST_BYTES} bytes")


if __name__ == "__main__":
    raise SystemExit(main())

"""Works on the map with a real mouse and keyboard (xdotool) and takes pictures before and after.

Without --once it starts a screen of its own and goes through both languages, light and high
contrast; pictures go to build/map-by-hand. With --once it works on the screen of DISPLAY and prints
what came of each gesture as JSON, for the tests.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build" / "map-by-hand"
_PERSON = "Hoàng Thị Lan"
_PATIENCE_MS = 40_000
_SETTLE_MS = 350


def main() -> int:
    """Go through all four looks, or one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--once", metavar="CATALOGUE", type=Path)
    parser.add_argument("--language", default="vi", choices=("vi", "en"))
    parser.add_argument("--contrast", action="store_true")
    parser.add_argument("--pictures", type=Path)
    arguments = parser.parse_args()
    if arguments.once is not None:
        return _once(
            arguments.once, arguments.language, arguments.pictures, contrast=arguments.contrast
        )
    return _all()


def _all() -> int:
    """Start a screen, and this program once for each look."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    read_end, write_end = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[write_end],
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    with os.fdopen(read_end) as answer:
        display = f":{answer.readline().strip()}"
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL)
    failed = 0
    try:
        with tempfile.TemporaryDirectory() as folder:
            made = _demo(Path(folder))
            for language in ("vi", "en"):
                for contrast in (False, True):
                    failed += _one_look(made, Path(folder), environment, language, contrast)
    finally:
        for program in (manager, screen):
            program.terminate()
            program.wait()
    print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT.relative_to(ROOT)}")
    return int(failed > 0)


def _demo(folder: Path) -> Path:
    made = folder / "demo"
    environment = {**os.environ, "GEOPARK_PROFILE": str(folder / "profile")}
    command = [sys.executable, str(ROOT / "main.py"), "demo", str(made)]
    subprocess.run(command, check=True, cwd=ROOT, env=environment, capture_output=True)
    return made


def _one_look(
    made: Path, folder: Path, environment: dict[str, str], language: str, contrast: bool
) -> int:
    name = f"{language}-{'contrast' if contrast else 'light'}"
    copy = folder / name / "langson"
    shutil.copytree(made, copy)
    command = [sys.executable, __file__, "--once", str(copy), "--language", language]
    command += ["--pictures", str(OUT / name), *(["--contrast"] if contrast else [])]
    profile = {"GEOPARK_PROFILE": str(folder / name / "profile"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env={**environment, **profile}, check=False)
    return int(done.returncode != 0)


def _once(catalogue: Path, language: str, pictures: Path | None, *, contrast: bool) -> int:
    from geopark_app import i18n, settings
    from geopark_app.gui.application import make_application, make_window
    from geopark_app.settings import MachineSettings

    kept = MachineSettings(language=language, person=_PERSON, device="laptop-1")
    settings.save(kept.changed(high_contrast=contrast))
    i18n.activate(language)
    application = make_application()
    window = make_window(application)
    hand = Hand(window, pictures)
    try:
        hand.open(catalogue)
        outcome = _gestures(hand)
    finally:
        window.close()
    print(json.dumps(outcome))
    return 0 if all(outcome.values()) else 1


class Hand:
    """Moves the mouse of the screen over one window; waits in the window's own event loop."""

    def __init__(self, window: Any, pictures: Path | None) -> None:
        self.window = window
        self._pictures = pictures
        self._number = 0

    def open(self, catalogue: Path) -> None:
        """Open a catalogue, go to its map and wait for it."""
        from geopark_app.gui.rooms import Room

        self.window.resize(1366, 740)
        self.window.move(0, 0)
        self.window.show()
        self.window.open_path(catalogue)
        self.until(lambda: self.window.workspace is not None)
        self.window.show_room(Room.MAP)
        self.room = self.window.workspace.rooms[Room.MAP]
        self.until(lambda: self.room.view.web is not None and self.room.view.web._is_ready)
        self.settle(1500)

    @property
    def session(self) -> Any:
        """The open catalogue."""
        return self.window.session

    @property
    def page(self) -> Any:
        """The web view of the map."""
        return self.room.view.web.view

    def wait(self, milliseconds: int) -> None:
        """Let the window work."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def settle(self, milliseconds: int) -> None:
        """Let what moves come to rest; where no pictures are taken, nobody looks so closely."""
        self.wait(milliseconds if self._pictures is not None else milliseconds * 2 // 5)

    def until(self, is_done: Callable[[], bool], patience_ms: int = _PATIENCE_MS) -> bool:
        """Wait for something; say whether it came."""
        for _turn in range(patience_ms // 20):
            if is_done():
                return True
            self.wait(20)
        return False

    def xdotool(self, *words: object) -> None:
        """Let the screen's mouse or keyboard do something, while the window goes on working."""
        program = subprocess.Popen(["xdotool", *map(str, words)])
        self.until(lambda: program.poll() is not None)
        self.settle(80)

    def ask(self, script: str) -> Any:
        """Ask the page."""
        answers: list[str] = []
        self.page.page().runJavaScript(f"JSON.stringify({script})", 0, answers.append)
        self.until(lambda: bool(answers))
        return json.loads(answers[0]) if answers and answers[0] else None

    def middle(self, selector: str) -> tuple[int, int]:
        """Give the middle of a part of the page on the screen."""
        x, y = self.ask(
            f"(r => [r.x + r.width / 2, r.y + r.height / 2])"
            f"(document.querySelector({json.dumps(selector)}).getBoundingClientRect())"
        )
        return self.on_screen(x, y)

    def on_screen(self, x: float, y: float) -> tuple[int, int]:
        """Give a place of the page on the screen."""
        from PySide6.QtCore import QPoint

        at = self.page.mapToGlobal(QPoint(round(x), round(y)))
        return at.x(), at.y()

    def press(self, widget: Any) -> None:
        """Click a button of the window."""
        at = widget.mapToGlobal(widget.rect().center())
        self.click(at.x(), at.y())

    def choose(self, button: Any, number: int) -> None:
        """Open the menu of a button by a click, and take an entry by the keyboard."""
        at = button.mapToGlobal(button.rect().center())
        # In one go: while a menu is open, only the menu's own event loop runs.
        steps = f"xdotool mousemove {at.x()} {at.y()} click 1; sleep 0.6; xdotool key --delay 120"
        keys = " ".join(["Down"] * (number + 1))
        program = subprocess.Popen(["sh", "-c", f"{steps} {keys} Return"])
        self.until(lambda: program.poll() is not None)
        self.wait(200)

    def click(self, x: int, y: int, times: int = 1) -> None:
        """Click a place of the screen."""
        self.xdotool("mousemove", x, y)
        self.xdotool("click", "--repeat", times, "--delay", 60, 1)

    def drag(self, start: tuple[int, int], by: tuple[int, int]) -> None:
        """Drag from a place, in small steps as a hand does."""
        self.xdotool("mousemove", *start)
        self.xdotool("mousedown", 1)
        for step in range(1, 6):
            self.xdotool("mousemove", start[0] + by[0] * step // 5, start[1] + by[1] * step // 5)
        self.xdotool("mouseup", 1)

    def key(self, *keys: str) -> None:
        """Press keys."""
        self.xdotool("key", "--delay", 60, *keys)

    def picture(self, name: str) -> None:
        """Keep a picture of the screen."""
        if self._pictures is None:
            return
        self.wait(_SETTLE_MS)
        self._number += 1
        self._pictures.parent.mkdir(parents=True, exist_ok=True)
        path = f"{self._pictures}-{self._number:02}-{name}.png"
        subprocess.run(["import", "-window", "root", path], check=False)


def _gestures(hand: Hand) -> dict[str, bool]:
    """Click, drag, draw, edit, measure and undo; give for each whether it did what it should."""
    from geopark_app.domain.kinds import SiteExtent
    from geopark_app.operations.sites import find_site

    context, room = hand.session.context, hand.room
    tools = room.tools
    site = find_site(context, "LS-017")
    before = site.position
    outcome: dict[str, bool] = {}

    def position() -> Any:
        return find_site(context, "LS-017").position

    def extents() -> list[Any]:
        return list(context.catalogue.records(SiteExtent, where={"site_uuid": site.uuid}))

    hand.picture("before")
    room.show_site(site.uuid)
    hand.settle(800)
    room.show_site("")
    hand.settle(300)
    hand.click(*hand.middle(f'[data-site="{site.uuid}"] .pin-drop'))
    outcome["click"] = hand.until(lambda: room.selected == site.uuid)
    hand.picture("selected")

    pin = hand.middle(f'[data-site="{site.uuid}"] .pin-drop')
    hand.drag(pin, (60, 30))
    outcome["a drag without the tool moves no site"] = position() == before

    hand.press(tools.move_button)
    hand.until(lambda: hand.ask("!!document.querySelector('.ghost')"))
    hand.settle(600)
    hand.drag(hand.middle(".ghost"), (120, -60))
    hand.picture("dragged")
    ghost = hand.middle(".ghost")
    hand.click(*ghost, times=2)
    outcome["drag and double click"] = hand.until(
        lambda: position().method == "map" and tools.tool is None
    )
    hand.picture("moved")
    hand.key("ctrl+z")
    outcome["undo of the move"] = hand.until(lambda: position() == before)
    hand.picture("move-undone")

    hand.choose(tools.shapes_button, 0)
    hand.until(lambda: tools.tool is not None)
    hand.settle(900)
    for x, y in ((380, 120), (600, 110), (620, 300)):
        hand.click(*hand.on_screen(x, y))
    hand.picture("drawing")
    hand.click(*hand.on_screen(400, 320), times=2)
    outcome["draw"] = hand.until(lambda: len(extents()) == 1)
    hand.settle(800)
    hand.picture("drawn")
    corners = extents()[0].geojson.count("[") - 2 if extents() else 0
    outcome["four corners and no more"] = corners == 5

    hand.click(*hand.on_screen(500, 215))
    outcome["click on the area"] = hand.until(lambda: tools.strip.change.isVisible())
    hand.picture("area-chosen")
    drawn = extents()[0].geojson
    hand.press(tools.strip.change)
    hand.until(lambda: tools.tool is not None)
    hand.settle(1200)
    corner = ".leaflet-drawing-points-pane .marker-icon:not(.marker-icon-middle)"
    hand.drag(hand.middle(corner), (-70, -20))
    hand.picture("corner-dragged")
    hand.key("ctrl+z")
    hand.settle(400)
    hand.drag(hand.middle(corner), (-40, 30))
    hand.key("Return")
    outcome["edit"] = hand.until(lambda: extents()[0].geojson != drawn and tools.tool is None)
    hand.settle(800)
    hand.picture("edited")
    hand.key("ctrl+z")
    outcome["undo of the edit"] = hand.until(lambda: extents()[0].geojson == drawn)
    hand.picture("edit-undone")

    hand.choose(tools.measure_button, 0)
    hand.until(lambda: tools.tool is not None)
    hand.settle(700)
    hand.click(*hand.on_screen(300, 150))
    hand.click(*hand.on_screen(520, 260))
    hand.click(*hand.on_screen(640, 140), times=2)
    hand.settle(600)
    outcome["measure"] = "km" in tools.strip.figure.text()
    hand.picture("measured")
    hand.key("Escape")
    outcome["Esc puts the tool away"] = hand.until(lambda: tools.tool is None)
    return outcome


if __name__ == "__main__":
    raise SystemExit(main())

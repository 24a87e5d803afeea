"""What a field day is planned to be, what was pressed in it, and the fingers that press."""

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.tools.map_by_hand import Hand

_PATIENCE_MS = 15_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much is done: sites, photos and works in all; each site has its share of both."""

    sites: int
    photos: int
    works: int

    def photos_at(self, number: int) -> int:
        """Give how many photos are taken at the site of this number."""
        return _share(self.photos, self.sites, number)

    def gaps_at(self, number: int) -> int:
        """Give how many items are not met, or partly, at the site of this number."""
        return _share(self.works, self.sites, number)


def _share(total: int, places: int, number: int) -> int:
    return total // places + (1 if number < total % places else 0)


@dataclass(kw_only=True)
class Protocol:
    """What was pressed and what came of it."""

    keys: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    hesitations: list[str] = field(default_factory=list)


class Fingers(Hand):
    """Ten fingers on the keys; no mouse. Counts what they press."""

    def __init__(self, window: Any, pictures: Path | None) -> None:
        super().__init__(window, pictures)
        self.protocol = Protocol()
        self._stage, self._began = "", 0.0

    def open(self, catalogue: Path) -> None:
        """Open a catalogue, as the program does with a file given to it."""
        self.window.resize(1366, 740)
        self.window.move(0, 0)
        self.window.show()
        self.window.open_path(catalogue)
        self.until(lambda: self.window.workspace is not None)
        self.settle(800)

    def stage(self, name: str) -> None:
        """Begin another part of the day."""
        now = time.perf_counter()
        if self._stage:
            self.protocol.seconds[self._stage] = round(now - self._began, 1)
        self._stage, self._began = name, now

    def key(self, *keys: str) -> None:
        """Press keys, as quickly as the window takes them."""
        self._note(len(keys))
        self.xdotool("key", "--delay", 25, *keys)

    def type(self, words: str) -> None:
        """Type ASCII words where the keyboard is."""
        self._note(len(words))
        self.xdotool("type", "--delay", 15, words)

    def in_a_dialog(self, opening: str, words: str, picture: str = "") -> None:
        """Press a key that opens a file dialog, type into it and press Enter.

        In one go: while such a dialog is open, only its own event loop runs.
        """
        self._note(2 + len(words))
        shot = ""
        if picture and self._pictures is not None:
            self._number += 1
            shot = f"import -window root '{self._pictures}-{self._number:02}-{picture}.png';"
        script = (
            f"xdotool key {opening}; sleep 0.7; xdotool type --delay 12 '{words}'; "
            f"sleep 0.3; {shot} xdotool key Return"
        )
        program = subprocess.Popen(["sh", "-c", script])
        self.until(lambda: program.poll() is not None)
        self.wait(150)

    def expect(self, what: str, is_so: Callable[[], bool]) -> None:
        """Wait for what a person expects to see; if it does not come, they hesitate."""
        if not self.until(is_so, _PATIENCE_MS):
            self.protocol.hesitations.append(f"{self._stage}: {what}; focus: {self.focus()}")

    def focus(self) -> str:
        """Say where the keyboard is."""
        from PySide6.QtWidgets import QApplication

        widget = QApplication.focusWidget()
        if widget is None:
            return "nowhere"
        return f"{type(widget).__name__} {widget.objectName() or widget.accessibleName()}".strip()

    def _note(self, count: int) -> None:
        keys = self.protocol.keys
        keys[self._stage] = keys.get(self._stage, 0) + count

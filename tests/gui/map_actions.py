"""Two hundred deeds of a person on the map, as a process of its own; says what it saw as JSON.

Run by itself: `unshare -n python tests/gui/map_actions.py CATALOGUE`. It counts the IP sockets that
exist after each deed, what the system's counters say was tried, and the messages of the console.
At last a hostile script tries every way out it knows.
"""

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--disable-gpu --disable-dev-shm-usage")

from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from geopark_app.gui.application import make_application
from geopark_app.gui.language import LanguageSwitch
from geopark_app.gui.map_room.room import MapRoom
from geopark_app.gui.messages import Messages
from geopark_app.gui.session import Session
from geopark_app.operations.context import open_context
from geopark_app.settings import MachineSettings

DEEDS = 200
_PAUSE_MS = 10
_START_MS = 40_000
_DRAWN_LOOKS = 40
_TABLES = ("tcp", "tcp6", "udp", "udp6", "udplite", "raw", "raw6", "icmp", "icmp6")
_TRIED = {"Tcp": ("ActiveOpens",), "Udp": ("OutDatagrams",), "Ip": ("OutRequests", "OutNoRoutes")}
_NONE = Qt.KeyboardModifier.NoModifier


class Console(logging.Handler):
    """Keeps what the page writes to its console, and requests that were refused."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


HOSTILE = """(() => {
  for (const rel of ["preconnect", "dns-prefetch", "prefetch", "preload"]) {
    const link = document.createElement("link");
    link.rel = rel;
    link.href = "https://example.org/";
    document.head.appendChild(link);
  }
  new Image().src = "https://example.org/a.png";
  const caught = () => {};
  fetch("https://example.org/").catch(caught);
  fetch("file:///etc/hostname").then(() => { window.leaked = true; }).catch(caught);
  try { navigator.sendBeacon("https://example.org/", "x"); } catch (refused) { caught(refused); }
  try { new WebSocket("wss://example.org/"); } catch (refused) { caught(refused); }
  try { window.open("https://example.org/"); } catch (refused) { caught(refused); }
  const frame = document.createElement("iframe");
  frame.src = "https://example.org/";
  document.body.appendChild(frame);
  location.href = "https://example.org/";
  return [typeof RTCPeerConnection, typeof webkitRTCPeerConnection];
})()"""


def sockets() -> int:
    """Give how many IP sockets exist in this network namespace."""
    return sum(
        max(0, len(path.read_text().splitlines()) - 1)
        for name in _TABLES
        if (path := Path("/proc/net") / name).exists()
    )


def tried() -> int:
    """Give how often a program of this namespace tried to reach anything over IP."""
    lines = Path("/proc/net/snmp").read_text().splitlines()
    total = 0
    for head, numbers in zip(lines[::2], lines[1::2], strict=True):
        group, *names = head.split()
        values = dict(zip(names, numbers.split()[1:], strict=True))
        total += sum(int(values.get(name, 0)) for name in _TRIED.get(group[:-1], ()))
    return total


def pause(ms: int = _PAUSE_MS) -> None:
    """Let the page work."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


class Person:
    """What a person does on the map with mouse and keys."""

    def __init__(self, room: MapRoom, switch: LanguageSwitch) -> None:
        self.room = room
        self.switch = switch
        assert room.view.web is not None
        self.web = room.view.web.view
        self._languages = cycle(("en", "vi"))
        self._words = cycle(("hang", "", "đền", "dong dang", ""))
        self._kinds = cycle((1, 0, 2, 0))
        self._rows = cycle(range(0, 60, 7))
        self._typed = cycle(("21.85264, 106.76101", "2417432 449263", "chẳng phải tọa độ", ""))

    @property
    def target(self) -> QWidget:
        """Give what takes the mouse."""
        found = self.web.focusProxy()
        assert found is not None
        return found

    def ask(self, script: str) -> Any:
        """Run JavaScript in the page."""
        answers: list[Any] = []
        loop = QEventLoop()
        self.web.page().runJavaScript(
            f"JSON.stringify({script})", 0, lambda answer: (answers.append(answer), loop.quit())
        )
        QTimer.singleShot(10_000, loop.quit)
        loop.exec()
        return json.loads(answers[0]) if answers and answers[0] else None

    def _middle(self, selector: str, number: int = 0) -> QPoint | None:
        at = self.ask(
            f"(all => all.length ? (r => [r.x + r.width / 2, r.y + r.height / 2])"
            f"(all[{number} % all.length].getBoundingClientRect()) : null)"
            f"(document.querySelectorAll({json.dumps(selector)}))"
        )
        return QPoint(round(at[0]), round(at[1])) if at else None

    def _click(self, selector: str, number: int = 0) -> None:
        at = self._middle(selector, number)
        if at is not None and self.target.rect().contains(at):
            QTest.mouseMove(self.target, at)
            QTest.mouseClick(self.target, Qt.MouseButton.LeftButton, _NONE, at)

    def _wheel(self, steps: int) -> None:
        at = QPointF(self.target.rect().center())
        event = QWheelEvent(
            at, QPointF(self.target.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, 120 * steps),
            Qt.MouseButton.NoButton, _NONE, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(self.target, event)

    def _drag(self, by: QPoint) -> None:
        middle = QPoint(self.target.width() // 3, self.target.height() // 3)
        QTest.mousePress(self.target, Qt.MouseButton.LeftButton, _NONE, middle)
        for share in (3, 2, 1):
            QTest.mouseMove(self.target, middle + by / share)
        QTest.mouseRelease(self.target, Qt.MouseButton.LeftButton, _NONE, middle + by)

    def _hover(self) -> None:
        for x in range(60, self.target.width() - 60, 140):
            QTest.mouseMove(self.target, QPoint(x, self.target.height() // 2))

    def _choose(self, part: str, key: Qt.Key) -> None:
        self.ask(f"(document.querySelector('[data-part={part}]') || document.body).focus()")
        QTest.keyClick(self.target, key)

    def _layer(self, number: int) -> None:
        self._click(".leaflet-control-layers-toggle")
        self._click(".leaflet-control-layers-overlays input", number)

    def _search(self) -> None:
        self.room.filter_bar.search.setText(next(self._words))

    def _kind(self) -> None:
        self.room.filter_bar.boxes["kind"].setCurrentIndex(next(self._kinds))

    def _go_to(self) -> None:
        self.room.side.go_to.line.setText(next(self._typed))
        QTest.keyClick(self.room.side.go_to.line, Qt.Key.Key_Return)

    def deeds(self) -> Iterator[Callable[[], object]]:
        """Give one deed after the other, for ever."""
        number = 0
        keys = (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Plus, Qt.Key.Key_Minus)
        while True:
            number += 1
            yield lambda n=number: self._click(".pin-drop", n)  # type: ignore[misc]
            yield lambda: self._wheel(1)
            yield lambda n=number: self._click(".bubble", n)  # type: ignore[misc]
            yield self._hover
            yield lambda: self._choose("colour", Qt.Key.Key_Down)
            yield lambda: self._drag(QPoint(90, 40))
            yield lambda n=number: self._layer(n)  # type: ignore[misc]
            yield lambda: self._wheel(-1)
            yield lambda: self.room.table.go_to_row(next(self._rows))
            yield lambda: self._choose("heat", Qt.Key.Key_Down)
            yield self._search
            yield lambda n=number: QTest.keyClick(self.target, keys[n % 4])  # type: ignore[misc]
            yield lambda: self._click(".legend-switch")
            yield lambda n=number: self._click(".stop", n)  # type: ignore[misc]
            yield self._go_to
            yield lambda: self._click(".leaflet-control-zoom-out")
            yield self._kind
            yield lambda: self.switch.switch_to(next(self._languages))
            yield lambda: self._click(".legend-switch")
            yield lambda: self._choose("colour", Qt.Key.Key_Home)


def main() -> int:
    """Do the deeds and print what was seen."""
    console = Console()
    for name in ("page", "interceptor", "handler"):
        logger = logging.getLogger(f"geopark_app.gui.map.{name}")
        logger.setLevel(logging.INFO)
        logger.addHandler(console)
    make_application()
    context = open_context(Path(sys.argv[1]), person="Hà", device="laptop")
    switch = LanguageSwitch("vi")
    session = Session(context, settings=MachineSettings(), language=switch, messages=Messages())
    room = MapRoom(session)
    room.resize(1366, 700)
    loop = QEventLoop()
    room.view.ready.connect(loop.quit)
    QTimer.singleShot(_START_MS, loop.quit)
    room.show()
    loop.exec()
    is_web = room.view.web is not None
    seen, done, drawn, leaked = sockets(), 0, 0, True
    said = ["no web"]
    if is_web:
        person = Person(room, switch)
        for deed in person.deeds():
            deed()
            pause()
            done += 1
            seen = max(seen, sockets())
            if done == DEEDS:
                break
        room.filter_bar.show_filters({})
        room.view.set_look('{"layers": {"layer_sites": true}}')
        room.view.fit_bounds((106.1, 21.3, 107.4, 22.5))
        for _wait in range(_DRAWN_LOOKS):
            pause(400)
            drawn = person.ask("document.querySelectorAll('.pin, .bubble').length")
            if drawn:
                break
        said = list(console.said)
        has_rtc = person.ask(HOSTILE) != ["undefined", "undefined"]
        pause(800)
        leaked = (
            has_rtc or person.ask("window.leaked === true") or person.ask("location.host !== 'app'")
        )
    seen_by_all = {
        "deeds": done, "sockets": max(seen, sockets()), "tried": tried(), "console": said,
        "drawn": drawn, "leaked": leaked,
    }  # fmt: skip
    sys.stdout.write(json.dumps(seen_by_all) + "\n")
    room.shut_down()
    session.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Two real windows on two catalogues of one team: edit alike, exchange by folder, settle.

Run by itself: `python tests/tools/two_windows.py`; it needs Xvfb, openbox and ImageMagick's
`import`. Each window is a process with a profile of its own, on one screen beside the other; after
every step the screen is kept as a picture in build/two-windows. In Vietnamese, as people see it.
It ends with 1 when the two catalogues do not say the same at the end.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from geopark_app import i18n, settings
from geopark_app.domain.kinds import Site
from geopark_app.gui.application import make_application, make_window
from geopark_app.gui.forms.record_form import RecordForm
from geopark_app.gui.main_window import MainWindow
from geopark_app.gui.rooms import Room
from geopark_app.gui.sync.room import SyncRoom
from geopark_app.operations.catalogues import create_new
from geopark_app.settings import MachineSettings

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build" / "two-windows"
CODE = "LS-001"
WIDTH, HEIGHT, GAP = 1366, 768, 8
PATIENCE_MS, SETTLE_MS = 25_000, 1_000
EDITS = {
    "lan": {"village": "Nà Mò", "position": "21.8530, 106.7610", "significance_vi": "Hang\nSuối"},
    "minh": {"village": "Nà Sầm", "position": "21.8540, 106.7610", "significance_vi": "Hang\nDơi"},
}
PEOPLE = {"lan": "Hoàng Thị Lan", "minh": "Nông Văn Minh"}
STEPS = (
    ("1-sua-khac-nhau", ("lan edit", "minh edit")),
    ("2-lan-trao-doi", ("lan exchange",)),
    ("3-minh-trao-doi", ("minh exchange",)),
    ("4-minh-thay-khac-nhau", ("minh conflicts",)),
    ("5-minh-giu-cua-minh", ("minh keep",)),
    ("6-minh-giu-ca-hai-doan", ("minh both",)),
    ("7-minh-xem-lai-gia-tri-kia", ("minh history",)),
    ("8-trao-doi-lan-nua", ("minh exchange", "lan exchange")),
    ("9-hai-may-nhu-nhau", ("lan show", "minh show")),
)


def main() -> int:
    """Play the scene and keep the pictures; 0 when both end alike."""
    missing = [tool for tool in ("Xvfb", "openbox", "import") if shutil.which(tool) is None]
    if missing:
        print(f"needs {', '.join(missing)}")
        return 0
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="geopark-two-windows-") as place:
        _make_catalogues(Path(place))
        display, programs = _screen()
        try:
            return _play(Path(place), display)
        finally:
            for program in reversed(programs):
                program.terminate()
                program.wait()


def _play(place: Path, display: str) -> int:
    windows = {name: _start(place, name, at, display) for at, name in enumerate(EDITS)}
    ends = {}
    try:
        for picture, orders in STEPS:
            for order in orders:
                name, deed = order.split()
                ends[name] = _tell(windows[name], deed)
            command = ["import", "-display", display, "-window", "root", f"{OUT / picture}.png"]
            subprocess.run(command, check=True)
            print(picture)
    finally:
        for window in windows.values():
            window.kill()
            window.wait()
    print(ends)
    return 0 if len(set(ends.values())) == 1 else 1


def _start(place: Path, name: str, at: int, display: str) -> "subprocess.Popen[str]":
    environment = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "GEOPARK_PROFILE": str(place / name / "profile"),
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.Popen(
        [sys.executable, __file__, str(place), name, str(at * (WIDTH + GAP))],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _tell(window: "subprocess.Popen[str]", deed: str) -> str:
    """Have a window do something and give what it answers."""
    assert window.stdin is not None
    assert window.stdout is not None
    window.stdin.write(f"{deed}\n")
    window.stdin.flush()
    answer = window.stdout.readline().strip()
    if not answer.startswith("done"):
        raise RuntimeError(f"{deed}: {answer}")
    return answer


def _make_catalogues(place: Path) -> None:
    from tests.laptops import make_team

    os.environ["GEOPARK_PROFILE"] = str(place / "maker")
    create_new(place / "starter", person="x", device="x").catalogue.close()
    for laptop in make_team(place, place / "starter", *EDITS):
        laptop.close()
    (place / "USB").mkdir()


def _screen() -> tuple[str, list["subprocess.Popen[bytes]"]]:
    read_end, write_end = os.pipe()
    size = f"{2 * WIDTH + GAP}x{HEIGHT + 40}x24"
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", size, "-nolisten", "tcp"],
        pass_fds=[write_end],
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    with os.fdopen(read_end) as answer:
        number = answer.readline().strip()
    assert re.fullmatch(r"\d+", number)
    manager = subprocess.Popen(
        ["openbox"], env={**os.environ, "DISPLAY": f":{number}"}, stderr=subprocess.DEVNULL
    )
    return f":{number}", [server, manager]


class Player(QObject):
    """One window that does what it is told on stdin, as a person's hands would."""

    def __init__(self, place: Path, name: str, window: MainWindow) -> None:
        super().__init__()
        self.place, self.name, self.window = place, name, window
        self._orders = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._orders.activated.connect(self._obey)

    def _obey(self) -> None:
        deed = os.read(sys.stdin.fileno(), 200).decode("ascii").strip()
        if not deed:
            self._orders.setEnabled(False)
            return
        try:
            getattr(self, deed)()
        except (TimeoutError, StopIteration) as error:
            print("failed", repr(error), flush=True)
            return
        _wait(SETTLE_MS)
        site = self.site
        print("done", [site.village, str(site.position), site.significance_vi], flush=True)

    @property
    def site(self) -> Site:
        assert self.window.session is not None
        return self.window.session.context.catalogue.records(Site, where={"code": CODE})[0]

    @property
    def room(self) -> SyncRoom:
        assert self.window.workspace is not None
        self.window.show_room(Room.SYNC)
        room = self.window.workspace.rooms[Room.SYNC]
        assert isinstance(room, SyncRoom)
        return room

    def edit(self) -> None:
        form = self._form()
        for field, words in EDITS[self.name].items():
            row = form.row_of(field)
            assert row is not None
            entry = row.editor.entry()
            entry.setFocus()
            if isinstance(entry, QPlainTextEdit):
                entry.selectAll()
                entry.insertPlainText(words)
            elif isinstance(entry, QLineEdit):
                entry.selectAll()
                entry.insert(words)
            form.flush()
            _wait(SETTLE_MS)

    def show(self) -> None:
        self._form()

    def exchange(self) -> None:
        page = self.room.exchange
        self.room.pages.setCurrentIndex(0)
        page.meeting.folder.setText(str(self.place / "USB"))
        _wait_until(page.meeting.exchange.isEnabled)
        page.meeting.exchange.click()
        _wait(SETTLE_MS)
        _wait_until(page.meeting.exchange.isEnabled)

    def conflicts(self) -> None:
        self.room.pages.setCurrentIndex(1)
        _wait_until(lambda: len(self.room.conflicts.cards) == len(EDITS[self.name]))

    def keep(self) -> None:
        page = self.room.conflicts
        for field in ("village", "position"):
            before = len(page.cards)
            card = next(card for card in page.cards if card.conflict.field == field)
            mine = i18n.gettext("Keep mine")
            next(button for button in card.buttons if button.text() == mine).click()
            _wait_until(lambda count=before: len(page.cards) < count)

    def both(self) -> None:
        page = self.room.conflicts
        card = next(card for card in page.cards if card.both_button is not None)
        assert card.both_button is not None
        card.both_button.click()
        _wait_until(lambda: not page.cards)

    def history(self) -> None:
        self.room.conflicts.decided.click()

    def _form(self) -> RecordForm:
        assert self.window.session is not None
        self.window.session.site_requested.emit(self.site.uuid)
        _wait(SETTLE_MS)
        form = next(one for one in self.window.findChildren(RecordForm) if one.isVisible())
        form.open_all()
        _wait(SETTLE_MS)
        return form


def play_window(place: Path, name: str, left: int) -> int:
    """Be one of the two windows."""
    settings.save(MachineSettings(language="vi", person=PEOPLE[name], device=f"may-{name}"))
    i18n.activate("vi")
    application = make_application()
    window = make_window(application)
    window.setGeometry(left, 30, WIDTH, HEIGHT)
    window.show()
    window.open_path(place / name / "catalogue")
    _wait_until(lambda: window.workspace is not None)
    player = Player(place, name, window)
    return application.exec() if player.parent() is None else 1


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _wait_until(is_done: object) -> None:
    assert callable(is_done)
    for _turn in range(PATIENCE_MS // 50):
        if is_done():
            return
        _wait(50)
    raise TimeoutError


if __name__ == "__main__":
    if len(sys.argv) == 4:
        sys.exit(play_window(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
    sys.exit(main())

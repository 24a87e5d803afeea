"""A day in the field by keyboard only: visits with photos, works of the gaps, the list printed.

Without --once it starts a screen of its own (Xvfb, openbox), makes a starter catalogue and photos,
goes through the day in the real window with xdotool's keys and no mouse, and then counts by the
command line what came of it; pictures go to build/field-day. With --once it works on the screen of
DISPLAY and prints what came of it as JSON, for the tests.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image, ImageDraw

from tests.tools.field_hands import Fingers, Plan, Protocol

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build" / "field-day"
_PERSON = "Hoàng Thị Lan"
_UNITS = ("Ủy ban nhân dân xã Bắc Sơn", "Ban Quản lý Công viên địa chất")
_NOTES = {"3": "Bien da mo chu, chua thay.", "2": "Moi xong mot phan."}


def main() -> int:
    """Live the whole day, or a part of it on a screen that is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--once", metavar="CATALOGUE", type=Path)
    parser.add_argument("--sites", type=int, default=12)
    parser.add_argument("--photos", type=int, default=40)
    parser.add_argument("--works", type=int, default=15)
    parser.add_argument("--pictures", type=Path)
    arguments = parser.parse_args()
    plan = Plan(sites=arguments.sites, photos=arguments.photos, works=arguments.works)
    if arguments.once is not None:
        protocol = _once(arguments.once, plan, arguments.pictures)
        print(json.dumps(asdict(protocol)))
        return int(bool(protocol.hesitations))
    return _whole_day(plan)


# The day around it ------------------------------------------------------------------------


def _whole_day(plan: Plan) -> int:
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as made, _screen() as environment:
        folder = Path(made)
        environment = {
            **environment,
            "GEOPARK_PROFILE": str(folder / "profile"),
            "PYTHONPATH": str(ROOT),
        }
        catalogue = folder / "langson"
        _command(environment, "new", catalogue, "--author", _PERSON, "--device", "laptop-1")
        command = [sys.executable, __file__, "--once", str(catalogue)]
        command += ["--sites", str(plan.sites), "--photos", str(plan.photos)]
        command += ["--works", str(plan.works), "--pictures", str(OUT / "vi")]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=False)
        protocol = json.loads(done.stdout.splitlines()[-1]) if done.stdout else {}
        _print_protocol(protocol)
        wrong = _count(environment, catalogue, plan)
        for words in wrong:
            print(f"WRONG: {words}")
        print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT.relative_to(ROOT)}")
    return int(done.returncode != 0 or bool(wrong))


@contextmanager
def _screen() -> Iterator[dict[str, str]]:
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[write_end],
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    with os.fdopen(read_end) as answer:
        display = f":{answer.readline().strip()}"
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL)
    try:
        yield environment
    finally:
        for program in (manager, server):
            program.terminate()
            program.wait()


def _command(environment: dict[str, str], *words: object) -> str:
    command = [sys.executable, str(ROOT / "main.py"), *map(str, words)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{words}: {done.stderr}")
    return done.stdout


def _print_protocol(protocol: dict[str, Any]) -> None:
    print(f"{'stage':<28}{'keys':>6}{'s':>8}")
    for stage, keys in protocol.get("keys", {}).items():
        print(f"{stage:<28}{keys:>6}{protocol['seconds'].get(stage, 0):>8.1f}")
    print(f"{'all':<28}{sum(protocol.get('keys', {}).values()):>6}")
    for words in protocol.get("hesitations", ["the day was not lived to its end"]):
        print(f"HESITATION: {words}")


def _count(environment: dict[str, str], catalogue: Path, plan: Plan) -> list[str]:
    """Ask the command line what is there; give what is not as planned."""

    def ask(*words: str) -> Any:
        return json.loads(_command(environment, "--catalogue", str(catalogue), *words, "--json"))

    visits = ask("record", "visit", "list")["records"]
    works = [work for group in ask("works", "list")["communes"] for work in group["works"]]
    photos = ask("photos", "list")["photos"]
    found = {
        "visits": (len(visits), plan.sites),
        "finished visits": (sum(bool(one["finished"]) for one in visits), plan.sites),
        "photos": (len(photos), plan.photos),
        "works": (len(works), plan.works),
        "works with a unit": (sum(bool(one["unit"]) for one in works), plan.works),
        "works with a day": (sum(bool(one["due_on"]) for one in works), plan.works),
        "visited places": (ask("readiness", "--by", "site")["count"], plan.sites),
    }
    with pikepdf.open(catalogue / "exports" / "works.pdf") as document:
        found["pages for the meeting"] = (len(document.pages), 1)
    for what, (is_there, _wanted) in found.items():
        print(f"{what:<28}{is_there:>6}")
    return [f"{what}: {a} instead of {b}" for what, (a, b) in found.items() if a != b]


# The day itself ---------------------------------------------------------------------------


def _once(catalogue: Path, plan: Plan, pictures: Path | None) -> Protocol:
    from geopark_app import i18n, settings
    from geopark_app.gui.application import make_application, make_window
    from geopark_app.settings import MachineSettings

    settings.save(MachineSettings(language="vi", person=_PERSON, device="laptop-1"))
    i18n.activate("vi")
    window = make_window(make_application())
    with tempfile.TemporaryDirectory() as card:
        hand = Fingers(window, pictures)
        day = FieldDay(hand, plan, _take_photos(Path(card), plan.photos))
        try:
            day.live(catalogue)
        finally:
            window.close()
    return hand.protocol


def _take_photos(folder: Path, count: int) -> Iterator[Path]:
    """Write photos as a camera's card holds them, no two alike."""
    for number in range(count):
        picture = Image.new("RGB", (1200, 800), (60 + number * 4, 120, 200 - number * 4))
        draw = ImageDraw.Draw(picture)
        draw.polygon([(0, 800), (300 + number * 9, 250), (800, 800)], fill=(90, 110, number * 6))
        draw.rectangle((900, 500, 1100, 560 + number * 5), fill=(230, 230, 90))
        path = folder / f"IMG_{number:04}.jpg"
        picture.save(path)
        yield path


class FieldDay:
    """Visits, works and the list for the meeting, one after the other."""

    def __init__(self, hand: Fingers, plan: Plan, photos: Iterator[Path]) -> None:
        self.hand = hand
        self.plan = plan
        self.photos = photos

    def live(self, catalogue: Path) -> None:
        """Live the day in the window."""
        hand = self.hand
        hand.open(catalogue)
        hand.stage("room")
        hand.picture("opened")
        self._add_units()
        hand.key("ctrl+5")
        from geopark_app.gui.readiness.room import ReadinessRoom

        rooms = hand.window.workspace.rooms.values
        hand.expect(
            "the readiness room", lambda: any(isinstance(one, ReadinessRoom) for one in rooms())
        )
        self.room = next(one for one in rooms() if isinstance(one, ReadinessRoom))
        hand.expect("the list has the keyboard", lambda: self.room.table.hasFocus())
        hand.picture("readiness")
        for number in range(self.plan.sites):
            self.visit(number)
        self.make_works()
        hand.stage("end")
        hand.settle(300)

    def _add_units(self) -> None:
        """Have units to choose from: the starter catalogue holds none of the office's own."""
        from geopark_app.operations.records import add_record

        for name in _UNITS:
            add_record(self.hand.session.context, "organisation", {"name_vi": name})

    # One site -----------------------------------------------------------------------------

    def visit(self, number: int) -> None:
        """Find a site, answer all of its items, prove some with photos, finish."""
        hand, room, form = self.hand, self.room, self.room.place.form
        code = f"LS-{number * 3 + 1:03}"
        is_pictured = number == 0
        hand.stage(f"visit {code}")
        hand.type(code)
        if is_pictured:
            hand.picture("searched")
        hand.key("Return")
        hand.expect(
            f"{code} is chosen",
            lambda: room.place.subject is not None and room.place.subject.code == code,
        )
        hand.expect("the list has the keyboard", lambda: room.table.hasFocus())
        hand.key("ctrl+n")
        hand.expect("the visit is shown", lambda: form.visit is not None and self._at() is not None)
        if is_pictured:
            hand.picture("visit-started")
        self._answer(number)
        if is_pictured:
            hand.picture("visit-answered")
        visit = form.visit
        hand.key("ctrl+shift+Return")
        hand.expect("the visit is finished", lambda: self._is_finished(visit))
        hand.expect("the list has the keyboard again", lambda: room.table.hasFocus())
        if is_pictured:
            hand.picture("visit-finished")

    def _is_finished(self, visit: Any) -> bool:
        from geopark_app.domain.kinds import Visit

        found = self.hand.session.context.catalogue.get(Visit, visit.uuid)
        return found is not None and bool(found.finished)

    def _at(self) -> Any:
        """Give the item the keyboard is on."""
        cards = self.room.place.form.cards.values()
        return next((card for card in cards if card.hasFocus()), None)

    def _items(self) -> list[str]:
        """Give the codes of the items asked, from the first on."""
        cards = self.room.place.form.cards.values()
        return [one.item.code or "" for one in cards if not one.isHidden()]

    def _is_at(self, code: str) -> bool:
        return self._item() == code

    def _item(self) -> str:
        card = self._at()
        return card.item.code or "" if card is not None else ""

    def _answer(self, number: int) -> None:
        hand = self.hand
        gaps, photos = self.plan.gaps_at(number), self.plan.photos_at(number)
        shares = [photos - photos // 2, photos // 2]
        is_measured = False
        for at, item in enumerate(items := self._items()):
            hand.expect(f"the keyboard is at {item}", partial(self._is_at, item))
            card = self._at()
            is_gap = gaps > 0 and card.item.answer_type == "status"
            if is_gap:
                self._write_gap(card, "3" if gaps % 2 else "2")
                gaps -= 1
            else:
                hand.key("1")
            if shares:
                self._prove(card, shares.pop(0), by_dialog=at > 0)
                if number == 0:
                    hand.picture(f"photos-{at}")
            if card.item.answer_type == "measure" and not is_measured:
                is_measured = True
                self._measure(card)
                if number == 0:
                    hand.picture("measured")
            if is_measured and not (gaps or shares):
                hand.key("Down", *["1", "Down"] * (len(items) - at - 1))
                break
            hand.key("Down")
        cards = [one for one in self.room.place.form.cards.values() if not one.isHidden()]
        hand.expect(
            "every item is answered",
            lambda: all(one.statuses.status() != "not_checked" for one in cards),
        )

    def _write_gap(self, card: Any, key: str) -> None:
        """Answer what is wrong here, and say what it is."""
        hand = self.hand
        hand.key(key, "Return")
        hand.expect("the note has the keyboard", card.note.text.hasFocus)
        hand.type(_NOTES[key])
        hand.key("Escape")
        hand.expect("Esc goes back to the item", card.hasFocus)

    def _measure(self, card: Any) -> None:
        hand = self.hand
        hand.key("Return")
        hand.expect("the value has the keyboard", card.value.hasFocus)
        hand.type("4")
        hand.key("Return")
        hand.expect("Enter goes on to the note", card.note.text.hasFocus)
        hand.key("Escape")
        hand.expect("Esc goes back to the item", card.hasFocus)

    def _prove(self, card: Any, count: int, *, by_dialog: bool) -> None:
        """Add photos to the item: chosen in the dialog of P, or copied and pasted."""
        paths = list(islice(self.photos, count))
        before = len(card.evidence.buttons)
        if not paths:
            return
        if by_dialog:
            names = " ".join(f'"{path}"' for path in paths)
            self.hand.in_a_dialog("p", names, "photo-dialog")
        else:
            _copy_files(paths)
            self.hand.key("ctrl+v")
        self.hand.expect(
            f"{count} photos stand at the item",
            lambda: len(card.evidence.buttons) == before + count,
        )
        self.hand.expect("the item keeps the keyboard", card.hasFocus)

    # The meeting --------------------------------------------------------------------------

    def make_works(self) -> None:
        """Make works of the gaps, give them a unit and a day, print the list."""
        hand = self.hand
        hand.stage("works made")
        hand.key("ctrl+shift+w")
        hand.expect("the works are shown", lambda: self._works() is not None)
        works = self._works()
        hand.picture("works-empty")
        hand.key("ctrl+m")
        hand.expect("all works are made", lambda: len(works._shown) == self.plan.works)
        hand.picture("works-made")
        hand.stage("works assigned")
        self._assign(works)
        hand.stage("list printed")
        target = self.hand.session.context.catalogue.folder.exports_dir / "works.pdf"
        hand.in_a_dialog("ctrl+p", "", "works-print-dialog")
        hand.expect("the list is printed", target.is_file)
        hand.picture("works-printed")
        hand.key("Escape")
        hand.expect("the works are closed", lambda: self._works() is None)
        hand.expect("the list has the keyboard after all", self.room.table.hasFocus)
        hand.picture("end")

    def _works(self) -> Any:
        from geopark_app.gui.works.dialog import WorksDialog

        found = self.hand.window.findChildren(WorksDialog)
        return next((one for one in found if one.isVisible()), None)

    def _assign(self, works: Any) -> None:
        hand = self.hand
        hand.expect("the list of works has the keyboard", works.tree.hasFocus)
        hand.key("ctrl+a", "ctrl+e")
        from geopark_app.gui.works.assign_dialog import AssignDialog

        hand.expect(
            "unit, person and day are asked",
            lambda: any(one.isVisible() for one in works.findChildren(AssignDialog)),
        )
        hand.type("bac son")
        hand.settle(300)
        hand.picture("works-unit")
        hand.key("Down", "Return", "Tab", "Tab")
        hand.type("30/06/2027")
        hand.picture("works-assigned")
        hand.key("Return")
        hand.expect(
            "every work has its unit and its day",
            lambda: all(one.unit and str(one.due) == "2027-06-30" for one in works._shown),
        )
        hand.expect("the list of works has the keyboard again", works.tree.hasFocus)
        hand.picture("works-list")


def _copy_files(paths: list[Path]) -> None:
    """Copy files, as Ctrl+C does in a file manager."""
    from PySide6.QtCore import QMimeData, QUrl
    from PySide6.QtWidgets import QApplication

    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    QApplication.clipboard().setMimeData(data)


if __name__ == "__main__":
    raise SystemExit(main())

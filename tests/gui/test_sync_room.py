"""The Sync room, as a person uses it: found, exchange, settle, and a form open meanwhile."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QInputDialog
from pytestqt.qtbot import QtBot

from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import Site
from geopark_app.gui.editing.history_dialog import HistoryDialog
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.forms.record_form import RecordForm
from geopark_app.gui.session import Session
from geopark_app.gui.sync.receipt_words import has_words
from geopark_app.gui.sync.room import SyncRoom
from geopark_app.gui.sync.travel_dialog import TravelDialog
from geopark_app.operations.conflicts import list_conflicts
from geopark_app.operations.sync_status import Colleague, HasUpTo
from geopark_app.operations.teams import found_team
from tests.laptops import Laptop, welcome

LEFT = Qt.MouseButton.LeftButton


class OfficeLaptop(Laptop):
    """The laptop of the window, whose catalogue is open already."""

    def __init__(self, root: Path, session: Session) -> None:
        self.name, self.root = "laptop", root
        self.profile = root / "profile"
        self.folder = session.context.catalogue.folder.root
        self.context = session.context


@pytest.fixture
def office(session: Session, tmp_path: Path) -> OfficeLaptop:
    """Give the window's laptop as the office of a team."""
    found_team(session.context, "Lạng Sơn")
    return OfficeLaptop(tmp_path, session)


@pytest.fixture
def colleague(office: OfficeLaptop, tmp_path: Path, starter_folder: Path) -> Iterator[Laptop]:
    """Give another laptop of the team, closed after the test."""
    made = Laptop(tmp_path / "others", starter_folder, "Minh")
    welcome(office, made)
    yield made
    made.close()


@pytest.fixture
def room(qtbot: QtBot, session: Session) -> SyncRoom:
    made = SyncRoom(session)
    qtbot.addWidget(made)
    made.resize(1222, 690)
    made.show()
    session.changes.start_watching()
    return made


def site_of(laptop: Laptop, code: str = "LS-001") -> Site:
    return laptop.context.catalogue.records(Site, where={"code": code})[0]


def exchange(qtbot: QtBot, room: SyncRoom, stick: Path) -> None:
    room.exchange.meeting.folder.setText(str(stick))
    qtbot.waitUntil(room.exchange.meeting.exchange.isEnabled)
    qtbot.mouseClick(room.exchange.meeting.exchange, LEFT)
    qtbot.waitUntil(
        lambda: (
            room.exchange.meeting.exchange.isEnabled()
            and bool(room.exchange.standing.receipt.text())
        )
    )


def test_the_office_founds_a_team_and_takes_a_laptop_in(
    qtbot: QtBot,
    session: Session,
    room: SyncRoom,
    tmp_path: Path,
    starter_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    team = room.exchange.team
    qtbot.waitUntil(team.found.isVisible)
    assert not room.exchange.meeting.exchange.isEnabled()
    monkeypatch.setattr(QInputDialog, "getText", lambda *_a, **_n: ("Lạng Sơn", True))
    qtbot.mouseClick(team.found, LEFT)
    qtbot.waitUntil(team.take_in.isVisible)
    assert team.heading.text() == "Lạng Sơn"
    field = Laptop(tmp_path / "others", starter_folder, "Minh")
    try:
        from geopark_app.operations.teams import ask_to_join, join

        ask, answer = tmp_path / "ask", tmp_path / "answer"
        with field.at_work() as context:
            ask_to_join(context, ask)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_n: (str(ask), ""))
        outs = iter([str(answer), str(tmp_path / "start")])
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_n: (next(outs), ""))
        monkeypatch.setattr(session.messages, "ask", lambda *_a, **_n: True)
        qtbot.mouseClick(team.take_in, LEFT)
        qtbot.waitUntil(answer.exists)
        qtbot.waitUntil((tmp_path / "start.geopark-snapshot").exists)
        with field.at_work() as context:
            assert join(context, answer).is_member
    finally:
        field.close()


def test_an_exchange_says_in_plain_words_what_it_did(
    qtbot: QtBot, office: OfficeLaptop, room: SyncRoom, colleague: Laptop, tmp_path: Path
) -> None:
    colleague.edit(site_of(colleague).uuid, village="Nà Mò")
    colleague.exchange(tmp_path / "stick")
    exchange(qtbot, room, tmp_path / "stick")
    qtbot.waitUntil(lambda: room.exchange.standing.colleagues.rowCount() == 1)
    assert "1 saves came from colleagues" in room.exchange.standing.receipt.text()
    assert site_of(office).village == "Nà Mò"
    assert room.exchange.standing.colleagues.item(0, 1).text() == "Minh"


def test_a_conflict_is_settled_and_undone(
    qtbot: QtBot,
    session: Session,
    office: OfficeLaptop,
    room: SyncRoom,
    colleague: Laptop,
    tmp_path: Path,
) -> None:
    uuid = site_of(office).uuid
    office.edit(uuid, village="Nà Mò", position="21.853, 106.761", significance_vi="Hang\nSuối")
    colleague.edit(uuid, village="Nà Sầm", position="21.854, 106.761", significance_vi="Hang\nDơi")
    colleague.exchange(tmp_path / "stick")
    exchange(qtbot, room, tmp_path / "stick")
    qtbot.waitUntil(lambda: len(room.conflicts.cards) == 3)
    qtbot.waitUntil(lambda: "(3)" in room.pages.tabText(1))
    room.pages.setCurrentIndex(1)
    position = next(card for card in room.conflicts.cards if card.conflict.field == "position")
    assert "111 m apart" in position.findChildren(type(room.conflicts.title))[0].text()
    village = next(card for card in room.conflicts.cards if card.conflict.field == "village")
    mine = next(button for button in village.buttons if button.text() == "Keep mine")
    qtbot.mouseClick(mine, LEFT)
    qtbot.waitUntil(lambda: len(room.conflicts.cards) == 2)
    assert site_of(office).village == "Nà Mò"
    # The value not chosen is one click away, and can be brought back.
    qtbot.mouseClick(room.conflicts.decided, LEFT)
    dialog = room.findChild(HistoryDialog)
    assert isinstance(dialog, HistoryDialog)
    qtbot.waitUntil(lambda: dialog.table.rowCount() >= 3)
    shown = [dialog.table.item(row, 5).text() for row in range(dialog.table.rowCount())]
    assert {"Nà Mò", "Nà Sầm"} <= set(shown)
    dialog.close()
    text = next(card for card in room.conflicts.cards if card.both is not None)
    assert text.both is not None
    assert text.both_button is not None
    assert set(text.both.toPlainText().splitlines()) == {"Hang", "Suối", "Dơi"}
    qtbot.mouseClick(text.both_button, LEFT)
    qtbot.waitUntil(lambda: len(room.conflicts.cards) == 1)
    assert session.undo.undo_text is not None
    assert session.undo.undo_text.startswith("Settle")


def test_a_record_somebody_deleted_is_kept_or_trashed(
    qtbot: QtBot, office: OfficeLaptop, room: SyncRoom, colleague: Laptop, tmp_path: Path
) -> None:
    uuid = site_of(office).uuid
    office.delete(uuid)
    colleague.edit(uuid, village="Nà Sầm")
    colleague.exchange(tmp_path / "stick")
    exchange(qtbot, room, tmp_path / "stick")
    qtbot.waitUntil(lambda: len(room.conflicts.cards) == 1)
    room.pages.setCurrentIndex(1)
    (card,) = room.conflicts.cards
    qtbot.mouseClick(card.buttons[1], LEFT)
    qtbot.waitUntil(lambda: not room.conflicts.cards)
    assert office.site(uuid).deleted
    assert list_conflicts(office.context) == []


def test_a_form_being_typed_into_is_not_overwritten(
    qtbot: QtBot,
    session: Session,
    office: OfficeLaptop,
    room: SyncRoom,
    colleague: Laptop,
    tmp_path: Path,
) -> None:
    site = site_of(office)
    form = RecordForm(session, kind_of(Site), FormOptions(session), title="name_vi")
    qtbot.addWidget(form)
    form.open_all()
    form.show()
    form.show_record(site)
    row = form.row_of("village")
    assert row is not None
    row.editor.entry().setFocus()
    QTest.keyClicks(row.editor.entry(), "Pan")
    colleague.edit(site.uuid, village="Sam")
    colleague.exchange(tmp_path / "stick")
    from geopark_app.operations.exchanging import exchange_folder

    with office.at_work() as context:
        exchange_folder(context, tmp_path / "stick")
    qtbot.waitUntil(lambda: "somebody else" in row.problem.text())
    assert "Pan" in row.editor.typed_values()["village"]
    form.flush()
    qtbot.waitUntil(lambda: len(list_conflicts(session.context)) == 1)
    (conflict,) = list_conflicts(session.context)
    assert {str(one.value) for one in conflict.values} == {"Pan", "Sam"}


def test_many_conflicts_are_usable(
    qtbot: QtBot, office: OfficeLaptop, room: SyncRoom, colleague: Laptop, tmp_path: Path
) -> None:
    fields = ("village", "manager", "remarks", "access_vi", "hours_vi", "alias_code")
    known = {column.name for column in _site_columns()}
    used = [name for name in fields if name in known]
    for laptop in (office, colleague):
        with laptop.at_work() as context, context.work("bulk") as work:
            for name in used:
                work.connection.execute(sa.text(f"UPDATE site SET {name} = :v"), {"v": laptop.name})
    colleague.exchange(tmp_path / "stick")
    exchange(qtbot, room, tmp_path / "stick")
    qtbot.waitUntil(lambda: room.conflicts.table.rowCount() == 96)
    assert len(room.conflicts.cards) == len(used)
    qtbot.mouseClick(room.conflicts.later, LEFT)
    assert room.conflicts.table.currentRow() == 1


def _site_columns() -> list[sa.Column[object]]:
    from geopark_app.store.tables import RECORD_TABLES

    return list(RECORD_TABLES["site"].columns)


def test_both_languages(qtbot: QtBot, session: Session, room: SyncRoom) -> None:
    qtbot.waitUntil(room.exchange.team.found.isVisible)
    session.language.switch_to("vi")
    assert room.exchange.meeting.exchange.text() == "Trao đổi ngay"
    session.language.switch_to("en")
    assert room.exchange.meeting.exchange.text() == "Exchange now"


def test_the_list_before_leaving_is_shown_with_ticks_and_printed(
    qtbot: QtBot, office: OfficeLaptop, room: SyncRoom, tmp_path: Path
) -> None:
    qtbot.waitUntil(room.exchange.leaving.isVisible)
    qtbot.mouseClick(room.exchange.leaving, LEFT)
    qtbot.waitUntil(lambda: room.findChild(TravelDialog) is not None)
    dialog = room.findChild(TravelDialog)
    assert isinstance(dialog, TravelDialog)
    qtbot.waitUntil(lambda: len(dialog.boxes) == 3)
    assert "to look at" in dialog.sum.text()
    dialog.boxes[1].setChecked(True)
    first = dialog.boxes[0]
    qtbot.mouseClick(dialog.again, LEFT)
    qtbot.waitUntil(lambda: dialog.boxes[0] is not first)
    assert [box.isChecked() for box in dialog.boxes] == [False, True, False]
    dialog.print_to(tmp_path / "departure.pdf")
    qtbot.waitUntil((tmp_path / "departure.pdf").exists)
    dialog.close()


def test_a_receipt_says_what_each_has_and_what_is_on_the_way(session: Session) -> None:
    def has(person: str, at: str, lacks: int) -> HasUpTo:
        return HasUpTo(person=person, device="m", at=at, lacks=lacks)

    def lan(*has_up_to: HasUpTo, photos: int = 0, files: int = 0) -> Colleague:
        return Colleague(
            author="a.1",
            person="Lan",
            device="m2",
            heard_at="2026-11-24T18:00:00+07:00",
            lacks_saves=sum(one.lacks for one in has_up_to),
            lacks_files=files,
            lacks_photos=photos,
            has_up_to=has_up_to,
            is_older=False,
            is_newer=False,
        )

    tuesday, monday = "2026-11-24T17:40:00+07:00", "2026-11-23T08:00:00+07:00"
    assert has_words(lan(has("Minh", tuesday, 3), photos=12, files=36)) == (
        "Lan (m2) has everything of Minh (m) up to Tuesday 24/11/2026 17:40. "
        "Still on the way: 3 saves, 12 photos."
    )
    assert has_words(lan(has("Minh", tuesday, 0), has("Hà", monday, 0))) == (
        "Lan (m2) has all saves that are here, the newest of Minh, Tuesday 24/11/2026 17:40."
    )
    # Two lives of one laptop: everything only up to the first gap.
    assert "up to Monday" in has_words(lan(has("Minh", tuesday, 0), has("Minh", monday, 1)))
    session.language.switch_to("vi")
    assert has_words(lan(has("Minh", tuesday, 1), has("Hà", "", 2), files=2)) == (
        "Lan (m2): đã có mọi dữ liệu của Minh (m) đến Thứ Ba 24/11/2026 17:40, chưa có gì của "
        "Hà (m). Còn đang trên đường: 3 lần lưu, 2 tệp."
    )
    session.language.switch_to("en")

"""Proposals and the team in the window, as an administrator uses them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import Site
from geopark_app.domain.roles import Role
from geopark_app.gui.session import Session
from geopark_app.gui.sync.leave_dialog import LeaveDialog
from geopark_app.gui.sync.removal_dialog import RemovalDialog
from geopark_app.gui.sync.room import SyncRoom
from geopark_app.operations.team_roles import give_role
from geopark_app.operations.teams import current_team, found_team
from tests.gui.test_sync_room import OfficeLaptop, site_of
from tests.laptops import Laptop, welcome

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def colleague(session: Session, tmp_path: Path, starter_folder: Path) -> Iterator[Laptop]:
    """Give a laptop of the team of the window, closed after the test."""
    found_team(session.context, "Lạng Sơn")
    made = Laptop(tmp_path / "others", starter_folder, "Minh")
    welcome(OfficeLaptop(tmp_path, session), made)
    yield made
    made.close()


def test_a_proposal_is_accepted_and_somebody_leaves(
    qtbot: QtBot,
    session: Session,
    colleague: Laptop,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = OfficeLaptop(tmp_path, session)
    site = site_of(colleague)
    give_role(session.context, "Minh", Role.VIEWER)
    colleague.edit(site.uuid, village="Nà Sầm")
    colleague.exchange(tmp_path / "stick")
    office.exchange(tmp_path / "stick")
    room = SyncRoom(session)
    qtbot.addWidget(room)
    room.resize(1222, 690)
    room.show()
    room.pages.setCurrentWidget(room.proposals)
    qtbot.waitUntil(lambda: room.proposals.table.rowCount() == 1)
    assert room.pages.tabText(2) == "Proposals (1)"
    qtbot.mouseClick(room.proposals.accept, LEFT)
    qtbot.waitUntil(lambda: room.pages.tabText(2) == "Proposals")
    found = session.context.catalogue.get(Site, site.uuid)
    assert found is not None
    assert found.village == "Nà Sầm"
    room.pages.setCurrentWidget(room.team)
    qtbot.waitUntil(lambda: room.team.members.rowCount() == 2)
    assert room.team.warning.isVisible()
    room.team.members.selectRow(1)
    monkeypatch.setattr(LeaveDialog, "exec", lambda _self: True)
    record = tmp_path / "record.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_all, **_named: (str(record), ""))
    qtbot.mouseClick(room.team.leave, LEFT)
    qtbot.waitUntil(lambda: room.team.history.rowCount() == 4)
    assert record.is_file()
    team = current_team(session.context)
    assert team is not None
    assert [one.role for one in team.membership.members] == [Role.ADMINISTRATOR, Role.NONE]

    def fill(dialog: RemovalDialog) -> bool:
        dialog.record.setText(site.code or "")
        dialog.field.setCurrentIndex(dialog.field.findData("village"))
        dialog.reason.setText("đơn của ông A")
        return dialog.go.isEnabled()

    monkeypatch.setattr(RemovalDialog, "exec", fill)
    monkeypatch.setattr(session.messages, "ask", lambda *_all, **_named: True)
    qtbot.mouseClick(room.team.remove, LEFT)

    def village() -> str | None:
        known = session.context.catalogue.get(Site, site.uuid)
        assert known is not None
        return known.village

    qtbot.waitUntil(lambda: village() is None)

"""Roles bind: refused before it is written here, a proposal when it comes from elsewhere."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.operations.proposals import decide, list_proposals
from geopark_app.operations.team_roles import give_role, membership_history
from geopark_app.rules.roles import Role
from geopark_app.store.checking import check_log
from geopark_app.store.engine import writing
from geopark_app.store.fold import rebuild
from tests.builders import rows
from tests.flows.test_exchange import assert_alike
from tests.laptops import Laptop

Team = Callable[..., list[Laptop]]


def meet(stick: Path, *laptops: Laptop) -> None:
    for laptop in (*laptops, *laptops):
        laptop.exchange(stick)


def give(office: Laptop, device: str, role: Role) -> None:
    with office.at_work() as context:
        give_role(context, device, role)


def settle(laptop: Laptop, *, accept: bool) -> None:
    with laptop.at_work() as context:
        found = list_proposals(context)
        decide(context, found, accept=accept, reason="", step="decide")


def proposed(laptop: Laptop) -> list[tuple[str, str]]:
    with laptop.at_work() as context:
        return [(one.kind, one.field) for save in list_proposals(context) for one in save.changes]


def rebuilt(laptop: Laptop) -> None:
    before = rows(laptop.folder, "SELECT * FROM site ORDER BY uuid")
    with writing(laptop.context.catalogue.engine) as connection:
        rebuild(connection)
    assert rows(laptop.folder, "SELECT * FROM site ORDER BY uuid") == before
    assert check_log(laptop.context.catalogue) == []


def test_a_save_beyond_the_role_is_refused_before_it_is_written(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    site = field.add(code="LS-1", name_vi="Hang Gió")
    give(office, "field", Role.FIELD)
    meet(tmp_path / "stick", office, field)
    field.edit(site, village="Nà Mò")
    before = rows(field.folder, "SELECT count(*) FROM txn")
    with pytest.raises(GeoparkError) as trouble:
        field.edit(site, workflow_status="submitted")
    assert trouble.value.code is ErrorCode.BEYOND_ROLE
    with pytest.raises(GeoparkError):
        field.delete(site)
    assert rows(field.folder, "SELECT count(*) FROM txn") == before
    assert rows(field.folder, "SELECT count(*) FROM dirty") == [(0,)]
    meet(tmp_path / "stick", office, field)
    assert_alike(office, field)


def test_what_a_laptop_saved_beyond_its_new_role_waits_for_an_editor(
    team: Team, tmp_path: Path
) -> None:
    office, editor, viewer = team("office", "editor", "viewer")
    site = office.add(code="LS-1", name_vi="Hang Gió")
    meet(tmp_path / "stick", office, editor, viewer)
    give(office, "viewer", Role.VIEWER)
    viewer.edit(site, village="Nà Sầm")  # it does not know yet
    new = viewer.add(code="LS-2", name_vi="Hang Cọp")
    meet(tmp_path / "stick", viewer, office, editor)
    assert_alike(office, editor, viewer)
    assert office.site(site).village is None
    assert rows(viewer.folder, "SELECT 1 FROM site WHERE uuid = ?", new) == []
    assert proposed(editor) == [("site", "village"), ("site", "")]
    rebuilt(viewer)
    settle(editor, accept=True)
    assert editor.site(new).name_vi == "Hang Cọp"
    meet(tmp_path / "stick", editor, office, viewer)
    assert_alike(office, editor, viewer)
    assert viewer.site(site).village == "Nà Sầm"
    assert proposed(office) == []
    rebuilt(office)
    with pytest.raises(GeoparkError), viewer.at_work() as context:
        decide(context, list_proposals(context, decided=True), accept=False, reason="", step="x")


def test_a_declined_proposal_stays_in_the_log_and_out_of_the_catalogue(
    team: Team, tmp_path: Path
) -> None:
    office, field = team("office", "field")
    site = office.add(code="LS-1", name_vi="Hang Gió")
    meet(tmp_path / "stick", office, field)
    give(office, "field", Role.FIELD)
    field.edit(site, workflow_status="submitted", village="Nà Mò")
    meet(tmp_path / "stick", field, office)
    assert (office.site(site).workflow_status, office.site(site).village) == (None, "Nà Mò")
    settle(office, accept=False)
    meet(tmp_path / "stick", office, field)
    assert_alike(office, field)
    assert proposed(office) == []
    assert rows(office.folder, "SELECT 1 FROM op WHERE field = 'workflow_status'")


def test_two_decisions_at_once_are_a_conflict_like_others(team: Team, tmp_path: Path) -> None:
    office, editor, field = team("office", "editor", "field")
    site = office.add(code="LS-1", name_vi="Hang Gió")
    meet(tmp_path / "stick", office, editor, field)
    give(office, "field", Role.VIEWER)
    field.edit(site, village="Nà Sầm")
    meet(tmp_path / "stick", field, office, editor)
    settle(office, accept=False)
    settle(editor, accept=True)
    meet(tmp_path / "stick", office, editor, field)
    assert_alike(office, editor, field)
    assert rows(office.folder, "SELECT tbl, field FROM conflict") == [
        ("proposal_decision", "verdict")
    ]


def test_a_program_that_writes_past_the_role_makes_a_proposal(team: Team, tmp_path: Path) -> None:
    office, viewer = team("office", "viewer")
    site = office.add(code="LS-1", name_vi="Hang Gió")
    give(office, "viewer", Role.VIEWER)
    meet(tmp_path / "stick", office, viewer)
    with viewer.context.catalogue.engine.begin() as connection:
        connection.execute(sa.text("UPDATE site SET village = 'Nà Mò'"))
    meet(tmp_path / "stick", viewer, office)
    assert_alike(office, viewer)
    assert viewer.site(site).village is None
    assert proposed(office) == [("site", "village")]


def test_a_laptop_that_left_hands_over_proposals_and_gets_nothing(
    team: Team, tmp_path: Path
) -> None:
    office, gone = team("office", "gone")
    site = office.add(code="LS-1", name_vi="Hang Gió")
    gone.add(code="LS-2")
    meet(tmp_path / "stick", office, gone)
    give(office, "gone", Role.NONE)
    gone.edit(site, village="Nà Mò")
    office.edit(site, manager="UBND xã")
    office.exchange(tmp_path / "stick")
    receipt = gone.exchange(tmp_path / "stick")
    assert (receipt.sent, receipt.received) == (1, 0)
    assert gone.site(site).manager is None
    with pytest.raises(GeoparkError) as trouble:
        gone.edit(site, village="Nà Sầm")
    assert trouble.value.details["role"] == "none"
    office.exchange(tmp_path / "stick")
    assert proposed(office) == [("site", "village")]
    settle(office, accept=True)
    assert office.site(site).village == "Nà Mò"
    assert len(rows(office.folder, "SELECT 1 FROM site WHERE code = 'LS-2'")) == 1
    with office.at_work() as context:
        history = membership_history(context)
    assert [(one.device, one.after) for one in history] == [
        ("gone", Role.NONE),
        ("gone", Role.EDITOR),
        ("office", Role.ADMINISTRATOR),
    ]


def test_the_last_administrator_stays(team: Team) -> None:
    office, field = team("office", "field")
    with pytest.raises(GeoparkError) as trouble:
        give(office, "office", Role.EDITOR)
    assert trouble.value.code is ErrorCode.LAST_ADMINISTRATOR
    give(office, "field", Role.ADMINISTRATOR)
    give(office, "office", Role.EDITOR)

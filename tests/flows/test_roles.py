"""Roles bind: refused before it is written here, a proposal when it comes from elsewhere."""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import sqlalchemy as sa

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.roles import Role
from geopark_app.operations.leaving import reassign, what_is_left, write_record
from geopark_app.operations.proposals import decide, list_proposals
from geopark_app.operations.records import add_record
from geopark_app.operations.recovery import recover, write_recovery_sheet
from geopark_app.operations.team_roles import give_role, membership_history
from geopark_app.operations.teams import approve, ask_to_join, join, require_team
from geopark_app.store.checking import check_log
from geopark_app.store.engine import writing
from geopark_app.store.fold import rebuild
from geopark_app.store.office_key import office_key
from geopark_app.sync.recovery import digits_of
from tests.builders import rows
from tests.flows.test_exchange import assert_alike
from tests.laptops import Laptop, add_pictures

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
    office, _field = team("office", "field")
    with pytest.raises(GeoparkError) as trouble:
        give(office, "office", Role.EDITOR)
    assert trouble.value.code is ErrorCode.LAST_ADMINISTRATOR
    give(office, "field", Role.ADMINISTRATOR)
    give(office, "office", Role.EDITOR)


def test_somebody_leaves_with_a_record_and_somebody_takes_over(team: Team, tmp_path: Path) -> None:
    office, gone = team("office", "gone")
    with office.at_work() as context:
        add_record(context, "work", {"title_vi": "Đường vào hang", "responsible": "Người gone"})
        add_record(
            context,
            "work",
            {"title_vi": "Đã xong", "responsible": "Người gone", "work_state": "done"},
        )
    add_pictures(gone, 1)
    meet(tmp_path / "stick", office, gone)
    gone.add(code="LS-9")
    gone.exchange(tmp_path / "stick")
    for bundle in (tmp_path / "stick").rglob("*.gsb"):
        bundle.unlink()  # pulled out too early: what it has was said, the saves are not there
    with office.at_work() as context:
        office.exchange(tmp_path / "stick")
        leaving = what_is_left(context, "gone")
        assert [one.title_vi for one in leaving.works] == ["Đường vào hang"]
        assert leaving.saves == 1
        give_role(context, "gone", Role.NONE)
        reassign(context, "Người gone", "Lan", reason="hand over")
        write_record(context, leaving, tmp_path / "record.docx", to="Lan")
        assert what_is_left(context, "gone").works == ()
    text = "\n".join(one.text for one in docx.Document(str(tmp_path / "record.docx")).paragraphs)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text


def test_the_key_of_an_encrypted_folder_is_renewed_when_somebody_left(
    team: Team, tmp_path: Path
) -> None:
    office, field, gone = team("office", "field", "gone")
    site = office.add(code="LS-1")
    office.exchange(tmp_path / "stick", encrypt=True)
    for laptop in (field, gone):
        laptop.exchange(tmp_path / "stick")
    give(office, "gone", Role.NONE)
    office.edit(site, village="Nà Mò")
    meet(tmp_path / "stick", office, field)
    assert field.site(site).village == "Nà Mò"
    with pytest.raises(GeoparkError):
        gone.exchange(tmp_path / "stick")
    assert gone.site(site).village is None


def test_the_office_key_comes_back_from_paper(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    with office.at_work() as context:
        key = office_key(require_team(context).membership.office_key)
        assert key is not None
        lines = digits_of(key.secret())
        write_recovery_sheet(context, tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    wrong = "\n".join((lines[0], lines[1].replace(lines[1][0], str((int(lines[1][0]) + 1) % 6), 1)))
    with field.at_work() as context:
        for typed, line in (("12345", "0"), ("\n".join((wrong, *lines[2:])), "2")):
            with pytest.raises(GeoparkError) as trouble:
                recover(context, typed)
            assert (trouble.value.code, trouble.value.details["line"]) == (
                ErrorCode.BAD_RECOVERY,
                line,
            )
        recovered = recover(context, " - ".join(lines))
        assert (recovered.is_office, recovered.role) == (True, Role.ADMINISTRATOR)
        give_role(context, "office", Role.NONE)
    meet(tmp_path / "stick", field, office)
    with office.at_work() as context:
        assert require_team(context).has_left


def test_a_new_laptop_takes_the_place_of_a_lost_one(
    team: Team, tmp_path: Path, empty_folder: Path
) -> None:
    office, lost = team("office", "lost")
    lost.add(code="LS-1")
    give(office, "lost", Role.FIELD)
    meet(tmp_path / "stick", office, lost)
    new = Laptop(tmp_path, empty_folder, "new")
    with new.at_work() as context:
        asked = ask_to_join(context, tmp_path / "request", former="lost")
    with office.at_work() as context:
        after = approve(context, asked, tmp_path / "answer").membership.members
    assert [(one.device, one.role) for one in after] == [
        ("office", Role.ADMINISTRATOR),
        ("lost", Role.NONE),
        ("new", Role.FIELD),
    ]
    with new.at_work() as context:
        join(context, tmp_path / "answer")
    new.exchange(tmp_path / "stick")
    assert len(rows(new.folder, "SELECT 1 FROM site WHERE code = 'LS-1'")) == 1
    new.close()

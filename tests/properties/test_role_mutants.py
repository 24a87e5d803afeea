"""Would the tests of roles notice a bug? Each rule is broken once, by name."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.roles import Role
from geopark_app.operations.proposals import decide, list_proposals
from geopark_app.operations.purging import named_record, remove_for_good
from geopark_app.operations.team_roles import give_role
from geopark_app.rules import roles
from geopark_app.store import checking, fold, judging, peers
from geopark_app.store.checking import check_log
from tests.builders import rows
from tests.laptops import make_team

Patch = pytest.MonkeyPatch
MUTANTS: dict[str, Callable[[Patch], None]] = {
    "everything counts": lambda patch: patch.setattr(judging.Judge, "counts_row", _yes),
    "check judges nothing": lambda patch: patch.setattr(checking.Judge, "counts_op", _yes),
    "the last role holds for all saves": lambda patch: patch.setattr(
        judging, "role_at", lambda steps, _author, _seq: steps[-1].role
    ),
    "the first role holds for all saves": lambda patch: patch.setattr(
        judging, "role_at", lambda steps, _author, _seq: steps[0].role
    ),
    "a new list settles nothing": lambda patch: patch.setattr(
        peers, "_judge_again", lambda _connection, _before: None
    ),
    "a decision settles nothing": lambda patch: patch.setattr(
        fold, "_ruled", lambda _connection, _ruling: set()
    ),
    "a viewer may write": lambda patch: patch.setattr(
        judging, "may", lambda role, **named: role is Role.VIEWER or roles.may(role, **named)
    ),
    "rows of proposals stay": lambda patch: patch.setattr(
        fold, "_take_out", lambda _connection, _proposed: {}
    ),
    "removed values stay": lambda patch: patch.setattr(fold, "strip", lambda *_arguments: set()),
}


def _yes(*_arguments: Any) -> bool:
    return True


def _scenario(root: Path, template: Path) -> None:
    """Let a laptop become a viewer, save before it knows, be decided about; remove a value."""
    office, other, editor = made = make_team(root, template, "office", "other", "editor")
    stick = root / "stick"
    try:
        site = other.add(code="LS-1", village="Nà Mò")
        for laptop in (other, office, editor):
            laptop.exchange(stick)
        with office.at_work() as context:
            give_role(context, "other", Role.VIEWER)
        other.edit(site, village="Nà Sầm")
        other.add(code="LS-2")
        for laptop in (other, office, other, editor):
            laptop.exchange(stick)
        _alike(made)
        assert office.site(site).village == "Nà Mò"
        assert len(rows(other.folder, "SELECT 1 FROM site")) == 1
        with office.at_work() as context:
            waiting = list_proposals(context)
            assert len(waiting) == 2
            decide(context, waiting[:1], accept=True, reason="", step="accept")
            record = named_record(context, "LS-1")
            remove_for_good(context, record, "code", reason="test", step="remove")
        for laptop in (office, other, editor):
            laptop.exchange(stick)
        _alike(made)
        assert (other.site(site).village, other.site(site).code) == ("Nà Sầm", None)
    finally:
        for laptop in made:
            laptop.close()


def _alike(laptops: list[Any]) -> None:
    states = [rows(one.folder, "SELECT * FROM site ORDER BY uuid") for one in laptops]
    assert all(state == states[0] for state in states)
    assert all(check_log(one.context.catalogue) == [] for one in laptops)


def test_the_scenario_passes(tmp_path: Path, empty_folder: Path) -> None:
    _scenario(tmp_path, empty_folder)


@pytest.mark.slow
@pytest.mark.parametrize("mutant", MUTANTS)
def test_the_scenario_notices(
    mutant: str, tmp_path: Path, empty_folder: Path, monkeypatch: Patch
) -> None:
    MUTANTS[mutant](monkeypatch)
    with pytest.raises((AssertionError, GeoparkError, KeyError)):
        _scenario(tmp_path, empty_folder)

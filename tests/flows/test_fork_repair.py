"""A whole disk set back and worked with: what was typed is signed anew, and nothing is lost."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from geopark_app.domain.errors import ErrorCode
from geopark_app.operations.fork_repair import repair_fork
from tests.flows.test_exchange import assert_alike
from tests.laptops import Laptop

Team = Callable[..., list[Laptop]]


def set_back(laptop: Laptop, copy: Path) -> None:
    """Put a copy of the whole disk, profile and all, in the place of the laptop's."""
    laptop.close()
    shutil.rmtree(laptop.root)
    shutil.copytree(copy, laptop.root)
    laptop.open()


def repair(laptop: Laptop, place: Path) -> int:
    with laptop.at_work() as context:
        laptop.context, done = repair_fork(context, place)
    return done.saves


@pytest.mark.parametrize("encrypt", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_both_branches_end_in_one_catalogue(team: Team, tmp_path: Path, encrypt: bool) -> None:
    office, field = team("office", "field")
    stick = tmp_path / "stick"
    site = field.add(code="LS-1", village="Nà Mò")
    field.exchange(stick, encrypt=encrypt)
    office.exchange(stick)
    field.close()
    shutil.copytree(field.root, tmp_path / "image")
    field.open()
    field.edit(site, village="Nà Sầm")
    field.exchange(stick)
    office.exchange(stick)
    set_back(field, tmp_path / "image")
    assert repair(field, stick) == 0  # not worked with yet: nothing is double
    field.edit(site, manager="UBND xã")
    field.edit(site, manager="UBND xã Đồng Mỏ")
    other = field.add(code="LS-2")
    field.delete(other)
    receipt = field.exchange(stick)
    assert [one.error.code for one in receipt.refused] == [ErrorCode.FORKED_CHAIN]
    assert receipt.refused[0].error.details["whose"] == "own"
    assert repair(field, stick) == 4
    assert repair(field, stick) == 0
    for laptop in (field, office, field):
        receipt = laptop.exchange(stick)
        assert receipt.refused == ()
    assert_alike(office, field)
    found = office.site(site)
    assert (found.village, found.manager) == ("Nà Sầm", "UBND xã Đồng Mỏ")
    assert office.site(other).deleted
    field.edit(site, name_vi="Hang Gió")
    field.close()
    field.open()
    assert field.context.author.author_id.endswith(".2")

"""Laptops that join a team: with a copy, with work of their own, with a lost key."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.operations.catalogues import create_new
from geopark_app.operations.teams import ask_to_join, found_team
from geopark_app.store.checking import check_log
from geopark_app.store.exchange_lock import exchanging
from tests.laptops import Laptop, welcome

Team = Callable[..., list[Laptop]]


def test_one_exchange_at_a_time(team: Team, tmp_path: Path) -> None:
    office, _field = team("office", "field")
    stick = tmp_path / "stick"
    with exchanging(office.context.catalogue.folder), pytest.raises(GeoparkError) as caught:
        office.exchange(stick)
    assert caught.value.code is ErrorCode.LOCKED
    assert office.exchange(stick).refused == ()


def test_no_team_takes_a_sample_in(tmp_path: Path) -> None:
    sample = create_new(
        tmp_path / "sample", starter="empty", person="Hà", device="x", is_sample=True
    )
    with sample.catalogue:
        for deed in (lambda: found_team(sample, "x"), lambda: ask_to_join(sample, tmp_path / "r")):
            with pytest.raises(GeoparkError) as caught:
                deed()
            assert (caught.value.code, caught.value.details["reason"]) == (
                ErrorCode.BAD_TEAM_FILE,
                "sample",
            )


def test_a_laptop_that_got_a_copy_of_the_catalogue_is_taken_in(team: Team, tmp_path: Path) -> None:
    """The quick start of a new laptop: a copy of the folder, then a request."""
    office, _field = team("office", "field")
    site = office.add(code="LS-1")
    office.close()
    newcomer = Laptop(tmp_path, office.folder, "newcomer")
    office.open()
    try:
        newcomer.edit(site, village="Nà Mò")
        with pytest.raises(GeoparkError) as caught:
            newcomer.exchange(tmp_path / "stick")
        assert caught.value.code is ErrorCode.NOT_A_MEMBER
        welcome(office, newcomer)
        newcomer.exchange(tmp_path / "stick")
        office.exchange(tmp_path / "stick")
        assert office.site(site).village == "Nà Mò"
    finally:
        newcomer.close()


def test_a_laptop_whose_key_was_lost_is_taken_in_again(team: Team, tmp_path: Path) -> None:
    """What it wrote with the old key travels on; the new key is a new author."""
    office, field = team("office", "field")
    own = field.add(code="LS-9")
    field.close()
    shutil.rmtree(field.profile)
    field.open()
    with pytest.raises(GeoparkError):
        field.exchange(tmp_path / "stick")
    welcome(office, field)
    field.edit(own, village="Nà Mò")
    field.exchange(tmp_path / "stick")
    office.exchange(tmp_path / "stick")
    assert office.site(own).village == "Nà Mò"
    assert check_log(office.context.catalogue) == []


def test_work_of_before_the_team_and_of_another_machine_comes_along(
    tmp_path: Path, empty_folder: Path
) -> None:
    """The catalogue was written on two machines, one of which never joins."""
    office, once = (Laptop(tmp_path, empty_folder, name) for name in ("office", "once"))
    site = once.add(code="LS-9")
    once.close()
    field = Laptop(tmp_path, once.folder, "field")
    field.edit(site, village="Nà Mò")
    try:
        with office.at_work() as context:
            found_team(context, "Lạng Sơn")
        welcome(office, field)
        field.exchange(tmp_path / "stick")
        office.exchange(tmp_path / "stick")
        assert (office.site(site).code, office.site(site).village) == ("LS-9", "Nà Mò")
        assert check_log(office.context.catalogue) == []
    finally:
        office.close()
        field.close()

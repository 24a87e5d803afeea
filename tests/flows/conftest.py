"""What tests of the exchange share: laptops of one team."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.laptops import Laptop, make_team

Team = Callable[..., list[Laptop]]


@pytest.fixture
def team(tmp_path: Path, empty_folder: Path) -> Iterator[Team]:
    """Give a function that makes laptops of one team."""
    made: list[Laptop] = []

    def make(*names: str) -> list[Laptop]:
        made.extend(make_team(tmp_path, empty_folder, *names))
        return list(made)

    yield make
    for laptop in made:
        laptop.close()

"""The small position map beside the form."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from geopark_app import i18n
from geopark_app.domain.position import Position
from geopark_app.gui.map.mini_map import MiniMap

EXACT = Position(lon=106.76101, lat=21.85264, quality="exact", accuracy_m=5.0)
COMMUNE = Position(lon=106.374, lat=21.672, quality="commune-centroid")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = i18n.active()
    i18n.activate("en")
    yield
    i18n.activate(before)


@pytest.fixture
def mini(qtbot: QtBot) -> MiniMap:
    made = MiniMap()
    qtbot.addWidget(made)
    made.resize(280, 250)
    return made


def picture(mini: MiniMap) -> QImage:
    return mini.grab().toImage()


def test_a_known_place_has_a_pin_and_words_for_screen_readers(mini: MiniMap) -> None:
    empty = picture(mini)
    mini.show_position(EXACT)
    assert picture(mini) != empty
    assert mini.accessibleName() == "21°51′09.5″N, 106°45′39.6″E"


def test_a_commune_point_looks_different_from_a_pin(mini: MiniMap) -> None:
    mini.show_position(COMMUNE, None, "Hữu Liên")
    ring = picture(mini)
    assert mini.accessibleName() == "Hữu Liên"
    mini.show_position(Position(lon=COMMUNE.lon, lat=COMMUNE.lat, quality="exact"))
    assert picture(mini) != ring


def test_an_unknown_position_shows_the_commune_if_that_is_known(mini: MiniMap) -> None:
    mini.show_position(None)
    nothing = picture(mini)
    mini.show_position(None, (106.374, 21.672), "Hữu Liên")
    assert picture(mini) != nothing


def test_a_mistyped_place_leaves_the_map_without_a_marker(mini: MiniMap) -> None:
    nothing = picture(mini)
    for lon, lat in ((2.35, 48.85), (-75.0, -12.0)):
        mini.show_position(Position(lon=lon, lat=lat, quality="exact"))
        assert picture(mini) == nothing

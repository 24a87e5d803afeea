"""The office's layers on the map page: order, strength, labels, "sketch", hostile words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from shapely.geometry import box

from geopark_app import i18n
from geopark_app.geo.shape_index import NamedShape
from geopark_app.gui.map.widget import MapView
from geopark_app.maps.overlays import MapOverlay, drawing_of
from tests.gui.test_map_view import ALL, HOSTILE, ask, needs_engine, wait_for

pytestmark = [
    pytest.mark.web,
    # QtWebEngine warns once where there is no graphics card.
    pytest.mark.qt_log_level_fail("CRITICAL"),
]


@pytest.fixture
def view(qtbot: QtBot, tmp_path: Path) -> Iterator[MapView]:
    """Give a shown map in Vietnamese; afterwards nothing may have been blocked."""
    before = i18n.active()
    i18n.activate("vi")
    shown = MapView(cache_folder=tmp_path)
    qtbot.addWidget(shown)
    shown.resize(1000, 700)
    shown.set_sites(ALL)
    with qtbot.waitSignal(shown.ready, timeout=40_000):
        shown.show()
    yield shown
    if shown.web is not None:
        assert shown.web.interceptor.blocked == []
    shown.shut_down()
    i18n.activate(before)


def make_overlay(folder: Path, name: str, **changes: object) -> MapOverlay:
    square = box(106.4, 21.6, 106.8, 22.0)
    shape = NamedShape(code="1", name_vi=f"Xã {name}", name_en="", geometry=square)
    path = folder / f"{len(name)}.json"
    path.write_bytes(drawing_of([shape]))
    values: dict[str, object] = {
        "uuid": f"layer-{len(name)}", "kind": "communes", "name_vi": name, "name_en": "",
        "source": "", "date": "2025-07-01", "colour": "#7a4a9c", "is_official": False,
        "is_visible": True, "has_labels": True, "label_field": "name", "width": 1.0, "opacity": 0.5,
        "sha256": f"{len(name):064x}", "path": path,
    }  # fmt: skip
    return MapOverlay(**(values | changes))  # type: ignore[arg-type]


def corner(qtbot: QtBot, view: MapView) -> str:
    return str(
        ask(qtbot, view, "document.querySelector('.leaflet-control-attribution').textContent")
    )


@needs_engine
def test_layers_are_drawn_in_their_order_and_strength(
    qtbot: QtBot, view: MapView, tmp_path: Path
) -> None:
    top, low = make_overlay(tmp_path, "Hữu"), make_overlay(tmp_path, "Liên", opacity=1.0)
    view.set_overlays([top, low])
    wait_for(qtbot, view, "document.querySelectorAll('.leaflet-pane canvas').length === 2")

    style = "getComputedStyle(document.querySelector('.leaflet-overlay-{id}-pane'))"
    upper, lower = (style.format(id=one.uuid) for one in (top, low))
    assert ask(qtbot, view, f"Number({upper}.opacity)") == 0.5
    assert ask(qtbot, view, f"Number({upper}.zIndex) > Number({lower}.zIndex)")
    assert ask(qtbot, view, f"{upper}.pointerEvents") == "none"
    view.fit_bounds((106.4, 21.6, 106.8, 22.0))
    wait_for(qtbot, view, "document.querySelectorAll('.overlay-label').length >= 1")

    view.set_overlays([make_overlay(tmp_path, "Hữu", is_visible=False), low])
    wait_for(qtbot, view, "document.querySelectorAll('.leaflet-pane canvas').length === 1")
    view.set_overlays([])
    wait_for(qtbot, view, "document.querySelectorAll('.leaflet-pane canvas').length === 0")


@needs_engine
def test_only_an_official_boundary_ends_the_word_sketch(
    qtbot: QtBot, view: MapView, tmp_path: Path
) -> None:
    assert corner(qtbot, view).startswith("sơ đồ, không phải")
    own = make_overlay(tmp_path, "Phác thảo", kind="boundary")
    view.set_overlays([own])
    wait_for(qtbot, view, "document.querySelectorAll('.leaflet-pane canvas').length === 1")
    assert corner(qtbot, view).startswith("sơ đồ, không phải")

    view.set_overlays([make_overlay(tmp_path, "Ranh giới 2023", kind="boundary", is_official=True)])
    wait_for(
        qtbot,
        view,
        "document.querySelector('.leaflet-control-attribution').textContent.startsWith('Ranh')",
    )
    assert "2025-07-01" in corner(qtbot, view)
    assert "đường viền tỉnh: sơ đồ" in corner(qtbot, view)


@needs_engine
def test_hostile_words_of_a_layer_stay_text(qtbot: QtBot, view: MapView, tmp_path: Path) -> None:
    view.set_overlays([make_overlay(tmp_path, HOSTILE, source=HOSTILE, is_official=True,
                                    kind="boundary")])  # fmt: skip
    view.fit_bounds((106.5, 21.7, 106.7, 21.9))
    wait_for(qtbot, view, "document.querySelectorAll('.overlay-label').length >= 1")
    assert HOSTILE in ask(qtbot, view, "document.querySelector('.overlay-label').textContent")
    assert HOSTILE in corner(qtbot, view)
    assert not ask(qtbot, view, "!!document.querySelector('img[src=x]')")
    assert ask(qtbot, view, "document.title") != "hacked"


@needs_engine
def test_a_layer_that_is_gone_leaves_the_rest_of_the_map(
    qtbot: QtBot, view: MapView, tmp_path: Path
) -> None:
    gone, here = make_overlay(tmp_path, "mất"), make_overlay(tmp_path, "đây nhé")
    gone.path.unlink()
    view.set_overlays([gone, here])
    wait_for(qtbot, view, "document.querySelectorAll('.leaflet-pane canvas').length === 1")
    assert ask(qtbot, view, "document.querySelectorAll('.pin, .bubble').length") > 10

"""Base maps in the window: drawn on the page, damaged tiles hatched, dialogs, the panel's row."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pmtiles.tile import TileType
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from geopark_app import i18n
from geopark_app.domain.kinds import MapLayer
from geopark_app.geo.tile_grid import Tile, tile_at
from geopark_app.gui.basemaps.add_dialog import BasemapAddDialog
from geopark_app.gui.basemaps.cover_dialog import CoverDialog
from geopark_app.gui.basemaps.cut_dialog import BOX, CutDialog
from geopark_app.gui.basemaps.help_dialog import BasemapHelpDialog
from geopark_app.gui.basemaps.panel_part import take_found
from geopark_app.gui.layers.style_dialog import LayerStyleDialog
from geopark_app.gui.map.widget import MapView
from geopark_app.gui.map_room.layer_panel import LayerPanel
from geopark_app.gui.session import Session
from geopark_app.maps.basemap_layers import MapBasemap
from geopark_app.operations.basemaps import basemaps
from geopark_app.operations.map_layers import map_layers
from tests.gui.test_map_view import ALL, HOSTILE, ask, needs_engine, wait_for
from tests.tile_files import (
    picture,
    tiles_of,
    vector_tile,
    write_geotiff,
    write_mbtiles,
    write_pmtiles,
)

_WAIT_MS = 30_000
CITY = (106.762, 21.853)
ON_THE_PAGE = [
    pytest.mark.web,
    # QtWebEngine warns once where there is no graphics card.
    pytest.mark.qt_log_level_fail("CRITICAL"),
]


@pytest.fixture
def parent(qtbot: QtBot) -> Iterator[QWidget]:
    widget = QWidget()
    qtbot.addWidget(widget)
    yield widget
    widget.close()


def on_map(path: Path, form: str, **changes: object) -> MapBasemap:
    values: dict[str, object] = {
        "uuid": form.replace("/", "-"), "name_vi": "Nền", "name_en": "", "source": "Sở thử",
        "tile_format": form, "sha256": f"{len(form):064x}", "min_zoom": 9, "max_zoom": 11,
        "bounds": (106.6, 21.75, 106.9, 21.95), "opacity": 0.7, "is_visible": True,
        "is_vector": form.endswith("mvt"), "layers": ("earth", "water", "roads", "places"),
        "path": path,
    }  # fmt: skip
    return MapBasemap(**(values | changes))  # type: ignore[arg-type]


class Page:
    """A shown map with base maps below it."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self._qtbot = qtbot
        self.view = MapView(cache_folder=folder)
        qtbot.addWidget(self.view)
        self.view.resize(900, 600)
        self.view.set_sites(ALL)
        with qtbot.waitSignal(self.view.ready, timeout=40_000):
            self.view.show()

    def ask(self, script: str) -> object:
        return ask(self._qtbot, self.view, script)

    def wait_for(self, script: str) -> None:
        wait_for(self._qtbot, self.view, script)

    def show(self, *basemaps: MapBasemap) -> None:
        self.view.set_basemaps(basemaps)
        self.view.fit_bounds((106.66, 21.80, 106.84, 21.92))


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> Iterator[Page]:
    before = i18n.active()
    i18n.activate("vi")
    shown = Page(qtbot, tmp_path)
    yield shown
    if shown.view.web is not None:
        assert shown.view.web.interceptor.blocked == []
    shown.view.shut_down()
    i18n.activate(before)


class TestOnThePage:
    pytestmark = ON_THE_PAGE

    @needs_engine
    def test_pictures_are_shown_and_damage_is_hatched(
        self, page: Page, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        tiles: dict[Tile, bytes | None] = {tile: picture(tile) for tile in tiles_of((11, 12))}
        tiles[tile_at(*CITY, 12)] = b"no picture"
        del tiles[tile_at(106.80, 21.90, 12)]
        path = write_mbtiles(tmp_path / "a.mbtiles", tiles)
        page.show(on_map(path, "mbtiles/png", min_zoom=11, max_zoom=12))

        picked = "Array.from(document.querySelectorAll('.picture-tile img'))"
        page.wait_for(f"{picked}.length > 3 && {picked}.every(tile => tile.complete)")
        # An SVG of ours in the place of the damaged one, a clear pixel where there is none.
        widths = page.ask(f"{picked}.map(tile => tile.naturalWidth)")
        assert set(widths) == {256, 1}  # type: ignore[call-overload]
        damaged = tile_at(*CITY, 12)
        asked = f"fetch('geopark://app/tiles/{'b'.zfill(64)}/12/{damaged.column}/{damaged.row}')"
        page.ask(f"{asked}.then(a => a.text()).then(t => window.hatched = t)")
        page.wait_for("(window.hatched || '').includes('ô bản đồ hỏng')")
        assert page.ask("getComputedStyle(document.querySelector('.leaflet-ground-pane path'))"
                        ".fillOpacity") == "0"  # fmt: skip
        corner = "document.querySelector('.leaflet-control-attribution').textContent"
        assert "Sở thử" in str(page.ask(corner))
        strength = "document.querySelector('.leaflet-basemap-mbtiles-png-pane .leaflet-layer')"
        assert page.ask(f"Number({strength}.style.opacity)") == 0.7
        page.show()
        page.wait_for(f"{picked}.length === 0")
        assert "Sở thử" not in str(page.ask(corner))
        assert not [record for record in caplog.records if "geopark://app/own" in record.message]

    @needs_engine
    def test_vector_tiles_are_drawn_in_our_style(
        self, page: Page, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        tiles = {tile: vector_tile(tile) for tile in tiles_of((9, 10, 11))}
        path = write_pmtiles(tmp_path / "v.pmtiles", tiles, tile_type=TileType.MVT)
        content = bytearray(path.read_bytes())
        page.show(on_map(path, "pmtiles/mvt", source=HOSTILE))

        canvas = "document.querySelectorAll('.leaflet-basemap-pmtiles-mvt-pane canvas')"
        colours = (
            f"Array.from({canvas}).map(c => c.width && Array.from(c.getContext('2d')"
            ".getImageData(100, 100, 1, 1).data).slice(0, 3).join())"
        )
        page.wait_for(f"{colours}.includes('247,244,236')")
        assert page.ask("document.title") != "hacked"
        corner = "document.querySelector('.leaflet-control-attribution').textContent"
        assert HOSTILE in str(page.ask(corner))

        # Every tile damaged: hatched, said, and nothing in the log of the page.
        end = int.from_bytes(content[56:64], "little") + 40
        content[end:] = bytes(byte ^ 0x5A for byte in content[end:])
        path.write_bytes(bytes(content))
        page.show()
        page.wait_for(f"{canvas}.length === 0")
        page.show(on_map(path, "pmtiles/mvt", sha256="b" * 64))
        hatched = (
            f"Array.from({canvas}).some(c => c.width && Array.from(c.getContext('2d')"
            ".getImageData(0, 0, 256, 256).data).some((v, i, a) => i % 4 === 0"
            " && Math.abs(v - 165) < 3 && Math.abs(a[i + 1] - 67) < 3 && a[i + 3] > 60))"
        )
        page.wait_for(hatched)
        assert not [record for record in caplog.records if "protomaps" in record.message]

    @needs_engine
    def test_a_box_is_dragged_and_given_up(self, qtbot: QtBot, page: Page) -> None:
        page.view.fit_bounds((106.66, 21.80, 106.84, 21.92))
        found: list[object] = []
        page.view.draw_box(found.append)
        page.wait_for("!!document.querySelector('.map-hint')")
        assert page.view.web is not None
        target = page.view.web.view.focusProxy()
        assert target is not None
        QTest.mousePress(target, Qt.MouseButton.LeftButton, pos=QPoint(300, 150))
        for step in range(1, 6):
            QTest.mouseMove(target, QPoint(300 + 40 * step, 150 + 30 * step))
        QTest.mouseRelease(target, Qt.MouseButton.LeftButton, pos=QPoint(500, 300))
        qtbot.waitUntil(lambda: bool(found), timeout=_WAIT_MS)
        west, south, east, north = found[0]  # type: ignore[misc]
        assert 106.5 < west < east < 107
        assert 21.7 < south < north < 22
        page.view.draw_box(found.append)
        page.wait_for("!!document.querySelector('.map-hint')")
        QTest.keyClick(target, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: len(found) == 2, timeout=_WAIT_MS)
        assert found[1] is None
        page.view.ask_view(found.append)
        qtbot.waitUntil(lambda: len(found) == 3, timeout=_WAIT_MS)
        assert found[2] is not None


def idle(qtbot: QtBot, dialog: BasemapAddDialog | CutDialog | CoverDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.is_working, timeout=_WAIT_MS)


@pytest.fixture
def with_basemap(qtbot: QtBot, session: Session, parent: QWidget, tmp_path: Path) -> MapLayer:
    """Add a base map by its dialog, as a person does."""
    dialog = BasemapAddDialog(session, parent)
    dialog.open()
    dialog.choose(write_mbtiles(tmp_path / "nen.mbtiles"))
    qtbot.waitUntil(lambda: dialog.found is not None, timeout=_WAIT_MS)
    idle(qtbot, dialog)
    assert (dialog.name_vi.text(), dialog.source.text()) == ("Nền thử", "Sở thử nghiệm")
    assert "zooms 9 to 11" in dialog.words.text()
    dialog.add.click()
    qtbot.waitUntil(lambda: bool(basemaps(session.context)), timeout=_WAIT_MS)
    session.tasks.wait_for_all()
    return basemaps(session.context)[0].layer


def test_adding_is_said_undone_and_refused_in_the_dialog(
    qtbot: QtBot, session: Session, parent: QWidget, with_basemap: MapLayer, tmp_path: Path
) -> None:
    dialog = BasemapAddDialog(session, parent)
    dialog.open()
    bad = tmp_path / "bad.mbtiles"
    bad.write_bytes(b"no database")
    dialog.choose(bad)
    qtbot.waitUntil(lambda: "no MBTiles" in dialog.words.text(), timeout=_WAIT_MS)
    idle(qtbot, dialog)
    assert not dialog.add.isEnabled()
    dialog.choose(write_geotiff(tmp_path / "anh.tif"))
    qtbot.waitUntil(lambda: dialog.found is not None, timeout=_WAIT_MS)
    idle(qtbot, dialog)
    assert dialog.crs.isVisible()
    assert dialog.max_zoom.value() == 12
    assert not dialog.stays.isEnabled()
    dialog.reject()
    session.undo_step()
    qtbot.waitUntil(lambda: not basemaps(session.context), timeout=_WAIT_MS)


def test_a_box_is_cut_and_a_day_compared(
    qtbot: QtBot, session: Session, parent: QWidget, with_basemap: MapLayer, tmp_path: Path
) -> None:
    cut = CutDialog(session, parent, basemap=with_basemap.uuid)
    cut.open()
    cut.set_box((106.70, 21.80, 106.80, 21.90))
    assert (cut.area.currentData(), cut.view.isVisible()) == (BOX, False)
    qtbot.waitUntil(lambda: cut.estimate is not None, timeout=_WAIT_MS)
    idle(qtbot, cut)
    assert cut.cut.isEnabled()
    assert "Estimate: at most" in cut.words.text()
    out = tmp_path / "cut.mbtiles"
    cut.write(out)
    qtbot.waitUntil(out.exists, timeout=_WAIT_MS)
    session.tasks.wait_for_all()

    cover = CoverDialog(session, parent)
    cover.open()
    qtbot.waitUntil(lambda: cover.report is not None, timeout=_WAIT_MS)
    idle(qtbot, cover)
    assert cover.table.rowCount() > 0
    assert "nothing at zoom 12–15" in cover.table.item(0, 1).text()
    with qtbot.waitSignal(cover.bounds_wanted):
        cover.table.selectRow(0)
        cover.table.activated.emit(cover.table.currentIndex())
    cover.what.setCurrentIndex(1)
    cover.what.activated.emit(1)
    cover.outing.day.setDate(QDate(2026, 11, 24))
    assert cover.outing.chosen() == ("day", date(2026, 11, 24))
    qtbot.waitUntil(lambda: "no site with a position" in cover.words.text(), timeout=_WAIT_MS)
    idle(qtbot, cover)
    cover.reject()


def test_the_row_says_what_is_not_here_and_finds_it_again(
    qtbot: QtBot, session: Session, parent: QWidget, with_basemap: MapLayer, tmp_path: Path
) -> None:
    panel = LayerPanel(session, parent)
    session.changes.changes_stored.connect(lambda _changes: panel.reload())
    assert "MBTiles, PNG" in panel.rows[0].facts.text()
    assert panel.rows[0].labels is None
    words = [action.text() for action in panel.rows[0].more.menu().actions()]
    assert {"Cut map for area…", "Check the tiles", "Find the file…"} <= set(words)

    here = basemaps(session.context)[0].place
    assert here is not None
    here.path.unlink()
    panel.reload()
    assert "Copy “nen.mbtiles”" in panel.rows[0].facts.text()
    assert "Nông Thị Hà" in panel.rows[0].facts.text()
    take_found(session, with_basemap, tmp_path / "nen.mbtiles", panel)
    qtbot.waitUntil(lambda: "MBTiles, PNG" in panel.rows[0].facts.text(), timeout=_WAIT_MS)
    with qtbot.waitSignal(panel.cutting_wanted) as wanted:
        panel.rows[0].deed_wanted.emit(with_basemap.uuid, "cut")
    assert wanted.args == [with_basemap.uuid]


def test_the_style_of_a_layer_is_one_step(
    qtbot: QtBot, session: Session, parent: QWidget, with_basemap: MapLayer
) -> None:
    dialog = LayerStyleDialog(session, with_basemap, parent)
    dialog.show_colour("#123456")
    dialog.width_box.setValue(3.5)
    dialog.labels.setChecked(True)
    dialog.field.setCurrentIndex(dialog.field.findData("code"))
    dialog.keep()

    def kept() -> MapLayer:
        return map_layers(session.context)[0]

    qtbot.waitUntil(lambda: kept().colour == "#123456", timeout=_WAIT_MS)
    assert (kept().line_width, kept().has_labels, kept().label_field) == (3.5, True, "code")


def test_help_names_the_programs(qtbot: QtBot, parent: QWidget) -> None:
    i18n.activate("en")
    dialog = BasemapHelpDialog(parent)
    assert "pmtiles extract" in dialog.text.toPlainText()
    dialog.close()

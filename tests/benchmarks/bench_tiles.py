"""Tiles per second: our reader beside raw SQLite reads, PMTiles beside its library, and the page.

Run by itself: `python tests/benchmarks/bench_tiles.py`. Goals: at least a third of raw SQLite,
though every tile is judged; PMTiles at least twice its library; 300 tiles a second in the page.
"""

import os
import platform
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import TileType

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from geopark_app.geo.tile_grid import Tile, flipped  # noqa: E402
from geopark_app.maps.tile_files import TileState, open_tile_file  # noqa: E402
from tests.tile_files import picture, tiles_of, vector_tile, write_mbtiles, write_pmtiles  # noqa: E402

ROUNDS, ASKED, IN_PAGE = 5, 4_000, 300
BOX = (106.2, 21.5, 107.2, 22.3)


def main() -> int:
    """Print a small table; gives 0 when the goals are met."""
    with tempfile.TemporaryDirectory() as folder:
        return _measure(Path(folder))


def _measure(folder: Path) -> int:
    tiles = tiles_of(range(9, 15), BOX)
    dice = random.Random(1)
    plates = [picture(tile, "JPEG") + dice.randbytes(8) for tile in tiles[:40]]
    pictures = {tile: plates[at % 40][:-8] for at, tile in enumerate(tiles)}
    vectors = {tile: vector_tile(tile) for tile in tiles[:2_000]}
    raster = write_mbtiles(folder / "a.mbtiles", dict(pictures))
    packed = write_pmtiles(folder / "a.pmtiles", pictures, tile_type=TileType.JPEG)
    drawn = write_pmtiles(folder / "v.pmtiles", vectors, tile_type=TileType.MVT)
    asked = [dice.choice(tiles) for _turn in range(ASKED)]
    asked_vectors = [dice.choice(list(vectors)) for _turn in range(ASKED)]
    rates = {
        "raw SQLite": _raw(raster, asked),
        "MBTiles, ours": _ours(raster, "mbtiles/jpg", asked),
        "pmtiles library": _library(packed, asked[:400]),
        "PMTiles, ours": _ours(packed, "pmtiles/jpg", asked),
        "PMTiles vector, ours": _ours(drawn, "pmtiles/mvt", asked_vectors),
    }
    rates["through the page"] = _in_page(raster, tiles[:IN_PAGE])
    print(f"Python {platform.python_version()}, {os.cpu_count()} CPU, {len(tiles)} tiles of "
          f"{statistics.mean(map(len, plates)) / 1000:.1f} kB")  # fmt: skip
    for name, rate in rates.items():
        print(f"{name:24} {rate:9,.0f} tiles/s" if rate else f"{name:24} not measured")
    ratio = rates["MBTiles, ours"] / rates["raw SQLite"]
    gain = rates["PMTiles, ours"] / rates["pmtiles library"]
    print(f"ours / raw SQLite: {ratio:.2f} (goal 0.33); PMTiles / library: {gain:.1f} (goal 2)")
    is_quick = not rates["through the page"] or rates["through the page"] >= 300
    return 0 if ratio >= 0.33 and gain >= 2 and is_quick else 1


def _raw(path: Path, asked: Sequence[Tile]) -> float:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    query = "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?"

    def read() -> None:
        for zoom, column, row in asked:
            connection.execute(query, (zoom, column, flipped(zoom, row))).fetchone()

    try:
        return len(asked) / _seconds(read)
    finally:
        connection.close()


def _ours(path: Path, form: str, asked: Sequence[Tile]) -> float:
    with open_tile_file(path, form) as file:

        def read() -> None:
            for tile in asked:
                if file.answer(*tile).state is not TileState.OK:
                    raise AssertionError(tile)

        return len(asked) / _seconds(read)


def _library(path: Path, asked: Sequence[Tile]) -> float:
    with path.open("rb") as file:
        reader = Reader(MmapSource(file))

        def read() -> None:
            for zoom, column, row in asked:
                reader.get(zoom, column, row)

        return len(asked) / _seconds(read)


def _in_page(path: Path, tiles: Sequence[Tile]) -> float:
    """Fetch tiles from a page as the map does; 0 where there is no QtWebEngine."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from geopark_app.gui.map.scheme import IS_AVAILABLE, prepare_environment, register_scheme

    if not IS_AVAILABLE:
        return 0.0
    prepare_environment()
    register_scheme()
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from geopark_app.gui.map.widget import MapView
    from geopark_app.maps.basemap_layers import MapBasemap

    application = QApplication.instance() or QApplication([])
    view = MapView()
    view.set_basemaps(
        [
            MapBasemap(
                uuid="a", name_vi="", name_en="", source="", tile_format="mbtiles/jpg",
                sha256="a" * 64, min_zoom=9, max_zoom=14, bounds=BOX, opacity=1.0,
                is_visible=False, is_vector=False, layers=(), path=path,
            )
        ]
    )  # fmt: skip
    loop = QEventLoop()
    view.ready.connect(loop.quit)
    view.show()
    QTimer.singleShot(30_000, loop.quit)
    loop.exec()
    web = view.web
    if web is None:
        return 0.0
    urls = [f"geopark://app/tiles/{'a' * 64}/{z}/{x}/{y}" for z, x, y in tiles]
    script = (
        f"var from = performance.now(); Promise.all({urls!r}.map(url => fetch(url)"
        ".then(answer => answer.arrayBuffer()))).then(() => window.took = performance.now() - from)"
    )
    web.view.page().runJavaScript(script)
    took: list[object] = []

    def look() -> None:
        web.view.page().runJavaScript("String(window.took || '')", 0, take)

    def take(answer: object) -> None:
        if answer:
            took.append(answer)
            loop.quit()
        else:
            QTimer.singleShot(20, look)

    look()
    QTimer.singleShot(60_000, loop.quit)
    loop.exec()
    view.shut_down()
    view.close()
    application.processEvents()
    return len(tiles) / (float(str(took[0])) / 1000) if took else 0.0


def _seconds(work: Callable[[], object]) -> float:
    rounds = []
    for _round in range(ROUNDS):
        started = time.perf_counter()
        work()
        rounds.append(time.perf_counter() - started)
    return statistics.median(rounds)


if __name__ == "__main__":
    sys.exit(main())

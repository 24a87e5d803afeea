"""MBTiles and PMTiles from anywhere: read with limits, refused with a reason, never written."""

import gzip
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.geo.tile_grid import Tile, flipped
from geopark_app.maps.pmtiles_file import PmtilesReader
from geopark_app.maps.tile_files import TileState, open_tile_file
from geopark_app.maps.tile_survey import survey_tiles
from geopark_app.store.mbtiles import MbtilesReader
from geopark_app.store.mbtiles_writing import MbtilesWriter
from tests.tile_files import picture, tiles_of, vector_tile, write_mbtiles, write_pmtiles

AROUND = [105.9, 21.2, 107.4, 22.5]
TILES = tiles_of((9, 10, 11))


def reason_of(deed: Callable[[], object]) -> str:
    with pytest.raises(GeoparkError) as caught:
        deed()
    assert caught.value.code is ErrorCode.REFUSED_FILE
    return caught.value.details["reason"]


def survey(path: Path) -> dict[str, object]:
    return survey_tiles({"path": str(path), "around": AROUND})


def test_tiles_are_given_as_they_lie_and_the_file_stays_alone(tmp_path: Path) -> None:
    path = write_mbtiles(tmp_path / "a.mbtiles")
    before = (path.read_bytes(), sorted(tmp_path.iterdir()))
    tile = TILES[-1]
    with MbtilesReader(path) as reader:
        assert reader.tile(tile.zoom, tile.column, flipped(tile.zoom, tile.row)) == picture(tile)
        assert reader.tile(3, 0, 0) is None
        assert reader.metadata()["name"] == "Nền thử"
        assert sum(block[1] for block in reader.blocks()) == len(TILES)
        assert reader.is_indexed()
    assert (path.read_bytes(), sorted(tmp_path.iterdir())) == before


def test_rows_from_the_north_are_found_out(tmp_path: Path) -> None:
    usual = survey(write_mbtiles(tmp_path / "a.mbtiles"))
    turned = survey(write_mbtiles(tmp_path / "b.mbtiles", from_north=True))
    told = survey(write_mbtiles(tmp_path / "c.mbtiles", from_north=True, scheme="xyz"))
    assert usual["tile_format"] == "mbtiles/png"
    assert turned["tile_format"] == told["tile_format"] == "mbtiles-xyz/png"
    assert usual["bounds"] == turned["bounds"]
    tile = TILES[0]
    with open_tile_file(tmp_path / "b.mbtiles", "mbtiles-xyz/png") as file:
        assert file.answer(*tile).content == picture(tile)


def test_contents_are_told_by_bytes_not_by_the_table(tmp_path: Path) -> None:
    path = write_mbtiles(tmp_path / "a.mbtiles", format="pbf", attribution="<a href='x'>Sở</a> Y")
    found = survey(path)
    assert (found["tile_format"], found["attribution"]) == ("mbtiles/png", "Sở Y")
    vector = {tile: gzip.compress(vector_tile(tile)) for tile in TILES}
    found = survey(write_mbtiles(tmp_path / "v.mbtiles", vector, format="png"))
    assert found["tile_format"] == "mbtiles/mvt"
    assert "water" in found["layers"]  # type: ignore[operator]


def test_some_damaged_tiles_are_counted_and_all_of_them_refused(tmp_path: Path) -> None:
    tiles: dict[Tile, bytes | None] = {tile: picture(tile) for tile in TILES}
    tiles[TILES[1]], tiles[TILES[2]], tiles[TILES[3]] = b"", b"no picture", None
    path = write_mbtiles(tmp_path / "a.mbtiles", tiles)
    found = survey(path)
    assert (found["damaged"], found["tiles"]) == (3, len(TILES))
    with open_tile_file(path, "mbtiles/png") as file:
        states = [file.answer(*tile).state for tile in TILES[:4]]
        assert file.answer(5, 99, 0).state is TileState.MISSING
    assert states == [
        TileState.OK, TileState.DAMAGED, TileState.DAMAGED, TileState.MISSING,
    ]  # fmt: skip
    bad: dict[Tile, bytes | None] = dict.fromkeys(TILES, b"no picture")
    assert reason_of(lambda: survey(write_mbtiles(tmp_path / "b.mbtiles", bad))) == (
        "tiles-no-pictures"
    )


def _table(path: Path, statements: str) -> Path:
    connection = sqlite3.connect(path)
    connection.executescript(statements)
    connection.close()
    return path


BAD_TABLES = {
    "CREATE TABLE a (b)": "tiles-no-table",
    "CREATE TABLE tiles (zoom_level, tile_column)": "tiles-no-table",
    "CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data)": "tiles-empty",
    "CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data);"
    "INSERT INTO tiles VALUES ('a', 'b', 'c', 'd')": "tiles-columns",
    "CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data);"
    "INSERT INTO tiles VALUES (4, -7, 900, x'00')": "tiles-columns",
    "CREATE TABLE metadata (name, value); INSERT INTO metadata VALUES ('crs', 'EPSG:4326');"
    "CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data)": "tiles-projection",
}


@pytest.mark.parametrize("statements", BAD_TABLES)
def test_bad_tables_are_refused(tmp_path: Path, statements: str) -> None:
    path = _table(tmp_path / "bad.mbtiles", statements)
    assert reason_of(lambda: survey(path)) == BAD_TABLES[statements]


@pytest.mark.slow
def test_a_view_that_never_ends_is_ended_by_the_limit_of_steps(tmp_path: Path) -> None:
    path = _table(
        tmp_path / "bad.mbtiles",
        "CREATE VIEW tiles AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
        " SELECT i AS zoom_level, 0 AS tile_column, 0 AS tile_row, x'00' AS tile_data FROM n"
        " WHERE i < 0",
    )
    assert reason_of(lambda: survey(path)) == "tiles-damaged"


@pytest.mark.parametrize("content", [b"\0" * 20, b"SQLite format 3\0", b"PK\3\4", b"PMTiles"])
def test_what_is_no_file_of_tiles_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.mbtiles"
    path.write_bytes(content)
    assert reason_of(lambda: survey(path)) in {
        "tiles-no-database",
        "tiles-damaged",
        "tiles-no-table",
    }


def _answers(path: Path, form: str) -> set[TileState]:
    """Look at a damaged file and ask for its tiles; only a refusal may be raised."""
    try:
        survey(path)
        with open_tile_file(path, form) as file:
            return {file.answer(*tile).state for tile in TILES}
    except GeoparkError as error:
        return set() if error.code is ErrorCode.REFUSED_FILE else {None}  # type: ignore[arg-type]


def test_a_cut_off_database_never_raises_anything_else(tmp_path: Path) -> None:
    whole = write_mbtiles(tmp_path / "a.mbtiles").read_bytes()
    path = tmp_path / "cut.mbtiles"
    for tenth in range(1, 10):
        path.write_bytes(whole[: len(whole) * tenth // 10])
        assert _answers(path, "mbtiles/png") <= set(TileState)


@pytest.mark.parametrize("is_vector", [False, True])
def test_pmtiles_damaged_at_each_tenth_raise_nothing_else(tmp_path: Path, is_vector: bool) -> None:
    from pmtiles.tile import TileType

    content = {tile: (vector_tile if is_vector else picture)(tile) for tile in TILES}
    kind = TileType.MVT if is_vector else TileType.PNG
    path = write_pmtiles(tmp_path / "a.pmtiles", content, tile_type=kind)
    form = "pmtiles/mvt" if is_vector else "pmtiles/png"
    found = survey(path)
    assert (found["tile_format"], found["tiles"]) == (form, len(TILES))
    whole = path.read_bytes()
    for tenth in range(10):
        at = len(whole) * tenth // 10
        for damaged in (whole[:at], whole[:at] + b"\xa5" * 40 + whole[at + 40 :]):
            path.write_bytes(damaged)
            assert _answers(path, form) <= set(TileState)


def test_a_directory_that_bursts_is_refused(tmp_path: Path) -> None:
    path = write_pmtiles(tmp_path / "a.pmtiles", {tile: picture(tile) for tile in TILES})
    whole = bytearray(path.read_bytes())
    bomb = gzip.compress(bytes(64 * 1024 * 1024))
    whole[8:16] = len(whole).to_bytes(8, "little")
    whole[16:24] = len(bomb).to_bytes(8, "little")
    path.write_bytes(bytes(whole) + bomb)
    assert reason_of(lambda: PmtilesReader(path)) == "tiles-damaged"


def test_a_file_without_an_index_and_one_still_open_are_refused(tmp_path: Path) -> None:
    path = write_mbtiles(tmp_path / "a.mbtiles", {Tile(12, 1, 1): picture(TILES[0])})
    connection = sqlite3.connect(path)
    connection.execute("DROP INDEX tile_index")
    connection.executemany(
        "INSERT INTO tiles VALUES (14, ?, ?, x'00')",
        [(column, row) for column in range(50) for row in range(50)],
    )
    connection.commit()
    connection.close()
    assert reason_of(lambda: survey(path)) == "tiles-no-index"
    other = write_mbtiles(tmp_path / "b.mbtiles")
    (tmp_path / "b.mbtiles-wal").write_bytes(b"x")
    assert reason_of(lambda: survey(other)) == "tiles-open-elsewhere"


def test_a_file_that_is_not_finished_leaves_nothing(tmp_path: Path) -> None:
    def write(path: Path, *, is_finished: bool) -> None:
        with MbtilesWriter(path) as writer:
            writer.add(3, 1, 2, b"data")
            assert writer.tile(3, 1, 2) == b"data"
            writer.describe({"name": "n"})
            if is_finished:
                writer.finish()

    write(tmp_path / "a.mbtiles", is_finished=False)
    assert list(tmp_path.iterdir()) == []
    write(tmp_path / "a.mbtiles", is_finished=True)
    with MbtilesReader(tmp_path / "a.mbtiles") as reader:
        assert (reader.tile(3, 1, 2), reader.metadata()) == (b"data", {"name": "n"})

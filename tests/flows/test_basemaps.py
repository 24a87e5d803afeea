"""`basemap …`: base maps taken in, listed, checked, found again, cut; cover for an outing."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pmtiles.tile import TileType

from geopark_app.cli import main
from geopark_app.domain.kinds import MissionStop
from geopark_app.geo.tile_grid import Tile, tile_at
from geopark_app.maps.tile_files import TileState, open_tile_file
from geopark_app.operations.basemaps import basemaps
from geopark_app.operations.map_layers import map_layers, move_layer
from geopark_app.operations.sites import list_sites
from geopark_app.operations.undo import UndoStack
from geopark_app.store.new_keys import new_uuid
from tests.conftest import OpenCatalogue
from tests.layer_files import WEST, feature, square, write_layer
from tests.tile_files import (
    BOX,
    picture,
    tiles_of,
    vector_tile,
    write_geotiff,
    write_mbtiles,
    write_pmtiles,
)

Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def command(folder: Path, *arguments: object) -> tuple[int, dict[str, Any]]:
        code = main(["--catalogue", str(folder), *map(str, arguments), "--json", "--lang", "en"])
        return code, json.loads(capsys.readouterr().out)

    return command


def test_a_base_map_is_a_record_and_a_file_by_its_hash(
    run: Run, folder: Path, tmp_path: Path, opened: OpenCatalogue
) -> None:
    path = write_mbtiles(tmp_path / "nen.mbtiles")

    code, report = run(folder, "basemap", "add", path, "--name-en", "Test", "--dated", "1/7/2025")

    assert (code, report["known"], report["damaged"]) == (0, False, 0)
    assert (report["minzoom"], report["maxzoom"], report["format"]) == (9, 11, "mbtiles/png")
    assert report["bounds"][0] <= BOX[0] < BOX[2] <= report["bounds"][2]
    stored = folder / "layers" / report["sha256"][:2] / report["sha256"]
    assert stored.read_bytes() == path.read_bytes()
    context = opened(folder)
    (one,) = basemaps(context)
    assert (one.layer.name_vi, one.layer.source) == ("Nền thử", "Sở thử nghiệm")
    assert one.is_usable
    # Base maps lie below overlays, whatever came first.
    layer = write_layer(tmp_path / "k.geojson", [feature(square(WEST, 21.5), ten="A")])
    run(folder, "import", layer, "--kind", "overlay")
    kinds = [layer.layer_kind for layer in map_layers(opened(folder))]
    assert kinds == ["other", "basemap"]
    move_layer(context, one.layer.uuid, 1, reason="higher")
    assert [layer.layer_kind for layer in map_layers(context)] == kinds

    code, again = run(folder, "basemap", "add", path)
    assert (code, again["known"]) == (0, True)
    code, listed = run(folder, "basemap", "list")
    assert (listed["count"], listed["basemaps"][0]["here"]) == (1, True)


def test_adding_is_one_step_to_undo(folder: Path, tmp_path: Path, opened: OpenCatalogue) -> None:
    from geopark_app.operations.basemap_adding import BasemapOptions, add_basemap, look_at_basemap

    context = opened(folder)
    found = look_at_basemap(context, write_mbtiles(tmp_path / "a.mbtiles"))
    report = add_basemap(context, found, BasemapOptions(stays=True), reason="add")
    undo = UndoStack(context)
    undo.push(report.changes)
    assert len(basemaps(context)) == 1
    undo.undo()
    assert basemaps(context) == []


def test_a_file_that_is_not_here_is_said_and_found_again_by_its_hash(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    path = write_mbtiles(tmp_path / "nen.mbtiles")
    code, report = run(folder, "basemap", "add", path, "--stay")
    assert code == 0
    assert not any((folder / "layers").glob("*/*"))
    code, listed = run(folder, "basemap", "list")
    assert listed["basemaps"][0]["path"] == str(path)

    path.rename(tmp_path / "khac.bin")
    code, listed = run(folder, "basemap", "list")
    one = listed["basemaps"][0]
    assert (one["here"], one["readable"]) == (False, False)
    assert "nen.mbtiles" in one["problems"][0]
    assert run(folder, "check")[0] == 0

    write_mbtiles(tmp_path / "wrong.mbtiles", {Tile(9, 407, 224): picture(Tile(9, 407, 224))})
    code, answer = run(folder, "basemap", "find", "Nền thử", tmp_path / "wrong.mbtiles")
    assert (code, answer["error"]["code"]) == (20, "refused-file")
    code, found = run(folder, "basemap", "find", "Nền thử", tmp_path)
    assert (code, found["copied"]) == (0, True)
    assert Path(found["path"]).name == report["sha256"]


def test_check_names_what_was_damaged_since(run: Run, folder: Path, tmp_path: Path) -> None:
    _code, report = run(folder, "basemap", "add", write_mbtiles(tmp_path / "a.mbtiles"))
    assert run(folder, "basemap", "check")[1]["files"][0]["problems"] == []
    stored = folder / "layers" / report["sha256"][:2] / report["sha256"]
    content = bytearray(stored.read_bytes())
    content[5000:5400] = bytes(byte ^ 255 for byte in content[5000:5400])
    stored.write_bytes(bytes(content))

    code, checked = run(folder, "check")
    assert code == 21
    assert [finding["code"] for finding in checked["findings"]] == ["basemap-damaged"]
    code, checked = run(folder, "basemap", "check")
    assert (code, bool(checked["files"][0]["problems"])) == (21, True)


def test_bad_files_are_refused_with_a_sentence_and_change_nothing(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.mbtiles").write_bytes(b"")
    (tmp_path / "b.mbtiles").write_bytes(b"not a database at all")
    (tmp_path / "c.pmtiles").write_bytes(b"PMTiles\3" + bytes(90))
    (tmp_path / "d.tif").write_bytes(b"II*\0" + bytes(300))
    write_mbtiles(tmp_path / "e.mbtiles", dict.fromkeys(tiles_of((9,)), b"hello"))
    write_geotiff(tmp_path / "f.tif")
    (tmp_path / "f.tif").write_bytes((tmp_path / "f.tif").read_bytes()[:3000])
    for path in sorted(tmp_path.glob("?.*")):
        code, answer = run(folder, "basemap", "add", path)
        assert (code, answer["error"]["code"]) == (20, "refused-file"), path
        assert answer["error"]["message"]
        assert answer["error"]["next"]
    assert run(folder, "basemap", "list")[1]["count"] == 0
    assert not any((folder / "layers").glob("*/*"))
    assert list((folder / "cache").glob("tiles-*")) == []


def test_a_geotiff_is_turned_into_tiles_in_its_place(
    run: Run, folder: Path, tmp_path: Path, opened: OpenCatalogue
) -> None:
    path = write_geotiff(tmp_path / "anh.tif")

    code, report = run(folder, "basemap", "add", path, "--source", "Sở", "--max-zoom", "12")

    assert (code, report["format"], report["maxzoom"]) == (0, "mbtiles/webp", 12)
    (one,) = basemaps(opened(folder))
    assert one.place is not None
    # Half of the picture is red, half green; the seam lies where the system EPSG:3405 says.
    from PIL import Image

    from geopark_app.geo.crs import from_projected

    west = from_projected(675_000 + 140 * 40, 2_422_000 - 6_000, 3405)
    east = from_projected(675_000 + 160 * 40, 2_422_000 - 6_000, 3405)
    with open_tile_file(one.place.path, "mbtiles/webp") as file:
        for (lon, lat), wanted in ((west, 0), (east, 1)):
            tile = tile_at(lon, lat, 12)
            answer = file.answer(*tile)
            assert answer.state is TileState.OK
            (tmp_path / "t.webp").write_bytes(answer.content)
            fine = tile_at(lon, lat, 20)
            at = ((fine.column & 255), (fine.row & 255))
            with Image.open(tmp_path / "t.webp") as drawn:
                colour = drawn.convert("RGB").getpixel(at)
            assert isinstance(colour, tuple)
            assert colour.index(max(colour)) == wanted


def test_a_piece_is_cut_for_a_box_a_route_and_the_park(
    run: Run, langson: Path, tmp_path: Path
) -> None:
    tiles = {tile: vector_tile(tile) for tile in tiles_of((10, 11, 12))}
    big = write_pmtiles(tmp_path / "lon.pmtiles", tiles, tile_type=TileType.MVT)
    run(langson, "basemap", "add", big, "--name-vi", "Lớn")
    area = ("--box", "106.70,21.80,106.80,21.90")

    code, tried = run(langson, "basemap", "cut", "Lớn", tmp_path / "a", *area, "--estimate")
    assert (code, tried["out"], tried["tiles"]) == (0, None, None)
    assert tried["estimate"]["tiles"] == len(tiles_of((10, 11, 12), (106.70, 21.80, 106.80, 21.90)))

    code, cut = run(langson, "basemap", "cut", "Lớn", tmp_path / "a", *area, "--max-zoom", "11")
    assert (code, cut["tiles"]) == (0, len(tiles_of((10, 11), (106.70, 21.80, 106.80, 21.90))))
    # What was cut is a base map itself, and can be cut again as a plain file.
    code, report = run(langson, "basemap", "add", cut["out"])
    assert (code, report["format"], report["maxzoom"]) == (0, "mbtiles/mvt", 11)
    code, smaller = run(langson, "basemap", "cut", cut["out"], tmp_path / "b.mbtiles", *area)
    assert (code, smaller["tiles"]) == (0, cut["tiles"])

    for wanted in (("--route", "4"), ("--park",)):
        code, cut = run(langson, "basemap", "cut", "Lớn", tmp_path / "c.mbtiles", *wanted)
        assert (code, cut["tiles"] > 0) == (0, True), wanted
    out = tmp_path / "d.mbtiles"
    for bad in ("1,1,2,2", "9,1,2,2", "a,b,c,d"):
        code, _answer = run(langson, "basemap", "cut", "Lớn", out, "--box", bad)
        assert (code, out.exists()) == (20, False)
    assert [path.name for path in tmp_path.glob(".*.part")] == []


def test_cover_for_tomorrow(run: Run, langson: Path, tmp_path: Path, opened: OpenCatalogue) -> None:
    context = opened(langson)
    placed = [one.site for one in list_sites(context) if one.site.position][:2]
    day = context.now().date().isoformat()
    with context.work("agenda") as work:
        for at, site in enumerate(placed):
            work.put(
                MissionStop(
                    uuid=new_uuid(), day_on=day, starts_at=f"0{8 + at}:00", site_uuid=site.uuid
                )
            )
    context.catalogue.close()

    code, empty = run(langson, "basemap", "cover", "--day", day, "--max-zoom", "12")
    assert (code, empty["covered"], empty["sites"]) == (21, False, 2)
    assert {hole["zoom"] for hole in empty["holes"]} == {12}

    west = min(site.position.lon for site in placed if site.position) - 0.05
    east = max(site.position.lon for site in placed if site.position) + 0.05
    south = min(site.position.lat for site in placed if site.position) - 0.05
    north = max(site.position.lat for site in placed if site.position) + 0.05
    around = (west, south, east, north)
    small = picture(Tile(9, 1, 1))
    tiles: dict[Tile, bytes | None] = dict.fromkeys(tiles_of((12,), around), small)
    run(langson, "basemap", "add", write_mbtiles(tmp_path / "du.mbtiles", tiles))
    code, full = run(langson, "basemap", "cover", "--day", day, "--max-zoom", "12")
    assert (code, full["covered"], full["holes"]) == (0, True, [])
    code, deeper = run(langson, "basemap", "cover", "--site", placed[0].code, "--max-zoom", "13")
    assert (code, {hole["zoom"] for hole in deeper["holes"]}) == (21, {13})
    shutil.rmtree(langson / "layers")
    code, gone = run(langson, "basemap", "cover", "--day", day, "--max-zoom", "12")
    assert (code, gone["not_here"]) == (21, ["Nền thử"])


def test_help_says_how_and_what_is_not_lawful(run: Run, folder: Path) -> None:
    code, answer = run(folder, "basemap", "help")
    words = json.dumps(answer)
    assert code == 0
    assert "QGIS" in words
    assert "pmtiles extract" in words
    assert "may not be downloaded in bulk" in words

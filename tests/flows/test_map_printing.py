"""`map print`: PDF/A, SVG and PNG of the geopark, a route and a site, whole and in tiles."""

import io
import json
import sqlite3
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
import rasterio
from PIL import Image
from rasterio.transform import from_bounds
from rasterio.warp import transform

from geopark_app.cli import main
from geopark_app.domain.errors import Cancelled, GeoparkError
from geopark_app.domain.progress import CancelToken
from geopark_app.exchange.base_pictures import PictureOrder, warp_base_map
from geopark_app.geo.crs import to_projected
from geopark_app.maps.paper.content import PaperMapKind
from geopark_app.operations.basemap_adding import BasemapOptions, add_basemap, look_at_basemap
from geopark_app.operations.map_printing import print_map
from geopark_app.operations.paper_layers import base_named
from geopark_app.operations.print_options import BaseMapChoice, PrintOptions
from tests.builders import fixed_clock
from tests.conftest import OpenCatalogue
from tests.layer_files import feature, square, write_layer
from tests.tile_files import write_mbtiles

# What rasterio does with the newest affine is not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
MM_PER_POINT = 25.4 / 72
WEST, SOUTH, EAST, NORTH = 106.0, 21.3, 107.5, 22.5
DOT = (106.8, 21.9)


def run(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> dict[str, Any]:
    assert main(["--catalogue", str(folder), "map", "print", *arguments, "--json", "--quiet"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def pages_mm(path: Path) -> list[tuple[int, int]]:
    with pikepdf.open(path) as pdf:
        boxes = [[float(value) for value in page.mediabox] for page in pdf.pages]
    return [(round(b[2] * MM_PER_POINT), round(b[3] * MM_PER_POINT)) for b in boxes]


@pytest.fixture(scope="module")
def raster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a GeoTIFF in Web Mercator, light grey with a black square round a known place."""
    path = tmp_path_factory.mktemp("raster") / "base.tif"
    (west, east, dot_x), (south, north, dot_y) = transform(
        "EPSG:4326", "EPSG:3857", [WEST, EAST, DOT[0]], [SOUTH, NORTH, DOT[1]]
    )
    side = 1200
    pixels = np.full((3, side, side), 200, dtype=np.uint8)
    column = int((dot_x - west) / (east - west) * side)
    row = int((north - dot_y) / (north - south) * side)
    pixels[:, row - 6 : row + 7, column - 6 : column + 7] = 0
    with rasterio.open(
        path, "w", driver="GTiff", width=side, height=side, count=3, dtype="uint8",
        crs="EPSG:3857", transform=from_bounds(west, south, east, north, side, side),
    ) as made:  # fmt: skip
        made.write(pixels)
    return path


@pytest.mark.slow
def test_the_park_map_is_an_archive_pdf_of_the_size_asked_for(
    langson: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "park.pdf"
    report = run(capsys, langson, str(out), "--size", "A2", "--language", "both")
    assert pages_mm(out) == [(594, 420)]
    assert report["overlaps"] == []
    assert report["sketch"] is True
    assert report["counts"]["sites"] + report["counts"]["unplaced"] == 96
    with pikepdf.open(out) as pdf:
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfuaid:part"]) == ("2", "1")
        assert pdf.Root.MarkInfo.Marked

    tiled = run(capsys, langson, str(tmp_path / "t.pdf"), "--size", "A2", "--tiles", "A3")
    assert set(pages_mm(tmp_path / "t.pdf")) == {(420, 297)}
    assert tiled["pages"] == 4


def test_routes_and_sites_have_maps_as_drawing_and_picture(
    langson: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = {"type": "LineString", "coordinates": [[106.46, 21.5], [106.6, 21.65]]}
    path = write_layer(tmp_path / "r.geojson", [feature(line, code="1", name="Tuyến 1")])
    arguments = ["import", str(path), "--kind", "overlay", "--overlay", "route", "--quiet"]
    assert main(["--catalogue", str(langson), *arguments]) == 0
    capsys.readouterr()

    out = tmp_path / "route.svg"
    report = run(capsys, langson, str(out), "--kind", "route", "--of", "1", "--lang", "en")
    svg = out.read_text(encoding="utf-8")
    assert "Route 1: Exploring the Upper Mountain Realm" in svg
    assert "order of the stops" not in svg
    assert report["counts"]["routes"] == 1

    schematic = tmp_path / "second.svg"
    run(capsys, langson, str(schematic), "--kind", "route", "--of", "2", "--lang", "en")
    assert "order of the stops, not the road" in schematic.read_text(encoding="utf-8")

    picture = tmp_path / "site.png"
    run(capsys, langson, str(picture), "--kind", "site", "--of", "LS-020", "--size", "A4",
        "--orientation", "portrait", "--dpi", "72")  # fmt: skip
    with Image.open(picture) as opened:
        assert opened.size == (595, 842)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("x.gif",), 20),
        (("x.pdf", "--kind", "route", "--of", "99"), 40),
        (("x.pdf", "--kind", "site"), 20),
        (("x.pdf", "--layer", "no such"), 40),
        (("x.pdf", "--scale", "7"), 20),
    ],
)
def test_what_cannot_be_printed_is_said(
    langson: Path, tmp_path: Path, arguments: tuple[str, ...], code: int
) -> None:
    out = tmp_path / arguments[0]
    done = main(["--catalogue", str(langson), "map", "print", str(out), *arguments[1:]])
    assert done == code
    assert not out.exists()


def test_the_same_data_gives_the_same_bytes_and_a_stop_leaves_nothing(
    langson: Path, tmp_path: Path, opened: OpenCatalogue
) -> None:
    context = opened(langson, clock=fixed_clock)
    options = PrintOptions(kind=PaperMapKind.SITE, reference="LS-020")
    for name in ("one.pdf", "two.pdf"):
        print_map(context, tmp_path / name, options)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        print_map(context, tmp_path / "three.pdf", options, cancel=cancel)
    assert not (tmp_path / "three.pdf").exists()


def test_a_base_map_is_warped_to_the_place_it_shows(raster: Path, tmp_path: Path) -> None:
    east, north = to_projected(*DOT, 9215)
    # The known place is the middle of the picture.
    bounds = (east - 10_000, north - 5_000, east + 10_000, north + 5_000)
    order = PictureOrder(path=raster, epsg=9215, bounds=bounds, width=400, height=200, opacity=0.5)
    found = warp_base_map(order, output=tmp_path / "o.jpg", cancel=CancelToken())
    with Image.open(io.BytesIO(found.jpeg)) as picture:
        grey = np.asarray(picture.convert("L")).astype(float)
    dark = np.argwhere(grey < 170)
    assert dark.mean(axis=0) == pytest.approx((100, 200), abs=2)
    # Half as strong on white paper: 200 becomes 227.
    assert grey[5, 5] == pytest.approx(227, abs=3)
    assert found.cover == 1.0


def test_the_line_the_office_works_with_can_be_printed_as_a_layer(
    langson: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, dated in (("Dự thảo 1", "2025-01-01"), ("Dự thảo 2", "2025-07-01")):
        path = write_layer(tmp_path / f"{name}.geojson", [feature(square(106.4, 21.6), name="A")])
        assert main(["--catalogue", str(langson), "import", str(path), "--kind", "boundary",
                     "--name-vi", name, "--dated", dated, "--quiet"]) == 0  # fmt: skip
    capsys.readouterr()
    out = tmp_path / "draft.svg"
    report = run(capsys, langson, str(out))
    svg = out.read_text(encoding="utf-8")
    # One version, the newest; it is not official, so the map goes on saying it is a sketch.
    assert report["sketch"] is True
    assert "Dự thảo 2" in svg
    assert "Dự thảo 1" not in svg


def test_a_base_map_is_named_or_a_file(
    langson: Path, tmp_path: Path, opened: OpenCatalogue
) -> None:
    context = opened(langson)
    for name, from_north in (("nen.mbtiles", False), ("north.mbtiles", True)):
        file = look_at_basemap(context, write_mbtiles(tmp_path / name, from_north=from_north))
        add_basemap(context, file, BasemapOptions(name_vi=name), reason="add")
    named = base_named(context, "nen.mbtiles")
    assert (named.name, named.attribution) == ("nen.mbtiles", "Sở thử nghiệm")
    assert named.path.is_relative_to(langson)
    path = tmp_path / "nen.mbtiles"
    assert base_named(context, str(path)) == BaseMapChoice(path=path)
    # GDAL counts the rows of an MBTiles from the south: this one would be upside down.
    with pytest.raises(GeoparkError):
        base_named(context, "north.mbtiles")
    with pytest.raises(GeoparkError):
        base_named(context, "no such")


@pytest.mark.slow
def test_a_print_tells_how_fine_its_base_map_is(
    langson: Path, raster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "base.pdf"
    report = run(capsys, langson, str(out), "--size", "A4", "--basemap", str(raster),
                 "--basemap-dpi", "150", "--attribution", "Sở TN&MT")  # fmt: skip
    base = report["basemap"]
    assert (base["dpi"], base["attribution"]) == (150, "Sở TN&MT")
    assert 0 < base["source_dpi"] < 150
    assert base["cover"] > 0.9


def broken_files(folder: Path, raster: Path) -> list[Path]:
    """Give files that are no base map: text, cut off, vector tiles, elsewhere, no system."""
    content = raster.read_bytes()
    (folder / "text.tif").write_text("no picture", encoding="utf-8")
    (folder / "empty.mbtiles").write_bytes(b"")
    (folder / "cut.tif").write_bytes(content[: len(content) // 2])
    with sqlite3.connect(folder / "other.mbtiles") as database:
        database.execute("CREATE TABLE notes(name)")
    database.close()
    pixels = np.zeros((1, 8, 8), dtype=np.uint8)
    for name, crs in (("far.tif", "EPSG:32633"), ("without.tif", None)):
        with rasterio.open(
            folder / name, "w", driver="GTiff", width=8, height=8, count=1, dtype="uint8", crs=crs,
            transform=from_bounds(500_000, 0, 500_800, 800, 8, 8),
        ) as made:  # fmt: skip
            made.write(pixels)
    return [folder / name for name in ("text.tif", "empty.mbtiles", "cut.tif", "other.mbtiles",
                                       "far.tif", "without.tif")]  # fmt: skip


@pytest.mark.slow
def test_files_that_are_no_base_map_are_refused(raster: Path, tmp_path: Path) -> None:
    reasons = []
    for path in broken_files(tmp_path, raster):
        order = PictureOrder(path=path, epsg=9215, bounds=(440_000, 2_400_000, 450_000, 2_410_000),
                             width=40, height=40, opacity=1.0)  # fmt: skip
        with pytest.raises(GeoparkError) as caught:
            warp_base_map(order, output=tmp_path / "o.jpg", cancel=CancelToken())
        reasons.append(caught.value.details.get("reason"))
    assert reasons[:2] == ["no-picture", "no-picture"]
    assert set(reasons) <= {"no-picture", "damaged", "picture-elsewhere", "no-crs"}
    assert reasons[-2:] == ["picture-elsewhere", "no-crs"]


def test_a_choice_out_of_range_is_refused() -> None:
    with pytest.raises(GeoparkError):
        PrintOptions(base=BaseMapChoice(path=Path("x"), opacity=2.0))

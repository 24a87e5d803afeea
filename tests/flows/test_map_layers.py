"""`import --kind communes|boundary|overlay|track`: what is taken, refused, compared and undone."""

import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geopark_app.cli import main
from geopark_app.domain.kinds import Commune, MapLayer
from geopark_app.operations.layer_import import (
    LayerOptions,
    plan_layer,
    recognise_layer,
    take_layer,
)
from geopark_app.operations.map_layers import map_layers, move_layer, set_layer_style
from geopark_app.operations.map_moving import days_on_map, layer_track, tracks_of_day
from geopark_app.operations.safety import check_catalogue
from geopark_app.operations.undo import UndoStack
from tests.builders import content_of
from tests.conftest import OpenCatalogue
from tests.import_bombs import bombs
from tests.layer_files import (
    CODES,
    SIDE,
    SOUTH,
    TRACK,
    WEST,
    feature,
    four_communes,
    put_communes,
    square,
    write_layer,
)

Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def command(folder: Path, *arguments: object) -> tuple[int, dict[str, Any]]:
        code = main(["--catalogue", str(folder), *map(str, arguments), "--json", "--lang", "en"])
        return code, json.loads(capsys.readouterr().out)

    return command


@pytest.fixture
def with_communes(folder: Path, opened: OpenCatalogue) -> Path:
    put_communes(opened(folder))
    return folder


def adds_up(report: dict[str, Any]) -> bool:
    parts = sum(report[name] for name in ("added", "updated", "unchanged", "refused"))
    return bool(report["read"] == parts == len(report["rows"]))


def layers_of(run: Run, folder: Path) -> list[dict[str, Any]]:
    return list(run(folder, "record", "map_layer", "list")[1]["records"])


def test_communes_are_chosen_by_a_property_and_matched_by_code(
    run: Run, with_communes: Path, tmp_path: Path
) -> None:
    path = write_layer(tmp_path / "ranh gioi.geojson", four_communes())
    arguments = ("import", path, "--kind", "communes", "--filter", "kind=commune")

    code, tried = run(with_communes, *arguments, "--dry-run")
    assert (code, tried["dry_run"], tried["taken"]) == (0, True, False)
    assert layers_of(run, with_communes) == []

    code, report = run(with_communes, *arguments, "--dated", "01/07/2025", "--source", "test")
    assert code == 0
    assert adds_up(report)
    assert (report["added"], report["left_out"]) == (4, 1)
    assert [row["code"] for row in report["rows"]] == list(CODES)
    assert report["mapping"] == {"code": "code", "name_vi": "name"}
    # 0.1 degree squares at 21.55° north: geodesic, not plane.
    assert report["area_km2"] == pytest.approx(4 * 114.7, rel=0.01)
    (layer,) = layers_of(run, with_communes)
    assert (layer["layer_kind"], layer["dated_on"]) == ("communes", "2025-07-01")
    stored = with_communes / "layers" / layer["sha256"][:2] / layer["sha256"]
    kept = json.loads(stored.read_text(encoding="utf-8"))
    assert kept["features"][0]["properties"]["name_vi"] == "Đồng Đăng"


def test_what_is_no_commune_stops_the_import_unless_the_good_ones_are_wanted(
    run: Run, with_communes: Path, tmp_path: Path
) -> None:
    path = write_layer(tmp_path / "all.geojson", four_communes())

    code, report = run(with_communes, "import", path, "--kind", "communes")
    assert (code, report["taken"], report["refused"]) == (20, False, 5)
    assert adds_up(report)
    assert "Huyện Cao Lộc" in report["rows"][4]["reason"]
    assert layers_of(run, with_communes) == []
    assert not any((with_communes / "layers").iterdir())

    code, report = run(with_communes, "import", path, "--kind", "communes", "--take-good-rows")
    assert (code, report["added"], report["refused"]) == (21, 4, 1)


def test_lost_zeros_and_names_find_the_commune_and_doubles_are_refused(
    run: Run, with_communes: Path, tmp_path: Path
) -> None:
    path = write_layer(
        tmp_path / "odd.geojson",
        [
            feature(square(WEST, SOUTH), ma="6040", ten="?"),
            feature(square(WEST + SIDE, SOUTH), ma="", ten="xã HỮU LIÊN"),
            feature(square(WEST + 2 * SIDE, SOUTH), ma="06040", ten="Đồng Đăng"),
        ],
    )

    code, report = run(with_communes, "import", path, "--kind", "communes", "--dry-run")

    assert code == 20
    assert [row["status"] for row in report["rows"]] == ["added", "added", "refused"]
    assert [row["code"] for row in report["rows"]][:2] == ["06040", "06400"]
    assert any("Na Dương" in warning for warning in report["warnings"])


def test_a_catalogue_without_communes_gets_them_from_the_file(
    run: Run, folder: Path, tmp_path: Path, opened: OpenCatalogue
) -> None:
    path = write_layer(tmp_path / "c.geojson", four_communes()[:4])

    code, report = run(folder, "import", path, "--kind", "communes")

    assert (code, report["added"]) == (0, 4)
    communes = opened(folder).catalogue.records(Commune)
    assert {commune.code for commune in communes} == set(CODES)
    assert communes[0].area_km2 == pytest.approx(114.7, rel=0.01)


def test_the_same_file_again_changes_nothing(run: Run, with_communes: Path, tmp_path: Path) -> None:
    path = write_layer(tmp_path / "c.geojson", four_communes()[:4])
    run(with_communes, "import", path, "--kind", "communes")

    code, report = run(with_communes, "import", path, "--kind", "communes")

    assert (code, report["added"], report["unchanged"]) == (0, 0, 4)
    assert len(layers_of(run, with_communes)) == 1


def test_versions_of_the_boundary_are_compared(run: Run, folder: Path, tmp_path: Path) -> None:
    for name, side, day in (("a", 0.4, "2021-12-13"), ("b", 0.41, "2023-07-17"), ("c", 0.5, "")):
        write_layer(tmp_path / f"{name}.geojson", [feature(square(WEST, SOUTH, side))])
        arguments = ["--dated", day] if day else []
        code, report = run(
            folder, "import", tmp_path / f"{name}.geojson", "--kind", "boundary", "--official",
            "--source", "QĐ", *arguments,
        )  # fmt: skip
        assert code == 0
        if name == "a":
            assert report["change"] is None
        if name == "b":
            change = report["change"]
            assert change["percent"] == pytest.approx(5.05, abs=0.1)
            assert (change["needs_new_proposal"], round(change["lost_km2"], 3)) == (False, 0)
            assert change["gained_km2"] == pytest.approx(
                change["now_km2"] - change["before_km2"], rel=1e-3
            )
            assert "letter" in change["message"]
    # Against the newest version before it, not against the first.
    assert report["change"]["percent"] == pytest.approx(48.6, abs=0.5)
    assert report["change"]["needs_new_proposal"] is True
    assert any("No date" in warning for warning in report["warnings"])


def test_a_boundary_of_several_parts_becomes_one_shape(
    run: Run, folder: Path, tmp_path: Path, opened: OpenCatalogue
) -> None:
    path = write_layer(tmp_path / "parts.geojson", four_communes()[:4])

    run(folder, "import", path, "--kind", "boundary")

    (layer,) = map_layers(opened(folder))
    kept = json.loads(opened(folder).catalogue.layer_files.path_of(layer.sha256 or "").read_text())
    assert len(kept["features"]) == 1
    assert kept["features"][0]["geometry"]["type"] == "Polygon"


@pytest.mark.parametrize("form", ["gpkg", "shp", "zip", "kml", "geojson"])
def test_overlays_come_in_from_every_gis_format(
    run: Run, folder: Path, tmp_path: Path, form: str
) -> None:
    source = write_layer(
        tmp_path / "khu.geojson", [feature(square(WEST, SOUTH), name="Khu bảo tồn Hữu Liên")]
    )
    target = tmp_path / f"out.{'shp' if form == 'zip' else form}"
    if form != "geojson":
        _convert(source, target)
    else:
        target = source
    if form == "zip":
        with zipfile.ZipFile(tmp_path / "out.zip", "w") as archive:
            for part in tmp_path.glob("out.*"):
                if part.suffix != ".zip":
                    archive.write(part, part.name)
        target = tmp_path / "out.zip"

    code, report = run(folder, "import", target, "--kind", "overlay", "--overlay", "protected")

    assert (code, report["added"], report["kind"]) == (0, 1, "protected")
    assert report["rows"][0]["name"] == "Khu bảo tồn Hữu Liên"
    assert report["area_km2"] == pytest.approx(114.7, rel=0.01)


def _convert(source: Path, target: Path) -> None:
    driver = {".gpkg": "GPKG", ".shp": "ESRI Shapefile", ".kml": "LIBKML"}[target.suffix]
    script = (
        "import sys, pyogrio.raw as raw;"
        "meta, _, geometry, data = raw.read(sys.argv[1]);"
        "raw.write(sys.argv[2], geometry, data, meta['fields'], crs='EPSG:4326',"
        " geometry_type='Polygon', driver=sys.argv[3], encoding='UTF-8')"
    )
    import sys

    subprocess.run([sys.executable, "-c", script, str(source), str(target), driver], check=True)


def test_a_track_keeps_its_times(
    run: Run, folder: Path, tmp_path: Path, opened: OpenCatalogue
) -> None:
    path = tmp_path / "ngay.gpx"
    path.write_text(TRACK, encoding="utf-8")

    code, report = run(folder, "import", path, "--kind", "track")

    assert (code, report["added"], report["left_out"]) == (0, 2, 0)
    context = opened(folder)
    (layer,) = map_layers(context, "track")
    points = layer_track(context, layer)
    assert len(points) == 5
    assert (points[1].lon, points[1].lat) == (106.52, 21.551)
    assert points[1].at.isoformat() == "2026-11-20T01:05:00+00:00"
    assert days_on_map(context) == {"2026-11-20": 0}
    assert sum(len(line) for line in tracks_of_day(context, "2026-11-20")) == 5
    assert tracks_of_day(context, "2026-11-21") == []


def test_metres_are_put_into_degrees_and_a_file_that_hides_its_system_is_asked_about(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    ring = [[449000, 2417000], [450000, 2417000], [450000, 2418000], [449000, 2417000]]
    path = write_layer(
        tmp_path / "vn2000.geojson", [feature({"type": "Polygon", "coordinates": [ring]}, ten="A")]
    )

    code, answer = run(folder, "import", path, "--kind", "overlay")
    assert (code, answer["error"]["code"]) == (20, "refused-file")
    assert "coordinate system" in answer["error"]["message"]

    code, report = run(folder, "import", path, "--kind", "overlay", "--crs", "EPSG:9215")
    assert (code, report["crs"]) == (0, "EPSG:9215")
    assert report["area_km2"] == pytest.approx(0.5, rel=0.001)


BAD_ROWS = {
    "no-shape": feature(None, ten="không hình"),
    "a point": feature({"type": "Point", "coordinates": [106.5, 21.5]}, ten="điểm"),
    "off the globe": feature(square(106.5, 95.0), ten="ngoài"),
    "around the world": feature(
        {"type": "Polygon", "coordinates": [[[-179, 1], [179, 1], [179, 2], [-179, 1]]]}, ten="v"
    ),
}


@pytest.mark.parametrize("what", BAD_ROWS)
def test_bad_features_are_refused_one_by_one(
    run: Run, folder: Path, tmp_path: Path, what: str
) -> None:
    path = write_layer(
        tmp_path / "bad.geojson", [feature(square(WEST, SOUTH), ten="tốt"), BAD_ROWS[what]]
    )

    code, report = run(folder, "import", path, "--kind", "boundary", "--take-good-rows")

    assert (code, report["added"], report["refused"]) == (21, 1, 1)
    assert report["rows"][1]["reason"]


def test_a_self_crossing_area_is_put_right_and_said(run: Run, folder: Path, tmp_path: Path) -> None:
    bow = [[106.5, 21.5], [106.6, 21.6], [106.6, 21.5], [106.5, 21.6], [106.5, 21.5]]
    path = write_layer(
        tmp_path / "bow.geojson", [feature({"type": "Polygon", "coordinates": [bow]}, ten="nơ")]
    )

    code, report = run(folder, "import", path, "--kind", "overlay")

    assert (code, report["added"]) == (0, 1)
    assert any("Self-crossing" in warning for warning in report["warnings"])
    assert report["area_km2"] == pytest.approx(57.3, rel=0.02)


def _deep(depth: int) -> str:
    return '{"type":"FeatureCollection","features":' + "[" * depth + "]" * depth + "}"


BAD_FILES = {
    "empty": b"",
    "truncated": b'{"type":"FeatureCollection","features":[{"type":"Feature","geom',
    "nested 10,000 deep": _deep(10_000).encode(),
    "no shapes": b'{"type":"FeatureCollection","features":[{"type":"Feature",'
    b'"properties":{"a":1},"geometry":null}]}',
    "a table": b"code;name\n1;a\n",
    "entities": b'<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "b">]><gpx>&a;</gpx>',
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(500),
}


@pytest.mark.parametrize("what", BAD_FILES)
def test_bad_files_are_refused_with_a_sentence(
    run: Run, folder: Path, tmp_path: Path, what: str
) -> None:
    path = tmp_path / "bad.bin"
    path.write_bytes(BAD_FILES[what])

    code, answer = run(folder, "import", path, "--kind", "overlay")

    assert code == 20
    assert answer["error"]["message"]
    assert answer["error"]["safe"] == "Nothing was changed."
    assert not any((folder / "layers").iterdir())
    assert not list((folder / "cache").glob("*layer*"))


@pytest.mark.parametrize("name", list(bombs(Path("/etc/hostname"))))
def test_files_nobody_should_send_are_refused_here_too(
    run: Run, folder: Path, tmp_path: Path, name: str
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("code,name_vi\nS-1,SECRET\n", encoding="utf-8")
    file_name, make = bombs(secret)[name]
    path = tmp_path / file_name
    path.write_bytes(make())
    before = content_of(folder)
    outside = sorted(one for one in tmp_path.rglob("*") if folder not in one.parents)

    code, answer = run(folder, "import", path, "--kind", "overlay")

    assert (code, answer["error"]["code"]) == (20, "refused-file")
    assert "SECRET" not in json.dumps(answer)
    assert content_of(folder) == before
    assert list((folder / "cache").iterdir()) == []
    assert outside == sorted(one for one in tmp_path.rglob("*") if folder not in one.parents)


@pytest.mark.parametrize(
    ("options", "field"),
    [
        (("--overlay", "weather"), "--overlay"),
        (("--dated", "yesterday"), "date"),
        (("--filter", "kind"), "--filter"),
        (("--map", "name=wind"), "wind"),
    ],
)
def test_options_that_make_no_sense_are_named(
    run: Run, folder: Path, tmp_path: Path, options: tuple[str, str], field: str
) -> None:
    path = write_layer(tmp_path / "a.geojson", [feature(square(WEST, SOUTH), name="A")])

    code, answer = run(folder, "import", path, "--kind", "overlay", *options)

    assert code == 20
    assert field in json.dumps(answer["error"], ensure_ascii=False)


def test_a_filter_nothing_passes_and_a_column_that_is_not_there(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    path = write_layer(tmp_path / "a.geojson", [feature(square(WEST, SOUTH), name="A")])

    for option, word in (("name=B", "name"), ("colour=red", "colour")):
        code, answer = run(folder, "import", path, "--kind", "overlay", "--filter", option)
        assert code == 20
        assert word in answer["error"]["message"]


def test_an_import_and_a_style_are_undone(
    with_communes: Path, tmp_path: Path, opened: OpenCatalogue
) -> None:
    context = opened(with_communes)
    undo = UndoStack(context)
    path = write_layer(tmp_path / "c.geojson", four_communes()[:4])
    options = LayerOptions(kind="communes")
    plan = plan_layer(context, recognise_layer(context, path, options), options)
    undo.push(take_layer(context, plan, options, reason="import").changes)
    (layer,) = map_layers(context)
    undo.push(set_layer_style(context, layer.uuid, reason="style", opacity=0.4, is_visible=False))

    undo.undo()
    fresh = context.catalogue.get(MapLayer, layer.uuid)
    assert fresh is not None
    assert (fresh.opacity, fresh.is_visible) == (1.0, True)
    undo.undo()
    assert map_layers(context) == []
    undo.redo()
    assert [one.uuid for one in map_layers(context)] == [layer.uuid]


def test_layers_change_places(
    run: Run, folder: Path, tmp_path: Path, opened: OpenCatalogue
) -> None:
    for name in "abc":
        path = write_layer(
            tmp_path / f"{name}.geojson", [feature(square(WEST, SOUTH, ord(name) / 1000), n=name)]
        )
        run(folder, "import", path, "--kind", "overlay")
    context = opened(folder)
    assert [layer.name_vi for layer in map_layers(context)] == ["c", "b", "a"]

    move_layer(context, map_layers(context)[2].uuid, 1, reason="up")
    assert [layer.name_vi for layer in map_layers(context)] == ["c", "a", "b"]
    move_layer(context, map_layers(context)[0].uuid, -1, reason="down")
    assert [layer.name_vi for layer in map_layers(context)] == ["a", "c", "b"]
    assert not move_layer(context, map_layers(context)[0].uuid, 1, reason="up").touched


def test_the_check_names_a_layer_that_is_missing_or_was_changed(
    run: Run, folder: Path, tmp_path: Path, opened: OpenCatalogue
) -> None:
    path = write_layer(tmp_path / "a.geojson", [feature(square(WEST, SOUTH), name="A")])
    run(folder, "import", path, "--kind", "boundary")
    context = opened(folder)
    assert check_catalogue(context) == []
    (layer,) = map_layers(context)
    stored = context.catalogue.layer_files.path_of(layer.sha256 or "")

    stored.write_text("{}", encoding="utf-8")
    assert [one.code for one in check_catalogue(context)] == ["layer-file-damaged"]
    stored.unlink()
    assert [one.code for one in check_catalogue(context)] == ["layer-file-missing"]

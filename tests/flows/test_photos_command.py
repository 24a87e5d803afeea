"""`photos` on the command line: the JSON of the contract, exit codes, sentences."""

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from geopark_app.cli import main
from geopark_app.domain.kinds import Site
from geopark_app.domain.position import Position
from geopark_app.operations.catalogues import create_new
from geopark_app.store.new_keys import new_uuid


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GEOPARK_PROFILE", str(tmp_path / "profile"))
    folder = tmp_path / "catalogue"
    context = create_new(folder, starter="empty", person="Hà", device="A")
    at = Position(lon=106.75, lat=21.85, quality="exact")
    with context.work("add site") as work:
        work.put(Site(uuid=new_uuid(), code="LS-001", name_vi="Hang Gió", position=at))
    context.catalogue.close()
    return folder


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    exif = Image.Exif()
    exif[Base.Make], exif[Base.Orientation] = "Canon", 6
    exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = "2026:03:15 08:30:00"
    exif.get_ifd(IFD.GPSInfo).update(
        {GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (21.85, 0.0, 0.0),
         GPS.GPSLongitudeRef: "E", GPS.GPSLongitude: (106.75, 0.0, 0.0),
         GPS.GPSAltitudeRef: b"\x01", GPS.GPSAltitude: 3.0}
    )  # fmt: skip
    Image.new("RGB", (400, 300), "green").save(folder / "1.jpg", exif=exif)
    (folder / "2.jpg").write_text("không phải ảnh", encoding="utf-8")
    return folder


def run(
    capsys: pytest.CaptureFixture[str], catalogue: Path, *arguments: str
) -> tuple[int, dict[str, Any]]:
    code = main(["--catalogue", str(catalogue), "photos", *arguments, "--json"])
    content = json.loads(capsys.readouterr().out)
    assert isinstance(content, dict)
    return code, content


def test_add_show_list_check(
    capsys: pytest.CaptureFixture[str], catalogue: Path, stick: Path
) -> None:
    code, added = run(capsys, catalogue, "add", str(stick), "--site", "LS-001")
    assert code == 21
    assert {key: added[key] for key in ("read", "added", "known", "damaged", "refused")} == {
        "read": 2, "added": 1, "known": 0, "damaged": 0, "refused": 1,
    }  # fmt: skip
    first, second = added["files"]
    assert (first["status"], first["site"], first["reason"]) == ("added", "LS-001", None)
    assert (second["status"], second["reason_code"]) == ("refused", "not-a-picture")

    code, shown = run(capsys, catalogue, "show", first["uuid"])
    assert code == 0
    assert shown["sha256"] == first["sha256"]
    assert (shown["format"], shown["width"], shown["height"]) == ("jpeg", 400, 300)
    assert (shown["orientation"], shown["taken_at"]) == (6, "2026-03-15T08:30:00+07:00")
    assert (shown["lon"], shown["lat"]) == pytest.approx((106.75, 21.85), abs=1e-6)
    assert (shown["position_trusted"], shown["altitude_m"]) == (True, -3.0)
    assert (shown["make"], shown["model"], shown["direction_deg"]) == ("Canon", None, None)
    assert shown["thumb_sha256"]
    assert shown["rendition_sha256"]

    code, listed = run(capsys, catalogue, "list", "--site", "LS-001")
    assert (code, listed["count"], listed["photos"][0]["uuid"]) == (0, 1, first["uuid"])

    code, checked = run(capsys, catalogue, "check")
    assert (code, checked["ok"], checked["photos"]) == (0, True, 1)
    lost = shown["thumb_sha256"]
    (catalogue / "files" / lost[:2] / lost).unlink()
    code, checked = run(capsys, catalogue, "check")
    assert (code, checked["ok"]) == (21, False)
    assert checked["findings"][0]["problem"] == "missing"


def test_auto_reports_the_distance(
    capsys: pytest.CaptureFixture[str], catalogue: Path, stick: Path
) -> None:
    code, added = run(capsys, catalogue, "add", str(stick / "1.jpg"), "--auto")
    assert code == 0
    assert added["files"][0]["site"] == "LS-001"
    assert added["files"][0]["distance_m"] < 1


def test_only_unreadable_files_are_refused_data(
    capsys: pytest.CaptureFixture[str], catalogue: Path, stick: Path
) -> None:
    code, added = run(capsys, catalogue, "add", str(stick / "2.jpg"), "--lang", "vi")
    assert (code, added["refused"]) == (20, 1)
    assert added["error"]["code"] == "unsupported-format"
    assert added["error"]["safe"]


@pytest.mark.parametrize(
    ("arguments", "exit_code", "error"),
    [
        (("add", "gone.jpg"), 40, "not-found"),
        (("show", "nothing"), 40, "not-found"),
        (("list", "--site", "LS-999"), 40, "not-found"),
    ],
)
def test_what_is_not_there(
    capsys: pytest.CaptureFixture[str],
    catalogue: Path,
    arguments: tuple[str, ...],
    exit_code: int,
    error: str,
) -> None:
    code, content = run(capsys, catalogue, *arguments)
    assert (code, content["error"]["code"]) == (exit_code, error)


def test_site_and_auto_exclude_each_other(catalogue: Path, stick: Path) -> None:
    arguments = ["photos", "add", str(stick), "--site", "LS-001", "--auto"]
    assert main(["--catalogue", str(catalogue), *arguments]) == 2


def test_people_read_sentences(
    capsys: pytest.CaptureFixture[str], catalogue: Path, stick: Path
) -> None:
    main(["--catalogue", str(catalogue), "photos", "add", str(stick), "--lang", "en"])
    captured = capsys.readouterr()
    assert "Read 2: 1 added, 0 already known, 0 damaged, 1 refused." in captured.out
    assert "2.jpg: This file is not a picture." in captured.err

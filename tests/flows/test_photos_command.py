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


def test_a_dry_run_shows_the_proposal_and_writes_nothing(
    capsys: pytest.CaptureFixture[str], catalogue: Path, stick: Path
) -> None:
    Image.new("RGB", (1280, 960), "teal").save(stick / "IMG-20260314-WA0001.jpg")
    code, plan = run(capsys, catalogue, "add", str(stick), "--dry-run")
    assert code == 21
    assert (plan["dry_run"], plan["read"], plan["added"], plan["refused"]) == (True, 3, 2, 1)
    first, _text, chat = plan["files"]
    assert (first["site"], first["distance_m"]) == ("LS-001", 0.0)
    assert (chat["chat_copy"], chat["chat_app"], chat["sent_on"]) == (
        *(True, "WhatsApp", "2026-03-14"),
    )
    assert run(capsys, catalogue, "list")[1]["count"] == 0


def test_a_chat_copy_gets_the_date_of_the_batch_and_its_original_is_asked_for(
    capsys: pytest.CaptureFixture[str], catalogue: Path, tmp_path: Path
) -> None:
    path = tmp_path / "IMG-20260314-WA0001.jpg"
    Image.new("RGB", (1280, 960), "teal").save(path)
    code, added = run(capsys, catalogue, "add", str(path), "--taken-at", "14/03/2026")
    assert (code, added["originals_wanted"]) == (0, [path.name])
    photo = run(capsys, catalogue, "list")[1]["photos"][0]
    assert photo["taken_at"] == "2026-03-14T12:00:00+07:00"
    code, refused = run(capsys, catalogue, "add", str(path), "--taken-at", "some day")
    assert (code, refused["error"]["code"]) == (20, "bad-value")


def test_the_inbox_is_listed_and_emptied(
    capsys: pytest.CaptureFixture[str], catalogue: Path, stick: Path
) -> None:
    run(capsys, catalogue, "add", str(stick / "1.jpg"))
    code, inbox = run(capsys, catalogue, "inbox", "--day", "2026-03-15")
    assert (code, inbox["count"], inbox["photos"][0]["site"]) == (0, 1, "LS-001")
    uuid = inbox["photos"][0]["uuid"]
    assert run(capsys, catalogue, "assign", uuid, "--nearest")[1] == {"assigned": 1, "unchanged": 0}
    assert run(capsys, catalogue, "inbox")[1]["count"] == 0
    assert run(capsys, catalogue, "assign", uuid, "--site", "LS-001")[1]["unchanged"] == 1
    assert run(capsys, catalogue, "assign", uuid, "--inbox")[1]["assigned"] == 1
    assert run(capsys, catalogue, "assign", "nobody", "--inbox")[0] == 40
    assert main(["--catalogue", str(catalogue), "photos", "assign", uuid]) == 2
    main(["--catalogue", str(catalogue), "photos", "inbox", "--lang", "en"])
    assert "Site proposed" in capsys.readouterr().out


def test_a_track_places_a_photo_by_the_photo_of_a_clock(
    capsys: pytest.CaptureFixture[str], catalogue: Path, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[Base.Make] = "Canon"
    exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = "2026:03:15 08:30:00"
    Image.new("RGB", (400, 300), "green").save(tmp_path / "clock.jpg", exif=exif)
    points = "".join(
        f'<trkpt lat="21.85" lon="106.75"><time>2026-03-15T01:{minute:02}:00Z</time></trkpt>'
        for minute in (30, 32, 34)
    )
    track = tmp_path / "day.gpx"
    track.write_text(
        '<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>'
        f"{points}</trkseg></trk></gpx>",
        encoding="utf-8",
    )
    run(capsys, catalogue, "add", str(tmp_path / "clock.jpg"))
    uuid = run(capsys, catalogue, "inbox")[1]["photos"][0]["uuid"]
    clock = ["--clock-photo", uuid, "--clock-time", "08:31:00"]
    code, look = run(capsys, catalogue, "match-track", str(track), *clock, "--dry-run")
    assert (code, look["placed"], look["photos"][0]["clock_offset_s"]) == (0, 1, 60)
    assert look["photos"][0]["site"] == "LS-001"
    assert run(capsys, catalogue, "list")[1]["photos"][0]["position_trusted"] is False
    assert run(capsys, catalogue, "match-track", str(track), *clock)[1]["placed"] == 1
    photo = run(capsys, catalogue, "list")[1]["photos"][0]
    assert (photo["position_trusted"], photo["taken_at"]) == (True, "2026-03-15T08:31:00+07:00")
    code, none = run(
        capsys, catalogue, "match-track", str(track), "--offset", "+5:00:00", "--photo", uuid
    )
    assert (none["placed"], none["photos"][0]["reason"]) == (0, "after-the-track")
    offsets = ["--camera-offset", "Canon=0:01:00"]
    assert run(capsys, catalogue, "match-track", str(track), *offsets)[1]["placed"] == 1
    for wrong in (["--clock-photo", uuid], ["--camera-offset", "Canon"]):
        command = ["--catalogue", str(catalogue), "photos", "match-track", str(track), *wrong]
        assert main(command) == 2
    main(["--catalogue", str(catalogue), "photos", "match-track", str(track), "--lang", "en"])
    assert "1 of 1 photos have a place on the track." in capsys.readouterr().out

"""The main job from an empty laptop to a printed annex, and the demo that shows it."""

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from geopark_app.cli import main
from geopark_app.domain.kinds import Photo, Site, Visit
from geopark_app.operations import demo
from geopark_app.operations.demo import make_demo
from geopark_app.operations.records import delete_record, set_fields
from geopark_app.operations.safety import check_catalogue
from tests.builders import fixed_clock, op_count, rows


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> dict[str, Any]:
    code = main([*(str(argument) for argument in arguments), "--json"])
    content = json.loads(capsys.readouterr().out)
    assert isinstance(content, dict)
    assert code == 0, content
    return content


@pytest.mark.slow
def test_from_an_empty_laptop_to_a_printed_annex(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, profile: Path
) -> None:
    folder, stick = tmp_path / "Danh mục 2026", tmp_path / "stick"
    made = run(capsys, "new", folder, "--author", "Nông Thị Hà", "--device", "máy 7")
    assert made["sites"] == 96
    catalogue = ("--catalogue", folder)

    run(
        capsys, *catalogue, "site", "set", "LS-002", "-f", "lon=106.374", "-f", "lat=21.672",
        "-f", "coord_quality=exact", "-f", "summary_vi=Đáy biển cổ.", "-f", "village=Nà Mò",
    )  # fmt: skip

    stick.mkdir()
    for number, colour in enumerate(("green", "grey")):
        Image.new("RGB", (1800, 1200), colour).save(stick / f"Ảnh {number}.jpg")
    added = run(
        capsys, *catalogue, "photos", "add", stick, "--site", "LS-002", "--credit", "Hà",
        "--licence", "cc0",
    )  # fmt: skip
    assert (added["read"], added["added"]) == (2, 2)
    photo = added["files"][0]["uuid"]
    run(capsys, *catalogue, "site", "set", "LS-002", "-f", f"cover_photo_uuid={photo}")
    run(capsys, *catalogue, "record", "photo", "set", photo, "-f", "caption_vi=Cửa hang")

    answers = tmp_path / "answers.json"
    items = {"B01": {"status": "met", "photos": [photo]}, "B02": {"status": "not_met"}}
    answers.write_text(json.dumps({"items": items}), encoding="utf-8")
    run(capsys, *catalogue, "visit", "record", "LS-002", "--answers", answers)
    ready = run(capsys, *catalogue, "readiness", "LS-002")
    assert 0 < ready["score"] < 1

    drawn = run(capsys, *catalogue, "map", tmp_path / "map.html")
    assert (tmp_path / "map.html").stat().st_size > 100_000
    assert 0 < drawn["drawn"] < drawn["sites"] == 96

    out = tmp_path / "dossier"
    built = run(capsys, *catalogue, "dossier", "build", out, "--filter", "code=LS-002,LS-003")
    names = {Path(file["path"]).suffix for file in built["files"]}
    assert {".pdf", ".docx", ".xlsx", ".gpkg"} <= names
    assert (out / "bagit.txt").is_file()

    assert run(capsys, *catalogue, "check")["ok"] is True
    assert run(capsys, *catalogue, "sync", "pending")["pending"] == 5
    people = rows(folder, "SELECT DISTINCT user FROM txn WHERE sig <> ''")
    assert len(people) == 1
    # nothing of the person's key is in the folder that is handed on
    keys = [file.read_bytes().strip() for file in profile.glob("*.key")]
    assert len(keys) == 1
    assert not any(keys[0] in file.read_bytes() for file in folder.rglob("*") if file.is_file())


@pytest.mark.slow
def test_the_demo_is_marked_and_a_second_run_keeps_what_a_person_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # two sites with pictures show as much as fourteen
    monkeypatch.setattr(demo, "_PICTURES", {"LS-001": 1, "LS-002": 2})
    folder = tmp_path / "demo"
    context = make_demo(folder, person="Hà", device="A", clock=fixed_clock)
    with context.catalogue as catalogue:
        photos, visits = catalogue.records(Photo), catalogue.records(Visit)
        assert catalogue.folder.is_sample
        assert len(photos) == 3
        assert len(visits) == 8
        assert all(photo.sample for photo in photos)
        assert all("MẪU / SAMPLE" in (photo.credit or "") for photo in photos)
        assert all(visit.sample for visit in visits)
        changed = catalogue.records(Site, where={"code": "LS-002"})[0]
        set_fields(context, "site", changed.uuid, {"name_vi": "Tên của tôi"})
        delete_record(context, "photo", photos[0].uuid)
        delete_record(context, "visit", visits[0].uuid)
        assert check_catalogue(context) == []
    before = op_count(folder)

    again = make_demo(folder, person="Hà", device="A", clock=fixed_clock)
    with again.catalogue as catalogue:
        assert op_count(folder) == before
        found = catalogue.get(Site, changed.uuid)
        assert found is not None
        assert found.name_vi == "Tên của tôi"
        assert len(catalogue.records(Photo)) == len(photos) - 1
        assert len(catalogue.records(Visit)) == 7


def test_the_demo_is_not_made_in_a_person_s_catalogue(langson: Path) -> None:
    from geopark_app.domain.errors import ErrorCode, GeoparkError

    before = op_count(langson)
    with pytest.raises(GeoparkError) as caught:
        make_demo(langson, person="Hà", device="A")
    assert caught.value.code is ErrorCode.FOLDER_NOT_EMPTY
    assert op_count(langson) == before

"""Backup, finding again and handing over on full and read-only disks: a sentence, nothing half."""

import shutil
from pathlib import Path

import pytest
from PIL import Image

from geopark_app.operations.photos import add_photos
from geopark_app.store.files import hash_of
from tests.conftest import OpenCatalogue
from tests.flows.test_bad_input_disk import Mount, fill, run, small_disk

__all__ = ["small_disk"]


@pytest.fixture
def with_photos(folder: Path, tmp_path: Path, opened: OpenCatalogue) -> Path:
    """Give a closed catalogue with four photos of a megabyte."""
    camera = tmp_path / "camera"
    camera.mkdir()
    for number in range(4):
        noise = Image.effect_noise((900, 900), 90 + number).convert("RGB")
        noise.save(camera / f"{number}.jpg", quality=95)
    context = opened(folder)
    assert len(add_photos(context, [camera]).files) == 4
    context.catalogue.close()
    return folder


@pytest.mark.parametrize("leave", [0, 500_000, 3_500_000])
def test_a_backup_on_a_full_disk_is_continued_when_there_is_room(
    capsys: pytest.CaptureFixture[str], small_disk: Mount, with_photos: Path, leave: int
) -> None:
    disk = small_disk(24)
    filler = fill(disk, leave=leave)
    words = ("--catalogue", with_photos, "backup", disk / "backup", "--photos")
    code, answer = run(capsys, *words)
    assert (code, answer["error"]["code"]) == (30, "disk-full")
    copies = list((disk / "backup").glob("files/[0-9a-f][0-9a-f]/*"))
    assert all(hash_of(path) == path.name for path in copies)
    assert list(disk.rglob("*.part")) == []
    filler.unlink()
    code, answer = run(capsys, *words)
    assert code == 0, answer
    assert answer["there"] + answer["copied"] == answer["files"]
    assert answer["there"] == len(copies)


def test_finding_again_on_a_full_disk_changes_nothing(
    capsys: pytest.CaptureFixture[str], small_disk: Mount, with_photos: Path, tmp_path: Path
) -> None:
    disk = small_disk(40)
    place = Path(shutil.copytree(with_photos, disk / "c"))
    originals = [path for path in place.glob("files/*/*") if path.stat().st_size > 500_000]
    for path in originals:
        path.unlink()
    filler = fill(disk, leave=200_000)
    words = ("--catalogue", place, "photos", "heal", tmp_path / "camera")
    code, answer = run(capsys, *words)
    assert (code, answer["error"]["code"]) == (30, "disk-full")
    assert list(place.rglob("*.part")) == []
    filler.unlink()
    code, answer = run(capsys, *words)
    assert (code, answer["missing"]) == (0, [])
    assert run(capsys, "--catalogue", place, "check")[0] == 0


def test_handing_over_on_a_full_disk_leaves_nothing(
    capsys: pytest.CaptureFixture[str], small_disk: Mount, with_photos: Path
) -> None:
    disk = small_disk(24)
    filler = fill(disk, leave=300_000)
    words = ("--catalogue", with_photos, "photos", "export", disk / "out")
    code, answer = run(capsys, *words)
    assert (code, answer["error"]["code"]) == (30, "disk-full")
    assert list(disk.iterdir()) == [filler]
    filler.unlink()
    assert run(capsys, *words)[0] == 0


def test_a_read_only_catalogue_is_backed_up_and_handed_over_but_not_healed(
    capsys: pytest.CaptureFixture[str], small_disk: Mount, with_photos: Path, tmp_path: Path
) -> None:
    words = ("--catalogue", small_disk(read_only_view_of=with_photos))
    assert run(capsys, *words, "photos", "where")[1]["only_copies"] == 4
    assert run(capsys, *words, "photos", "check")[1]["ok"] is True
    code, answer = run(capsys, *words, "backup", tmp_path / "backup", "--photos")
    assert (code, answer["copied"], answer["remembered"]) == (0, answer["files"], False)
    assert run(capsys, *words, "photos", "export", tmp_path / "out")[0] == 0
    code, answer = run(capsys, *words, "photos", "heal", tmp_path / "camera")
    assert (code, answer["error"]["code"]) == (30, "read-only")


def test_backup_and_handing_over_onto_a_read_only_disk(
    capsys: pytest.CaptureFixture[str], small_disk: Mount, with_photos: Path, tmp_path: Path
) -> None:
    (tmp_path / "locked").mkdir()
    disk = small_disk(read_only_view_of=tmp_path / "locked")
    for words in (("backup", disk / "b", "--photos"), ("photos", "export", disk / "out")):
        code, answer = run(capsys, "--catalogue", with_photos, *words)
        assert (code, answer["error"]["code"]) == (30, "read-only")

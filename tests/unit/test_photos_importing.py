"""The stages of an import: every file gets one answer, originals stay as they are."""

import hashlib
import os
import random
from pathlib import Path

import pytest
from PIL import Image

from geopark_app.domain.progress import CancelToken, Progress
from geopark_app.photos import picture
from geopark_app.photos.importing import (
    FileOutcome,
    FileStatus,
    FoundFile,
    find_files,
    hash_file,
    prepare_photos,
)
from geopark_app.photos.reasons import Reason


def photo(path: Path, colour: str = "green", picture_format: str = "JPEG") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (60, 40), colour).save(path, picture_format)
    return path


def outcomes(paths: list[Path], known: set[str] | None = None) -> list[FileOutcome]:
    seen = set(known or ())
    answers = []
    for outcome in prepare_photos(
        find_files(paths),
        is_known=lambda sha256: sha256 in seen,
        progress=lambda _: None,
        cancel=CancelToken(),
    ):
        answers.append(outcome)
        if outcome.sha256:
            seen.add(outcome.sha256)
    return answers


def test_folders_are_walked_in_a_stable_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b/2.jpg", "b/1.jpg", "a/3.jpg", "0.jpg"):
        photo(tmp_path / name)
    for name in (".DS_Store", "a/._3.jpg", "Thumbs.db", ".trash/4.jpg"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    found = [file.path.relative_to(tmp_path).as_posix() for file in find_files([tmp_path])]
    assert found == ["0.jpg", "a/3.jpg", "b/1.jpg", "b/2.jpg"]


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
def test_links_in_folders_are_not_followed(tmp_path: Path) -> None:
    outside = photo(tmp_path / "outside/secret.jpg")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "file.jpg").symlink_to(outside)
    (inside / "folder").symlink_to(outside.parent, target_is_directory=True)
    (inside / "loop").symlink_to(inside, target_is_directory=True)
    assert find_files([inside]) == [
        FoundFile(path=inside / name, refusal=Reason.LINK)
        for name in ("file.jpg", "folder", "loop")
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_refused_unopened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    (outcome,) = outcomes([tmp_path])
    assert (outcome.status, outcome.reason) == (FileStatus.REFUSED, Reason.NOT_A_FILE)


def test_every_file_gets_exactly_one_answer(tmp_path: Path) -> None:
    first = photo(tmp_path / "1.jpg")
    (tmp_path / "2-copy.jpg").write_bytes(first.read_bytes())
    photo(tmp_path / "3.png", "red", "PNG")
    (tmp_path / "4-cut.jpg").write_bytes(first.read_bytes()[:-200])
    (tmp_path / "5-empty.jpg").touch()
    (tmp_path / "6-text.jpg").write_text("Đá vôi Bắc Sơn", encoding="utf-8")
    answers = {outcome.path.name: outcome for outcome in outcomes([tmp_path])}
    assert {name: answer.status for name, answer in answers.items()} == {
        "1.jpg": FileStatus.NEW,
        "2-copy.jpg": FileStatus.KNOWN,
        "3.png": FileStatus.NEW,
        "4-cut.jpg": FileStatus.DAMAGED,
        "5-empty.jpg": FileStatus.DAMAGED,
        "6-text.jpg": FileStatus.REFUSED,
    }
    assert answers["1.jpg"].prepared is not None
    assert answers["2-copy.jpg"].prepared is None
    assert answers["6-text.jpg"].reason is Reason.NOT_A_PICTURE


def test_a_prepared_photo_knows_its_file(tmp_path: Path) -> None:
    path = photo(tmp_path / "Hang Gió.webp", picture_format="WEBP")
    (outcome,) = outcomes([path])
    prepared = outcome.prepared
    assert prepared is not None
    assert prepared.sha256 == hashlib.sha256(path.read_bytes()).hexdigest() == hash_file(path)
    assert prepared.byte_count == path.stat().st_size
    assert prepared.picture_format.value == "image/webp"


def test_originals_are_neither_altered_nor_moved(tmp_path: Path) -> None:
    paths = [photo(tmp_path / f"{number}.jpg") for number in range(3)]
    before = [(path.read_bytes(), path.stat().st_mtime_ns) for path in paths]
    outcomes([tmp_path])
    assert [(path.read_bytes(), path.stat().st_mtime_ns) for path in paths] == before


def test_a_file_over_the_limit_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = photo(tmp_path / "big.jpg")
    monkeypatch.setattr(picture, "MAX_FILE_BYTES", path.stat().st_size - 1)
    (outcome,) = outcomes([path])
    assert (outcome.status, outcome.reason) == (FileStatus.REFUSED, Reason.TOO_BIG)
    assert outcome.sha256 is None


def test_a_path_that_vanished_is_refused(tmp_path: Path) -> None:
    (outcome,) = outcomes([tmp_path / "gone.jpg"])
    assert (outcome.status, outcome.reason) == (FileStatus.REFUSED, Reason.GONE)


def test_progress_is_told_and_cancel_is_asked_between_photos(tmp_path: Path) -> None:
    for number in range(4):
        photo(tmp_path / f"{number}.jpg", f"#{number}0{number}0{number}0")
    cancel = CancelToken()
    told: list[Progress] = []

    def tell(progress: Progress) -> None:
        told.append(progress)
        if progress.done == 1:
            cancel.cancel()

    answers = list(
        prepare_photos(
            find_files([tmp_path]), is_known=lambda _: False, progress=tell, cancel=cancel
        )
    )
    assert [answer.path.name for answer in answers] == ["0.jpg", "1.jpg"]
    assert [(step.done, step.total, step.current) for step in told] == [
        (0, 4, "0.jpg"), (1, 4, "1.jpg"),
    ]  # fmt: skip


@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_mangled_pictures_are_prepared_or_answered_never_a_crash(
    tmp_path: Path, picture_format: str
) -> None:
    path = photo(tmp_path / "photo", picture_format=picture_format)
    sound = path.read_bytes()
    chance = random.Random(picture_format)
    for _ in range(80):
        mangled = bytearray(sound)
        for _ in range(chance.randint(1, 8)):
            mangled[chance.randrange(4, len(mangled))] = chance.choice(
                (0, 255, chance.randrange(256))
            )
        path.write_bytes(mangled)
        (outcome,) = outcomes([path])
        assert (outcome.reason is None) == (outcome.prepared is not None)

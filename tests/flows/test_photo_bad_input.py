"""Pictures that break things: each gets its sentence, nothing is lost, the import goes on."""

import io
import os
import struct
import subprocess
import sys
import unicodedata
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from PIL.ExifTags import IFD, Base

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken, Progress
from geopark_app.operations.catalogues import create_new
from geopark_app.operations.context import AppContext
from geopark_app.operations.photos import add_photos, check_photos, list_photos
from geopark_app.photos import decoders, heic
from geopark_app.photos.decoders import PictureDecoder
from geopark_app.photos.importing import FileStatus
from geopark_app.photos.reasons import MAX_FILE_BYTES, PhotoRefusedError, Reason
from geopark_app.store.files import FileStore, hash_of
from tests.flows.test_photo_import import make_photo

pytestmark = pytest.mark.slow


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppContext]:
    monkeypatch.setenv("GEOPARK_PROFILE", str(tmp_path / "profile"))
    made = create_new(
        tmp_path / "catalogue",
        starter="empty",
        person="Hà",
        device="A",
        clock=lambda: datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
    )
    yield made
    made.catalogue.close()


def huge_png(path: Path) -> None:
    """Write a PNG of some bytes that announces three gigapixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        body = name + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 60_000, 50_000, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def looping_exif(path: Path) -> None:
    """Write a JPEG whose EXIF directories point at themselves and beyond the end."""
    entries = [
        struct.pack("<HHII", 0x8769, 4, 1, 8),
        struct.pack("<HHII", 0x8825, 4, 1, 8),
        struct.pack("<HHII", 0x9003, 2, 0x7FFFFFFF, 0xFFFFFF00),
        struct.pack("<HHII", 0x010F, 2, 500, 4000),
    ]
    body = struct.pack("<H", len(entries)) + b"".join(entries) + struct.pack("<I", 8)
    exif = b"Exif\x00\x00II*\x00" + struct.pack("<I", 8) + body
    stream = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(stream, "JPEG")
    content = stream.getvalue()
    segment = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    path.write_bytes(content[:2] + segment + content[2:])


def test_every_bad_file_of_a_folder_has_its_reason_and_the_rest_comes_in(
    context: AppContext, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    good = make_photo(stick / "good.jpg")
    (stick / "empty.jpg").touch()
    (stick / "cut.jpg").write_bytes(good.read_bytes()[:600])
    # The content tells the format: this is a PNG, whatever its name says.
    Image.new("RGB", (40, 30), "navy").save(stick / "really-png.jpg", "PNG")
    huge_png(stick / "three-gigapixels.png")
    looping_exif(stick / "loop.jpg")
    with (stick / "large.jpg").open("wb") as file:
        file.write(good.read_bytes())
        file.truncate(MAX_FILE_BYTES + 1)
    report = add_photos(context, [stick])
    answers = {file.path.name: (file.status, file.reason) for file in report.files}
    assert answers == {
        "good.jpg": (FileStatus.NEW, None),
        "loop.jpg": (FileStatus.NEW, None),
        "really-png.jpg": (FileStatus.NEW, None),
        "empty.jpg": (FileStatus.DAMAGED, Reason.EMPTY),
        "cut.jpg": (FileStatus.DAMAGED, Reason.DAMAGED),
        "three-gigapixels.png": (FileStatus.REFUSED, Reason.TOO_MANY_PIXELS),
        "large.jpg": (FileStatus.REFUSED, Reason.TOO_BIG),
    }
    assert report.read == sum(report.count(status) for status in FileStatus) == 7
    media = {photo.file_name: photo.media_type for photo in list_photos(context)}
    assert media["really-png.jpg"] == "image/png"
    assert check_photos(context) == []


def test_a_file_of_200_megabytes_is_taken_with_flat_memory(
    context: AppContext, tmp_path: Path
) -> None:
    path = make_photo(tmp_path / "padded.jpg")
    with path.open("r+b") as file:
        file.truncate(MAX_FILE_BYTES)
    report = add_photos(context, [path])
    assert report.count(FileStatus.NEW) == 1
    (photo,) = list_photos(context)
    assert photo.byte_count == MAX_FILE_BYTES


@pytest.mark.skipif(sys.platform == "darwin", reason="that file system folds the names")
def test_names_that_differ_only_in_their_form_are_two_files(
    context: AppContext, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    for colour, form in (("red", "NFC"), ("blue", "NFD")):
        make_photo(stick / unicodedata.normalize(form, "Động Hà.jpg"), colour)
    report = add_photos(context, [stick])
    assert report.count(FileStatus.NEW) == 2
    assert {photo.file_name for photo in list_photos(context)} == {"Động Hà.jpg"}
    assert check_photos(context) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names to bring in")
@pytest.mark.parametrize("name", ["aux.jpg", 'a:b"c?.jpg', "ends with dot.", "two\nlines.jpg"])
def test_names_forbidden_on_windows_come_in(context: AppContext, tmp_path: Path, name: str) -> None:
    make_photo(tmp_path / "source.jpg").rename(tmp_path / name)
    report = add_photos(context, [tmp_path / name])
    assert report.count(FileStatus.NEW) == 1
    stored = [path.name for path in (tmp_path / "catalogue/files").rglob("*") if path.is_file()]
    assert all(len(stored_name) == 64 for stored_name in stored)


def test_a_folder_that_vanishes_midway_is_reported(context: AppContext, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    for number in range(30):
        make_photo(stick / f"{number:02}.jpg", f"#{number * 8:02x}8040")
    pulled = False

    def pull_out(progress: Progress) -> None:
        nonlocal pulled
        if progress.done >= 8 and not pulled:
            pulled = True
            stick.rename(tmp_path / "pulled")

    report = add_photos(context, [stick], progress=pull_out)
    assert pulled
    assert (report.read, report.not_reached, report.trouble) == (30, 0, None)
    stored = report.count(FileStatus.NEW)
    assert 8 <= stored < 30
    assert len(list_photos(context)) == stored
    assert check_photos(context) == []
    reasons = {file.reason for file in report.files if file.reason}
    assert reasons == {Reason.GONE}
    assert {path.name for path in (tmp_path / "pulled").iterdir()} == {
        f"{number:02}.jpg" for number in range(30)
    }


def test_a_file_that_changed_meanwhile_is_not_kept(context: AppContext, tmp_path: Path) -> None:
    path = make_photo(tmp_path / "1.jpg")
    files = context.catalogue.files
    assert files.add_file(path, expected="0" * 64) == hash_of(path)
    assert list(files.root.rglob("*")) == []


def test_a_full_disk_ends_the_import_and_leaves_no_orphan(
    context: AppContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        make_photo(tmp_path / f"stick/{number:02}.jpg", f"#{number * 8:02x}8040")
    write, left = FileStore.add_bytes, 20

    def full(store: FileStore, content: bytes) -> str:
        nonlocal left
        left -= 1
        if left < 0:
            raise GeoparkError(ErrorCode.DISK_FULL, path="disk")
        return write(store, content)

    monkeypatch.setattr(FileStore, "add_bytes", full)
    report = add_photos(context, [tmp_path / "stick"])
    assert report.trouble is not None
    assert report.trouble.code is ErrorCode.DISK_FULL
    assert (report.read, report.not_reached) == (8, 12)
    assert len(list_photos(context)) == 8
    named = {
        name
        for photo in list_photos(context)
        for name in (photo.sha256, photo.thumb_sha256, photo.rendition_sha256)
    }
    files = tmp_path / "catalogue/files"
    assert {path.name for path in files.rglob("*") if path.is_file()} == named


def test_a_picture_that_kills_its_worker_harms_nothing_else(tmp_path: Path) -> None:
    good = make_photo(tmp_path / "good.jpg")
    with PictureDecoder() as decoder:
        assert decoder.decode(good).exif.width == 400
        child = decoder._child
        assert child is not None
        child.kill()
        child.wait()
        with pytest.raises(PhotoRefusedError) as caught:
            decoder.decode(good)
        assert caught.value.reason is Reason.TOO_HARD
        assert decoder.decode(good).exif.width == 400


def test_a_picture_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    good = make_photo(tmp_path / "good.jpg")
    with PictureDecoder(seconds=0.0) as decoder, pytest.raises(PhotoRefusedError) as caught:
        decoder.decode(good)
    assert caught.value.reason is Reason.TOO_HARD


def test_a_worker_that_cannot_start_is_said_and_not_tried_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dead(_task: str, *, memory_mb: int) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-c", f"raise SystemExit({memory_mb} * 0)"]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    monkeypatch.setattr(decoders, "start_worker", dead)
    good = make_photo(tmp_path / "good.jpg")
    codes = []
    with PictureDecoder() as decoder:
        for _ in range(5):
            with pytest.raises(GeoparkError) as caught:
                decoder.decode(good)
            codes.append(caught.value.code)
    assert codes[-1] is ErrorCode.WORKER_FAILED


def test_a_picture_needing_more_memory_than_allowed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.png"
    Image.new("1", (14_000, 14_000)).save(path, compress_level=1)
    with PictureDecoder(memory_mb=450) as decoder, pytest.raises(PhotoRefusedError) as caught:
        decoder.decode(path)
    assert caught.value.reason is Reason.TOO_HARD


def make_heic(path: Path, orientation: int = 6) -> Path:
    pillow_heif = pytest.importorskip("pillow_heif")
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    exif[Base.Make] = "Apple"
    exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = "2026:03:15 08:30:00"
    picture = Image.new("RGB", (320, 240), "white")
    picture.paste("red", (0, 0, 160, 120))
    made = pillow_heif.from_pillow(picture)
    made.info["exif"] = exif.tobytes()
    made.save(path, quality=90)
    return path


def test_a_heic_photo_is_kept_and_has_an_upright_jpeg_of_its_size(
    context: AppContext, tmp_path: Path
) -> None:
    path = make_heic(tmp_path / "IMG_0001.HEIC")
    report = add_photos(context, [path])
    assert report.count(FileStatus.NEW) == 1
    (photo,) = list_photos(context)
    assert (photo.media_type, photo.camera_make) == ("image/heic", "Apple")
    # Stored lying down, shown upright: the red quarter goes from the left to the right.
    assert (photo.width, photo.height, photo.orientation) == (240, 320, 1)
    files = context.catalogue.files
    assert files.path_of(photo.sha256 or "").read_bytes() == path.read_bytes()
    for name, size in (
        (photo.jpeg_sha256, (240, 320)),
        (photo.rendition_sha256, (240, 320)),
        (photo.thumb_sha256, (192, 256)),
    ):
        with Image.open(files.path_of(name or "")) as picture:
            assert (picture.format, picture.size) == ("JPEG", size)
            assert picture.getexif() == {}
            red = picture.getpixel((picture.width - 20, 20))
            white = picture.getpixel((20, 20))
        assert isinstance(red, tuple)
        assert isinstance(white, tuple)
        assert red[1] < 80 < 200 < white[1]
    assert check_photos(context) == []
    files.path_of(photo.jpeg_sha256 or "").unlink()
    assert [problem.file.value for problem in check_photos(context)] == ["full-size-jpeg"]
    add_photos(context, [path])
    assert check_photos(context) == []


def test_heic_is_decoded_in_no_other_process_than_the_worker(tmp_path: Path) -> None:
    from geopark_app.photos.renditions import make_renditions

    assert not heic.can_read_heic()
    path = tmp_path / "a.heic"
    path.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    with pytest.raises(PhotoRefusedError) as caught:
        make_renditions(path)
    assert caught.value.reason is Reason.HEIC


def test_a_damaged_heic_is_damaged(context: AppContext, tmp_path: Path) -> None:
    path = make_heic(tmp_path / "a.heic")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    (file,) = add_photos(context, [path]).files
    assert (file.status, file.reason) == (FileStatus.DAMAGED, Reason.DAMAGED)


def test_avif_is_refused_politely(context: AppContext, tmp_path: Path) -> None:
    path = tmp_path / "a.avif"
    path.write_bytes(b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + bytes(100))
    (file,) = add_photos(context, [path]).files
    assert (file.status, file.reason) == (FileStatus.REFUSED, Reason.AVIF)


def test_cancelled_at_once_nothing_is_stored(context: AppContext, tmp_path: Path) -> None:
    for number in range(12):
        make_photo(tmp_path / f"{number:02}.jpg", f"#{number * 8:02x}4080")
    cancel = CancelToken()
    cancel.cancel()
    report = add_photos(context, sorted(tmp_path.glob("*.jpg")), cancel=cancel)
    assert (report.read, report.not_reached) == (0, 12)
    assert list_photos(context) == []

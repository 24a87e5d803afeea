"""Photos from a stick into the catalogue: whole, once, found again after a crash."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Photo, Site
from geopark_app.domain.position import Position
from geopark_app.domain.progress import CancelToken, Progress
from geopark_app.operations.catalogues import create_new
from geopark_app.operations.context import AppContext, open_context
from geopark_app.operations.photos import (
    PhotoDefaults,
    StoredFile,
    add_photos,
    check_photos,
    find_photo,
    list_photos,
    set_cover,
)
from geopark_app.operations.undo import UndoStack
from geopark_app.photos.importing import FileStatus
from geopark_app.store.new_keys import new_uuid

SHARED_PHOTOS = Path(__file__).resolve().parents[2] / "../shared/data/photos"
CAVE = (106.75, 21.85)


def clock() -> datetime:
    return datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppContext]:
    monkeypatch.setenv("GEOPARK_PROFILE", str(tmp_path / "profile"))
    made = create_new(tmp_path / "catalogue", starter="empty", person="Hà", device="A", clock=clock)
    yield made
    made.catalogue.close()


def make_photo(
    path: Path, colour: str = "green", *, lon_lat: tuple[float, float] | None = None
) -> Path:
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = "2026:03:15 08:30:00"
    if lon_lat is not None:
        gps = exif.get_ifd(IFD.GPSInfo)
        gps[GPS.GPSLatitudeRef], gps[GPS.GPSLatitude] = "N", (lon_lat[1], 0.0, 0.0)
        gps[GPS.GPSLongitudeRef], gps[GPS.GPSLongitude] = "E", (lon_lat[0], 0.0, 0.0)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (400, 300), colour).save(path, "JPEG", exif=exif)
    return path


def make_site(
    context: AppContext, code: str, lon_lat: tuple[float, float], quality: str = "exact"
) -> Site:
    position = Position(lon=lon_lat[0], lat=lon_lat[1], quality=quality)
    site = Site(uuid=new_uuid(), code=code, name_vi="Hang Gió", position=position)
    with context.work("add site") as work:
        work.put(site)
    return site


def test_a_new_photo_has_its_facts_and_its_three_files(context: AppContext, tmp_path: Path) -> None:
    site = make_site(context, "LS-1", CAVE)
    path = make_photo(tmp_path / "stick/Hang Gió.jpg", lon_lat=CAVE)
    report = add_photos(
        context,
        [path],
        site_uuid=site.uuid,
        defaults=PhotoDefaults(credit="Ảnh: Hà", licence="own"),
    )
    (photo,) = list_photos(context, site_uuid=site.uuid)
    assert report.files[0].photo_uuid == photo.uuid
    assert photo.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (photo.width, photo.height, photo.orientation) == (400, 300, 6)
    assert (photo.taken_at, photo.taken_offset_assumed) == ("2026-03-15T08:30:00+07:00", True)
    assert photo.position is not None
    assert (photo.position.lon, photo.position.lat) == pytest.approx(CAVE, abs=1e-6)
    assert photo.position_trusted is True
    assert (photo.file_name, photo.media_type) == ("Hang Gió.jpg", "image/jpeg")
    assert (photo.credit, photo.licence, photo.alt_vi) == ("Ảnh: Hà", "own", None)
    files = context.catalogue.files
    assert photo.thumb_sha256 is not None
    assert photo.rendition_sha256 is not None
    with Image.open(files.path_of(photo.rendition_sha256)) as rendition:
        assert rendition.size == (300, 400)
    assert files.path_of(photo.sha256).read_bytes() == path.read_bytes()
    assert check_photos(context) == []


def test_the_counts_of_the_report_add_up(context: AppContext, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    first = make_photo(stick / "1.jpg")
    (stick / "2.jpg").write_bytes(first.read_bytes())
    (stick / "3.jpg").write_bytes(first.read_bytes()[:900])
    (stick / "4.jpg").write_text("không phải ảnh", encoding="utf-8")
    report = add_photos(context, [stick])
    assert [file.status for file in report.files] == [
        FileStatus.NEW,
        FileStatus.KNOWN,
        FileStatus.DAMAGED,
        FileStatus.REFUSED,
    ]
    assert report.read == sum(report.count(status) for status in FileStatus) == 4
    assert report.files[1].photo_uuid == report.files[0].photo_uuid
    again = add_photos(context, [stick])
    assert again.count(FileStatus.KNOWN) == 2
    assert len(list_photos(context)) == 1


def test_the_order_of_a_sites_photos_goes_on(context: AppContext, tmp_path: Path) -> None:
    site = make_site(context, "LS-1", CAVE)
    for number, colour in enumerate(("red", "green", "blue")):
        make_photo(tmp_path / f"stick/{number}.jpg", colour)
    add_photos(context, [tmp_path / "stick/0.jpg"], site_uuid=site.uuid)
    add_photos(context, [tmp_path / "stick"], site_uuid=site.uuid)
    photos = list_photos(context, site_uuid=site.uuid)
    assert [(photo.file_name, photo.sort_order) for photo in photos] == [
        ("0.jpg", 1),
        ("1.jpg", 2),
        ("2.jpg", 3),
    ]


def test_auto_takes_the_nearest_site_and_leaves_the_rest_in_the_inbox(
    context: AppContext, tmp_path: Path
) -> None:
    near = make_site(context, "LS-1", (CAVE[0] + 0.005, CAVE[1]))
    make_site(context, "LS-2", (CAVE[0] + 0.015, CAVE[1]))
    make_site(context, "LS-3", CAVE, quality="commune-centroid")
    make_photo(tmp_path / "1.jpg", lon_lat=CAVE)
    make_photo(tmp_path / "2.jpg", lon_lat=(CAVE[0], CAVE[1] + 0.5))
    make_photo(tmp_path / "3.jpg", "red")
    make_photo(tmp_path / "4.jpg", lon_lat=(0.0, 0.0))
    report = add_photos(context, [tmp_path / f"{number}.jpg" for number in range(1, 5)], auto=True)
    assert [file.site_uuid for file in report.files] == [near.uuid, None, None, None]
    assert report.files[0].distance_m == pytest.approx(517, abs=2)
    lost = list_photos(context)[-1]
    assert (lost.position, lost.position_trusted) == (None, False)


def test_a_distrusted_position_is_kept_but_called_unknown(
    context: AppContext, tmp_path: Path
) -> None:
    exif = Image.Exif()
    gps = exif.get_ifd(IFD.GPSInfo)
    gps.update({2: (21.85, 0.0, 0.0), 1: "N", 4: (106.75, 0.0, 0.0), 3: "E", 9: "V"})
    Image.new("RGB", (40, 30)).save(tmp_path / "a.jpg", exif=exif)
    add_photos(context, [tmp_path / "a.jpg"])
    (photo,) = list_photos(context)
    assert photo.position is not None
    assert (photo.position.quality, photo.position_trusted) == ("unknown", False)


@pytest.mark.parametrize("what", ["path", "site"])
def test_what_is_not_there_is_said_before_anything_is_written(
    context: AppContext, tmp_path: Path, what: str
) -> None:
    good = make_photo(tmp_path / "1.jpg")
    paths = [good, tmp_path / "gone.jpg"] if what == "path" else [good]
    with pytest.raises(GeoparkError) as caught:
        add_photos(context, paths, site_uuid=new_uuid() if what == "site" else None)
    assert caught.value.code is ErrorCode.NOT_FOUND
    assert list_photos(context) == []


def test_cancel_keeps_what_was_finished(context: AppContext, tmp_path: Path) -> None:
    for number in range(30):
        make_photo(tmp_path / f"stick/{number:02}.jpg", f"#{number * 8:02x}4080")
    cancel = CancelToken()

    def stop_early(progress: Progress) -> None:
        if progress.done >= 8:
            cancel.cancel()

    report = add_photos(context, [tmp_path / "stick"], progress=stop_early, cancel=cancel)
    assert 8 <= report.read < 30
    assert report.read + report.not_reached == 30
    assert report.count(FileStatus.NEW) == report.read == len(list_photos(context))
    assert check_photos(context) == []


def test_a_whole_import_is_one_step_of_undo(context: AppContext, tmp_path: Path) -> None:
    for number in range(20):
        make_photo(tmp_path / f"stick/{number:02}.jpg", f"#{number * 8:02x}4080")
    undo = UndoStack(context)
    report = add_photos(context, [tmp_path / "stick"], reason="Add photos")
    assert len(report.changes.earlier) == 2
    undo.push(report.changes)
    undo.undo()
    assert (list_photos(context), undo.undo_text) == ([], None)
    undo.redo()
    assert len(list_photos(context)) == 20


def test_missing_and_damaged_files_are_found_and_put_back(
    context: AppContext, tmp_path: Path
) -> None:
    paths = [make_photo(tmp_path / f"{colour}.jpg", colour) for colour in ("red", "blue")]
    add_photos(context, paths)
    red, blue = list_photos(context)
    files = context.catalogue.files
    assert red.sha256 is not None
    assert blue.sha256 is not None
    assert blue.thumb_sha256 is not None
    files.path_of(red.sha256).unlink()
    files.path_of(blue.sha256).write_bytes(b"rotten")
    files.path_of(blue.thumb_sha256).unlink()
    found = [(item.photo.uuid, item.file, item.is_missing) for item in check_photos(context)]
    assert found == [
        (red.uuid, StoredFile.ORIGINAL, True),
        (blue.uuid, StoredFile.ORIGINAL, False),
        (blue.uuid, StoredFile.THUMBNAIL, True),
    ]
    add_photos(context, paths)
    assert check_photos(context) == []


def test_a_photo_in_the_trash_can_be_added_again(context: AppContext, tmp_path: Path) -> None:
    path = make_photo(tmp_path / "1.jpg")
    add_photos(context, [path])
    (photo,) = list_photos(context)
    with context.work("trash") as work:
        work.put(Photo(uuid=photo.uuid, deleted=True, sha256=photo.sha256))
    assert add_photos(context, [path]).count(FileStatus.NEW) == 1


def test_a_photo_is_found_by_uuid_and_by_hash(context: AppContext, tmp_path: Path) -> None:
    add_photos(context, [make_photo(tmp_path / "1.jpg")])
    (photo,) = list_photos(context)
    assert find_photo(context, photo.uuid) == photo
    assert find_photo(context, (photo.sha256 or "").upper()) == photo
    with pytest.raises(GeoparkError) as caught:
        find_photo(context, "nothing")
    assert caught.value.code is ErrorCode.NOT_FOUND


def test_the_cover_is_one_of_the_sites_own_photos(context: AppContext, tmp_path: Path) -> None:
    site, other = make_site(context, "LS-1", CAVE), make_site(context, "LS-2", CAVE)
    add_photos(context, [make_photo(tmp_path / "1.jpg")], site_uuid=site.uuid)
    (photo,) = list_photos(context)
    changes = set_cover(context, site.uuid, photo.uuid)
    assert ("site", site.uuid) in changes.touched
    stored = context.catalogue.get(Site, site.uuid)
    assert stored is not None
    assert stored.cover_photo_uuid == photo.uuid
    with pytest.raises(GeoparkError) as caught:
        set_cover(context, other.uuid, photo.uuid)
    assert caught.value.code is ErrorCode.BAD_VALUE


KILLED_IMPORT = """
import sys
from pathlib import Path
from geopark_app.operations.context import open_context
from geopark_app.operations.photos import add_photos

def tell(progress):
    sys.stdout.write(f"{progress.done}\\n")
    sys.stdout.flush()

context = open_context(Path(sys.argv[1]), person="Hà", device="A")
add_photos(context, [Path(sys.argv[2])], progress=tell)
"""


@pytest.mark.parametrize("killed_after", [1, 4])
def test_after_kill_no_half_photo_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killed_after: int
) -> None:
    monkeypatch.setenv("GEOPARK_PROFILE", str(tmp_path / "profile"))
    folder = tmp_path / "catalogue"
    create_new(folder, starter="empty", person="Hà", device="A").catalogue.close()
    for number in range(40):
        make_photo(tmp_path / f"stick/{number:02d}.jpg", f"#{number * 6:02x}8040")
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED_IMPORT, str(folder), str(tmp_path / "stick")],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    )
    with child:
        assert child.stdout is not None
        for line in child.stdout:
            if int(line) >= killed_after:
                child.kill()
                break
    context = open_context(folder, person="Hà", device="A")
    try:
        photos = list_photos(context)
        assert killed_after <= len(photos) < 40
        assert check_photos(context) == []
        report = add_photos(context, [tmp_path / "stick"])
        assert report.count(FileStatus.KNOWN) == len(photos)
        assert len(list_photos(context)) == 40
        assert check_photos(context) == []
    finally:
        context.catalogue.close()


@pytest.mark.skipif(not SHARED_PHOTOS.is_dir(), reason="shared photos are not here")
def test_ten_real_photos(context: AppContext) -> None:
    report = add_photos(context, [SHARED_PHOTOS])
    assert report.count(FileStatus.NEW) == 10
    assert report.count(FileStatus.REFUSED) == 1
    assert sum(bool(photo.position_trusted) for photo in list_photos(context)) == 3
    assert check_photos(context) == []

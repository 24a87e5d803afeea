"""Photos find their site and place: preview, inbox, GPX track and camera clock."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from PIL.ExifTags import IFD, Base

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Photo, Site
from geopark_app.domain.progress import CancelToken
from geopark_app.operations.context import AppContext
from geopark_app.operations.photo_inbox import AssignTo, assign_photos, inbox_photos
from geopark_app.operations.photo_preview import plan_photos, wish_for
from geopark_app.operations.photo_tracks import (
    ClockOffsets,
    keep_match,
    match_track,
    offset_of_clock_photo,
    photos_without_place,
    read_track,
    typed_offset,
)
from geopark_app.operations.photos import (
    PhotoDefaults,
    add_photos,
    list_photos,
    set_cover,
    typed_taken_at,
)
from geopark_app.operations.undo import UndoStack
from geopark_app.photos.importing import FileStatus
from geopark_app.photos.track_places import NoPlace
from tests.flows.test_photo_import import CAVE, make_photo, make_site

GPX = """<?xml version="1.0"?>
<gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>
<trkpt lat="21.85" lon="106.75"><time>2026-03-15T01:28:00Z</time></trkpt>
<trkpt lat="21.85" lon="106.76"><time>2026-03-15T01:30:00Z</time></trkpt>
<trkpt lat="21.87" lon="106.76"><time>2026-03-15T01:34:00Z</time></trkpt>
<trkpt lat="21.90" lon="106.80"><time>2026-03-15T02:30:00Z</time></trkpt>
</trkseg></trk></gpx>
"""


@pytest.fixture
def context(folder: Path, opened: Callable[..., AppContext]) -> AppContext:
    return opened(folder, device="A", clock=lambda: datetime(2026, 11, 20, 9, 0, tzinfo=UTC))


def scene(path: Path, seed: int, size: tuple[int, int] = (800, 600), *, exif: bool = True) -> Path:
    """Save a picture that a likeness hash can tell from others."""
    picture = Image.new("L", (8, 6))
    picture.putdata([(seed * 7919 + at * at * 37 + at * 101) % 256 for at in range(48)])
    tags = Image.Exif()
    if exif:
        tags[Base.Make], tags[Base.Model] = "Canon", f"Cam {seed % 2}"
        tags.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = f"2026:03:15 08:{seed % 60:02}:00"
    path.parent.mkdir(parents=True, exist_ok=True)
    large = picture.resize(size, Image.Resampling.BICUBIC).convert("RGB")
    large.save(path, "JPEG", quality=90 if exif else 60, exif=tags)
    return path


def one_photo(context: AppContext, path: Path) -> Photo:
    add_photos(context, [path])
    return next(photo for photo in list_photos(context) if photo.file_name == path.name)


def track_file(folder: Path) -> Path:
    path = folder / "day.gpx"
    path.write_text(GPX, encoding="utf-8")
    return path


def test_a_preview_says_everything_and_copies_nothing(context: AppContext, tmp_path: Path) -> None:
    near = make_site(context, "LS-1", (CAVE[0] + 0.005, CAVE[1]))
    stick = tmp_path / "stick"
    make_photo(stick / "1.jpg", lon_lat=CAVE)
    make_photo(stick / "2-twin.jpg", lon_lat=CAVE)
    known = make_photo(stick / "3.jpg", "red")
    add_photos(context, [known])
    (stick / "4.jpg").write_bytes(known.read_bytes()[:700])
    (stick / "5.txt").write_text("x", encoding="utf-8")
    scene(stick / "IMG-20260314-WA0003.jpg", 3, exif=False)
    before = sorted((tmp_path / "catalogue/files").rglob("*"))
    plan = plan_photos(context, [stick])
    one, twin, again, cut, text, chat = plan.photos
    assert [photo.status.value for photo in plan.photos] == [
        *("added", "known", "known", "damaged", "refused", "added")
    ]
    assert one.nearest is not None
    assert (one.nearest.site_uuid, round(one.nearest.distance_m)) == (near.uuid, 517)
    assert twin.twin == one.path
    assert again.known_uuid == list_photos(context)[0].uuid
    assert again.thumbnail
    assert (cut.reason is None, text.reason is None) == (False, False)
    assert chat.chat is not None
    assert (chat.chat.app, chat.chat.sent_on) == ("WhatsApp", "2026-03-14")
    assert sum(plan.count(status) for status in FileStatus) == len(plan.photos)
    assert sorted((tmp_path / "catalogue/files").rglob("*")) == before
    assert len(list_photos(context)) == 1


def test_what_was_chosen_in_the_preview_is_what_is_stored(
    context: AppContext, tmp_path: Path
) -> None:
    first, second = (make_site(context, f"LS-{number}", CAVE) for number in (1, 2))
    paths = [make_photo(tmp_path / f"{number}.jpg", f"#{number}04080") for number in range(3)]
    plan = plan_photos(context, paths)
    sites = [first.uuid, second.uuid, None]
    wishes = {
        photo.path: wish_for(photo, site, chat_copy=site is None)
        for photo, site in zip(plan.new, sites, strict=True)
    }
    paths[1].unlink()
    report = add_photos(context, list(wishes), wishes=wishes)
    assert [file.status for file in report.files] == [
        *(FileStatus.NEW, FileStatus.REFUSED, FileStatus.NEW)
    ]
    assert [file.site_uuid for file in report.files] == [first.uuid, None, None]
    assert [photo.chat_copy for photo in list_photos(context)] == [None, True]


def test_a_chat_copy_is_marked_dated_and_finds_its_original(
    context: AppContext, tmp_path: Path
) -> None:
    original = one_photo(context, scene(tmp_path / "DSC_1.jpg", 5, (1600, 1200)))
    other = scene(tmp_path / "z1234567890123_0123456789abcdef0123456789abcdef.jpg", 9, exif=False)
    copy = scene(tmp_path / "IMG-20260315-WA0001.jpg", 5, exif=False)
    defaults = PhotoDefaults(photographer="Hà", taken_at=typed_taken_at("15/3/2026"))
    report = add_photos(context, [copy, other], defaults=defaults)
    stored = {photo.file_name: photo for photo in list_photos(context)}
    marked = stored[copy.name]
    assert (marked.chat_copy, marked.original_photo_uuid) == (True, original.uuid)
    assert (marked.taken_at, marked.taken_source) == ("2026-03-15T12:00:00+07:00", "typed")
    assert (original.chat_copy, original.taken_source) == (None, "camera")
    assert [file.path for file in report.wanted_originals] == [other]
    # The original of the other one comes later.
    late = one_photo(context, scene(tmp_path / "DSC_2.jpg", 9, (1600, 1200)))
    found = context.catalogue.get(Photo, stored[other.name].uuid)
    assert found is not None
    assert found.original_photo_uuid == late.uuid


@pytest.mark.parametrize("typed", ["yesterday", "31/2/2026", "2026-03-15 25:00"])
def test_a_date_nobody_can_read_is_refused(typed: str) -> None:
    with pytest.raises(GeoparkError) as caught:
        typed_taken_at(typed)
    assert caught.value.code is ErrorCode.BAD_VALUE


def test_the_inbox_is_emptied_by_one_save_and_filled_again_by_undo(
    context: AppContext, tmp_path: Path
) -> None:
    site = make_site(context, "LS-1", CAVE)
    add_photos(
        context,
        [make_photo(tmp_path / "1.jpg", lon_lat=CAVE), make_photo(tmp_path / "2.jpg", "red")],
    )
    rows = inbox_photos(context)
    assert [row.day for row in rows] == ["2026-03-15", "2026-03-15"]
    near = [row for row in rows if row.nearest is not None]
    assert [row.nearest and row.nearest.site_uuid for row in near] == [site.uuid]
    undo = UndoStack(context)
    uuids = [row.photo.uuid for row in rows]
    undo.push(assign_photos(context, uuids, AssignTo.NEAREST, reason="assign"))
    assert [row.photo.file_name for row in inbox_photos(context)] == ["2.jpg"]
    undo.push(assign_photos(context, uuids, site.uuid, reason="assign"))
    photos = list_photos(context, site_uuid=site.uuid)
    assert [photo.sort_order for photo in photos] == [1, 2]
    undo.undo()
    undo.undo()
    assert len(inbox_photos(context)) == 2


def test_a_cover_that_goes_elsewhere_is_no_cover_any_more(
    context: AppContext, tmp_path: Path
) -> None:
    site = make_site(context, "LS-1", CAVE)
    add_photos(context, [make_photo(tmp_path / "1.jpg")], site_uuid=site.uuid)
    (photo,) = list_photos(context)
    set_cover(context, site.uuid, photo.uuid)
    assign_photos(context, [photo.uuid], AssignTo.INBOX, reason="back")
    stored = context.catalogue.get(Site, site.uuid)
    assert stored is not None
    assert stored.cover_photo_uuid is None


def test_photos_are_placed_by_a_track_within_its_limits(
    context: AppContext, tmp_path: Path
) -> None:
    site = make_site(context, "LS-1", (106.76, 21.86))
    # 08:31, 08:45 and 09:40 in Vietnam; the camera is a minute slow.
    add_photos(context, [scene(tmp_path / f"{minute}.jpg", minute) for minute in (31, 45)])
    track = read_track(context, track_file(tmp_path), cancel=CancelToken())
    assert len(track) == 4
    wanted = photos_without_place(context)
    match = match_track(context, track, wanted, offsets=ClockOffsets(seconds=60))
    placed, gap = match.rows
    assert placed.place is not None
    assert (placed.place.lon, placed.place.lat) == pytest.approx((106.76, 21.86))
    assert placed.nearest is not None
    assert placed.nearest.site_uuid == site.uuid
    assert (gap.place, gap.reason) == (None, NoPlace.GAP)
    kept = keep_match(context, match, source="day.gpx", reason="track")
    assert kept.changes.save is not None
    stored = context.catalogue.get(Photo, placed.photo.uuid)
    assert stored is not None
    assert (stored.taken_at, stored.clock_offset_s) == ("2026-03-15T08:32:00+07:00", 60)
    assert stored.position is not None
    assert (stored.position_trusted, stored.position.source) == (True, "day.gpx")
    # A better offset counts from the camera's own time, not from the one put right.
    again = match_track(
        context, track, photos_without_place(context), offsets=ClockOffsets(seconds=-60)
    )
    assert [row.taken_at for row in again.rows] == [
        "2026-03-15T08:30:00+07:00",
        "2026-03-15T08:44:00+07:00",
    ]


def test_cameras_have_clocks_of_their_own(context: AppContext, tmp_path: Path) -> None:
    add_photos(context, [scene(tmp_path / f"{minute}.jpg", minute) for minute in (30, 31)])
    track = read_track(context, track_file(tmp_path), cancel=CancelToken())
    offsets = ClockOffsets(seconds=30, by_camera={"Canon Cam 1": -60})
    match = match_track(context, track, photos_without_place(context), offsets=offsets)
    assert [row.offset_s for row in match.rows] == [-60, 30]


@pytest.mark.parametrize(
    ("seen", "seconds"),
    [
        ("08:31:30", 90),
        ("08:29", -60),
        ("2026-03-15 08:31:30", 90),
        ("15/03/2026 09:30:00", 3600),
        ("2026-03-15T01:31:30+00:00", 90),
    ],
)
def test_a_photo_of_a_gps_clock_tells_the_offset(
    context: AppContext, tmp_path: Path, seen: str, seconds: int
) -> None:
    photo = one_photo(context, scene(tmp_path / "clock.jpg", 30))
    assert offset_of_clock_photo(photo, seen) == seconds


def test_around_midnight_the_clock_is_of_the_next_day() -> None:
    photo = Photo(uuid="x", taken_at="2026-03-15T23:59:30+07:00")
    assert offset_of_clock_photo(photo, "00:00:30") == 60


@pytest.mark.parametrize(
    ("typed", "seconds"), [("-90", -90), ("+1:00", 3600), ("−0:01:30", -90), ("7:00:05", 25205)]
)
def test_offsets_are_read_as_people_write_them(typed: str, seconds: int) -> None:
    assert typed_offset(typed) == seconds


@pytest.mark.parametrize("typed", ["", "soon", "1:75", "--3"])
def test_an_offset_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(GeoparkError):
        typed_offset(typed)


@pytest.mark.parametrize(
    "content",
    [
        "<gpx/>",
        "no xml",
        GPX.replace("<gpx", '<!DOCTYPE gpx [<!ENTITY a "b">]><gpx'),
        GPX.replace("time>", "name>"),
    ],
)
def test_a_track_that_says_no_time_is_refused(
    context: AppContext, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "bad.gpx"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GeoparkError) as caught:
        read_track(context, path, cancel=CancelToken())
    assert caught.value.code is ErrorCode.REFUSED_FILE

"""Camera time and position are read when sound, and left out or distrusted when not."""

import random
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from PIL.TiffImagePlugin import IFDRational

from geopark_app.photos.exif import ExifFacts, read_exif
from geopark_app.photos.reasons import PhotoRefusedError

PHOTOS = Path(__file__).resolve().parents[2] / "../shared/data/photos"
NO_NUMBER = IFDRational(0, 0)


def facts_of(
    path: Path,
    *,
    main: Mapping[int, object] | None = None,
    camera: Mapping[int, object] | None = None,
    gps: Mapping[int, object] | None = None,
    picture_format: str = "JPEG",
) -> ExifFacts:
    exif = Image.Exif()
    exif.update(main or {})
    if camera:
        exif.get_ifd(IFD.Exif).update(camera)
    if gps:
        exif.get_ifd(IFD.GPSInfo).update(gps)
    Image.new("RGB", (40, 30), "green").save(path, picture_format, exif=exif)
    return read_exif(path)


def place(
    lat: object, lat_ref: object, lon: object, lon_ref: object, **more: object
) -> dict[int, object]:
    tags: dict[int, object] = {GPS.GPSLatitude: lat, GPS.GPSLongitude: lon}
    if lat_ref is not None:
        tags[GPS.GPSLatitudeRef] = lat_ref
    if lon_ref is not None:
        tags[GPS.GPSLongitudeRef] = lon_ref
    return tags | {getattr(GPS, name): value for name, value in more.items()}


@pytest.mark.parametrize(
    ("original", "subsec", "offset", "taken_at", "assumed"),
    [
        ("2026:03:15 08:30:00", None, None, "2026-03-15T08:30:00+07:00", True),
        ("2026:03:15 08:30:00", "045", "+07:00", "2026-03-15T08:30:00.045+07:00", False),
        ("2026:03:15 08:30:00", "5 ", "-03:30", "2026-03-15T08:30:00.5-03:30", False),
        ("2026:03:15 08:30:00", "ab", "Z", "2026-03-15T08:30:00+00:00", False),
        ("2026:03:15 08:30:00", None, "+99:00", "2026-03-15T08:30:00+07:00", True),
        ("2026:03:15 08:30:60", None, None, "2026-03-15T08:30:59+07:00", True),
        ("2026:02:30 08:30:00", None, None, None, False),
        ("0000:00:00 00:00:00", None, None, None, False),
        ("    :  :     :  :  ", None, None, None, False),
        ("", None, "+07:00", None, False),
    ],
)
def test_camera_time(
    tmp_path: Path,
    original: str,
    subsec: str | None,
    offset: str | None,
    taken_at: str | None,
    assumed: bool,
) -> None:
    camera: dict[int, object] = {Base.DateTimeOriginal: original}
    if subsec is not None:
        camera[Base.SubsecTimeOriginal] = subsec
    if offset is not None:
        camera[Base.OffsetTimeOriginal] = offset
    facts = facts_of(tmp_path / "a.jpg", camera=camera)
    assert (facts.taken_at, facts.taken_offset_assumed) == (taken_at, assumed)


@pytest.mark.parametrize(
    ("day", "time", "offset", "assumed"),
    [
        ("2026:03:15", (1.0, 30.0, 0.0), "+07:00", False),
        ("2026:03:15", (1.0, 29.0, 12.0), "+07:00", False),
        ("2026:03:15", (2.0, 45.0, 0.0), "+05:45", False),
        ("2026:03:15", (13.0, 30.0, 0.0), "-05:00", False),
        # A fix of seven minutes ago, another day, no number: they say nothing.
        ("2026:03:15", (1.0, 23.0, 0.0), "+07:00", True),
        ("2026:03:13", (1.0, 30.0, 0.0), "+07:00", True),
        ("2026:03:15", (NO_NUMBER, 30.0, 0.0), "+07:00", True),
        ("never", (2.0, 30.0, 0.0), "+07:00", True),
    ],
)
def test_the_clock_of_the_satellites_tells_the_zone(
    tmp_path: Path, day: str, time: tuple[object, ...], offset: str, assumed: bool
) -> None:
    facts = facts_of(
        tmp_path / "a.jpg",
        camera={Base.DateTimeOriginal: "2026:03:15 08:30:00"},
        gps={GPS.GPSDateStamp: day, GPS.GPSTimeStamp: time},
    )
    assert facts.taken_at == f"2026-03-15T08:30:00{offset}"
    assert facts.taken_offset_assumed is assumed


def test_another_offset_tag_is_better_than_none(tmp_path: Path) -> None:
    facts = facts_of(
        tmp_path / "a.jpg",
        camera={Base.DateTimeOriginal: "2026:03:15 08:30:00", Base.OffsetTime: "+08:00"},
    )
    assert facts.taken_at == "2026-03-15T08:30:00+08:00"


def test_the_time_a_scanner_writes_is_not_the_time_of_taking(tmp_path: Path) -> None:
    facts = facts_of(
        tmp_path / "a.jpg",
        main={Base.DateTime: "2026:01:01 10:00:00"},
        camera={Base.DateTimeDigitized: "2026:01:01 10:00:00"},
    )
    assert facts.taken_at is None


@pytest.mark.parametrize(
    ("gps", "lon", "lat", "trusted"),
    [
        (place((21.0, 50.0, 30.0), "N", (106.0, 45.0, 0.0), "E"), 106.75, 21.841667, True),
        (place((21.0, 50.0, 30.0), "S", (106.0, 45.0, 0.0), "W"), -106.75, -21.841667, True),
        (place((21.0, 50.5, 0.0), "n", (106.0, 45.0, 0.0), "e"), 106.75, 21.841667, True),
        (place((90.0, 0.0, 0.0), "S", (180.0, 0.0, 0.0), "W"), -180.0, -90.0, True),
        (place((0.0, 0.0, 0.0), "N", (106.0, 45.0, 0.0), "E"), 106.75, 0.0, True),
        (place((21.0, 50.0, 30.0), None, (106.0, 45.0, 0.0), "E"), 106.75, 21.841667, False),
        (place((21.0, 75.0, 0.0), "N", (106.0, 45.0, 0.0), "E"), 106.75, 22.25, False),
        (place((0.0, 0.0, 0.0), "N", (0.0, 0.0, 0.0), "E"), 0.0, 0.0, False),
        (
            place((21.0, 50.0, 30.0), "N", (106.0, 45.0, 0.0), "E", GPSStatus="V"),
            106.75, 21.841667, False,
        ),
        (place((90.0, 0.0, 1.0), "N", (106.0, 45.0, 0.0), "E"), None, None, False),
        (place((21.0, 0.0, 0.0), "N", (180.0, 30.0, 0.0), "E"), None, None, False),
        (place((21.0, NO_NUMBER, 0.0), "N", (106.0, 45.0, 0.0), "E"), None, None, False),
        (place((NO_NUMBER,) * 3, "N", (NO_NUMBER,) * 3, "E"), None, None, False),
        ({GPS.GPSLatitude: (21.0, 0.0, 0.0), GPS.GPSLatitudeRef: "N"}, None, None, False),
        ({}, None, None, False),
    ],
)  # fmt: skip
def test_position(
    tmp_path: Path, gps: Mapping[int, object], lon: float | None, lat: float | None, trusted: bool
) -> None:
    facts = facts_of(tmp_path / "a.jpg", gps=gps)
    assert facts.lon == (None if lon is None else pytest.approx(lon, abs=1e-6))
    assert facts.lat == (None if lat is None else pytest.approx(lat, abs=1e-6))
    assert facts.position_trusted is trusted


@pytest.mark.parametrize(
    ("altitude", "ref", "expected"),
    [
        (412.5, b"\x00", 412.5),
        (3.0, b"\x01", -3.0),
        (3.0, b"\x02", 3.0),
        (3.0, b"\x03", -3.0),
        (412.5, None, 412.5),
        (NO_NUMBER, b"\x00", None),
    ],
)
def test_altitude_with_its_reference(
    tmp_path: Path, altitude: object, ref: bytes | None, expected: float | None
) -> None:
    gps: dict[int, object] = {GPS.GPSAltitude: altitude}
    if ref is not None:
        gps[GPS.GPSAltitudeRef] = ref
    assert facts_of(tmp_path / "a.jpg", gps=gps).altitude_m == expected


@pytest.mark.parametrize(
    ("direction", "expected"), [(0.0, 0.0), (359.5, 359.5), (361.0, None), (NO_NUMBER, None)]
)
def test_direction(tmp_path: Path, direction: object, expected: float | None) -> None:
    facts = facts_of(tmp_path / "a.jpg", gps={GPS.GPSImgDirection: direction})
    assert facts.direction_deg == expected


def test_accuracy_is_kept(tmp_path: Path) -> None:
    assert facts_of(tmp_path / "a.jpg", gps={GPS.GPSHPositioningError: 8.0}).accuracy_m == 8.0


def test_camera_names_are_cleaned(tmp_path: Path) -> None:
    facts = facts_of(
        tmp_path / "a.jpg", main={Base.Make: "HTC\0\0\0", Base.Model: "  Power \x07 Shot "}
    )
    assert (facts.make, facts.model) == ("HTC", "Power Shot")


@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_size_is_given_as_stored(tmp_path: Path, picture_format: str, orientation: int) -> None:
    facts = facts_of(
        tmp_path / "a", main={Base.Orientation: orientation}, picture_format=picture_format
    )
    assert (facts.width, facts.height, facts.orientation) == (40, 30, orientation)


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_a_nonsense_orientation_is_upright(tmp_path: Path, orientation: int) -> None:
    assert facts_of(tmp_path / "a.jpg", main={Base.Orientation: orientation}).orientation == 1


def test_mangled_exif_never_raises_anything_else(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    facts_of(
        path,
        main={Base.Make: "Canon", Base.Orientation: 6},
        camera={Base.DateTimeOriginal: "2026:03:15 08:30:00"},
        gps=place((21.0, 50.0, 30.0), "N", (106.0, 45.0, 0.0), "E"),
    )
    sound = path.read_bytes()
    chance = random.Random(7)
    for _ in range(400):
        mangled = bytearray(sound)
        for _ in range(chance.randint(1, 6)):
            mangled[chance.randrange(4, 300)] = chance.randrange(256)
        path.write_bytes(mangled)
        try:
            facts = read_exif(path)
        except PhotoRefusedError:
            continue
        assert 1 <= facts.orientation <= 8
        assert facts.lat is None or -90 <= facts.lat <= 90


@pytest.mark.skipif(not PHOTOS.is_dir(), reason="shared photos are not here")
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Apple_iPhone_5.jpg", (3264, 2448, 3, "2012-09-29T16:11:25+07:00", -122.337333, 47.627167)),  # noqa: E501
        ("Apple_iPhone_6.jpg", (3264, 2448, 1, "2014-09-16T14:05:12.133+07:00", -0.317892, 51.762408)),  # noqa: E501
        ("Apple_iPhone_6_plus.jpg", (2448, 3264, 1, "2014-10-31T13:32:37.539+00:00", -3.185337, 51.482995)),  # noqa: E501
        ("Blackberry_Z10.jpg", (3264, 1836, 6, "2013-08-17T18:54:52+07:00", None, None)),
        ("Canon_EOS_5D.jpg", (2912, 4368, 1, "2005-09-25T00:31:00+07:00", None, None)),
        ("HTC_One.jpg", (2688, 1520, 1, "2013-05-29T09:33:20.153+07:00", None, None)),
    ],
)  # fmt: skip
def test_real_photos(
    name: str, expected: tuple[int, int, int, str, float | None, float | None]
) -> None:
    facts = read_exif(PHOTOS / name)
    width, height, orientation, taken_at, lon, lat = expected
    assert (facts.width, facts.height) == (width, height)
    assert (facts.orientation, facts.taken_at) == (orientation, taken_at)
    assert facts.lon == (None if lon is None else pytest.approx(lon, abs=1e-6))
    assert facts.lat == (None if lat is None else pytest.approx(lat, abs=1e-6))
    assert facts.position_trusted is (lon is not None)

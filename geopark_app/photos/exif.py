"""What the camera wrote into a photo: time, position, direction, make. Trusted only if sound."""

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from geopark_app.domain.text import clean
from geopark_app.photos.picture import BROKEN_CONTENT, opened_picture, orientation_of, stored_size

ASSUMED_OFFSET = "+07:00"
"""Offset of Vietnam, taken when the camera wrote none; the photo is marked as assumed."""

_CAMERA_TIME = re.compile(r"(\d{4})[:\-/.](\d\d)[:\-/.](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")
_LONGEST_NAME = 100
_QUARTER = timedelta(minutes=15)
# How old the last fix of a phone may be when it is taken for the time of the picture.
_STALE = timedelta(minutes=2)
_OFFSET_TAGS = (Base.OffsetTimeOriginal, Base.OffsetTimeDigitized, Base.OffsetTime)
# 1: below sea level; 3: below the ellipsoid (EXIF 3.0).
_BELOW_REFS = (1, 3)

_Tags = dict[int, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExifFacts:
    """The facts read from one photo; what is missing or nonsense is None.

    Attributes
    ----------
    width, height : int
        Pixels as stored in the file, before turning.
    orientation : int
        EXIF orientation 1 to 8; 1 when missing.
    taken_at : str or None
        ISO 8601 local time with offset, with sub-seconds when the camera wrote them.
    taken_offset_assumed : bool
        Whether the offset is `ASSUMED_OFFSET` because the camera wrote none.
    lon, lat : float or None
        WGS 84 degrees; None when missing or impossible.
    accuracy_m : float or None
        Horizontal error in metres, when the camera wrote it.
    position_trusted : bool
        False without a position, at 0, 0, without hemisphere, or when the receiver had no fix.
    altitude_m : float or None
        Metres, negative below sea level.
    direction_deg : float or None
        Direction the camera looked, 0 to 360 degrees.
    make, model : str or None
        The camera.
    """

    width: int
    height: int
    orientation: int = 1
    taken_at: str | None = None
    taken_offset_assumed: bool = False
    lon: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None
    position_trusted: bool = False
    altitude_m: float | None = None
    direction_deg: float | None = None
    make: str | None = None
    model: str | None = None


def read_exif(path: Path) -> ExifFacts:
    """Give the facts the camera wrote into a photo.

    Damaged EXIF gives fewer facts, never an error.

    Raises
    ------
    PhotoRefusedError
        Only when the file is no readable picture at all.
    """
    with opened_picture(path) as picture:
        return exif_facts(picture)


def exif_facts(picture: Image.Image) -> ExifFacts:
    """Give the facts of an opened picture that is not yet decoded."""
    width, height = stored_size(picture)
    main, photo, gps = _directories(picture)
    taken_at, assumed = _taken_at(photo, gps)
    lon, lat, trusted = _lon_lat(gps)
    return ExifFacts(
        width=width,
        height=height,
        orientation=orientation_of(picture),
        taken_at=taken_at,
        taken_offset_assumed=assumed,
        lon=lon,
        lat=lat,
        accuracy_m=_at_least_zero(_number(gps.get(GPS.GPSHPositioningError))),
        position_trusted=trusted,
        altitude_m=_altitude_m(gps),
        direction_deg=_direction_deg(gps),
        make=_camera_name(main.get(Base.Make)),
        model=_camera_name(main.get(Base.Model)),
    )


def _directories(picture: Image.Image) -> tuple[_Tags, _Tags, _Tags]:
    """Give the main, photo and GPS tags; a damaged directory is an empty one."""
    try:
        exif = picture.getexif()
        main = dict(exif)
    except BROKEN_CONTENT:
        return {}, {}, {}
    return main, _directory(exif, IFD.Exif), _directory(exif, IFD.GPSInfo)


def _directory(exif: Image.Exif, which: IFD) -> _Tags:
    try:
        return dict(exif.get_ifd(which))
    except BROKEN_CONTENT:
        return {}


def _taken_at(photo: _Tags, gps: _Tags) -> tuple[str | None, bool]:
    # Only the time of taking: scanners write their own time into the other date tags.
    found = _CAMERA_TIME.match(_text(photo.get(Base.DateTimeOriginal)))
    if found is None:
        return None, False
    year, month, day, hour, minute, second = (int(part) for part in found.groups())
    try:
        # A leap second is no time Python knows.
        moment = datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001 - local
    except ValueError:
        return None, False
    digits = re.match(r"\d{1,6}", _text(photo.get(Base.SubsecTimeOriginal)))
    fraction = f".{digits.group()}" if digits else ""
    written = (_offset(_text(photo.get(tag))) for tag in _OFFSET_TAGS)
    offset = next((text for text in written if text), None) or _offset_by_gps(moment, gps)
    return f"{moment.isoformat()}{fraction}{offset or ASSUMED_OFFSET}", offset is None


def _offset(text: str) -> str | None:
    if text in ("Z", "z"):
        return "+00:00"
    found = _OFFSET.fullmatch(text)
    if found is None:
        return None
    sign, hours, minutes = found.groups()
    # -12:00 to +14:00 are the zones of the earth.
    return f"{sign}{hours}:{minutes}" if int(hours) <= 14 and int(minutes) < 60 else None


def _offset_by_gps(local: datetime, gps: _Tags) -> str | None:
    """Give the offset by which the camera's clock differs from the GPS clock, which is UTC.

    Older phones write no offset, but the time of the satellites. A difference that is no quarter
    of an hour is a wrong clock or an old fix, and says nothing.
    """
    parts = gps.get(GPS.GPSTimeStamp)
    day = re.match(r"(\d{4})[:\-](\d\d)[:\-](\d\d)", _text(gps.get(GPS.GPSDateStamp)))
    if day is None or not isinstance(parts, (tuple, list)) or len(parts) != 3:
        return None
    hour, minute, second = (_number(part) for part in parts)
    if hour is None or minute is None or second is None:
        return None
    try:
        year, month, date = (int(part) for part in day.groups())
        midnight = datetime(year, month, date)  # noqa: DTZ001 - UTC, bare
        away = local - midnight - timedelta(hours=hour, minutes=minute, seconds=second)
    except (ValueError, OverflowError):
        return None
    quarters = round(away / _QUARTER)
    if abs(away - quarters * _QUARTER) > _STALE or not -48 <= quarters <= 56:
        return None
    sign, (hours, rest) = "-" if quarters < 0 else "+", divmod(abs(quarters), 4)
    return f"{sign}{hours:02}:{rest * 15:02}"


def _lon_lat(gps: _Tags) -> tuple[float | None, float | None, bool]:
    """Give lon, lat in degrees and whether to trust them; both or neither are given."""
    lat, lat_sure = _degrees(gps.get(GPS.GPSLatitude), gps.get(GPS.GPSLatitudeRef), "NS", 90)
    lon, lon_sure = _degrees(gps.get(GPS.GPSLongitude), gps.get(GPS.GPSLongitudeRef), "EW", 180)
    if lat is None or lon is None:
        return None, None, False
    has_fix = _text(gps.get(GPS.GPSStatus)).upper() != "V"
    # At 0, 0 lies no land: it is what a receiver without a fix writes.
    is_null_island = round(lat, 4) == 0 and round(lon, 4) == 0
    return lon, lat, lat_sure and lon_sure and has_fix and not is_null_island


def _degrees(value: Any, ref: Any, letters: str, limit: int) -> tuple[float | None, bool]:
    parts = value if isinstance(value, (tuple, list)) else (value,)
    numbers = [_number(part) for part in parts[:3]]
    if not numbers or any(number is None for number in numbers):
        return None, False
    degrees = sum((number or 0) / 60**place for place, number in enumerate(numbers))
    if abs(degrees) > limit:
        return None, False
    letter = _text(ref).upper()[:1]
    if letter == letters[1]:
        degrees = -abs(degrees)
    in_base_60 = all(0 <= (number or 0) < 60 for number in numbers[1:])
    return degrees, in_base_60 and letter != "" and letter in letters


def _altitude_m(gps: _Tags) -> float | None:
    altitude = _number(gps.get(GPS.GPSAltitude))
    if altitude is None:
        return None
    ref = gps.get(GPS.GPSAltitudeRef, 0)
    code = ref[0] if isinstance(ref, bytes) and ref else ref
    return -abs(altitude) if code in _BELOW_REFS else altitude


def _direction_deg(gps: _Tags) -> float | None:
    direction = _number(gps.get(GPS.GPSImgDirection))
    return direction if direction is not None and 0 <= direction <= 360 else None


def _number(value: Any) -> float | None:
    """Give a finite number; a rational with a zero below is none."""
    try:
        number = float(value)
    except (TypeError, ValueError, ArithmeticError):
        return None
    return number if math.isfinite(number) else None


def _at_least_zero(number: float | None) -> float | None:
    return number if number is not None and number >= 0 else None


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", errors="replace")
    return value.split("\0", 1)[0].strip() if isinstance(value, str) else ""


def _camera_name(value: Any) -> str | None:
    return " ".join(clean(_text(value)).split())[:_LONGEST_NAME] or None

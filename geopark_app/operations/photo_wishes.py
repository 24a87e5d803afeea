"""What a person wants of the photos of one import: for all of them, and for single ones."""

import re
from dataclasses import dataclass

from geopark_app.photos.exif import ASSUMED_OFFSET
from geopark_app.rules.typed_values import read_date_or_instant

TAKEN_BY_CAMERA = "camera"
"""The date stands in the picture; value of `Photo.taken_source`."""

TAKEN_AS_TYPED = "typed"
"""A person said the date, because the picture had none."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NOON = "T12:00:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoDefaults:
    """What every photo of one import gets, such as the credit of a field day.

    `taken_at` is given only to pictures that carry no date: those that came through a chat.
    """

    photographer: str | None = None
    credit: str | None = None
    rights_holder: str | None = None
    licence: str | None = None
    caption_vi: str | None = None
    caption_en: str | None = None
    taken_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoWish:
    """What was said of one file in the preview.

    Attributes
    ----------
    site_uuid : str or None
        The site chosen; None leaves the photo in the inbox.
    distance_m : float or None
        How far the site is, when it was the one proposed.
    chat_copy : bool or None
        Whether it came through a chat; None lets the program tell.
    """

    site_uuid: str | None = None
    distance_m: float | None = None
    chat_copy: bool | None = None


def typed_taken_at(typed: str) -> str | None:
    """Give the instant a person typed for pictures without date; a bare day stands at noon.

    Raises
    ------
    GeoparkError
        BAD_VALUE when it is neither a date nor a date with time.
    """
    text = typed.strip()
    if not text:
        return None
    value = read_date_or_instant("taken_at", text)
    if _DAY.fullmatch(value):
        # Noon keeps the day the same in every time zone near Vietnam.
        return f"{value}{_NOON}{ASSUMED_OFFSET}"
    has_offset = re.search(r"(?:Z|[+-]\d\d:\d\d)$", value) is not None
    return value if has_offset else f"{value}{ASSUMED_OFFSET}"

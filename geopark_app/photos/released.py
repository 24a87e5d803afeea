"""Pictures that leave the house: upright, sRGB, and with no word of the camera but those asked."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

_IMAGE_DESCRIPTION, _ARTIST, _COPYRIGHT, _GPS = 0x010E, 0x013B, 0x8298, 0x8825
_DEGREES = 1_000_000
_LONGEST_TAG = 2_000


class ReleasedFormat(Enum):
    """Formats of pictures that are handed over."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"

    @property
    def ending(self) -> str:
        """The ending of the file name."""
        return {"jpeg": ".jpg", "png": ".png", "webp": ".webp"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedTags:
    """The only things a handed-over picture says about itself; empty ones are left out.

    Attributes
    ----------
    description, artist, copyright : str
        Caption, photographer, rights.
    lon, lat : float or None
        As coarse as its reader may have it; the rule has been asked before.
    """

    description: str = ""
    artist: str = ""
    copyright: str = ""
    lon: float | None = None
    lat: float | None = None


MakePicture = Callable[[Path, int | None], Image.Image]
"""Decodes a file to an upright sRGB picture with the longest side given, or of full size."""


def released_picture(
    path: Path,
    *,
    form: ReleasedFormat,
    longest: int | None,
    quality: int,
    tags: ReleasedTags | None = None,
    make: MakePicture,
) -> bytes:
    """Give a picture to hand over as the bytes of a file.

    The pixels are laid on a fresh image, so that nothing of the original comes along: no EXIF, no
    XMP, no thumbnail, no comment, no profile. `tags` are then written anew, and nothing else.

    Raises
    ------
    PhotoRefusedError
        When the file is no accepted picture or damaged, as `make` says.
    """
    picture = make(path, longest)
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    exif = _exif(tags) if tags is not None else b""
    buffer = io.BytesIO()
    match form:
        case ReleasedFormat.JPEG:
            bare.save(buffer, "JPEG", quality=quality, optimize=True, exif=exif)
        case ReleasedFormat.PNG:
            bare.save(buffer, "PNG", **({"exif": exif} if exif else {}))
        case ReleasedFormat.WEBP:
            bare.save(buffer, "WEBP", quality=quality, exif=exif)
    return buffer.getvalue()


def _exif(tags: ReleasedTags) -> bytes:
    exif = Image.Exif()
    for tag, text in (
        (_IMAGE_DESCRIPTION, tags.description),
        (_ARTIST, tags.artist),
        (_COPYRIGHT, tags.copyright),
    ):
        if text:
            # EXIF text is bytes; every reader of today takes them for UTF-8.
            exif[tag] = text[:_LONGEST_TAG].encode("utf-8")
    if tags.lon is not None and tags.lat is not None:
        exif[_GPS] = {
            0: b"\x02\x03\x00\x00",
            1: "N" if tags.lat >= 0 else "S",
            2: _rational(tags.lat),
            3: "E" if tags.lon >= 0 else "W",
            4: _rational(tags.lon),
        }
    return exif.tobytes() if len(exif) else b""


def _rational(degrees: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    """Give degrees with no more digits than they have: minutes and seconds would invent some."""
    whole = IFDRational(round(abs(degrees) * _DEGREES), _DEGREES)
    return (whole, IFDRational(0, 1), IFDRational(0, 1))

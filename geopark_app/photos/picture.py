"""Opens a foreign picture with only the decoder its content calls for, and within limits."""

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, TiffImagePlugin

from geopark_app.photos.heic import can_read_heic
from geopark_app.photos.reasons import MAX_FILE_BYTES, MAX_PIXELS, PhotoRefusedError, Reason
from geopark_app.photos.sniff import HEAD_BYTES, PictureFormat, sniff

# Pillow's own guard, for pictures opened by any other way in this process.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS

BROKEN_CONTENT = (
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    MemoryError,
    RecursionError,
    NotImplementedError,
    struct.error,
    Image.DecompressionBombError,
)
"""What Pillow raises on damaged bytes, found by mangling real photos byte by byte."""

_DECODERS = {
    PictureFormat.JPEG: "JPEG",
    PictureFormat.PNG: "PNG",
    PictureFormat.TIFF: "TIFF",
    PictureFormat.WEBP: "WEBP",
    PictureFormat.HEIC: "HEIF",
}
_NEW_SUBFILE_TYPE = 254
_DNG_VERSION = 50706


def identify(path: Path) -> PictureFormat:
    """Give the accepted format of a file by its content.

    Raises
    ------
    PhotoRefusedError
        When the file cannot be read, is empty, too large, or not an accepted picture.
    """
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise PhotoRefusedError(Reason.TOO_BIG, path=path)
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
    except FileNotFoundError as error:
        # Found a moment ago: a stick pulled out, a phone gone to sleep.
        raise PhotoRefusedError(Reason.GONE, path=path) from error
    except OSError as error:
        raise PhotoRefusedError(Reason.UNREADABLE, path=path) from error
    if not head:
        raise PhotoRefusedError(Reason.EMPTY, path=path)
    picture_format = sniff(head)
    match picture_format:
        case None:
            raise PhotoRefusedError(Reason.NOT_A_PICTURE, path=path)
        case PictureFormat.AVIF:
            raise PhotoRefusedError(Reason.AVIF, path=path)
        case _:
            return picture_format


@contextmanager
def opened_picture(path: Path) -> Iterator[Image.Image]:
    """Open a picture of an accepted format, not yet decoded.

    Whatever Pillow raises inside the `with` block because the bytes are damaged becomes
    `PhotoRefusedError(Reason.DAMAGED)`.

    Raises
    ------
    PhotoRefusedError
        When the file is no accepted picture, is damaged, or has more than `MAX_PIXELS`.
    """
    picture_format = identify(path)
    if picture_format is PictureFormat.HEIC and not can_read_heic():
        raise PhotoRefusedError(Reason.HEIC, path=path)
    decoder = _DECODERS[picture_format]
    with warnings.catch_warnings():
        # Pillow warns on many harmless irregularities of cameras; the report speaks, not stderr.
        warnings.simplefilter("ignore")
        try:
            with Image.open(path, formats=[decoder]) as picture:
                _check_kind(picture, path)
                yield picture
        except MemoryError as error:
            raise PhotoRefusedError(Reason.TOO_HARD, path=path) from error
        except Image.DecompressionBombError as error:
            raise PhotoRefusedError(Reason.TOO_MANY_PIXELS, path=path) from error
        except BROKEN_CONTENT as error:
            raise PhotoRefusedError(Reason.DAMAGED, path=path, cause=error) from error


def stored_size(picture: Image.Image) -> tuple[int, int]:
    """Give width and height in pixels as they stand in the file, before any turning."""
    if isinstance(picture, TiffImagePlugin.TiffImageFile) and orientation_of(picture) > 4:
        # Pillow already announces the turned size for TIFF, and for TIFF only.
        return picture.height, picture.width
    return picture.width, picture.height


def orientation_of(picture: Image.Image) -> int:
    """Give the EXIF orientation, 1 to 8; 1 when it is missing or nonsense."""
    try:
        value = picture.getexif().get(0x0112)
    except BROKEN_CONTENT:
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _check_kind(picture: Image.Image, path: Path) -> None:
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise PhotoRefusedError(Reason.TOO_MANY_PIXELS, path=path)
    if isinstance(picture, TiffImagePlugin.TiffImageFile):
        tags = picture.tag_v2
        # Raw files are TIFF whose first picture is only a small preview.
        if _DNG_VERSION in tags or int(tags.get(_NEW_SUBFILE_TYPE, 0)) & 1:
            raise PhotoRefusedError(Reason.RAW, path=path)
    if picture.mode in ("F", "LAB"):
        raise PhotoRefusedError(Reason.COLOUR_DEPTH, path=path)

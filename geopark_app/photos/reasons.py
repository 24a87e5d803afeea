"""Why a file was not taken as a photo, and the sentence that says so."""

from __future__ import annotations

from enum import Enum
from typing import assert_never

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.i18n import gettext as _


class Reason(Enum):
    """A stable code per cause; `reason_text` gives the sentence in the active language."""

    NOT_A_PICTURE = "not-a-picture"
    EMPTY = "empty-file"
    HEIC = "heic-needs-part"
    AVIF = "avif-not-yet"
    RAW = "raw-camera-file"
    COLOUR_DEPTH = "unsupported-colour-depth"
    TOO_BIG = "file-too-big"
    TOO_MANY_PIXELS = "too-many-pixels"
    LINK = "link-not-followed"
    NOT_A_FILE = "not-a-regular-file"
    UNREADABLE = "cannot-be-read"
    DAMAGED = "picture-damaged"
    CHANGED = "changed-while-importing"
    TOO_HARD = "more-than-the-decoder-bears"
    GONE = "gone"

    @property
    def is_damage(self) -> bool:
        """Whether the file is a picture of an accepted format whose content is broken."""
        return self in (Reason.DAMAGED, Reason.CHANGED, Reason.EMPTY, Reason.TOO_HARD)

    @property
    def error_code(self) -> ErrorCode:
        """The kind of trouble, as the command line knows it."""
        if self in (Reason.TOO_BIG, Reason.TOO_MANY_PIXELS):
            return ErrorCode.TOO_LARGE
        if self.is_damage or self in (Reason.UNREADABLE, Reason.GONE):
            return ErrorCode.UNREADABLE_PHOTO
        return ErrorCode.UNSUPPORTED_FORMAT


class PhotoRefusedError(GeoparkError):
    """A file cannot become a photo.

    Attributes
    ----------
    reason : Reason
        Why; `reason_text` says it to people.
    """

    def __init__(self, reason: Reason, **details: object) -> None:
        """Keep the reason beside the code of the trouble."""
        self.reason = reason
        super().__init__(reason.error_code, reason=reason.value, **details)


MAX_FILE_BYTES = 200_000_000
"""Larger files are refused before they are read; a 100-megapixel JPEG is about 60 MB."""

MAX_PIXELS = 200_000_000
"""A picture announcing more pixels is refused before decoding: 200 megapixels are 600 MB."""


def reason_text(reason: Reason) -> str:
    """Give one sentence in the active language that says what is wrong and what to do."""
    match reason:
        case Reason.NOT_A_PICTURE:
            return _("This file is not a picture. Photos are JPEG, HEIC, PNG, TIFF or WebP files.")
        case Reason.EMPTY:
            return _("The file is empty (0 bytes). Copy it again from the camera or phone.")
        case Reason.HEIC:
            return _(
                "This laptop cannot read HEIC photos: the part for it (pillow-heif, in a safe "
                "version) is missing. Install it, or give the photo saved as JPEG (on iPhone: "
                "Settings, Camera, Formats, Most Compatible)."
            )
        case Reason.AVIF:
            return _("AVIF pictures cannot be read yet. Please give the photo saved as JPEG.")
        case Reason.RAW:
            return _("This is a raw camera file. Please give the photo saved as JPEG or TIFF.")
        case Reason.COLOUR_DEPTH:
            return _("The colour depth of this picture is not that of a photo. Save it as JPEG.")
        case Reason.TOO_BIG:
            return _("The file is larger than {megabytes} MB. Save a smaller copy.").format(
                megabytes=MAX_FILE_BYTES // 1_000_000
            )
        case Reason.TOO_MANY_PIXELS:
            return _("The picture has more than {megapixels} megapixels.").format(
                megapixels=MAX_PIXELS // 1_000_000
            )
        case Reason.LINK:
            return _("This is a link to another place; links in a folder are not followed.")
        case Reason.NOT_A_FILE:
            return _("This is not an ordinary file.")
        case Reason.UNREADABLE:
            return _("The file cannot be opened. Check the stick and the permissions.")
        case Reason.DAMAGED:
            return _("The picture is damaged or cut off. Copy it again from the camera or phone.")
        case Reason.CHANGED:
            return _("The file changed while it was being read. Add it again.")
        case Reason.TOO_HARD:
            return _(
                "The picture broke the part that reads it, or needs more memory or time than a "
                "photo may. Open it in a picture program and save it as JPEG."
            )
        case Reason.GONE:
            return _("The file or its folder is no longer there. Connect the stick or phone again.")
        case _:
            assert_never(reason)

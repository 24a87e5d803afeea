"""What kind of picture a file holds, decided by its first bytes and never by its name."""

from __future__ import annotations

from enum import Enum

HEAD_BYTES = 64
"""How many leading bytes `sniff` wants to see."""


class PictureFormat(Enum):
    """The formats told apart; the value is the media type kept with the photo."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    TIFF = "image/tiff"
    WEBP = "image/webp"
    HEIC = "image/heic"
    AVIF = "image/avif"

    @property
    def is_accepted(self) -> bool:
        """Whether the import takes this format; AVIF is recognised only to say so."""
        return self is not PictureFormat.AVIF


_TIFF_MAGICS = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_HEIC_BRANDS = frozenset(
    (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1")
)
_AVIF_BRANDS = frozenset((b"avif", b"avis"))


def sniff(head: bytes) -> PictureFormat | None:
    """Give the format that the first bytes of a file announce.

    Parameters
    ----------
    head
        The first `HEAD_BYTES` bytes, or fewer when the file is shorter.

    Returns
    -------
    PictureFormat | None
        None for anything that is not one of the known formats, an empty file included.
    """
    if head.startswith(b"\xff\xd8\xff"):
        return PictureFormat.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PictureFormat.PNG
    if head.startswith(_TIFF_MAGICS):
        return PictureFormat.TIFF
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return PictureFormat.WEBP
    if head[4:8] == b"ftyp":
        return _sniff_iso_media(head)
    return None


def _sniff_iso_media(head: bytes) -> PictureFormat | None:
    box_end = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[8:12]} | {head[at : at + 4] for at in range(16, box_end, 4)}
    if brands & _AVIF_BRANDS:
        return PictureFormat.AVIF
    if brands & _HEIC_BRANDS:
        return PictureFormat.HEIC
    return None

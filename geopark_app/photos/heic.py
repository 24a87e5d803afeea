"""HEIC, the format of iPhones: read by libheif, in the worker only, and only when it is there."""

from PIL import Image

SAFE_LIBHEIF = (1, 23, 6)
"""Older ones have known holes through which a picture can run code; they are not used."""

_FORMAT = "HEIF"


def take_heic() -> bool:
    """Let this process read HEIC, if a safe libheif is installed; only the worker calls this."""
    try:
        import pillow_heif
    except ImportError:
        return False
    if _numbers(pillow_heif.libheif_version()) < SAFE_LIBHEIF:
        return False
    # Two workers share the cores already.
    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener(thumbnails=False)
    return True


def can_read_heic() -> bool:
    """Say whether this process reads HEIC."""
    return _FORMAT in Image.OPEN


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.split(".")
    return tuple(int(part) for part in parts if part.isdigit())

"""Which photo held is the original of a picture that came through a chat."""

from collections.abc import Iterable

from geopark_app.photos.likeness import CLOSE_BITS, bits_apart, is_plain
from geopark_app.store.photo_keys import PhotoKeys

_SAME_SHAPE = 0.03


def original_of(copy: PhotoKeys, held: Iterable[PhotoKeys]) -> PhotoKeys | None:
    """Give the photo that looks the same, has the same shape and is no copy itself.

    It is a proposal: two pictures of one view taken a second apart are as like as this.
    """
    return _closest(copy, (photo for photo in held if not photo.chat_copy))


def copy_of(original: PhotoKeys, held: Iterable[PhotoKeys]) -> PhotoKeys | None:
    """Give the picture from a chat whose original this is and that has none yet."""
    orphans = (photo for photo in held if photo.chat_copy and not photo.original_photo_uuid)
    return _closest(original, orphans)


def _closest(photo: PhotoKeys, others: Iterable[PhotoKeys]) -> PhotoKeys | None:
    likeness, shape = photo.likeness or "", _shape(photo)
    if is_plain(likeness) or shape is None:
        return None
    best, best_bits = None, CLOSE_BITS + 1
    for other in others:
        bits = bits_apart(likeness, other.likeness or "")
        other_shape = _shape(other)
        if bits < best_bits and other_shape is not None and abs(shape - other_shape) < _SAME_SHAPE:
            best, best_bits = other, bits
    return best


def _shape(photo: PhotoKeys) -> float | None:
    """Give the longer side over the shorter: turning changes it not."""
    if not photo.width or not photo.height:
        return None
    return max(photo.width, photo.height) / min(photo.width, photo.height)

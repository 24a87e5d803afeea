"""Photos that look nearly the same, found by their likeness; older photos get theirs first."""

from collections.abc import Sequence
from dataclasses import dataclass

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Photo
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress, no_progress
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.photos.alike import MOST_BITS, alike_groups
from geopark_app.photos.likeness import bits_apart, is_plain, likeness_of
from geopark_app.photos.picture import opened_picture
from geopark_app.photos.reasons import PhotoRefusedError
from geopark_app.store.engine import reading
from geopark_app.store.photo_list import PhotoRow, likeness_codes, photo_rows

NEAR_BITS = 5
"""Distance up to which two photos count as nearly the same, unless told otherwise."""

_IN_ONE_SAVE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikePhotos:
    """Photos that look nearly the same.

    Attributes
    ----------
    photos : tuple of PhotoRow
        Two or more; the one to keep first: the best rated, then the one with most words, then
        the oldest.
    bits : tuple of int
        In how many bits each differs from the first.
    """

    photos: tuple[PhotoRow, ...]
    bits: tuple[int, ...]


def find_alike(context: AppContext, *, most_bits: int = NEAR_BITS) -> list[AlikePhotos]:
    """Give the groups of photos that differ in at most so many of 64 bits, largest first.

    Pictures with too little in them to be told apart (a blank wall, fog) are left out.

    Raises
    ------
    GeoparkError
        BAD_VALUE when the distance is none that is looked for.
    """
    if not 0 <= most_bits <= MOST_BITS:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="distance", value=str(most_bits), expected=f"0–{MOST_BITS}"
        )
    with reading(context.catalogue.engine) as connection:
        listed = [
            (uuid, text)
            for uuid, text, _thumb in likeness_codes(connection)
            if text and not is_plain(text)
        ]
        groups = alike_groups([int(text, 16) for _uuid, text in listed], most_bits=most_bits)
        wanted = [listed[place][0] for group in groups for place in group]
        rows = {row.uuid: row for row in photo_rows(connection, wanted)}
    codes = dict(listed)
    found = []
    for group in groups:
        photos = sorted((rows[listed[place][0]] for place in group), key=_worth)
        first = codes[photos[0].uuid]
        bits = tuple(bits_apart(first, codes[photo.uuid]) for photo in photos)
        found.append(AlikePhotos(photos=tuple(photos), bits=bits))
    return found


def count_without_likeness(context: AppContext) -> int:
    """Give how many photos with a thumbnail have no likeness yet."""
    with reading(context.catalogue.engine) as connection:
        listed = likeness_codes(connection)
    return sum(not text and bool(thumb) for _uuid, text, thumb in listed)


def add_likeness(
    context: AppContext,
    *,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> list[Changes]:
    """Work the likeness of older photos out of their thumbnails; gives the saves made.

    Thumbnails that are missing or damaged are passed over. Raises `Cancelled` when asked to stop;
    what was saved before stays.
    """
    cancel = cancel or CancelToken()
    with reading(context.catalogue.engine) as connection:
        listed = likeness_codes(connection)
    wanted = [(uuid, thumb) for uuid, text, thumb in listed if not text and thumb]
    saves = []
    for begin in range(0, len(wanted), _IN_ONE_SAVE):
        found = []
        for at, (uuid, thumb) in enumerate(wanted[begin : begin + _IN_ONE_SAVE], start=begin):
            cancel.check()
            progress(Progress(done=at, total=len(wanted)))
            text = _from_thumbnail(context, thumb)
            if text is not None:
                found.append((uuid, text))
        if found:
            saves.append(_save(context, found))
    progress(Progress(done=len(wanted), total=len(wanted)))
    return saves


def _save(context: AppContext, found: Sequence[tuple[str, str]]) -> Changes:
    with context.work(_("Work out the likeness of photos")) as work:
        for uuid, text in found:
            work.set_columns(kind_of(Photo), uuid, {"likeness": text})
    return work.changes


def _from_thumbnail(context: AppContext, sha256: str) -> str | None:
    try:
        with opened_picture(context.catalogue.files.path_of(sha256)) as picture:
            return likeness_of(picture)
    except (PhotoRefusedError, GeoparkError):
        return None


def _worth(row: PhotoRow) -> tuple[int, int, int, str, str]:
    words = sum(
        bool(text) for text in (row.caption_vi, row.caption_en, row.alt_vi, row.alt_en, row.credit)
    )
    is_copy = int(bool(row.chat_copy))
    return is_copy, -(row.rating or 0), -words, row.taken_at or "9", row.uuid

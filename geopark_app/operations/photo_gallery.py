"""The photos of the gallery: found by what a person asks, and changed many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Photo, Site
from geopark_app.operations.context import AppContext
from geopark_app.operations.records import read_typed
from geopark_app.photos.instructions import (
    Mark,
    drawing_text,
    lenient_instructions,
    read_crop,
    read_drawing,
    read_turn,
)
from geopark_app.store.engine import reading
from geopark_app.store.photo_list import (
    LACKS,
    NO_SITE,
    ORDERS,
    PhotoQuery,
    PhotoRow,
    photo_days,
    photo_keys,
    photo_rows,
    sites_with_photos,
)
from geopark_app.store.rows import to_row

__all__ = [
    "LACKS",
    "MOST_STARS",
    "NO_SITE",
    "ORDERS",
    "PhotoPlaces",
    "PhotoQuery",
    "PhotoRow",
    "draw_on_photo",
    "find_photos",
    "read_places",
    "read_rows",
    "set_photos",
    "turn_photos",
]

MOST_STARS = 5


def find_photos(context: AppContext, wanted: PhotoQuery) -> list[str]:
    """Give the keys of the photos asked for, in the order asked for.

    Raises
    ------
    GeoparkError
        UNKNOWN_FIELD for an order or a gap that does not exist.
    """
    if wanted.order not in ORDERS:
        raise GeoparkError(ErrorCode.UNKNOWN_FIELD, kind="photo", field=wanted.order)
    if wanted.lacks and wanted.lacks not in LACKS:
        raise GeoparkError(ErrorCode.UNKNOWN_FIELD, kind="photo", field=wanted.lacks)
    with reading(context.catalogue.engine) as connection:
        return photo_keys(connection, wanted)


def read_rows(context: AppContext, uuids: Sequence[str]) -> list[PhotoRow]:
    """Give the light rows of these photos, in this order."""
    with reading(context.catalogue.engine) as connection:
        return photo_rows(connection, uuids)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoPlaces:
    """What the photos can be narrowed by.

    Attributes
    ----------
    sites : tuple of (key, code, name, number of photos)
        Those without a site under an empty key.
    days : tuple of (ISO day, number of photos)
        Newest first.
    """

    sites: tuple[tuple[str, str, str, int], ...] = ()
    days: tuple[tuple[str, int], ...] = ()


def read_places(context: AppContext) -> PhotoPlaces:
    """Give the sites and days that have photos."""
    with reading(context.catalogue.engine) as connection:
        return PhotoPlaces(
            sites=tuple(sites_with_photos(connection)), days=tuple(photo_days(connection))
        )


def set_photos(
    context: AppContext, uuids: Sequence[str], typed: Mapping[str, str], *, reason: str
) -> Changes:
    """Write the same typed values into many photos, as one save; an empty text clears a field.

    A photo that leaves its site is no longer the cover of that site.

    Raises
    ------
    GeoparkError
        BAD_VALUE, UNKNOWN_FIELD, NOT_FOUND; nothing is written then.
    """
    kind = kind_of(Photo)
    checked = _checked(typed)
    values = read_typed(context, Photo(uuid=""), checked)
    row = to_row(Photo(uuid="", **values))
    columns = {
        column: row[column]
        for spec in kind.fields
        if spec.name in values
        for column in spec.columns
    }
    moves = "site_uuid" in values
    with context.work(reason) as work:
        if moves:
            wanted = set(uuids)
            for site in work.records(Site):
                if site.cover_photo_uuid in wanted and site.uuid != values["site_uuid"]:
                    work.set_columns(kind_of(Site), site.uuid, {"cover_photo_uuid": None})
        for uuid in uuids:
            work.set_columns(kind, uuid, columns)
    return work.changes


def turn_photos(context: AppContext, uuids: Sequence[str], by: int, *, reason: str) -> Changes:
    """Turn photos further by quarter turns clockwise, each from where it is, as one save.

    Raises
    ------
    GeoparkError
        BAD_VALUE when `by` is no quarter turn; NOT_FOUND.
    """
    read_turn(str(by))
    kind = kind_of(Photo)
    with context.work(reason) as work:
        for uuid in uuids:
            photo = work.get(Photo, uuid)
            if photo is None:
                raise GeoparkError(ErrorCode.NOT_FOUND, kind="photo", uuid=uuid)
            now = lenient_instructions(photo.turn_deg, None).turn
            work.set_columns(kind, uuid, {"turn_deg": (now + by) % 360 or None})
    return work.changes


def draw_on_photo(context: AppContext, uuid: str, marks: Sequence[Mark], *, reason: str) -> Changes:
    """Keep these marks as the drawing on a photo.

    Raises
    ------
    GeoparkError
        BAD_VALUE when they are more than a drawing may have.
    """
    return set_photos(context, [uuid], {"drawing": drawing_text(marks)}, reason=reason)


def _checked(typed: Mapping[str, str]) -> dict[str, str]:
    """Give the typed values in the shape in which they are stored, or refuse them."""
    checked = dict(typed)
    if checked.get("rating", "").strip():
        stars = checked["rating"].strip()
        if stars not in {str(number) for number in range(MOST_STARS + 1)}:
            raise GeoparkError(ErrorCode.BAD_VALUE, field="rating", value=stars, expected="0–5")
    if "turn_deg" in checked:
        turn = read_turn(checked["turn_deg"])
        checked["turn_deg"] = "" if turn is None else str(turn)
    if "crop" in checked:
        crop = read_crop(checked["crop"])
        checked["crop"] = "" if crop is None else crop.as_text()
    if "drawing" in checked:
        checked["drawing"] = drawing_text(read_drawing(checked["drawing"]))
    return checked

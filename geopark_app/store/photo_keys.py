"""What is asked of every photo at once, read in SQL without making whole records."""

from dataclasses import dataclass

import sqlalchemy as sa

from geopark_app.store.tables import RECORD_TABLES


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoKeys:
    """The few values of a photo by which it is recognised and put in order."""

    uuid: str
    sha256: str | None
    site_uuid: str | None
    sort_order: int | None
    likeness: str | None
    width: int | None
    height: int | None
    chat_copy: bool
    original_photo_uuid: str | None = None


def select_photo_keys(connection: sa.Connection) -> list[PhotoKeys]:
    """Give the keys of every photo that is not in the trash."""
    photo = RECORD_TABLES["photo"].c
    query = sa.select(
        photo.uuid,
        photo.sha256,
        photo.site_uuid,
        photo.sort_order,
        photo.likeness,
        photo.width,
        photo.height,
        photo.chat_copy,
        photo.original_photo_uuid,
    ).where(photo.deleted == 0)
    return [
        PhotoKeys(
            uuid=row.uuid,
            sha256=row.sha256,
            site_uuid=row.site_uuid,
            sort_order=row.sort_order,
            likeness=row.likeness,
            width=row.width,
            height=row.height,
            chat_copy=bool(row.chat_copy),
            original_photo_uuid=row.original_photo_uuid,
        )
        for row in connection.execute(query)
    ]

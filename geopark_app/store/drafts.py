"""Typed text not yet saved: local, never synced, what crash recovery offers."""

from dataclasses import dataclass

import sqlalchemy as sa

from geopark_app.store.catalogue import Catalogue
from geopark_app.store.engine import reading, writing
from geopark_app.store.tables import DRAFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Text typed into one field, valid or not."""

    kind: str
    uuid: str
    field: str
    typed: str
    at: str


def keep_draft(catalogue: Catalogue, draft: Draft) -> None:
    """Keep typed text; an older draft of the same field is replaced."""
    values = {"typed": draft.typed, "at": draft.at}
    place = {"tbl": draft.kind, "row_uuid": draft.uuid, "field": draft.field}
    with writing(catalogue.engine) as connection:
        updated = connection.execute(
            DRAFT.update()
            .where(*(DRAFT.c[name] == key for name, key in place.items()))
            .values(values)
        )
        if updated.rowcount == 0:
            connection.execute(DRAFT.insert().values(**place, **values))


def drop_draft(catalogue: Catalogue, kind: str, uuid: str, field: str) -> None:
    """Forget the typed text of a field, because it was saved or given up."""
    with writing(catalogue.engine) as connection:
        connection.execute(
            DRAFT.delete().where(
                DRAFT.c.tbl == kind, DRAFT.c.row_uuid == uuid, DRAFT.c.field == field
            )
        )


def all_drafts(catalogue: Catalogue) -> list[Draft]:
    """Give every draft, oldest first."""
    with reading(catalogue.engine) as connection:
        rows = connection.execute(sa.select(DRAFT).order_by(DRAFT.c.at, DRAFT.c.field))
        return [
            Draft(kind=row.tbl, uuid=row.row_uuid, field=row.field, typed=row.typed, at=row.at)
            for row in rows
        ]

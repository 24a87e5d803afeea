"""Which files the records need: the hashes of photos, renditions and documents."""

from dataclasses import dataclass

import sqlalchemy as sa

from geopark_app.domain.kinds import KINDS
from geopark_app.store.catalogue import Catalogue
from geopark_app.store.engine import reading
from geopark_app.store.tables import RECORD_TABLES

_ENDING = "sha256"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededFile:
    """One file of one record.

    Attributes
    ----------
    sha256 : str
        Its name.
    kind, uuid, field : str
        The record and the field that names the file.
    taken_at : str
        When a picture was taken, or empty.
    """

    sha256: str
    kind: str
    uuid: str
    field: str
    taken_at: str


def needed_files(catalogue: Catalogue) -> list[NeededFile]:
    """Give the files of all records that are not in the trash."""
    found: list[NeededFile] = []
    with reading(catalogue.engine) as connection:
        for name, kind in KINDS.items():
            table = RECORD_TABLES[name]
            for spec in kind.fields:
                if not spec.name.endswith(_ENDING):
                    continue
                column = table.c[spec.name]
                taken = table.c.taken_at if "taken_at" in table.c else sa.literal("")
                query = sa.select(table.c.uuid, column, taken).where(
                    column.is_not(None), table.c.deleted == 0
                )
                found += [
                    NeededFile(
                        sha256=sha256, kind=name, uuid=uuid, field=spec.name, taken_at=at or ""
                    )
                    for uuid, sha256, at in connection.execute(query)
                ]
    return found

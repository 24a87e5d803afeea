"""Words a site is found by although they stand in rows of its lists: old codes, old communes."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from geopark_app.store.tables import RECORD_TABLES

_PARTS = ("site_code", "site_former_commune")


def with_owners(
    connection: sa.Connection, touched: Iterable[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Give the touched records, and the sites whose lists they belong to."""
    found = set(touched)
    for name, uuid in list(found):
        if name in _PARTS:
            table = RECORD_TABLES[name]
            owner = connection.scalar(sa.select(table.c.site_uuid).where(table.c.uuid == uuid))
            if owner:
                found.add(("site", str(owner)))
    return found


def words_of_parts(connection: sa.Connection, site_uuids: Sequence[str]) -> dict[str, list[str]]:
    """Give the codes and the names of former communes and districts in the lists of sites."""
    if not site_uuids:
        return {}
    codes = RECORD_TABLES["site_code"]
    listed = RECORD_TABLES["site_former_commune"]
    communes = RECORD_TABLES["former_commune"]
    districts = RECORD_TABLES["former_district"]
    theirs = sa.select(listed.c.site_uuid, communes.c.name_vi, districts.c.name_vi).select_from(
        listed.join(communes, communes.c.code == listed.c.former_commune_code).outerjoin(
            districts, districts.c.code == communes.c.former_district_code
        )
    )
    rows = [
        *connection.execute(
            sa.select(codes.c.site_uuid, codes.c.code).where(
                codes.c.site_uuid.in_(site_uuids), codes.c.deleted == 0
            )
        ),
        *connection.execute(
            theirs.where(listed.c.site_uuid.in_(site_uuids), listed.c.deleted == 0)
        ),
    ]
    words: dict[str, list[str]] = {}
    for site_uuid, *found in rows:
        words.setdefault(site_uuid, []).extend(str(word) for word in found if word)
    return words

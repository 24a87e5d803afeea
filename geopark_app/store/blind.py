"""Points of assessments the person at work does not see yet, kept out of every reading of records.

One place for lists, forms, search, history and exports: `rules.blind_scoring` decides, the open
catalogue asks here. Bundles, backups and checks read the log and the tables whole.
"""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from geopark_app.domain.text import fold
from geopark_app.rules.blind_scoring import BlindEntry, hidden_assessments
from geopark_app.store.tables import RECORD_TABLES

KIND = "assessment_score"


def hidden_of(connection: sa.Connection, person: str) -> frozenset[str]:
    """Give the assessments whose points this person does not see yet."""
    table = RECORD_TABLES["assessment"]
    rows = connection.execute(sa.select(table)).mappings()
    return hidden_assessments((_entry(row) for row in rows), folded(person))


def hidden_scores(connection: sa.Connection, hidden: frozenset[str]) -> frozenset[str]:
    """Give the scores of these assessments."""
    if not hidden:
        return frozenset()
    table = RECORD_TABLES[KIND]
    rows = connection.execute(sa.select(table.c.uuid, table.c.assessment_uuid))
    return frozenset(uuid for uuid, assessment in rows if assessment in hidden)


def folded(person: str | None) -> str:
    """Give a name as it is compared: without accents, case and further spaces."""
    return " ".join(fold(person or "").split())


def _entry(row: Any) -> BlindEntry:
    return BlindEntry(
        uuid=row["uuid"],
        site=row["site_uuid"] or "",
        method=row["method"] or "",
        people=frozenset(_names((row["assessor"], row["entered_by"]))),
        is_draft=bool(row["is_draft"]),
        is_accepted=bool(row["is_accepted"]),
        is_trashed=bool(row["deleted"]),
        submitted_at=row["submitted_at"] or "",
        accepted_at=row["accepted_at"] or "",
    )


def _names(names: Iterable[str | None]) -> Iterable[str]:
    return (name for one in names if (name := folded(one)))

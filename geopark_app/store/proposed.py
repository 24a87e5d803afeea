"""The operations beyond their authors' roles, as the log has them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from geopark_app.domain.change import Json, OpKind
from geopark_app.store.catalogue import Catalogue
from geopark_app.store.engine import reading
from geopark_app.store.judging import Judge, beyond_role


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedOp:
    """One operation with the save it is of."""

    author: str
    seq: int
    first: int
    last: int
    person: str
    at: str
    note: str
    table: str
    row_uuid: str
    kind: OpKind
    field: str
    values: Mapping[str, Json]


def proposed_ops(catalogue: Catalogue) -> list[ProposedOp]:
    """Give the operations beyond their authors' roles, accepted or not, save by save."""
    with reading(catalogue.engine) as connection:
        found = [
            ProposedOp(
                author=row["author"],
                seq=row["seq"],
                first=row["first"],
                last=row["first"] + row["n"] - 1,
                person=row["user"] or "",
                at=row["wall"] or "",
                note=row["note"] or "",
                table=row["tbl"],
                row_uuid=row["row_uuid"],
                kind=OpKind(row["kind"]),
                field=row["field"],
                values=json.loads(row["value"] or "{}"),
            )
            for row in beyond_role(connection, Judge(connection))
        ]
    return sorted(found, key=lambda op: (op.author, op.seq))

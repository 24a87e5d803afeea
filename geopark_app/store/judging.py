"""Which operations count: those within their author's role, and proposals that were accepted.

The role is the one the newest membership list names, the rule is `rules.roles.may`; so every
replica with the same list and the same saves comes to the same rows.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from geopark_app.domain.change import Op, OpId, OpKind
from geopark_app.domain.roles import Role
from geopark_app.rules.roles import (
    DECISION,
    ROWS_DIFFER,
    RULING_KINDS,
    RoleStep,
    may,
    role_at,
    steps_of,
)
from geopark_app.store.authorship import fingerprint_of
from geopark_app.store.tables import AUTHOR, MEMBERSHIP, OP, RECORD_TABLES, TXN

ACCEPTED, DECLINED = "accepted", "declined"
Place = tuple[str, str]
_Standing = Mapping[str, tuple[RoleStep, ...]]
_DECISIONS = RECORD_TABLES[DECISION]
_SAVE_OF_OP = sa.and_(
    TXN.c.author == OP.c.author, TXN.c.first <= OP.c.seq, OP.c.seq < TXN.c.first + TXN.c.n
)
_WITH_SAVE = sa.select(OP, TXN.c.first, TXN.c.n, TXN.c.wall, TXN.c.note, TXN.c.user).join(
    TXN, _SAVE_OF_OP
)


class Judge:
    """Says of operations whether they count, as one transaction sees the team."""

    def __init__(self, connection: sa.Connection) -> None:
        """Read the newest list; decisions are read when the first proposal is met."""
        self._connection = connection
        self._standing = _standing(_newest_list(connection))
        self._accepted: dict[str, list[tuple[int, int]]] | None = None
        self.allows_all = not any(
            step.role is not Role.ADMINISTRATOR for some in self._standing.values() for step in some
        )

    def role_of(self, author: str, seq: int) -> Role:
        """Give the role of an author at an operation; one of no member is bound by none."""
        steps = self._steps(author)
        return role_at(steps, author, seq) if steps else Role.ADMINISTRATOR

    def is_within_role(self, op: OpId, *, table: str, row: str, kind: OpKind, field: str) -> bool:
        """Say whether an operation lies within its author's role."""
        if self.allows_all:
            return True
        role = self.role_of(op.author, op.seq)
        return may(role, kind=table, op=kind, field=field, row=row)

    def counts(self, op: OpId, *, table: str, row: str, kind: OpKind, field: str) -> bool:
        """Say whether an operation is in the fold: within the role, or accepted."""
        if self.is_within_role(op, table=table, row=row, kind=kind, field=field):
            return True
        return table not in RULING_KINDS and self.is_accepted(op)

    def counts_row(self, row: sa.RowMapping) -> bool:
        """Say so of a row of `op`."""
        return self.allows_all or self.counts(
            OpId(author=row["author"], seq=row["seq"]),
            table=row["tbl"],
            row=row["row_uuid"],
            kind=OpKind(row["kind"]),
            field=row["field"],
        )

    def counts_op(self, op: Op) -> bool:
        """Say so of an operation of the log."""
        return self.counts(op.id, table=op.table, row=op.row_uuid, kind=op.kind, field=op.field)

    def is_accepted(self, op: OpId) -> bool:
        """Say whether an editor accepted the save an operation is of."""
        if self._accepted is None:
            self._accepted = _accepted(self._connection)
        return any(first <= op.seq <= last for first, last in self._accepted.get(op.author, ()))

    def restricted_authors(self) -> list[str]:
        """Give the author ids here that may not, or might once not, do everything."""
        if self.allows_all:
            return []
        return [
            author
            for author in self._connection.scalars(sa.select(AUTHOR.c.author_id))
            if any(step.role is not Role.ADMINISTRATOR for step in self._steps(author))
        ]

    def might_always(self, author: str, table: str, kind: OpKind, field: str) -> bool:
        """Say whether every role an author ever had allows a sort of operation, on any row."""
        steps = self._steps(author)
        return table not in ROWS_DIFFER and all(
            may(step.role, kind=table, op=kind, field=field) for step in steps
        )

    def steps_differ(self, other: "Judge", author: str) -> bool:
        """Say whether another list names other roles for an author."""
        return self._steps(author) != other._steps(author)

    def _steps(self, author: str) -> tuple[RoleStep, ...]:
        return self._standing.get(author.partition(".")[0], ())


def beyond_role(connection: sa.Connection, judge: Judge) -> Iterator[sa.RowMapping]:
    """Give the operations beyond their authors' roles, accepted or not, each with its save.

    The log is long and the sorts of operations are few: those an author might always do are left
    out unread.
    """
    for author in judge.restricted_authors():
        known = sa.select(OP.c.tbl, OP.c.kind, OP.c.field).where(OP.c.author == author).distinct()
        for sort in connection.execute(known).all():
            if judge.might_always(author, sort.tbl, OpKind(sort.kind), sort.field):
                continue
            of_sort = (OP.c.tbl == sort.tbl, OP.c.kind == sort.kind, OP.c.field == sort.field)
            query = _WITH_SAVE.where(OP.c.author == author, *of_sort)
            for row in connection.execute(query).mappings():
                if not judge.is_within_role(
                    OpId(author=author, seq=row["seq"]),
                    table=sort.tbl,
                    row=row["row_uuid"],
                    kind=OpKind(sort.kind),
                    field=sort.field,
                ):
                    yield row


def judged_otherwise(connection: sa.Connection, before: Judge, now: Judge) -> set[Place]:
    """Give the records with an operation that counted before and does not now, or the reverse."""
    found: set[Place] = set()
    for author in {*before.restricted_authors(), *now.restricted_authors()}:
        if not before.steps_differ(now, author):
            continue
        rows = connection.execute(sa.select(OP).where(OP.c.author == author)).mappings()
        found |= {
            (row["tbl"], row["row_uuid"])
            for row in rows
            if before.counts_row(row) is not now.counts_row(row)
        }
    return found


def places_decided(connection: sa.Connection, decisions: Iterable[str]) -> set[Place]:
    """Give the records that the saves some decisions are about have touched."""
    found: set[Place] = set()
    rows = connection.execute(
        sa.select(_DECISIONS.c.author_id, _DECISIONS.c.first_seq, _DECISIONS.c.last_seq).where(
            _DECISIONS.c.uuid.in_(list(decisions))
        )
    ).all()
    for row in rows:
        query = sa.select(OP.c.tbl, OP.c.row_uuid).where(
            OP.c.author == row.author_id, OP.c.seq.between(row.first_seq, row.last_seq)
        )
        found |= {(op.tbl, op.row_uuid) for op in connection.execute(query)}
    return found


def _accepted(connection: sa.Connection) -> dict[str, list[tuple[int, int]]]:
    query = sa.select(_DECISIONS.c.author_id, _DECISIONS.c.first_seq, _DECISIONS.c.last_seq).where(
        _DECISIONS.c.verdict == ACCEPTED, _DECISIONS.c.deleted == 0
    )
    found: dict[str, list[tuple[int, int]]] = {}
    for row in connection.execute(query):
        if isinstance(row.first_seq, int) and isinstance(row.last_seq, int):
            found.setdefault(row.author_id, []).append((row.first_seq, row.last_seq))
    return found


def _newest_list(connection: sa.Connection) -> str:
    query = sa.select(MEMBERSHIP.c.content).order_by(MEMBERSHIP.c.number.desc()).limit(1)
    return str(connection.scalar(query) or "")


@lru_cache(maxsize=8)
def _standing(content: str) -> _Standing:
    """Give the steps by fingerprint of a list, which was verified when it was kept."""
    members: list[dict[str, Any]] = json.loads(content)["members"] if content else []
    return {fingerprint_of(key): steps_of(member) for member in members for key in member["keys"]}

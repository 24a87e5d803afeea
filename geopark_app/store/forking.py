"""Re-issuing saves whose numbers were given twice, under a new life of the same key.

A whole disk that was set back goes on with numbers its laptop has given already; the other copy of
the chain is with the colleagues and stays. What was typed since is signed again as a new author id.
"""

import dataclasses
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from geopark_app.domain.change import Op, OpId, save_hash
from geopark_app.store import fold, search
from geopark_app.store.authorship import DeviceAuthor, fingerprint_of
from geopark_app.store.catalogue import Catalogue
from geopark_app.store.engine import altering
from geopark_app.store.exchange_log import SignedSave, saves_of
from geopark_app.store.log import insert_ops, seal
from geopark_app.store.schema_version import HEAD_REVISION
from geopark_app.store.tables import AUTHOR, BUNDLE, OP, TXN


def reissue(
    catalogue: Catalogue, *, me: DeviceAuthor, forked: str, after: int, now: datetime
) -> tuple[int, frozenset[tuple[str, str]]]:
    """Sign an author's saves behind a number again as a new life, in one transaction.

    Parameters
    ----------
    me
        Whoever works here; the key is theirs.
    forked
        The author id whose chain exists twice.
    after
        The last operation both copies share.
    now
        When another program's changes are sealed, should there be any.

    Returns
    -------
    tuple of int and frozenset of (kind, uuid)
        How many saves were signed again, and the records they are about.
    """
    with altering(catalogue.engine) as connection:
        seal(
            connection,
            author=me,
            now=now,
            note="external change",
            schema_version=HEAD_REVISION,
            by_hand=False,
        )
        have = connection.scalar(sa.select(AUTHOR.c.have).where(AUTHOR.c.author_id == forked))
        old = list(saves_of(connection, forked, after, int(have or 0)))
        if not old:
            return 0, frozenset()
        life = _next_life(connection, me)
        made = _signed_again(old, life, forked, after)
        _replace(connection, forked, after, life, made)
        places = {(op.table, op.row_uuid) for one in made for op in one.ops}
        touched = fold.settle(connection, places)
        search.refresh(connection, touched)
    life.remember(made[-1].hash)
    return len(made), touched


def _next_life(connection: sa.Connection, me: DeviceAuthor) -> DeviceAuthor:
    query = sa.select(sa.func.max(AUTHOR.c.incarnation)).where(AUTHOR.c.public_key == me.public_key)
    number = int(connection.scalar(query) or 0) + 1
    name = f"{fingerprint_of(me.public_key)}.{number}"
    life = dataclasses.replace(me, author_id=name, incarnation=number)
    connection.execute(
        AUTHOR.insert().values(
            author_id=name,
            device=life.device,
            incarnation=number,
            user=life.person,
            public_key=life.public_key,
            have=0,
            tail_hash="",
        )
    )
    return life


def _signed_again(
    old: Sequence[SignedSave], life: DeviceAuthor, forked: str, after: int
) -> list[SignedSave]:
    made = []
    tail = ""
    for one in old:
        ops = tuple(_renamed(op, life.author_id, forked, after) for op in one.ops)
        save = dataclasses.replace(
            one.save, author=life.author_id, first=one.save.first - after, prev_hash=tail
        )
        tail = save_hash(save, ops)
        made.append(SignedSave(save=save, hash=tail, sig=life.sign(tail), ops=ops))
    return made


def _renamed(op: Op, life: str, forked: str, after: int) -> Op:
    """Give an operation, and what it refers to of the same saves, their new numbers."""

    def moved(ref: OpId) -> OpId:
        is_old = ref.author != forked or ref.seq <= after
        return ref if is_old else OpId(author=life, seq=ref.seq - after)

    seen = None if op.seen is None else dict(op.seen)
    if seen is not None and seen.get(forked, 0) > after:
        seen[life] = seen[forked] - after
        seen[forked] = after
    replaces = tuple(moved(ref) for ref in op.replaces)
    return dataclasses.replace(op, id=moved(op.id), replaces=replaces, seen=seen)


def _replace(
    connection: sa.Connection,
    forked: str,
    after: int,
    life: DeviceAuthor,
    made: Sequence[SignedSave],
) -> None:
    """Take the old saves out of the log and put the new ones in."""
    tail = connection.scalar(
        sa.select(TXN.c.hash).where(TXN.c.author == forked, TXN.c.first + TXN.c.n - 1 == after)
    )
    connection.execute(OP.delete().where(OP.c.author == forked, OP.c.seq > after))
    connection.execute(TXN.delete().where(TXN.c.author == forked, TXN.c.first > after))
    connection.execute(
        AUTHOR.update()
        .where(AUTHOR.c.author_id == forked)
        .values(have=after, tail_hash=str(tail or ""))
    )
    connection.execute(
        TXN.insert(),
        [{**dataclasses.asdict(one.save), "hash": one.hash, "sig": one.sig} for one in made],
    )
    insert_ops(connection, [op for one in made for op in one.ops])
    connection.execute(
        AUTHOR.update()
        .where(AUTHOR.c.author_id == life.author_id)
        .values(have=made[-1].last, tail_hash=made[-1].hash)
    )
    # Which bundles hold the old saves is found out anew.
    connection.execute(BUNDLE.delete())

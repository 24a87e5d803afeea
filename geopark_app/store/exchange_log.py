"""Reading signed saves out of the log for colleagues, and taking theirs in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from geopark_app.domain.change import Op, Save
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.store import fold, search
from geopark_app.store.authorship import SaveAuthor
from geopark_app.store.catalogue import Catalogue
from geopark_app.store.checking import read_op
from geopark_app.store.engine import altering, reading
from geopark_app.store.log import insert_ops, seal
from geopark_app.store.schema_version import HEAD_REVISION
from geopark_app.store.tables import AUTHOR, CONFLICT, DIRTY, OP, RECORD_TABLES, TXN

_OPS_AT_ONCE = 2000
Vector = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogAuthor:
    """Who an author id is."""

    author_id: str
    device: str
    incarnation: int
    user: str
    public_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedSave:
    """One save as it travels."""

    save: Save
    hash: str
    sig: str
    ops: tuple[Op, ...]

    @property
    def last(self) -> int:
        """Number of its last operation."""
        return self.save.first + self.save.n - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What came of taking saves in.

    Attributes
    ----------
    saves : int
        How many were new here.
    touched : frozenset of (kind, uuid)
        The records this version knows that they are about.
    by_author : mapping of author id to count
        The same saves by their authors.
    """

    saves: int
    touched: frozenset[tuple[str, str]]
    by_author: Mapping[str, int]


def version_vector(catalogue: Catalogue) -> dict[str, int]:
    """Give how many operations of each author are here."""
    with reading(catalogue.engine) as connection:
        return _vector(connection)


def log_authors(catalogue: Catalogue) -> dict[str, LogAuthor]:
    """Give everybody who wrote in this log."""
    names = LogAuthor.__dataclass_fields__
    with reading(catalogue.engine) as connection:
        return {
            row["author_id"]: LogAuthor(**{name: row[name] for name in names})
            for row in connection.execute(sa.select(AUTHOR)).mappings()
        }


def last_saves(catalogue: Catalogue) -> dict[str, tuple[int, str]]:
    """Give clock stamp and wall clock of the newest save of each author."""
    newest = (
        sa.select(TXN.c.author, sa.func.max(TXN.c.first).label("first"))
        .group_by(TXN.c.author)
        .subquery()
    )
    query = sa.select(TXN.c.author, TXN.c.hlc, TXN.c.wall).join(
        newest, sa.and_(TXN.c.author == newest.c.author, TXN.c.first == newest.c.first)
    )
    with reading(catalogue.engine) as connection:
        return {row.author: (row.hlc, row.wall) for row in connection.execute(query)}


def wall_at(catalogue: Catalogue, author: str, seq: int) -> str:
    """Give the wall clock of the save an author's operation belongs to, or an empty text."""
    query = (
        sa.select(TXN.c.wall)
        .where(TXN.c.author == author, TXN.c.first <= seq)
        .order_by(TXN.c.first.desc())
        .limit(1)
    )
    with reading(catalogue.engine) as connection:
        return str(connection.scalar(query) or "")


def count_after(catalogue: Catalogue, author: str, seq: int) -> int:
    """Give how many saves an author made after an operation."""
    query = sa.select(sa.func.count()).where(TXN.c.author == author, TXN.c.first > seq)
    with reading(catalogue.engine) as connection:
        return int(connection.scalar(query) or 0)


def rows_after(catalogue: Catalogue, base: Vector) -> Iterator[tuple[str, str, str, str]]:
    """Give person, table, key and site of every record written after `base`, editions aside."""
    with reading(catalogue.engine) as connection:
        people = connection.execute(sa.select(AUTHOR).where(AUTHOR.c.public_key != "")).all()
        for person in people:
            query = (
                sa.select(OP.c.tbl, OP.c.row_uuid)
                .where(OP.c.author == person.author_id, OP.c.seq > base.get(person.author_id, 0))
                .distinct()
            )
            for row in connection.execute(query).all():
                site = _site_of(connection, row.tbl, row.row_uuid)
                yield person.user, row.tbl, row.row_uuid, site


def communes_of_sites(catalogue: Catalogue) -> dict[str, str]:
    """Give the code of the commune of every site that has one."""
    site = RECORD_TABLES["site"]
    query = sa.select(site.c.uuid, site.c.commune_code).where(site.c.commune_code.is_not(None))
    with reading(catalogue.engine) as connection:
        return {row.uuid: row.commune_code for row in connection.execute(query)}


def _site_of(connection: sa.Connection, name: str, uuid: str) -> str:
    table = RECORD_TABLES.get(name)
    if table is None or "site_uuid" not in table.c:
        return ""
    return str(connection.scalar(sa.select(table.c.site_uuid).where(table.c.uuid == uuid)) or "")


def saves_between(catalogue: Catalogue, base: Vector, upto: Vector) -> Iterator[SignedSave]:
    """Give the saves after `base` up to `upto`, author by author, in their order."""
    with reading(catalogue.engine) as connection:
        for author in sorted(upto):
            start, end = base.get(author, 0), upto[author]
            if end > start:
                yield from saves_of(connection, author, start, end)


def saves_of(connection: sa.Connection, author: str, start: int, end: int) -> Iterator[SignedSave]:
    """Give an author's saves behind `start` up to `end`, in their order."""
    rows = connection.execute(
        sa.select(TXN)
        .where(TXN.c.author == author, TXN.c.first > start, TXN.c.first <= end)
        .order_by(TXN.c.first)
    ).mappings()
    ops = _ops_of(connection, author, start, end)
    for row in rows:
        some = tuple(next(ops) for _ in range(row["n"]))
        save = Save(**{name: row[name] for name in Save.__dataclass_fields__})
        yield SignedSave(save=save, hash=row["hash"], sig=row["sig"], ops=some)


def _ops_of(connection: sa.Connection, author: str, start: int, end: int) -> Iterator[Op]:
    """Give an author's operations; found by the key, however long the log is."""
    for first in range(start + 1, end + 1, _OPS_AT_ONCE):
        rows = connection.execute(
            sa.select(OP)
            .where(OP.c.author == author, OP.c.seq >= first, OP.c.seq < first + _OPS_AT_ONCE)
            .where(OP.c.seq <= end)
            .order_by(OP.c.seq)
        ).mappings()
        for row in rows:
            op = read_op(row)
            if op is None:
                raise GeoparkError(ErrorCode.DAMAGED_CATALOGUE, path=f"{author} {row['seq']}")
            yield op


def chain_tails(catalogue: Catalogue) -> dict[str, tuple[int, str]]:
    """Give by author the number of the last operation here and the hash of its save."""
    query = sa.select(AUTHOR.c.author_id, AUTHOR.c.have, AUTHOR.c.tail_hash)
    with reading(catalogue.engine) as connection:
        return {row.author_id: (row.have, row.tail_hash or "") for row in connection.execute(query)}


def chain_ends(catalogue: Catalogue, author: str) -> set[tuple[int, str]]:
    """Give number of the last operation and hash of every save of an author."""
    query = sa.select(TXN.c.first + TXN.c.n - 1, TXN.c.hash).where(TXN.c.author == author)
    with reading(catalogue.engine) as connection:
        return {(int(last), str(found)) for last, found in connection.execute(query)}


def has_end(catalogue: Catalogue, author: str, last: int, sha256: str) -> bool:
    """Say whether an author's chain here has a save that ends at this operation with this hash."""
    query = (
        sa.select(TXN.c.hash)
        .where(TXN.c.author == author, TXN.c.first <= last, TXN.c.first + TXN.c.n - 1 == last)
        .order_by(TXN.c.first.desc())
        .limit(1)
    )
    with reading(catalogue.engine) as connection:
        return connection.scalar(query) == sha256


def seal_foreign_changes(catalogue: Catalogue, *, author: SaveAuthor, now: datetime) -> None:
    """Let what another program wrote become a save before anything is exchanged."""
    with reading(catalogue.engine) as connection:
        is_clean = connection.execute(sa.select(DIRTY.c.id).limit(1)).first() is None
    if not is_clean:
        with catalogue.unit_of_work(author=author, now=now, reason="external change"):
            pass


def take_in(
    catalogue: Catalogue,
    saves: Sequence[SignedSave],
    authors: Mapping[str, LogAuthor],
    *,
    me: SaveAuthor,
    now: datetime,
) -> TakenIn:
    """Write saves and their effect in one transaction; those already here are skipped.

    Parameters
    ----------
    saves
        Verified ones, each author's in their order.
    authors
        Who their authors are.
    me, now
        Who seals what another program wrote here meanwhile, and when.

    Raises
    ------
    GeoparkError
        FORKED_CHAIN when an author's saves are not the continuation of those known; BAD_BUNDLE
        for a gap. Nothing is changed then.
    """
    # References are not watched: one that another program broke on a colleague's laptop must not
    # stop the exchange for good; it arrives as it is there.
    with altering(catalogue.engine) as connection:
        if connection.execute(sa.select(DIRTY.c.id).limit(1)).first() is not None:
            foreign = seal(
                connection,
                author=me,
                now=now,
                note="external change",
                schema_version=HEAD_REVISION,
                by_hand=False,
            )
            search.refresh(connection, foreign.touched)
        fresh = _continue_chains(connection, saves, authors, me)
        places = {(op.table, op.row_uuid) for one in fresh for op in one.ops}
        touched = fold.settle(connection, places)
        search.refresh(connection, touched)
    counts: dict[str, int] = {}
    for one in fresh:
        counts[one.save.author] = counts.get(one.save.author, 0) + 1
    return TakenIn(saves=len(fresh), touched=touched, by_author=counts)


def _continue_chains(
    connection: sa.Connection,
    saves: Sequence[SignedSave],
    authors: Mapping[str, LogAuthor],
    me: SaveAuthor,
) -> list[SignedSave]:
    """Append each author's new saves to the chain known here, and give them."""
    fresh = []
    ends: dict[str, tuple[int, str]] = {}
    for one in saves:
        author = one.save.author
        if author not in ends:
            ends[author] = _end_of(connection, authors[author])
        have, tail = ends[author]
        if one.save.first <= have:
            _same_or_forked(connection, one, authors[author], me)
            continue
        if one.save.first != have + 1:
            raise GeoparkError(ErrorCode.BAD_BUNDLE, reason="gap")
        if one.save.prev_hash != tail:
            raise forked_chain(authors[author], me)
        ends[author] = (one.last, one.hash)
        fresh.append(one)
    _store(connection, fresh, ends)
    return fresh


def _end_of(connection: sa.Connection, author: LogAuthor) -> tuple[int, str]:
    row = connection.execute(
        sa.select(AUTHOR.c.have, AUTHOR.c.tail_hash).where(AUTHOR.c.author_id == author.author_id)
    ).first()
    if row is not None:
        return int(row.have), str(row.tail_hash)
    values = {name: getattr(author, name) for name in LogAuthor.__dataclass_fields__}
    connection.execute(AUTHOR.insert().values(**values, have=0, tail_hash=""))
    return 0, ""


def _same_or_forked(
    connection: sa.Connection, one: SignedSave, author: LogAuthor, me: SaveAuthor
) -> None:
    known = connection.scalar(
        sa.select(TXN.c.hash).where(TXN.c.author == one.save.author, TXN.c.first == one.save.first)
    )
    if known != one.hash:
        raise forked_chain(author, me)


def forked_chain(author: LogAuthor, me: SaveAuthor) -> GeoparkError:
    """Give the trouble of a chain that exists twice; this laptop's own can be repaired here."""
    return GeoparkError(
        ErrorCode.FORKED_CHAIN,
        person=author.user or author.author_id,
        device=author.device,
        whose="own" if author.public_key == me.public_key else "",
    )


def _store(
    connection: sa.Connection, fresh: Sequence[SignedSave], ends: Mapping[str, tuple[int, str]]
) -> None:
    txns = [
        {
            **{name: getattr(one.save, name) for name in Save.__dataclass_fields__},
            "hash": one.hash,
            "sig": one.sig,
        }
        for one in fresh
    ]
    ops = [op for one in fresh for op in one.ops]
    if txns:
        connection.execute(TXN.insert(), txns)
    if ops:
        insert_ops(connection, ops)
    for author, (have, tail) in ends.items():
        connection.execute(
            AUTHOR.update().where(AUTHOR.c.author_id == author).values(have=have, tail_hash=tail)
        )


def conflict_count(catalogue: Catalogue) -> int:
    """Give how many conflicts wait for a person."""
    with reading(catalogue.engine) as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(CONFLICT)) or 0)


def _vector(connection: sa.Connection) -> dict[str, int]:
    rows = connection.execute(sa.select(AUTHOR.c.author_id, AUTHOR.c.have))
    return {row.author_id: row.have for row in rows}

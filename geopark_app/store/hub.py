"""The office hub on PostgreSQL: signed saves in and out, asked for by what is there, never by time.

A hub is a set of saves. What a laptop lacks is asked for by the numbers it has of each author; what
the hub lacks is told by the ends of the chains it has now, so that a hub put back from an old dump
is given again what it lost. Nothing here trusts a save: that is checked where it is taken in.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
import sqlalchemy as sa
from psycopg.conninfo import make_conninfo
from sqlalchemy import exc

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.store.exchange_log import LogAuthor
from geopark_app.store.hub_address import HubAddress

FORMAT = 1
_CONNECT_SECONDS = 10
_SETTINGS = "-c statement_timeout=300000 -c lock_timeout=60000 -c client_encoding=UTF8"
_AT_ONCE = 500
_LOGIN_REFUSED = ("28", "42501", "3D000")


@dataclass(frozen=True, slots=True, kw_only=True)
class HubSave:
    """A save as the hub keeps it: its place in its author's chain, and the lines it travels as."""

    author: str
    first: int
    last: int
    hash: str
    prev_hash: str
    hlc: int
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a laptop said of itself, signed by it."""

    author: str
    content: bytes


class Hub:
    """One connection to the office hub; every method is one transaction of its own."""

    def __init__(self, engine: sa.Engine) -> None:
        """Use `open_hub`."""
        self._engine = engine

    def close(self) -> None:
        """Give the connection up."""
        self._engine.dispose()

    def check(self, team_id: str) -> None:
        """Refuse a database that is no hub of this team.

        Raises
        ------
        GeoparkError
            HUB_UNPREPARED, NEWER_FORMAT; HUB_AWAY and HUB_LOGIN as everywhere here.
        """
        with self.transaction() as connection:
            if connection.scalar(sa.text("SELECT to_regclass('geopark_log.about')")) is None:
                raise GeoparkError(ErrorCode.HUB_UNPREPARED, reason="empty")
            rows = connection.execute(sa.text("SELECT name, value FROM geopark_log.about")).all()
        about = {row.name: row.value for row in rows}
        if int(about.get("format", 0)) > FORMAT:
            raise GeoparkError(ErrorCode.NEWER_FORMAT, path="hub")
        if about.get("team") != team_id:
            raise GeoparkError(ErrorCode.HUB_UNPREPARED, reason="other-team")

    def tails(self) -> dict[str, list[tuple[int, str]]]:
        """Give by author the ends of the chains the hub has now: number and hash."""
        with self.transaction() as connection:
            rows = connection.execute(sa.text("SELECT author, last, hash FROM geopark_log.tail"))
            found: dict[str, list[tuple[int, str]]] = {}
            for row in rows:
                found.setdefault(row.author, []).append((row.last, row.hash))
        return found

    def ends(self, author: str) -> set[tuple[int, str]]:
        """Give number and hash of the end of every save of an author."""
        query = sa.text("SELECT last, hash FROM geopark_log.save WHERE author = :author")
        with self.transaction() as connection:
            return {(row.last, row.hash) for row in connection.execute(query, {"author": author})}

    def authors(self) -> list[LogAuthor]:
        """Give everybody who wrote, as the hub was told."""
        with self.transaction() as connection:
            return [
                LogAuthor(
                    author_id=row.author_id,
                    device=row.device,
                    incarnation=row.incarnation,
                    user=row.person,
                    public_key=row.public_key,
                )
                for row in connection.execute(sa.text("SELECT * FROM geopark_log.author"))
            ]

    def count_after(self, have: Mapping[str, int]) -> int:
        """Give how many saves are after what one has."""
        with self.transaction() as connection:
            return int(connection.scalar(_after("count(*)"), _vector(have)) or 0)

    def save_ending(self, author: str, last: int, sha256: str) -> HubSave | None:
        """Give the save at the end of a chain, or None."""
        query = sa.text(
            "SELECT author, first, last, hash, prev_hash, hlc, content FROM geopark_log.save "
            "WHERE author = :author AND last = :last AND hash = :hash"
        )
        values = {"author": author, "last": last, "hash": sha256}
        with self.transaction() as connection:
            row = connection.execute(query, values).first()
        return None if row is None else HubSave(**{**row._asdict(), "content": bytes(row.content)})

    def saves_after(self, have: Mapping[str, int]) -> Iterator[HubSave]:
        """Give the saves after what one has, the earlier written first, as they come in."""
        columns = "save.author, first, last, hash, prev_hash, hlc, content"
        query = _after(columns, order=" ORDER BY hlc, save.author, first")
        with self.transaction() as connection:
            options = {"stream_results": True, "max_row_buffer": _AT_ONCE}
            rows = connection.execution_options(**options).execute(query, _vector(have))
            for row in rows:
                yield HubSave(**{**row._asdict(), "content": bytes(row.content)})

    def add(self, authors: Iterable[LogAuthor], saves: Sequence[HubSave]) -> int:
        """Add saves in one transaction; those that are there already are skipped.

        Returns
        -------
        int
            How many were new.
        """
        people = sorted(authors, key=lambda one: one.author_id)
        ordered = sorted(saves, key=lambda one: (one.author, one.first))
        with self.transaction() as connection:
            for one in people:
                connection.execute(_ADD_AUTHOR, _author_row(one))
            return sum(
                connection.execute(
                    _ADD_SAVE, {name: getattr(one, name) for name in HubSave.__slots__}
                ).rowcount
                for one in ordered
            )

    def replace_contents(self, saves: Iterable[tuple[str, int, str, bytes]]) -> int:
        """Put other lines in the place of saves of the same hash; only the tables' owner may.

        Raises
        ------
        GeoparkError
            HUB_REFUSED for a member's login.
        """
        query = sa.text(
            "UPDATE geopark_log.save SET content = :content "
            "WHERE author = :author AND first = :first AND hash = :hash AND content <> :content"
        )
        with self.transaction() as connection:
            return sum(
                connection.execute(
                    query, {"author": author, "first": first, "hash": found, "content": content}
                ).rowcount
                for author, first, found, content in saves
            )

    def memberships(self) -> list[tuple[str, str]]:
        """Give content and signature of the team's lists, the newest first."""
        query = sa.text(
            "SELECT content, sig FROM geopark_log.membership ORDER BY number DESC LIMIT 50"
        )
        with self.transaction() as connection:
            return [(row.content, row.sig) for row in connection.execute(query)]

    def add_membership(self, *, number: int, content: str, sig: str) -> None:
        """Add a list of the team."""
        values = {
            "number": number,
            "hash": hashlib.sha256(content.encode("utf-8")).hexdigest(),
            "content": content,
            "sig": sig,
        }
        with self.transaction() as connection:
            connection.execute(_ADD_MEMBERSHIP, values)

    def said(self, kind: str, after: Mapping[str, int]) -> list[Said]:
        """Give what laptops said ("heads" or "holds") after the numbers known, the newest first."""
        query = sa.text(
            "SELECT author, content FROM geopark_log.said LEFT JOIN "
            "unnest(CAST(:authors AS text[]), CAST(:numbers AS bigint[])) AS known(name, heard) "
            "ON author = known.name WHERE kind = :kind AND number > coalesce(known.heard, 0) "
            "ORDER BY author, number DESC"
        )
        with self.transaction() as connection:
            rows = connection.execute(query, {"kind": kind, **_vector(after)})
            return [Said(author=row.author, content=bytes(row.content)) for row in rows]

    def last_digest(self, kind: str, author: str) -> str:
        """Give the digest a laptop gave to what it said last, or an empty text."""
        query = sa.text(
            "SELECT digest FROM geopark_log.said WHERE kind = :kind AND author = :author "
            "ORDER BY number DESC LIMIT 1"
        )
        with self.transaction() as connection:
            return str(connection.scalar(query, {"kind": kind, "author": author}) or "")

    def say(self, kind: str, author: str, *, number: int, digest: str, content: bytes) -> None:
        """Say something of this laptop; the digest tells it whether that is news next time."""
        values = {
            "kind": kind,
            "author": author,
            "number": number,
            "digest": digest,
            "content": content,
        }
        with self.transaction() as connection:
            connection.execute(_ADD_SAID, values)

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """Give the connection for one transaction."""
        with translated_hub_errors(), self._engine.begin() as connection:
            yield connection


def open_hub(address: HubAddress, password: str) -> Hub:
    """Give the hub at an address; nothing is asked of it yet."""
    return Hub(hub_engine(address, password))


def hub_engine(address: HubAddress, password: str) -> sa.Engine:
    """Give an engine of one connection that is made when it is first needed."""
    target = make_conninfo(
        "",
        **address.parameters(password),
        connect_timeout=_CONNECT_SECONDS,
        keepalives=1,
        keepalives_idle=20,
        keepalives_interval=5,
        keepalives_count=3,
        tcp_user_timeout=30_000,
        options=_SETTINGS,
        application_name="geopark",
    )

    def connect() -> psycopg.Connection:
        return psycopg.connect(target)

    return sa.create_engine(
        "postgresql+psycopg://",
        creator=connect,
        poolclass=sa.StaticPool,
        isolation_level="READ COMMITTED",
    )


@contextmanager
def translated_hub_errors() -> Iterator[None]:
    """Turn what PostgreSQL says into our errors for the time of a block."""
    try:
        yield
    except (exc.DBAPIError, psycopg.Error) as error:
        raise _as_trouble(error) from error
    except exc.ResourceClosedError as error:
        raise GeoparkError(ErrorCode.HUB_AWAY, reason="closed") from error


def _as_trouble(error: exc.DBAPIError | psycopg.Error) -> GeoparkError:
    origin = error.orig if isinstance(error, exc.DBAPIError) else error
    state = getattr(origin, "sqlstate", None) or ""
    words = str(origin).strip().splitlines()
    said = words[0][:300] if words else ""
    if state.startswith(_LOGIN_REFUSED) or "password authentication failed" in str(origin):
        return GeoparkError(ErrorCode.HUB_LOGIN, reason=said)
    if "certificate" in said.lower() or "ssl" in said.lower():
        return GeoparkError(ErrorCode.HUB_UNTRUSTED, reason=said)
    if state in {"53100", "53200"}:
        return GeoparkError(ErrorCode.HUB_AWAY, reason=said)
    if state and not state.startswith(("08", "57", "53", "40", "55")):
        return GeoparkError(ErrorCode.HUB_REFUSED, reason=said)
    return GeoparkError(ErrorCode.HUB_AWAY, reason=said)


def _after(columns: str, *, order: str = "") -> sa.TextClause:
    return sa.text(
        f"SELECT {columns} FROM geopark_log.save LEFT JOIN "
        "unnest(CAST(:authors AS text[]), CAST(:numbers AS bigint[])) AS known(author, have) "
        f"ON save.author = known.author WHERE save.first > coalesce(known.have, 0){order}"
    )


def _vector(have: Mapping[str, int]) -> dict[str, list[str] | list[int]]:
    authors = sorted(have)
    return {"authors": authors, "numbers": [have[name] for name in authors]}


def _author_row(one: LogAuthor) -> dict[str, object]:
    return {
        "author_id": one.author_id,
        "device": (one.device or "")[:200],
        "incarnation": one.incarnation,
        "person": (one.user or "")[:200],
        "public_key": one.public_key,
    }


_ADD_AUTHOR = sa.text(
    "INSERT INTO geopark_log.author (author_id, device, incarnation, person, public_key) "
    "VALUES (:author_id, :device, :incarnation, :person, :public_key) ON CONFLICT DO NOTHING"
)
_ADD_SAVE = sa.text(
    "INSERT INTO geopark_log.save (author, first, last, hash, prev_hash, hlc, content) "
    "VALUES (:author, :first, :last, :hash, :prev_hash, :hlc, :content) ON CONFLICT DO NOTHING"
)
_ADD_MEMBERSHIP = sa.text(
    "INSERT INTO geopark_log.membership (number, hash, content, sig) "
    "VALUES (:number, :hash, :content, :sig) ON CONFLICT DO NOTHING"
)
_ADD_SAID = sa.text(
    "INSERT INTO geopark_log.said (kind, author, number, digest, content) "
    "VALUES (:kind, :author, :number, :digest, :content) ON CONFLICT DO NOTHING"
)

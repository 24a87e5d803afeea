"""What this laptop knows of the team and of its colleagues: local tables, never part of the log."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from geopark_app.store import fold, search
from geopark_app.store.catalogue import Catalogue
from geopark_app.store.engine import altering, reading, writing
from geopark_app.store.judging import Judge, judged_otherwise
from geopark_app.store.tables import BUNDLE, MEMBERSHIP, META, PARKED, PEER, PEER_BLOB

_TEAM, _COUNT, _DAMAGED = "team", "exchanges", "damaged:"
REJUDGED = "rejudged"
"""Setting of `meta`: the records the last change of roles settled anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A colleague's laptop as last heard of.

    Attributes
    ----------
    author : str
        Its author id.
    have : mapping of author id to number
        What it had then.
    heard_at : str
        When it said so, by its own clock.
    said : mapping
        Person, device, key, revision of its tables.
    """

    author: str
    have: Mapping[str, int]
    heard_at: str
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedBundle:
    """A bundle that waits for the saves it builds on."""

    sha256: str
    needs: Mapping[str, int]
    content: bytes


def team_of(catalogue: Catalogue) -> str | None:
    """Give the id of the team of this catalogue, or None."""
    with reading(catalogue.engine) as connection:
        return connection.scalar(sa.select(META.c.value).where(META.c.name == _TEAM))


def newest_list(catalogue: Catalogue) -> tuple[str, str] | None:
    """Give content and signature of the newest membership list, or None."""
    query = sa.select(MEMBERSHIP).order_by(MEMBERSHIP.c.number.desc()).limit(1)
    with reading(catalogue.engine) as connection:
        row = connection.execute(query).first()
    return None if row is None else (row.content, row.sig)


def lists_kept(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Give content and signature of every membership list known here, the oldest first."""
    query = sa.select(MEMBERSHIP.c.content, MEMBERSHIP.c.sig).order_by(MEMBERSHIP.c.number)
    with reading(catalogue.engine) as connection:
        return [(row.content, row.sig) for row in connection.execute(query)]


def keep_list(
    catalogue: Catalogue, *, team: str, number: int, content: str, sig: str, at: str
) -> None:
    """Keep a membership list beside the older ones, and the team it makes this catalogue one of.

    Records whose writes count by this list and did not before, or the reverse, are settled in the
    same transaction; windows are told by `rejudged`.
    """
    # Rows come and go as in an exchange: references are not watched.
    with altering(catalogue.engine) as connection:
        before = Judge(connection)
        connection.execute(
            sa.text("INSERT OR IGNORE INTO meta(name, value) VALUES (:name, :value)"),
            {"name": _TEAM, "value": team},
        )
        known = connection.scalar(
            sa.select(MEMBERSHIP.c.number).where(MEMBERSHIP.c.number == number)
        )
        if known is None:
            connection.execute(
                MEMBERSHIP.insert().values(number=number, content=content, sig=sig, arrived_at=at)
            )
            _judge_again(connection, before)


def _judge_again(connection: sa.Connection, before: Judge) -> None:
    places = judged_otherwise(connection, before, Judge(connection))
    if places:
        touched = fold.settle(connection, places)
        search.refresh(connection, touched)
        _remember(connection, REJUDGED, json.dumps(sorted(touched)))


def peers_of(catalogue: Catalogue) -> list[Peer]:
    """Give every colleague's laptop heard of, the last heard first."""
    with reading(catalogue.engine) as connection:
        rows = connection.execute(sa.select(PEER).order_by(PEER.c.heard_at.desc())).all()
    return [
        Peer(
            author=row.author,
            have=json.loads(row.have or "{}"),
            heard_at=row.heard_at or "",
            said=json.loads(row.said or "{}"),
        )
        for row in rows
    ]


def keep_peer(catalogue: Catalogue, peer: Peer, *, number: int = 0) -> None:
    """Keep what a laptop said of itself; what it has only grows, whatever order news arrive in.

    `number` counts its exchanges, so that an older list on another stick replaces no newer one;
    clocks are not asked.
    """
    with writing(catalogue.engine) as connection:
        row = connection.execute(sa.select(PEER).where(PEER.c.author == peer.author)).first()
        have = dict(peer.have)
        heard_at, said = peer.heard_at, {**peer.said, "number": number}
        if row is not None:
            for author, known in json.loads(row.have or "{}").items():
                have[author] = max(known, have.get(author, 0))
            before = json.loads(row.said or "{}")
            if int(before.get("number", 0)) > number:
                heard_at, said = row.heard_at, before
            connection.execute(PEER.delete().where(PEER.c.author == peer.author))
        connection.execute(
            PEER.insert().values(
                author=peer.author,
                have=json.dumps(have),
                heard_at=heard_at,
                said=json.dumps(said, ensure_ascii=False),
            )
        )


def keep_holdings(
    catalogue: Catalogue, author: str, files: Iterable[str], *, heard_at: str, number: int
) -> bool:
    """Keep which files a laptop says it holds, and say so; an older list replaces no newer one."""
    name = f"holdings:{author}"
    with writing(catalogue.engine) as connection:
        known = connection.scalar(sa.select(META.c.value).where(META.c.name == name))
        if known is not None and int(known) >= number:
            return False
        connection.execute(PEER_BLOB.delete().where(PEER_BLOB.c.author == author))
        rows = [
            {"author": author, "sha256": sha256, "heard_at": heard_at}
            for sha256 in sorted(set(files))
        ]
        if rows:
            connection.execute(PEER_BLOB.insert(), rows)
        _remember(connection, name, str(number))
    return True


def keep_damage(catalogue: Catalogue, author: str, files: Sequence[str]) -> None:
    """Keep which files a laptop last met damaged in an exchange folder."""
    with writing(catalogue.engine) as connection:
        _remember(connection, f"{_DAMAGED}{author}", json.dumps(list(files)))


def noted_damage(catalogue: Catalogue) -> frozenset[str]:
    """Give the files any laptop last met damaged in an exchange folder."""
    query = sa.select(META.c.value).where(META.c.name.startswith(_DAMAGED))
    with reading(catalogue.engine) as connection:
        return frozenset(name for value in connection.scalars(query) for name in json.loads(value))


def holding_numbers(catalogue: Catalogue) -> dict[str, int]:
    """Give by author id the number of the newest list of files heard of it."""
    prefix = "holdings:"
    query = sa.select(META.c.name, META.c.value).where(META.c.name.startswith(prefix))
    with reading(catalogue.engine) as connection:
        return {row.name.removeprefix(prefix): int(row.value) for row in connection.execute(query)}


def next_exchange(catalogue: Catalogue) -> int:
    """Count one exchange more, and give its number."""
    with writing(catalogue.engine) as connection:
        known = connection.scalar(sa.select(META.c.value).where(META.c.name == _COUNT))
        number = int(known or 0) + 1
        _remember(connection, _COUNT, str(number))
    return number


def _remember(connection: sa.Connection, name: str, value: str) -> None:
    connection.execute(
        sa.text("INSERT OR REPLACE INTO meta(name, value) VALUES (:name, :value)"),
        {"name": name, "value": value},
    )


def holdings(catalogue: Catalogue) -> dict[str, set[str]]:
    """Give by author id the files each colleague's laptop is known to hold."""
    held: dict[str, set[str]] = {}
    with reading(catalogue.engine) as connection:
        for row in connection.execute(sa.select(PEER_BLOB.c.author, PEER_BLOB.c.sha256)):
            held.setdefault(row.author, set()).add(row.sha256)
    return held


def known_bundles(catalogue: Catalogue) -> dict[str, dict[str, Any]]:
    """Give what the verified bundles met so far hold, by their SHA-256."""
    with reading(catalogue.engine) as connection:
        rows = connection.execute(sa.select(BUNDLE)).all()
    return {row.sha256: json.loads(row.ranges) for row in rows}


def keep_bundle(catalogue: Catalogue, sha256: str, content: Mapping[str, Any]) -> None:
    """Remember what a verified bundle holds, so that it is not read again."""
    with writing(catalogue.engine) as connection:
        connection.execute(
            sa.text("INSERT OR REPLACE INTO bundle(sha256, ranges) VALUES (:sha256, :ranges)"),
            {"sha256": sha256, "ranges": json.dumps(content)},
        )


def park(catalogue: Catalogue, bundle: ParkedBundle, *, at: str) -> None:
    """Keep a bundle that came before what it builds on."""
    with writing(catalogue.engine) as connection:
        connection.execute(
            sa.text(
                "INSERT OR REPLACE INTO parked(bundle, needs, arrived_at, content) "
                "VALUES (:bundle, :needs, :at, :content)"
            ),
            {
                "bundle": bundle.sha256,
                "needs": json.dumps(dict(bundle.needs)),
                "at": at,
                "content": bundle.content,
            },
        )


def parked_bundles(catalogue: Catalogue) -> list[ParkedBundle]:
    """Give the bundles that wait, the oldest first."""
    with reading(catalogue.engine) as connection:
        rows = connection.execute(sa.select(PARKED).order_by(PARKED.c.arrived_at)).all()
    return [
        ParkedBundle(sha256=row.bundle, needs=json.loads(row.needs), content=row.content)
        for row in rows
    ]


def needs_of_parked(catalogue: Catalogue) -> list[Mapping[str, int]]:
    """Give what each waiting bundle still needed when it came, without its content."""
    with reading(catalogue.engine) as connection:
        return [json.loads(needs) for needs in connection.scalars(sa.select(PARKED.c.needs))]


def unpark(catalogue: Catalogue, sha256: str) -> None:
    """Let go of a bundle that was taken in."""
    with writing(catalogue.engine) as connection:
        connection.execute(PARKED.delete().where(PARKED.c.bundle == sha256))

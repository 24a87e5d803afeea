"""Who signs: the device key in the person's profile, and the author it is in one catalogue.

The key and the hash of the last own save lie on this machine, never in the catalogue folder. A
catalogue that does not contain that hash (restored, cloned, opened elsewhere) gets a new
incarnation, so that two branches never share one author id (sync.md §8.2).
"""

import hashlib
import json
import logging
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

from geopark_app import paths
from geopark_app.domain.change import OpId
from geopark_app.domain.errors import GeoparkError
from geopark_app.store.device_key import DeviceKey, device_key
from geopark_app.store.tables import AUTHOR, TXN
from geopark_app.store.writing_files import write_atomically

_log = logging.getLogger(__name__)


class SaveAuthor(Protocol):
    """What the log needs of whoever makes a save."""

    @property
    def author_id(self) -> str:
        """Author id in this catalogue."""

    @property
    def person(self) -> str:
        """The person working."""

    @property
    def device(self) -> str:
        """Name of the laptop."""

    @property
    def incarnation(self) -> int:
        """Which life of the device key this is."""

    @property
    def public_key(self) -> str:
        """Public key, hexadecimal, or empty for a trusted edition."""

    def salt(self, op: OpId, field: str) -> str:
        """Give the salt of one value."""

    def sign(self, save_hash: str) -> str:
        """Give the signature of a save."""

    def remember(self, save_hash: str) -> None:
        """Keep the hash of the last own save outside the catalogue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceAuthor:
    """A person on this machine, signing with the device key."""

    author_id: str
    person: str
    device: str
    incarnation: int
    public_key: str
    key: DeviceKey
    tail_file: Path

    def salt(self, op: OpId, field: str) -> str:
        """Give a fresh random salt of 128 bits."""
        return secrets.token_hex(16)

    def sign(self, save_hash: str) -> str:
        """Give the Ed25519 signature, hexadecimal."""
        return self.key.sign(save_hash.encode("ascii"))

    def remember(self, save_hash: str) -> None:
        """Write the tail file; an older tail than the catalogue's, or none, is harmless.

        The save is in the catalogue by now: trouble with the profile must not look as if it were
        not. Without a tail the next opening begins a new incarnation.
        """
        content = json.dumps({"author": self.author_id, "hash": save_hash})
        try:
            self.tail_file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self.tail_file, content.encode("utf-8"), flush_to_disk=False)
        except (OSError, GeoparkError):
            _log.warning("the tail file could not be written", exc_info=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionAuthor:
    """A shipped edition (starter, checklist): no key; trusted by the hash the program lists."""

    author_id: str
    person: str = "geopark-inventory"
    device: str = "edition"
    incarnation: int = 0
    public_key: str = ""

    def salt(self, op: OpId, field: str) -> str:
        """Give a salt that is the same on every laptop, so that editions merge as one."""
        seed = f"{self.author_id}\0{op.seq}\0{field}"
        return hashlib.sha256(seed.encode("utf-8")).hexdigest()[:32]

    def sign(self, save_hash: str) -> str:
        """Give no signature: the listed hash stands in its place."""
        return ""

    def remember(self, save_hash: str) -> None:
        """Keep nothing."""


def author_of(
    connection: sa.Connection, *, catalogue_id: str, person: str, device: str
) -> DeviceAuthor:
    """Give the author that this person and machine are in this catalogue.

    Parameters
    ----------
    connection
        A reading connection of the catalogue.
    catalogue_id
        Id of the catalogue.
    person, device
        Names for people to read; they are not secret and not checked.
    """
    key = device_key()
    public_key = key.public_key
    tail_file = paths.profile_dir() / "tails" / f"{catalogue_id}.json"
    incarnation = _incarnation(connection, public_key, tail_file)
    return DeviceAuthor(
        author_id=f"{fingerprint_of(public_key)}.{incarnation}",
        person=person,
        device=device,
        incarnation=incarnation,
        public_key=public_key,
        key=key,
        tail_file=tail_file,
    )


def fingerprint_of(public_key: str) -> str:
    """Give the part of an author id that stands for the key; the incarnation follows a point."""
    return hashlib.sha256(bytes.fromhex(public_key)).hexdigest()[:16]


def _incarnation(connection: sa.Connection, public_key: str, tail_file: Path) -> int:
    lives = connection.execute(
        sa.select(AUTHOR.c.author_id, AUTHOR.c.incarnation).where(AUTHOR.c.public_key == public_key)
    ).all()
    newest = max((row.incarnation for row in lives), default=0)
    try:
        tail = json.loads(tail_file.read_text(encoding="utf-8"))
        author_id, tail_hash = str(tail["author"]), str(tail["hash"])
        last_life = int(author_id.rpartition(".")[2])
    except (OSError, ValueError, TypeError, KeyError):
        return newest + 1
    known = connection.execute(
        sa.select(TXN.c.author).where(TXN.c.author == author_id, TXN.c.hash == tail_hash)
    ).first()
    return newest if known is not None else max(newest, last_life) + 1

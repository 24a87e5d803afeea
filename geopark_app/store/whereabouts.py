"""Who is known to hold which file: have-lists of backups and laptops, and when files were read.

What is known of backups lies in small files of the folder `whereabouts`, beside the database: it
is news about this computer's surroundings and no record, so no save and no exchange carries it.
Have-lists of colleagues come with an exchange, in the table `peer_blob` where there is one.
"""

import json
import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from geopark_app.domain.text import clean
from geopark_app.store.catalogue import Catalogue
from geopark_app.store.engine import reading
from geopark_app.store.peers import peers_of
from geopark_app.store.writing_files import translated_os_errors, write_atomically

FOLDER = "whereabouts"
_FORMAT = "geopark-holding"
_CHECKED = "checked.txt"
_HOLDER_ID = re.compile(r"[0-9A-Za-z-]{1,64}")
# Names are only compared with those of records, so their length says enough.
_NAME_LENGTH = 64
_LARGEST_BYTES = 64 * 1024 * 1024
_LONGEST_WORDS = 300
_WHOLE, _DAMAGED = "whole", "damaged"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What one backup or laptop was known to hold when it was last seen.

    Attributes
    ----------
    holder_id : str
        Same each time the same backup or laptop is seen.
    is_laptop : bool
        A colleague's laptop; else a backup.
    name : str
        Words for people.
    place : str
        Where it was seen, such as a folder on a disk; empty for laptops.
    seen_at : str
        Instant, ISO 8601.
    files : frozenset of str
        SHA-256 of whole files.
    """

    holder_id: str
    is_laptop: bool
    name: str
    place: str
    seen_at: str
    files: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCheck:
    """When a file of this catalogue was last read from end to end, and whether it was whole."""

    at: str
    is_whole: bool


class Whereabouts:
    """The have-lists and the reading dates of one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Look after the folder `whereabouts` of a catalogue."""
        self._catalogue = catalogue
        self._folder = catalogue.folder.root / FOLDER

    def holdings(self) -> list[Holding]:
        """Give what is known of others, by name; a list that cannot be read is left out."""
        lists = [self._read(path) for path in sorted(self._folder.glob("*.json"))]
        backups = [holding for holding in lists if holding is not None]
        found = [*backups, *_peer_holdings(self._catalogue)]
        return sorted(found, key=lambda holding: (holding.is_laptop, holding.name))

    def keep(self, holding: Holding) -> None:
        """Keep what a backup holds; the older list of the same one is replaced.

        Raises
        ------
        GeoparkError
            An environment code.
        """
        content = {
            "format": _FORMAT,
            "version": 1,
            "id": holding.holder_id,
            "name": holding.name,
            "place": holding.place,
            "seen_at": holding.seen_at,
            "files": sorted(holding.files),
        }
        self._make_folder()
        text = json.dumps(content, ensure_ascii=False, indent=0) + "\n"
        write_atomically(self._folder / f"{holding.holder_id}.json", text.encode("utf-8"))

    def forget(self, holder_id: str) -> None:
        """Count a backup no more, because it is lost or was emptied."""
        if _HOLDER_ID.fullmatch(holder_id):
            path = self._folder / f"{holder_id}.json"
            with translated_os_errors(path):
                path.unlink(missing_ok=True)

    def checks(self) -> dict[str, FileCheck]:
        """Give the last reading of each file, by SHA-256."""
        try:
            lines = (self._folder / _CHECKED).read_text("utf-8", errors="replace").splitlines()
        except OSError:
            return {}
        found: dict[str, FileCheck] = {}
        for line in lines:
            # A line that a power cut tore is no line.
            sha256, _, rest = line.partition(" ")
            at, _, verdict = rest.partition(" ")
            if len(sha256) == _NAME_LENGTH and at and verdict in {_WHOLE, _DAMAGED}:
                found[sha256] = FileCheck(at=at, is_whole=verdict == _WHOLE)
        if len(lines) > 4 * len(found) + 1000:
            self._shorten(found)
        return found

    def note_checks(self, verdicts: Mapping[str, bool], *, at: str) -> None:
        """Remember that files were read, and whether each was whole; nothing when read-only.

        A note that cannot be written is only logged: the file is simply read again later.
        """
        if self._catalogue.is_read_only or not verdicts:
            return
        text = "".join(
            f"{sha256} {at} {_WHOLE if is_whole else _DAMAGED}\n"
            for sha256, is_whole in verdicts.items()
        )
        try:
            self._folder.mkdir(exist_ok=True)
            with (self._folder / _CHECKED).open("a", encoding="utf-8", newline="\n") as file:
                # The mark of a line torn before must not swallow this one.
                file.write(text if _ends_whole(self._folder / _CHECKED) else f"\n{text}")
        except OSError:
            _log.warning("the dates of reading could not be kept", exc_info=True)

    def _shorten(self, found: Mapping[str, FileCheck]) -> None:
        if self._catalogue.is_read_only:
            return
        text = "".join(
            f"{sha256} {check.at} {_WHOLE if check.is_whole else _DAMAGED}\n"
            for sha256, check in found.items()
        )
        write_atomically(self._folder / _CHECKED, text.encode("utf-8"), flush_to_disk=False)

    def _make_folder(self) -> None:
        with translated_os_errors(self._folder):
            self._folder.mkdir(exist_ok=True)

    def _read(self, path: Path) -> Holding | None:
        try:
            if path.stat().st_size > _LARGEST_BYTES:
                return None
            content = json.loads(path.read_bytes())
            if content["format"] != _FORMAT or content["version"] != 1:
                return None
            if not _HOLDER_ID.fullmatch(content["id"]) or content["id"] != path.stem:
                return None
            return Holding(
                holder_id=content["id"],
                is_laptop=False,
                name=_words(content["name"]),
                place=_words(content["place"]),
                seen_at=_words(content["seen_at"]),
                files=_names(content["files"]),
            )
        except (OSError, ValueError, TypeError, LookupError, RecursionError):
            _log.warning("a have-list cannot be read: %s", path, exc_info=True)
            return None


def _ends_whole(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            if file.seek(0, 2) == 0:
                return True
            file.seek(-1, 2)
            return file.read(1) == b"\n"
    except OSError:
        return True


def _words(value: object) -> str:
    return clean(str(value))[:_LONGEST_WORDS]


def _names(values: Iterable[object]) -> frozenset[str]:
    return frozenset(name for name in values if isinstance(name, str) and len(name) == _NAME_LENGTH)


def _peer_holdings(catalogue: Catalogue) -> list[Holding]:
    """Give what colleagues said they hold, one per laptop; older catalogues know nothing."""
    with reading(catalogue.engine) as connection:
        if not sa.inspect(connection).has_table("peer_blob"):
            return []
        rows = connection.execute(
            sa.text(
                "SELECT peer_blob.author, peer_blob.sha256, peer_blob.heard_at, "
                "author.device, author.user FROM peer_blob "
                "LEFT JOIN author ON author.author_id = peer_blob.author"
            )
        ).all()
    said = {peer.author: peer.said for peer in peers_of(catalogue)}
    files: dict[str, set[str]] = {}
    heard: dict[str, str] = {}
    names: dict[str, str] = {}
    for author, sha256, heard_at, device, user in rows:
        laptop = str(author).partition(".")[0]
        files.setdefault(laptop, set()).add(str(sha256))
        heard[laptop] = max(heard.get(laptop, ""), str(heard_at or ""))
        # A laptop that only takes has no save that names it; it named itself in the exchange.
        own = said.get(author, {})
        both = (device or own.get("device"), user or own.get("person"))
        name = " · ".join(str(part) for part in both if part)
        names[laptop] = name or names.get(laptop, "")
    return [
        Holding(
            holder_id=laptop,
            is_laptop=True,
            name=_words(names[laptop] or laptop),
            place="",
            seen_at=_words(heard[laptop]),
            files=_names(held),
        )
        for laptop, held in files.items()
    ]

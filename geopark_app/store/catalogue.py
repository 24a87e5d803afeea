"""The open catalogue: folder, database and files, the one object other rooms hold."""

import json
import logging
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa

from geopark_app.domain.condition import ListQuery
from geopark_app.domain.declaration import Record, kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.identifier import setting_uuid
from geopark_app.domain.kinds import CatalogueSetting
from geopark_app.store import blind, finding, fold, list_texts, search
from geopark_app.store.attached_finding import with_files
from geopark_app.store.attached_texts import AttachedTexts
from geopark_app.store.authorship import DeviceAuthor, SaveAuthor, author_of
from geopark_app.store.backup import back_up_once_a_day
from geopark_app.store.coming_files import clear_left_files, coming_files
from geopark_app.store.engine import (
    altering,
    open_engine,
    reading,
    refuse_foreign,
    translated_errors,
    writing,
)
from geopark_app.store.files import FileStore
from geopark_app.store.folder import CatalogueFolder, create_folder, open_folder, write_marker
from geopark_app.store.listing import count_list, select_list
from geopark_app.store.migrations import bring_up_to_date, create_tables, refuse_older
from geopark_app.store.nearby import NearbySite, sites_in_box
from geopark_app.store.photo_keys import PhotoKeys, select_photo_keys
from geopark_app.store.queries import (
    FileOfRecord,
    files_of_records,
    select_in_part,
    select_one,
    select_records,
)
from geopark_app.store.search_words import IndexWords, read_words
from geopark_app.store.tables import AUTHOR, DIRTY
from geopark_app.store.unit_of_work import UnitOfWork, unit_of_work

_log = logging.getLogger(__name__)
RecordT = TypeVar("RecordT", bound=Record)
_HiddenNow = tuple[tuple[int, str], tuple[frozenset[str], frozenset[str]]]
_PENDING = """
    SELECT count(*) FROM txn WHERE sig <> '' AND NOT EXISTS (
        SELECT 1 FROM peer, json_each(peer.have)
        WHERE json_each.key = txn.author AND json_each.value >= txn.first
    )
"""


class Catalogue:
    """An open catalogue. Close it, or use it in a `with` block.

    Attributes
    ----------
    folder : CatalogueFolder
        Where it lies.
    files : FileStore
        Its originals and renditions.
    layer_files : FileStore
        The shapes of its map layers.
    attached : AttachedTexts
        The text of attached files.
    engine : sqlalchemy.Engine
        For the store's own modules only.
    is_read_only : bool
        Whether it lies on media that cannot be written.
    viewer : str or None
        Who reads: points of assessments that are hidden from this person (`store.blind`) are
        left out of everything read; None reads all.
    """

    def __init__(self, folder: CatalogueFolder, engine: sa.Engine, *, is_read_only: bool) -> None:
        """Hold an opened database; use `open_catalogue` or `create_catalogue`."""
        self.folder = folder
        self.engine = engine
        self.files = FileStore(folder.files_dir)
        self.layer_files = FileStore(folder.layers_dir)
        self.attached = AttachedTexts(folder.cache_dir, is_read_only=is_read_only)
        self.is_read_only = is_read_only
        self.viewer: str | None = None
        self._hidden_now: _HiddenNow | None = None
        self._words: tuple[int, IndexWords] | None = None

    def __enter__(self) -> "Catalogue":
        """Use the catalogue for one block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it at the end of the block."""
        self.close()

    def close(self) -> None:
        """Fold the journal into the database file and let go of it."""
        try:
            if not self.is_read_only and self.folder.database.exists():
                with closing(self.engine.raw_connection()) as raw:
                    raw.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")
        except (sqlite3.Error, sa.exc.DBAPIError):
            # A full disk: what was saved stays in the journal, and the next opening folds it in.
            _log.warning("the journal could not be folded in", exc_info=True)
        finally:
            self.engine.dispose()
            self.attached.close()

    def get(self, record_type: type[RecordT], uuid: str) -> RecordT | None:
        """Give a record by its key, also from the trash, or None."""
        with reading(self.engine) as connection:
            if uuid in self._hidden(connection, kind_of(record_type).name):
                return None
            return select_one(connection, record_type, uuid)

    def records(
        self,
        record_type: type[RecordT],
        *,
        where: Mapping[str, object] | None = None,
        include_deleted: bool = False,
    ) -> list[RecordT]:
        """Give the records whose columns equal `where`; a list as value means any of it."""
        with reading(self.engine) as connection:
            hidden = self._hidden(connection, kind_of(record_type).name)
            found = select_records(
                connection, record_type, where=where, include_deleted=include_deleted
            )
        return [one for one in found if one.uuid not in hidden]

    def records_in_part(
        self,
        record_type: type[RecordT],
        fields: Sequence[str],
        keys: Collection[str] | None = None,
        *,
        key: str = "uuid",
    ) -> list[RecordT]:
        """Give records with some of their fields, to be shown and never to be written."""
        with reading(self.engine) as connection:
            hidden = self._hidden(connection, kind_of(record_type).name)
            found = select_in_part(connection, record_type, fields, keys, key=key)
        return [one for one in found if one.uuid not in hidden]

    def list_rows(self, query: ListQuery, names: Sequence[str]) -> list[tuple[Any, ...]]:
        """Give columns of the records a list shows, in its order; see `store.listing`."""
        with reading(self.engine) as connection:
            return select_list(connection, self._for_viewer(connection, query), names)

    def count(self, query: ListQuery) -> int:
        """Give how many records a list shows."""
        with reading(self.engine) as connection:
            return count_list(connection, self._for_viewer(connection, query))

    def _hidden(self, connection: sa.Connection, kind: str) -> frozenset[str]:
        """Give the records of a kind that are hidden from who reads."""
        return self._blind(connection)[1] if kind == blind.KIND else frozenset()

    def _blind(self, connection: sa.Connection) -> tuple[frozenset[str], frozenset[str]]:
        """Give hidden assessments and scores, worked out again only after a save."""
        viewer = self.viewer
        if viewer is None:
            return frozenset(), frozenset()
        save = int(connection.scalar(sa.text("SELECT max(rowid) FROM txn")) or 0)
        if self._hidden_now is None or self._hidden_now[0] != (save, viewer):
            hidden = blind.hidden_of(connection, viewer)
            found = (hidden, blind.hidden_scores(connection, hidden))
            self._hidden_now = ((save, viewer), found)
        return self._hidden_now[1]

    def _for_viewer(self, connection: sa.Connection, query: ListQuery) -> ListQuery:
        hidden = self._hidden(connection, query.kind)
        return replace(query, but_not=hidden) if hidden else query

    def hidden_assessments(self) -> frozenset[str]:
        """Give the assessments whose points are hidden from who reads."""
        with reading(self.engine) as connection:
            return self._blind(connection)[0]

    def hidden_scores(self) -> frozenset[str]:
        """Give the scores that are hidden from who reads."""
        with reading(self.engine) as connection:
            return self._blind(connection)[1]

    def files_of_records(self) -> list[FileOfRecord]:
        """Give every file that photos and documents name, also of those in the trash."""
        with reading(self.engine) as connection:
            return files_of_records(connection)

    def sites_in_box(
        self, west: float, south: float, east: float, north: float
    ) -> list[NearbySite]:
        """Give the sites with a position of their own in a box of WGS 84 degrees."""
        with reading(self.engine) as connection:
            return sites_in_box(connection, west, south, east, north)

    def unit_of_work(
        self,
        *,
        author: SaveAuthor,
        now: datetime,
        reason: str,
        hlc: int | None = None,
        is_ruling: bool = False,
    ) -> AbstractContextManager[UnitOfWork]:
        """Open a transaction for writing; see `store.unit_of_work`.

        Raises
        ------
        GeoparkError
            READ_ONLY on media that cannot be written.
        """
        if self.is_read_only:
            raise GeoparkError(ErrorCode.READ_ONLY, path=self.folder.root)
        return unit_of_work(
            self.engine, author=author, now=now, reason=reason, hlc=hlc, is_ruling=is_ruling
        )

    def coming_files(self, names: Iterable[str]) -> AbstractContextManager[None]:
        """Store files and save their records inside this block, or leave no file of them."""
        return coming_files(self.files, self.engine, names)

    def photo_keys(self) -> list[PhotoKeys]:
        """Give what an import asks of each photo, also of very many."""
        with reading(self.engine) as connection:
            return select_photo_keys(connection)

    def back_up_once_a_day(self, now: datetime) -> None:
        """Write a checked copy of the database before the first save of a day."""
        if not self.is_read_only:
            back_up_once_a_day(self.folder.database, self.folder.backups_dir, now=now)

    def author(self, *, person: str, device: str) -> DeviceAuthor:
        """Give the author that this person and this machine are here."""
        with reading(self.engine) as connection:
            return author_of(
                connection, catalogue_id=self.folder.catalogue_id, person=person, device=device
            )

    def search(self, typed: str, *, limit: int | None = None) -> list[search.SearchHit]:
        """Give the records whose text or attached file holds every typed word, best first."""
        with reading(self.engine) as connection:
            hits = finding.find(
                connection, typed, known_words=lambda: self._index_words(connection), limit=limit
            )
            if any(hit.kind == blind.KIND for hit in hits):
                hidden = self._hidden(connection, blind.KIND)
                hits = [hit for hit in hits if hit.uuid not in hidden]
            return with_files(connection, hits, self.attached.find(typed, limit=limit), limit)

    def make_index_anew(self) -> None:
        """Make the search index of the records anew; raises `GeoparkError(READ_ONLY)`."""
        if self.is_read_only:
            raise GeoparkError(ErrorCode.READ_ONLY, path=self.folder.root)
        with writing(self.engine) as connection:
            search.rebuild(connection)
        self._words = None

    def _index_words(self, connection: sa.Connection) -> IndexWords:
        """Give the words of the index, read again only after a save."""
        save = int(connection.scalar(sa.text("SELECT max(rowid) FROM txn")) or 0)
        if self._words is None or self._words[0] != save:
            self._words = (save, read_words(connection))
        return self._words[1]

    def tail_hash(self, author_id: str) -> str:
        """Give the hash of an author's last save, or an empty text."""
        with reading(self.engine) as connection:
            found = connection.scalar(
                sa.select(AUTHOR.c.tail_hash).where(AUTHOR.c.author_id == author_id)
            )
        return str(found or "")

    def pending_saves(self) -> int:
        """Give how many signed saves no peer is known to have; without peers, all of them."""
        with reading(self.engine) as connection:
            return int(connection.scalar(sa.text(_PENDING)) or 0)

    def setting(self, name: str) -> object:
        """Give a setting of the catalogue, or None."""
        record = self.get(CatalogueSetting, setting_uuid(name))
        if record is None or record.value is None:
            return None
        return json.loads(record.value)


def create_catalogue(root: Path, *, catalogue_id: str, is_sample: bool = False) -> Catalogue:
    """Make an empty catalogue folder with all tables and open it.

    The folder becomes a catalogue only by `finish_creation`, so that a crash before leaves
    nothing that could be opened by mistake.
    """
    folder = create_folder(root, catalogue_id=catalogue_id, is_sample=is_sample)
    engine = open_engine(folder.database)
    try:
        create_tables(engine)
        _index_anew_if_needed(engine)
    except BaseException:
        engine.dispose()
        raise
    return Catalogue(folder, engine, is_read_only=False)


def finish_creation(catalogue: Catalogue) -> None:
    """Write the `.geopark` file: the folder is a catalogue from now on."""
    write_marker(catalogue.folder)


def open_catalogue(path: Path, *, now: datetime) -> Catalogue:
    """Open a catalogue by its folder or `.geopark` file; older tables are upgraded.

    Raises
    ------
    GeoparkError
        NOT_FOUND, NOT_A_CATALOGUE, DAMAGED_CATALOGUE, NEWER_FORMAT, or an environment code.
    """
    folder = open_folder(path)
    read_only = not folder.is_writable
    if read_only and _has_unfolded_journal(folder):
        # Reading the database alone would hide saves: the journal needs a place to be folded.
        raise GeoparkError(ErrorCode.READ_ONLY, path=folder.root)
    refuse_foreign(folder.database)
    engine = open_engine(folder.database, read_only=read_only)
    try:
        if not read_only:
            with translated_errors():
                bring_up_to_date(engine, folder, now=now)
                _fold_anew_if_needed(engine)
                _index_anew_if_needed(engine)
                clear_left_files(FileStore(folder.files_dir), engine)
        else:
            refuse_older(engine, folder)
        with reading(engine) as connection:
            connection.execute(sa.text("SELECT count(*) FROM meta"))
    except BaseException:
        engine.dispose()
        raise
    return Catalogue(folder, engine, is_read_only=read_only)


def _fold_anew_if_needed(engine: sa.Engine) -> None:
    """Show what colleagues with a newer program wrote, once this one understands it."""
    with reading(engine) as connection:
        # What another program wrote is sealed by the next save first; the fold waits for that.
        is_clean = connection.execute(sa.select(DIRTY.c.id).limit(1)).first() is None
        is_needed = is_clean and fold.understands_more_now(connection)
    if is_needed:
        with altering(engine) as connection:
            fold.rebuild(connection)
            search.rebuild(connection)


def _index_anew_if_needed(engine: sa.Engine) -> None:
    with reading(engine) as connection:
        has_search = search.is_current(connection)
        has_lists = list_texts.is_current(connection)
    if not has_search or not has_lists:
        with writing(engine) as connection:
            (list_texts if has_search else search).rebuild(connection)


def _has_unfolded_journal(folder: CatalogueFolder) -> bool:
    journal = folder.database.with_name(f"{folder.database.name}-wal")
    return journal.is_file() and journal.stat().st_size > 0

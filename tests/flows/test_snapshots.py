"""A new laptop starts from the office's snapshot: whole, as its own author, replacing nothing."""

import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Photo
from geopark_app.operations.context import AppContext
from geopark_app.operations.exchanging import exchange_folder
from geopark_app.operations.records import set_fields
from geopark_app.operations.snapshots import (
    ask_from_new_laptop,
    start_from_snapshot,
    write_snapshot,
)
from geopark_app.operations.sync_status import sync_status
from geopark_app.operations.teams import approve, require_team
from geopark_app.store.checking import check_log
from geopark_app.store.drafts import Draft, all_drafts, keep_draft
from geopark_app.store.exchange_log import version_vector
from geopark_app.store.files import hash_of
from geopark_app.store.schema_version import HEAD_REVISION
from geopark_app.store.snapshot_copy import copy_for_others
from geopark_app.sync.snapshot import Manifest, pack_snapshot
from geopark_app.sync.team_cipher import open_file_with, seal_file_for
from tests.laptops import Laptop, add_pictures

Team = Callable[..., list[Laptop]]


class Newcomer:
    """A laptop without a catalogue."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.profile, self.folder = root / "profile", root / "máy mới"
        root.mkdir()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        before = os.environ.get("GEOPARK_PROFILE")
        os.environ["GEOPARK_PROFILE"] = str(self.profile)
        try:
            yield
        finally:
            if before is None:
                del os.environ["GEOPARK_PROFILE"]
            else:
                os.environ["GEOPARK_PROFILE"] = before

    def start(self, snapshot: Path) -> AppContext:
        with self.at_work():
            return start_from_snapshot(snapshot, self.folder, person="Vi", device="máy mới")


@pytest.fixture
def newcomer(tmp_path: Path) -> Newcomer:
    return Newcomer(tmp_path / "newcomer")


def snapshot_for(office: Laptop, newcomer: Newcomer) -> Path:
    """Take the newcomer in and write the snapshot."""
    request = newcomer.root / "join.geopark-request"
    with newcomer.at_work():
        asked = ask_from_new_laptop(person="Vi", device="máy mới", out=request)
    with office.at_work() as context:
        approve(context, asked, newcomer.root / "team.geopark-team")
        return write_snapshot(context, newcomer.root / "start").path


def refused(newcomer: Newcomer, snapshot: Path) -> tuple[ErrorCode, str]:
    with pytest.raises(GeoparkError) as caught:
        newcomer.start(snapshot)
    assert not newcomer.folder.exists()
    assert [path.name for path in newcomer.root.glob(".geopark-*")] == []
    return caught.value.code, str(caught.value.details.get("reason", ""))


def test_a_new_laptop_starts_whole_and_works_as_an_author_of_its_own(
    team: Team, newcomer: Newcomer, tmp_path: Path
) -> None:
    office, field = team("office", "field")
    stick = tmp_path / "stick"
    site = field.add(code="LS-1")
    originals = add_pictures(field, 1)
    field.exchange(stick)
    office.exchange(stick)
    with office.at_work() as context:
        draft = Draft(kind="site", uuid=site, field="village", typed="secret", at="2026-11-20")
        keep_draft(context.catalogue, draft)
    snapshot = snapshot_for(office, newcomer)
    assert b"LS-1" not in snapshot.read_bytes()
    context = newcomer.start(snapshot)
    with context.catalogue as catalogue, newcomer.at_work():
        assert require_team(context).is_member
        assert version_vector(catalogue) == version_vector(office.context.catalogue)
        assert check_log(catalogue) == []
        assert all_drafts(catalogue) == []
        (photo,) = catalogue.records(Photo)
        assert catalogue.files.is_whole(str(photo.thumb_sha256))
        assert not catalogue.files.has(originals[0])
        assert context.author.author_id not in version_vector(catalogue)
        assert context.author.incarnation == 1
        heard = {one.person: one.lacks_saves for one in sync_status(context).colleagues}
        assert heard["Người office"] == 0
        set_fields(context, "site", site, {"village": "Nà Mò"})
        exchange_folder(context, stick)
        assert catalogue.files.is_whole(originals[0])
    field.exchange(stick)
    assert field.site(site).village == "Nà Mò"


def test_a_snapshot_never_replaces_a_catalogue(team: Team, newcomer: Newcomer) -> None:
    (office,) = team("office")
    snapshot = snapshot_for(office, newcomer)
    newcomer.start(snapshot).catalogue.close()
    before = (newcomer.folder / "catalogue.sqlite").read_bytes()
    with pytest.raises(GeoparkError) as caught:
        newcomer.start(snapshot)
    assert caught.value.code is ErrorCode.FOLDER_NOT_EMPTY
    assert (newcomer.folder / "catalogue.sqlite").read_bytes() == before


def test_a_second_start_is_a_second_author(team: Team, newcomer: Newcomer) -> None:
    """The first folder was lost after a save; the snapshot does not know that save."""
    (office,) = team("office")
    site = office.add(code="LS-1")
    snapshot = snapshot_for(office, newcomer)
    first = newcomer.start(snapshot)
    with first.catalogue, newcomer.at_work():
        set_fields(first, "site", site, {"village": "Nà Mò"})
    shutil.rmtree(newcomer.folder)
    second = newcomer.start(snapshot)
    with second.catalogue:
        assert second.author.incarnation == 2


def test_a_laptop_that_was_not_taken_in_cannot_open_it(
    team: Team, newcomer: Newcomer, tmp_path: Path
) -> None:
    (office,) = team("office")
    with office.at_work() as context:
        snapshot = write_snapshot(context, tmp_path / "start").path
    assert refused(newcomer, snapshot) == (ErrorCode.BAD_BUNDLE, "encrypted")


def test_a_cut_or_changed_snapshot_is_refused(team: Team, newcomer: Newcomer) -> None:
    (office,) = team("office")
    snapshot = snapshot_for(office, newcomer)
    whole = snapshot.read_bytes()
    for at in range(0, 100, 20):
        snapshot.write_bytes(whole[: len(whole) * at // 100])
        assert refused(newcomer, snapshot)[0] is ErrorCode.BAD_BUNDLE
    changed = bytearray(whole)
    changed[len(whole) // 2] ^= 1
    snapshot.write_bytes(changed)
    assert refused(newcomer, snapshot) == (ErrorCode.BAD_BUNDLE, "encrypted")


def test_a_member_who_changes_what_is_inside_is_found_out(
    team: Team, newcomer: Newcomer, tmp_path: Path
) -> None:
    """Whoever can decrypt it can pack it anew; signatures inside tell."""
    (office,) = team("office")
    site = office.add(code="LS-1")
    snapshot = snapshot_for(office, newcomer)
    plain, database = tmp_path / "plain.zip", tmp_path / "catalogue.sqlite"
    with office.at_work() as context:
        assert open_file_with(snapshot, plain, context.author.key.openssh())
        keys = list(require_team(context).membership.keys)
    with zipfile.ZipFile(plain) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    database.write_bytes(content["catalogue.sqlite"])
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE site SET village = 'x' WHERE uuid = ?", (site,))
        connection.commit()

    def packed(**changed: bytes) -> Path:
        with zipfile.ZipFile(plain, "w") as archive:
            for name, raw in {**content, **changed}.items():
                archive.writestr(name, raw)
        seal_file_for(plain, snapshot, keys)
        return snapshot

    assert refused(newcomer, packed(**{"catalogue.sqlite": database.read_bytes()}))[1] == "hash"
    assert refused(newcomer, packed(**{"files/../../x": b"x"}))[1] == "members"
    bent = content["manifest.json"].replace(b"geopark-snapshot", b"geopark-snapshoT")
    assert refused(newcomer, packed(**{"manifest.json": bent}))[0] is ErrorCode.BAD_BUNDLE


def forged(office: Laptop, newcomer: Newcomer, out: Path, statement: str) -> Path:
    """Give a snapshot as a member's own program may write and sign it."""
    database, plain = newcomer.root / "catalogue.sqlite", newcomer.root / "plain.zip"
    database.unlink(missing_ok=True)
    with office.at_work() as context:
        copy_for_others(context.catalogue.folder.database, database)
        with closing(sqlite3.connect(database)) as connection:
            connection.execute(statement)
            connection.commit()
        team, me = require_team(context), context.author
        manifest = Manifest(
            catalogue_id=context.catalogue.folder.catalogue_id,
            team=team.membership.team_id,
            key=me.public_key,
            author=me.author_id,
            at="2026-11-20T12:00:00+07:00",
            schema=HEAD_REVISION,
            database=hash_of(database),
            blobs={"files": (), "layers": ()},
        )
        pack_snapshot(
            plain,
            manifest,
            team.signed,
            database=database,
            paths=(),
            sign=me.key.sign,
            step=lambda: None,
        )
        seal_file_for(plain, out, team.membership.keys)
    return out


def test_strange_tables_and_a_bent_log_are_refused(team: Team, newcomer: Newcomer) -> None:
    (office,) = team("office")
    office.add(code="LS-1")
    out = snapshot_for(office, newcomer)
    for statement, reason in (
        ("CREATE TRIGGER evil AFTER INSERT ON op BEGIN DELETE FROM txn; END", "tables"),
        ("UPDATE txn SET note = 'x' WHERE sig <> ''", "broken-chain"),
        ("UPDATE site SET village = 'x'", "log-differs"),
    ):
        assert refused(newcomer, forged(office, newcomer, out, statement)) == (
            ErrorCode.BAD_BUNDLE,
            reason,
        )

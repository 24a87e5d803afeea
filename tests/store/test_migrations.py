"""An older catalogue is brought up to date after a checked backup; what fails changes nothing."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from geopark_app import paths
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Site
from geopark_app.operations.records import set_fields
from geopark_app.store.backup import check_integrity
from geopark_app.store.catalogue import Catalogue
from geopark_app.store.checking import check_log
from geopark_app.store.engine import open_engine, reading
from geopark_app.store.folder import open_folder
from geopark_app.store.migrations import SHIPPED, Steps, bring_up_to_date
from geopark_app.store.schema_version import HEAD_REVISION, KNOWN_REVISIONS
from geopark_app.store.triggers import wanted_triggers
from tests.builders import NOON, content_of, make_photo, make_site, put, rows
from tests.conftest import OpenCatalogue

STEP = '''"""A step for the test."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step."""
    {body}
'''
ADD_A_COLUMN = 'op.add_column("site", sa.Column("motto_vi", sa.Text))'
MAKE_THE_TABLE_ANEW = """with op.batch_alter_table("site", recreate="always") as table:
        table.add_column(sa.Column("motto_vi", sa.Text))"""
FAIL_HALFWAY = """op.add_column("site", sa.Column("motto_vi", sa.Text))
    op.execute("UPDATE site SET name_vi = 'changed by the step'")
    op.execute("INSERT INTO no_such_table VALUES (1)")"""
BREAK_A_REFERENCE = """op.execute("INSERT INTO photo(uuid, site_uuid) VALUES ('p', 'nowhere')")"""


@pytest.fixture
def next_version(tmp_path: Path) -> "NextVersion":
    """Give the migrations of a later version, whose last step a test writes."""
    return NextVersion(tmp_path / "migrations")


class NextVersion:
    def __init__(self, root: Path) -> None:
        shutil.copytree(paths.bundled("db", "migrations"), root)
        self.root = root

    def steps(self, *bodies: str) -> Steps:
        revisions = [*KNOWN_REVISIONS]
        for number, body in enumerate(bodies, start=9001):
            text = STEP.format(revision=number, before=revisions[-1], body=body)
            (self.root / "versions" / f"{number}_step.py").write_text(text, encoding="utf-8")
            revisions.append(str(number))
        return Steps(scripts=self.root, revisions=tuple(revisions))


def upgrade(folder: Path, steps: Steps) -> None:
    place = open_folder(folder)
    engine = open_engine(place.database)
    try:
        bring_up_to_date(engine, place, now=NOON, steps=steps)
    finally:
        engine.dispose()


@pytest.fixture
def used(folder: Path, opened: OpenCatalogue) -> tuple[Path, Site]:
    """Give a catalogue with a site and a photo that refer to each other."""
    context = opened(folder)
    photo = make_photo()
    site = make_site(cover_photo_uuid=photo.uuid)
    put(context, site, make_photo(uuid=photo.uuid, site_uuid=site.uuid))
    context.catalogue.close()
    return folder, site


def test_the_program_knows_exactly_the_revisions_it_ships() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(paths.bundled("db", "migrations")))
    scripts = ScriptDirectory.from_config(config)
    shipped = [script.revision for script in scripts.walk_revisions()][::-1]
    assert shipped == list(KNOWN_REVISIONS)
    assert scripts.get_current_head() == HEAD_REVISION == SHIPPED.revisions[-1]


@pytest.mark.parametrize("body", [ADD_A_COLUMN, MAKE_THE_TABLE_ANEW], ids=["add", "anew"])
def test_an_older_catalogue_keeps_every_value_and_every_trigger(
    used: tuple[Path, Site], next_version: NextVersion, opened: OpenCatalogue, body: str
) -> None:
    folder, site = used
    log = rows(folder, "SELECT * FROM op ORDER BY author, seq")
    upgrade(folder, next_version.steps(body))
    assert rows(folder, "SELECT version_num FROM alembic_version") == [("9001",)]
    assert rows(folder, "SELECT name_vi, motto_vi FROM site") == [(site.name_vi, None)]
    assert rows(folder, "SELECT * FROM op ORDER BY author, seq") == log
    assert rows(folder, "SELECT count(*) FROM dirty") == [(0,)]
    triggers = rows(folder, "SELECT name FROM sqlite_master WHERE type = 'trigger'")
    assert {name for (name,) in triggers} == set(wanted_triggers())
    with pytest.raises(GeoparkError) as caught:
        opened(folder)
    assert caught.value.code is ErrorCode.NEWER_FORMAT


def test_capture_is_off_while_tables_change(
    used: tuple[Path, Site], next_version: NextVersion
) -> None:
    """What a step fills in is no edit of a person."""
    folder, _ = used
    upgrade(folder, next_version.steps("op.execute(\"UPDATE site SET village = 'by a step'\")"))
    assert rows(folder, "SELECT village FROM site") == [("by a step",)]
    assert rows(folder, "SELECT count(*) FROM dirty") == [(0,)]


def test_several_steps_are_taken_at_once(
    used: tuple[Path, Site], next_version: NextVersion
) -> None:
    folder, _ = used
    second = 'op.add_column("photo", sa.Column("mood", sa.Text))'
    upgrade(folder, next_version.steps(ADD_A_COLUMN, second))
    assert rows(folder, "SELECT version_num FROM alembic_version") == [("9002",)]


def test_a_checked_backup_is_made_first(used: tuple[Path, Site], next_version: NextVersion) -> None:
    folder, site = used
    upgrade(folder, next_version.steps(ADD_A_COLUMN))
    (backup,) = (folder / "backups").glob("*-before-*")
    assert backup.name == "20261120-120000-before-9001.sqlite"
    check_integrity(backup)
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("SELECT uuid FROM site").fetchall() == [(site.uuid,)]
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [
            (HEAD_REVISION,)
        ]


def test_no_backup_is_made_when_nothing_is_older(folder: Path, opened: OpenCatalogue) -> None:
    opened(folder)
    assert list((folder / "backups").iterdir()) == []


@pytest.mark.parametrize(
    ("body", "error"),
    [(FAIL_HALFWAY, sa.exc.OperationalError), (BREAK_A_REFERENCE, GeoparkError)],
    ids=["fails", "breaks-a-reference"],
)
def test_a_step_that_fails_changes_nothing(
    used: tuple[Path, Site],
    next_version: NextVersion,
    opened: OpenCatalogue,
    body: str,
    error: type[Exception],
) -> None:
    folder, site = used
    before = content_of(folder)
    with pytest.raises(error):
        upgrade(folder, next_version.steps(body))
    assert content_of(folder) == before
    context = opened(folder)
    assert context.catalogue.get(Site, site.uuid) == site
    set_fields(context, "site", site.uuid, {"village": "Nà Mò"})
    assert check_log(context.catalogue) == []


def test_without_room_for_the_backup_nothing_is_upgraded(
    used: tuple[Path, Site], next_version: NextVersion
) -> None:
    folder, _ = used
    shutil.rmtree(folder / "backups")
    (folder / "backups").write_text("a file where the folder was", encoding="utf-8")
    before = content_of(folder)
    with pytest.raises(GeoparkError):
        upgrade(folder, next_version.steps(ADD_A_COLUMN))
    assert content_of(folder) == before


def test_triggers_of_an_older_version_are_made_anew_at_opening(
    folder: Path, opened: OpenCatalogue
) -> None:
    with closing(sqlite3.connect(folder / "catalogue.sqlite")) as connection:
        connection.execute("DROP TRIGGER capture_site_name_vi")
        connection.execute("DROP TRIGGER capture_site_code")
        connection.execute(
            "CREATE TRIGGER capture_site_code AFTER UPDATE OF code ON site BEGIN SELECT 1; END"
        )
        connection.execute(
            "CREATE TRIGGER capture_site_gone AFTER UPDATE OF code ON site BEGIN SELECT 1; END"
        )
        connection.commit()
    opened(folder)
    found = rows(folder, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    assert dict(found) == wanted_triggers()


UPGRADE = """
import sys
from pathlib import Path
from geopark_app.store.migrations import Steps
from geopark_app.store.schema_version import KNOWN_REVISIONS
from tests.store.test_migrations import upgrade
upgrade(Path(sys.argv[1]), Steps(scripts=Path(sys.argv[2]), revisions=(*KNOWN_REVISIONS, "9001")))
"""


def test_an_old_catalogue_is_opened_by_two_programs_at_once(
    used: tuple[Path, Site], next_version: NextVersion
) -> None:
    folder, _ = used
    steps = next_version.steps(ADD_A_COLUMN)
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", UPGRADE, folder, steps.scripts],
            cwd=Path(__file__).resolve().parents[2],
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    errors = [program.communicate()[1].decode() for program in programs]
    assert [program.returncode for program in programs] == [0, 0], errors
    assert rows(folder, "SELECT version_num FROM alembic_version") == [("9001",)]


def test_reading_needs_no_writing_connection(folder: Path) -> None:
    engine = open_engine(folder / "catalogue.sqlite", read_only=True)
    catalogue = Catalogue(open_folder(folder), engine, is_read_only=True)
    with catalogue:
        assert catalogue.records(Site) == []
        with pytest.raises(GeoparkError) as caught, reading(engine) as connection:
            connection.exec_driver_sql("UPDATE site SET code = 'x'")
        assert caught.value.code is ErrorCode.READ_ONLY

"""Bring the tables to this version, one Alembic step per transaction, after a checked backup."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from geopark_app import paths
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.store.backup import back_up
from geopark_app.store.engine import APPLICATION_ID, altering, reading, writing
from geopark_app.store.folder import CatalogueFolder
from geopark_app.store.schema_version import KNOWN_REVISIONS
from geopark_app.store.triggers import drop_triggers, ensure_triggers, has_all_triggers


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The steps a version of the program knows.

    Attributes
    ----------
    scripts : Path
        Folder of the Alembic scripts.
    revisions : tuple of str
        In their order; the last one is the tables of this version.
    """

    scripts: Path
    revisions: tuple[str, ...]

    @property
    def head(self) -> str:
        """The newest revision."""
        return self.revisions[-1]


SHIPPED = Steps(scripts=paths.bundled("db", "migrations"), revisions=KNOWN_REVISIONS)


def current_revision(connection: sa.Connection) -> str | None:
    """Give the revision of the tables, or None for an empty database."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    value = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return None if value is None else str(value)


def create_tables(engine: sa.Engine) -> None:
    """Make all tables in an empty database."""
    with writing(engine) as connection:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        _upgrade(connection, SHIPPED)
        ensure_triggers(connection)


def bring_up_to_date(
    engine: sa.Engine, folder: CatalogueFolder, *, now: datetime, steps: Steps = SHIPPED
) -> None:
    """Upgrade the tables when they are older; refuse a newer or a foreign database.

    Raises
    ------
    GeoparkError
        NEWER_FORMAT for a revision this program does not know; NOT_A_CATALOGUE for a database
        without our tables. Nothing is changed then.
    """
    with engine.connect() as connection:
        revision = current_revision(connection)
    if revision is None:
        raise GeoparkError(ErrorCode.NOT_A_CATALOGUE, path=folder.database)
    if revision not in steps.revisions:
        raise GeoparkError(ErrorCode.NEWER_FORMAT, path=folder.database, found=revision)
    if revision == steps.head:
        with reading(engine) as connection:
            is_captured = has_all_triggers(connection)
        # only then: a command that reads must not wait for one that writes
        if not is_captured:
            with writing(engine) as connection:
                ensure_triggers(connection)
        return
    back_up(folder.database, folder.backups_dir, now=now, label=f"before-{steps.head}")
    with altering(engine) as connection:
        drop_triggers(connection)
        _upgrade(connection, steps)
        _check_foreign_keys(connection)
        ensure_triggers(connection)


def refuse_older(engine: sa.Engine, folder: CatalogueFolder) -> None:
    """Refuse tables of another version where they cannot be upgraded.

    Raises
    ------
    GeoparkError
        READ_ONLY for older tables on media that cannot be written; NEWER_FORMAT for newer ones.
    """
    with engine.connect() as connection:
        revision = current_revision(connection)
    if revision is None:
        raise GeoparkError(ErrorCode.NOT_A_CATALOGUE, path=folder.database)
    if revision not in SHIPPED.revisions:
        raise GeoparkError(ErrorCode.NEWER_FORMAT, path=folder.database, found=revision)
    if revision != SHIPPED.head:
        raise GeoparkError(ErrorCode.READ_ONLY, path=folder.root)


def _upgrade(connection: sa.Connection, steps: Steps) -> None:
    # Alembic takes 0.2 s to import: only when there is something to do.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(steps.scripts))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _check_foreign_keys(connection: sa.Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise GeoparkError(ErrorCode.DAMAGED_CATALOGUE, reason=f"foreign keys: {broken[:3]}")

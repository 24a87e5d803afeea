"""No column of a record escapes the log: each is written by plain SQL and must be captured."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from geopark_app.domain.kinds import KINDS
from geopark_app.store.engine import open_engine
from geopark_app.store.migrations import create_tables
from geopark_app.store.tables import RECORD_TABLES
from geopark_app.store.triggers import wanted_triggers


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path: Path = tmp_path_factory.mktemp("capture") / "catalogue.sqlite"
    engine = open_engine(path)
    create_tables(engine)
    engine.dispose()
    connection = sqlite3.connect(path, isolation_level=None)
    for name in RECORD_TABLES:
        connection.execute(f"INSERT INTO {name}(uuid) VALUES ('row')")
    yield connection
    connection.close()


def captured(database: sqlite3.Connection, statement: str) -> list[tuple[str, str, str, str]]:
    """Run a statement, give what was captured, and take it back."""
    database.execute("BEGIN")
    database.execute("DELETE FROM dirty")
    database.execute(statement)
    found = database.execute("SELECT tbl, row_uuid, field, kind FROM dirty ORDER BY id").fetchall()
    database.execute("ROLLBACK")
    return found


def field_of(kind: str, column: str) -> str:
    (spec,) = [spec for spec in KINDS[kind].fields if column in spec.columns]
    return spec.name


@pytest.mark.parametrize("kind", sorted(RECORD_TABLES))
def test_each_column_is_captured_as_its_field(database: sqlite3.Connection, kind: str) -> None:
    columns = {column.name for column in RECORD_TABLES[kind].columns} - {"uuid", "deleted"}
    for column in sorted(columns):
        wanted = [(kind, "row", field_of(kind, column), "U")]
        assert captured(database, f"UPDATE {kind} SET {column} = 1") == wanted
        # the same value again is no change
        assert captured(database, f"UPDATE {kind} SET {column} = NULL") == [], column


@pytest.mark.parametrize("kind", sorted(RECORD_TABLES))
def test_new_rows_trash_and_restore_are_captured(database: sqlite3.Connection, kind: str) -> None:
    assert captured(database, f"INSERT INTO {kind}(uuid) VALUES ('new')") == [
        (kind, "new", "", "I")
    ]
    assert captured(database, f"UPDATE {kind} SET deleted = 1") == [(kind, "row", "", "D")]
    database.execute(f"UPDATE {kind} SET deleted = 1")
    assert captured(database, f"UPDATE {kind} SET deleted = 0") == [(kind, "row", "", "R")]
    assert captured(database, f"UPDATE {kind} SET deleted = 1") == []
    database.execute(f"UPDATE {kind} SET deleted = 0")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM {kind}",
        "DELETE FROM {kind} WHERE uuid = 'row'",
        "UPDATE {kind} SET uuid = 'other'",
        "INSERT OR REPLACE INTO {kind}(uuid) VALUES ('row')",
        "REPLACE INTO {kind}(uuid, deleted) VALUES ('row', 1)",
    ],
)
def test_no_row_of_any_kind_can_be_removed(database: sqlite3.Connection, statement: str) -> None:
    for kind in sorted(RECORD_TABLES):
        with pytest.raises(sqlite3.IntegrityError, match=r"never|UNIQUE"):
            database.execute(statement.format(kind=kind))
        found = database.execute(f"SELECT deleted FROM {kind} WHERE uuid = 'row'").fetchall()
        assert found == [(0,)], kind


def test_triggers_are_made_from_the_declarations_alone(database: sqlite3.Connection) -> None:
    found = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    assert dict(found.fetchall()) == wanted_triggers()


def test_no_trigger_hangs_on_a_table_of_the_log(database: sqlite3.Connection) -> None:
    found = database.execute("SELECT DISTINCT tbl_name FROM sqlite_master WHERE type='trigger'")
    assert {name for (name,) in found} == set(RECORD_TABLES)

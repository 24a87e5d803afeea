"""The tables: those of the declarations are those the migrations make, and db/schema.sql."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from geopark_app.domain.kinds import KINDS
from geopark_app.store.engine import open_engine, reading
from geopark_app.store.migrations import create_tables
from geopark_app.store.tables import METADATA, RECORD_TABLES
from tests.tools.make_schema import ROOT, schema_text

SHIPPED_ELSEWHERE = {"alembic_version", "search_index"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    """Give the database as the migrations make it."""
    engine = open_engine(tmp_path_factory.mktemp("schema") / "catalogue.sqlite")
    create_tables(engine)
    yield engine
    engine.dispose()


def test_schema_sql_is_what_the_migrations_make() -> None:
    shipped = (ROOT / "db" / "schema.sql").read_text(encoding="utf-8")
    assert shipped == schema_text(), "run tests/tools/make_schema.py"


def test_the_migrations_make_the_declared_tables_and_no_others(made: sa.Engine) -> None:
    with reading(made) as connection:
        names = {
            name
            for name in sa.inspect(connection).get_table_names()
            if not name.startswith("search_index_")
        }
    assert names == set(METADATA.tables) | SHIPPED_ELSEWHERE


@pytest.mark.parametrize("name", sorted(METADATA.tables))
def test_columns_are_those_of_the_declarations(made: sa.Engine, name: str) -> None:
    declared = METADATA.tables[name]
    with reading(made) as connection:
        found = sa.inspect(connection).get_columns(name)
    dialect = made.dialect
    # a later step adds its columns at the end: the order says nothing
    assert {(column["name"], str(column["type"]), column["nullable"]) for column in found} == {
        (column.name, column.type.compile(dialect), bool(column.nullable))
        for column in declared.columns
    }
    with reading(made) as connection:
        key = sa.inspect(connection).get_pk_constraint(name)
    assert key["constrained_columns"] == [column.name for column in declared.primary_key]


@pytest.mark.parametrize("name", sorted(METADATA.tables))
def test_indexes_are_those_of_the_declarations(made: sa.Engine, name: str) -> None:
    declared = METADATA.tables[name]
    with reading(made) as connection:
        found = sa.inspect(connection).get_indexes(name)
    assert {index["name"]: index["column_names"] for index in found} == {
        index.name: [column.name for column in index.columns] for index in declared.indexes
    }
    assert not any(index["unique"] for index in found)


@pytest.mark.parametrize("name", sorted(RECORD_TABLES))
def test_references_are_those_of_the_declarations_and_wait(made: sa.Engine, name: str) -> None:
    with reading(made) as connection:
        found = sa.inspect(connection).get_foreign_keys(name)
    wanted = {
        (spec.name, spec.refers_to)
        for spec in KINDS[name].fields
        if spec.refers_to and spec.name.endswith("_uuid") and not KINDS[spec.refers_to].is_seeded
    }
    assert {(key["constrained_columns"][0], key["referred_table"]) for key in found} == wanted
    with reading(made) as connection:
        (sql,) = connection.execute(
            sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :n"), {"n": name}
        ).one()
    assert sql.count("DEFERRABLE INITIALLY DEFERRED") == len(found)


@pytest.mark.parametrize("name", sorted(RECORD_TABLES))
def test_synced_tables_hold_what_any_laptop_wrote(made: sa.Engine, name: str) -> None:
    """No UNIQUE but the key, no CHECK, NOT NULL only on key and `deleted`, no cascade."""
    with reading(made) as connection:
        inspector = sa.inspect(connection)
        (sql,) = connection.execute(
            sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :n"), {"n": name}
        ).one()
        assert inspector.get_unique_constraints(name) == []
        assert inspector.get_check_constraints(name) == []
        required = {item["name"] for item in inspector.get_columns(name) if not item["nullable"]}
    assert required == {"uuid", "deleted"}
    assert "CASCADE" not in sql.upper()
    assert "UNIQUE" not in sql.upper()


def test_the_log_stands_in_full_from_the_first_migration(made: sa.Engine) -> None:
    """sync.md, section 8.1."""
    wanted = {
        "author": {"author_id", "device", "incarnation", "user", "public_key", "have", "tail_hash"},
        "txn": {
            "author", "first", "n", "hlc", "wall", "user", "schema_version", "note", "prev_hash",
            "hash", "sig",
        },
        "op": {"author", "seq", "tbl", "row_uuid", "kind", "field", "value", "replaces"},
        "head": {"tbl", "row_uuid", "field", "author", "seq"},
        "insert_of": set(), "tomb": set(), "conflict": set(), "dirty": set(), "parked": set(),
        "peer": set(), "blob": set(), "draft": {"typed"},
    }  # fmt: skip
    with reading(made) as connection:
        inspector = sa.inspect(connection)
        for name, columns in wanted.items():
            assert columns <= {column["name"] for column in inspector.get_columns(name)}, name


def test_migrations_import_nothing_of_the_program() -> None:
    for script in (ROOT / "db" / "migrations").rglob("*.py"):
        assert "geopark_app" not in script.read_text(encoding="utf-8"), script


def test_the_database_says_whose_it_is(made: sa.Engine, tmp_path: Path) -> None:
    with reading(made) as connection:
        assert connection.exec_driver_sql("PRAGMA application_id").scalar_one() == 0x47504B31
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1

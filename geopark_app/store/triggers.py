"""Capture triggers, made from the declarations at every open: no write escapes the log."""

import functools

import sqlalchemy as sa

from geopark_app.domain.declaration import RecordKind
from geopark_app.domain.kinds import KINDS

_PREFIX = "capture_"
ROWS_MAY_GO = "rows-may-go"
"""Setting of `meta` that lets rows go, inside the transaction that sets it only."""


def _note(kind: str, name: str, field: str) -> str:
    return (
        "INSERT INTO dirty(tbl, row_uuid, field, kind) "
        f"VALUES ('{name}', NEW.uuid, '{field}', '{kind}');"
    )


def _trigger(name: str, event: str, table: str, when: str, body: str) -> str:
    condition = f" WHEN {when}" if when else ""
    return f"CREATE TRIGGER {_PREFIX}{name} {event} ON {table}{condition} BEGIN {body} END"


def trigger_statements(kind: RecordKind) -> list[str]:
    """Give the CREATE TRIGGER statements of one record kind.

    One per field (all columns of a composite value together), one for new rows, one for trash and
    restore, and three that refuse physical removal: plainly, by REPLACE, and by another key.
    """
    name = kind.name
    statements = [
        _trigger(f"{name}__new", "AFTER INSERT", name, "", _note("I", name, "")),
        _trigger(
            f"{name}__trash",
            "AFTER UPDATE OF deleted",
            name,
            "NEW.deleted IS NOT OLD.deleted",
            "INSERT INTO dirty(tbl, row_uuid, field, kind) VALUES "
            f"('{name}', NEW.uuid, '', CASE NEW.deleted WHEN 0 THEN 'R' ELSE 'D' END);",
        ),
        _trigger(
            f"{name}__stay",
            "BEFORE DELETE",
            name,
            # a row whose every operation is a proposal is taken out by the fold, see `store.fold`
            f"NOT EXISTS (SELECT 1 FROM meta WHERE name = '{ROWS_MAY_GO}')",
            "SELECT RAISE(ABORT, 'rows are never removed');",
        ),
        _trigger(
            f"{name}__once",
            "BEFORE INSERT",
            name,
            f"EXISTS (SELECT 1 FROM {name} WHERE uuid = NEW.uuid)",
            "SELECT RAISE(ABORT, 'rows are never replaced');",
        ),
        _trigger(
            f"{name}__key",
            "BEFORE UPDATE OF uuid",
            name,
            "NEW.uuid IS NOT OLD.uuid",
            "SELECT RAISE(ABORT, 'keys never change');",
        ),
    ]
    for spec in kind.fields:
        differs = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in spec.columns)
        event = f"AFTER UPDATE OF {', '.join(spec.columns)}"
        body = _note("U", name, spec.name)
        statements.append(_trigger(f"{name}_{spec.name}", event, name, differs, body))
    return statements


@functools.cache
def wanted_triggers() -> dict[str, str]:
    """Give every capture trigger by name, as the declarations of this version ask for."""
    statements = [text for kind in KINDS.values() for text in trigger_statements(kind)]
    return {text.split(" ", 3)[2]: text for text in statements}


def has_all_triggers(connection: sa.Connection) -> bool:
    """Say whether the triggers are already those the declarations ask for."""
    return _present_triggers(connection) == wanted_triggers()


def ensure_triggers(connection: sa.Connection) -> None:
    """Make the triggers of the database equal to the declarations; free when they are."""
    wanted = wanted_triggers()
    present = _present_triggers(connection)
    for name in present.keys() - {key for key in wanted if present.get(key) == wanted[key]}:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    for name, statement in wanted.items():
        if present.get(name) != statement:
            connection.exec_driver_sql(statement)


def drop_triggers(connection: sa.Connection) -> None:
    """Remove the capture triggers, those of an older version too, for a migration's time."""
    for name in _present_triggers(connection):
        connection.exec_driver_sql(f"DROP TRIGGER {name}")


def _present_triggers(connection: sa.Connection) -> dict[str, str]:
    rows = connection.execute(
        sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE :p"),
        {"p": f"{_PREFIX}%"},
    )
    return {row.name: row.sql for row in rows}

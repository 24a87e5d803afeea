"""Making a database the hub of a team, and the logins of those who come to it."""

import re
import secrets
import string
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

import psycopg
from psycopg import sql

from geopark_app import paths
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.store.hub import hub_engine, translated_hub_errors
from geopark_app.store.hub_address import HubAddress

_LETTERS = string.ascii_letters + string.digits
_PASSWORD_LENGTH = 24
_LOGIN = re.compile(r"[a-z][a-z0-9_]{0,39}")


class HubRole(Enum):
    """What a login may do on the hub."""

    MEMBER = "member"
    OFFICE = "office"
    READER = "reader"


def prepare_hub(address: HubAddress, password: str, *, team_id: str) -> None:
    """Make roles and tables; doing it again changes nothing.

    Raises
    ------
    GeoparkError
        HUB_UNPREPARED when the database is another team's; HUB_LOGIN for a login that may not.
    """
    text = paths.bundled("db", "hub.sql").read_text(encoding="utf-8")
    with _administering(address, password) as connection:
        roles = _roles(connection)
        for group in roles.values():
            _make_role(connection, group)
        connection.execute(
            sql.SQL("GRANT {} TO {}").format(
                sql.Identifier(roles[HubRole.OFFICE]), sql.Identifier(address.user)
            )
        )
        for role, name in roles.items():
            text = text.replace(f"@{role.value}@", sql.Identifier(name).as_string(connection))
        text = text.replace("@team@", sql.Literal(team_id).as_string(connection))
        connection.execute(text.encode("utf-8"))
        found = connection.execute(
            "SELECT value FROM geopark_log.about WHERE name = 'team'"
        ).fetchone()
        if found is None or found[0] != team_id:
            raise GeoparkError(ErrorCode.HUB_UNPREPARED, reason="other-team")


def add_login(address: HubAddress, password: str, *, name: str, role: HubRole) -> str:
    """Make a login, or give one a new password, and give that password.

    The server is sent its SCRAM secret only: the password stands in no log.

    Raises
    ------
    GeoparkError
        BAD_VALUE for a name that is no plain one; HUB_LOGIN, HUB_REFUSED.
    """
    if not _LOGIN.fullmatch(name):
        raise GeoparkError(ErrorCode.BAD_VALUE, field="login", value=name, expected="a-z 0-9 _")
    fresh = "".join(secrets.choice(_LETTERS) for _ in range(_PASSWORD_LENGTH))
    with _administering(address, password) as connection:
        roles = _roles(connection)
        _make_role(connection, name)
        secret = connection.pgconn.encrypt_password(
            fresh.encode("ascii"), name.encode("ascii"), b"scram-sha-256"
        )
        connection.execute(
            sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(
                sql.Identifier(name), sql.Literal(secret.decode("ascii"))
            )
        )
        granted = [roles[HubRole.READER]]
        if role is not HubRole.READER:
            granted.append(roles[HubRole.MEMBER])
        if role is HubRole.OFFICE:
            granted.append(roles[HubRole.OFFICE])
        for one in granted:
            connection.execute(
                sql.SQL("GRANT {} TO {}").format(sql.Identifier(one), sql.Identifier(name))
            )
    return fresh


def remove_login(address: HubAddress, password: str, *, name: str) -> None:
    """Let a login come no more; what it brought stays.

    Raises
    ------
    GeoparkError
        HUB_LOGIN, HUB_REFUSED.
    """
    with _administering(address, password) as connection:
        connection.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(sql.Identifier(name)))


@contextmanager
def _administering(address: HubAddress, password: str) -> Iterator[psycopg.Connection]:
    """Give one transaction as the administrator of the database."""
    engine = hub_engine(address, password)
    try:
        with translated_hub_errors(), engine.begin() as connection:
            found = connection.connection.driver_connection
            assert isinstance(found, psycopg.Connection)
            yield found
    finally:
        engine.dispose()


def _roles(connection: psycopg.Connection) -> dict[HubRole, str]:
    """Give the group roles' names: by database, and such as no login has."""
    database = connection.info.dbname
    return {role: f"{database}-{role.value}" for role in HubRole}


def _make_role(connection: psycopg.Connection, name: str) -> None:
    known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", (name,)).fetchone()
    if known is None:
        connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(name)))

"""Readable tables on the hub for QGIS and reports: one for each kind of record, made anew whole."""

import dataclasses
import json
from collections.abc import Mapping

import psycopg
import sqlalchemy as sa
from psycopg import sql

from geopark_app.domain.declaration import COMPOSITES, FieldType
from geopark_app.domain.kinds import KINDS
from geopark_app.store.catalogue import Catalogue
from geopark_app.store.engine import reading
from geopark_app.store.exchange_log import version_vector
from geopark_app.store.hub import Hub
from geopark_app.store.tables import RECORD_TABLES

SCHEMA = "geopark"
_TYPES: Mapping[type, str] = {sa.Integer: "bigint", sa.Float: "double precision"}
_MAKE_POINTS = """
UPDATE {table} SET geom = ST_SetSRID(ST_MakePoint({lon}, {lat}), 4326)
WHERE {lon} IS NOT NULL AND {lat} IS NOT NULL
"""


def refresh_views(catalogue: Catalogue, hub: Hub) -> bool:
    """Write every kind's rows that are not deleted, when something changed since the last time.

    Only a login of the office may; readers see the former rows until all are written. Positions
    are lon, lat in WGS 84 and, where PostGIS is there, a point `geom` (EPSG:4326).

    Returns
    -------
    bool
        Whether they were written.
    """
    vector = json.dumps(version_vector(catalogue), sort_keys=True)
    with hub.transaction() as connection, reading(catalogue.engine) as rows:
        if not _may_write(connection) or _built_from(connection) == vector:
            return False
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        office = f"{driver.info.dbname}-office"
        driver.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(office)))
        has_points = driver.execute("SELECT FROM pg_extension WHERE extname = 'postgis'").fetchone()
        for name, table in RECORD_TABLES.items():
            _write(driver, rows, name, table, has_points=has_points is not None)
        driver.execute(
            "INSERT INTO geopark_log.view_state (vector) VALUES (%s) "
            "ON CONFLICT (only_row) DO UPDATE SET vector = excluded.vector, built_at = now()",
            (vector,),
        )
    return True


def _may_write(connection: sa.Connection) -> bool:
    query = sa.text("SELECT has_schema_privilege(:schema, 'CREATE')")
    return bool(connection.scalar(query, {"schema": SCHEMA}))


def _built_from(connection: sa.Connection) -> str:
    return str(connection.scalar(sa.text("SELECT vector FROM geopark_log.view_state")) or "")


def _write(
    driver: psycopg.Connection, rows: sa.Connection, name: str, table: sa.Table, *, has_points: bool
) -> None:
    columns = [column for column in table.columns if column.name != "deleted"]
    target = sql.Identifier(SCHEMA, name)
    _make(driver, target, name, columns)
    driver.execute(sql.SQL("DELETE FROM {}").format(target))
    listed = sql.SQL(", ").join(sql.Identifier(column.name) for column in columns)
    query = sa.select(*columns).where(table.c.deleted == 0)
    copy = sql.SQL("COPY {} ({}) FROM STDIN").format(target, listed)
    with driver.cursor() as cursor, cursor.copy(copy) as copying:
        for row in rows.execute(query):
            # PostgreSQL's text holds every character but this one.
            copying.write_row(
                [one.replace("\0", "") if isinstance(one, str) else one for one in row]
            )
    if has_points:
        for field in _positions(name):
            _add_points(driver, target, field)


def _make(
    driver: psycopg.Connection, target: sql.Identifier, name: str, columns: list[sa.Column[object]]
) -> None:
    """Make the table, or add the columns a newer version of the program brought."""
    driver.execute(sql.SQL("CREATE TABLE IF NOT EXISTS {} (uuid text PRIMARY KEY)").format(target))
    for column in columns:
        driver.execute(
            sql.SQL("ALTER TABLE {} ADD COLUMN IF NOT EXISTS {} {}").format(
                target, sql.Identifier(column.name), sql.SQL(_TYPES.get(type(column.type), "text"))
            )
        )
    kind = KINDS[name]
    driver.execute(sql.SQL("COMMENT ON TABLE {} IS {}").format(target, sql.Literal(kind.label_vi)))
    for spec in kind.fields:
        if spec.type not in COMPOSITES:
            driver.execute(
                sql.SQL("COMMENT ON COLUMN {} IS {}").format(
                    sql.Identifier(SCHEMA, name, spec.name), sql.Literal(spec.label_vi)
                )
            )


def _positions(name: str) -> list[str]:
    parts = {part.name for part in dataclasses.fields(COMPOSITES[FieldType.POSITION])}
    assert {"lon", "lat"} <= parts
    return [spec.name for spec in KINDS[name].fields if spec.type is FieldType.POSITION]


def _add_points(driver: psycopg.Connection, target: sql.Identifier, field: str) -> None:
    driver.execute(
        sql.SQL("ALTER TABLE {} ADD COLUMN IF NOT EXISTS geom geometry(Point, 4326)").format(target)
    )
    driver.execute(
        sql.SQL(_MAKE_POINTS).format(
            table=target, lon=sql.Identifier(f"{field}_lon"), lat=sql.Identifier(f"{field}_lat")
        )
    )

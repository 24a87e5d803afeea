"""Sites near a place, found in SQL without reading whole records."""

from dataclasses import dataclass

import sqlalchemy as sa

from geopark_app.store.tables import RECORD_TABLES

_PINS = ("exact", "approx")


@dataclass(frozen=True, slots=True, kw_only=True)
class NearbySite:
    """What is said of a site that lies close by."""

    uuid: str
    code: str
    name_vi: str
    lon: float
    lat: float


def sites_in_box(
    connection: sa.Connection, west: float, south: float, east: float, north: float
) -> list[NearbySite]:
    """Give the sites with a position of their own in a box of WGS 84 degrees.

    Positions that stand for a whole commune are left out.
    """
    site = RECORD_TABLES["site"].c
    quality = site.position_quality
    query = (
        sa.select(site.uuid, site.code, site.name_vi, site.position_lon, site.position_lat)
        .where(site.deleted == 0)
        .where(site.position_lat.between(south, north))
        .where(site.position_lon.between(west, east))
        .where(sa.or_(quality.is_(None), quality == "", quality.in_(_PINS)))
        .order_by(site.code, site.uuid)
    )
    return [
        NearbySite(uuid=str(uuid), code=str(code or ""), name_vi=str(name or ""), lon=lon, lat=lat)
        for uuid, code, name, lon, lat in connection.execute(query)
    ]

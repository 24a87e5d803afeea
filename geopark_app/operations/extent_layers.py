"""Lines and areas of the sites as layers of GIS files, as the audience may have them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geopark_app.domain.declaration import Audience
from geopark_app.domain.kinds import Site, SiteExtent
from geopark_app.exchange.layers import PointLayer
from geopark_app.exchange.tables import Cell, Column, Table
from geopark_app.geo.crs import WGS84
from geopark_app.operations.context import AppContext
from geopark_app.operations.export_reading import ExportSite
from geopark_app.operations.release import Release

LAYER = "site_extent"
_FIELDS = ("label", "purpose", "method", "source_crs", "drawn_on", "source")
_ENDINGS = {"Point": "points", "LineString": "lines", "Polygon": "areas"}


@dataclass(frozen=True, slots=True)
class DrawnExtent:
    """An extent with the site it belongs to."""

    site: Site
    extent: SiteExtent


def read_extents(
    context: AppContext, items: Sequence[ExportSite], audience: Audience
) -> list[DrawnExtent]:
    """Give the lines and areas of sites whose place the audience may know."""
    sites = {item.site.uuid: item.site for item in items}
    levels = {
        site.uuid: site.disclosure_level
        for site in context.catalogue.records(Site)
        if site.uuid in sites
    }
    release = Release(context, audience)
    found = []
    for extent in context.catalogue.records(SiteExtent):
        site = sites.get(extent.site_uuid or "")
        if site is None or not extent.geojson:
            continue
        if release.hides_position(extent, levels[site.uuid]):
            continue
        seen = release.record(extent, disclosure=levels[site.uuid])
        if seen.geojson:
            found.append(DrawnExtent(site, seen))
    return found


def extent_layer(extents: Sequence[DrawnExtent], name: str = LAYER) -> PointLayer:
    """Give one layer of all shapes."""
    columns = ("uuid", "site_uuid", "site_code", "name_vi", "name_en", *_FIELDS)
    rows: list[tuple[Cell, ...]] = [
        (one.extent.uuid, one.site.uuid, one.site.code, one.site.name_vi, one.site.name_en,
         *(getattr(one.extent, field) for field in _FIELDS))
        for one in extents
    ]  # fmt: skip
    table = Table(
        name=name,
        title_vi=name,
        title_en=name,
        columns=tuple(Column(name=one, label_vi=one, label_en=one) for one in columns),
        rows=tuple(rows),
    )
    return PointLayer(
        name=name,
        epsg=WGS84,
        points=(),
        table=table,
        shapes=tuple(one.extent.geojson for one in extents),
    )


def layers_by_shape(extents: Sequence[DrawnExtent], stem: str) -> list[PointLayer]:
    """Give a layer for points, lines and areas each: a Shapefile holds one kind of shape."""
    layers = []
    for bare, ending in _ENDINGS.items():
        some = [one for one in extents if _bare_kind(one) == bare]
        if some:
            layers.append(extent_layer(some, f"{stem}_{ending}"))
    return layers


def full_extent_layer(table: Table, extents: Sequence[DrawnExtent]) -> PointLayer:
    """Give the complete table of extents as a layer that GIS programs draw."""
    shapes = {one.extent.uuid: one.extent.geojson for one in extents}
    at = [column.name for column in table.columns].index("uuid")
    return PointLayer(
        name=table.name,
        epsg=WGS84,
        points=(),
        table=replace(table, name=table.name),
        shapes=tuple(shapes.get(str(row[at])) for row in table.rows),
    )


def _bare_kind(one: DrawnExtent) -> str:
    kind = json.loads(one.extent.geojson or "{}").get("type", "")
    return str(kind).removeprefix("Multi")

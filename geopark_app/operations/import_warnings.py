"""What is worth saying of a table before it is taken: nothing here refuses anything."""

from collections.abc import Mapping

from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import Site
from geopark_app.exchange.foreign_table import ForeignTable
from geopark_app.operations.catalogues import profile_of
from geopark_app.operations.context import AppContext
from geopark_app.operations.import_planning import PlannedRow
from geopark_app.operations.import_report import FurtherTable
from geopark_app.operations.import_targets import ImportKind, geometry_field


def table_warnings(
    table: ForeignTable, mapping: Mapping[str, str], kind: ImportKind
) -> list[tuple[str, ...]]:
    """Say what the columns and shapes of a table tell."""
    warnings: list[tuple[str, ...]] = []
    if table.empty_rows:
        warnings.append(("empty-rows", str(table.empty_rows)))
    shapes = sorted({row.shape for row in table.rows if row.shape not in {"", "Point"}})
    if shapes:
        is_kept = kind.record_type is Site or geometry_field(kind_of(kind.record_type)) is not None
        warnings.append(("extents" if is_kept else "shapes", ", ".join(shapes)))
    left = [column for column in table.header if column not in mapping]
    if left:
        warnings.append(("columns-left", ", ".join(left[:30])))
    if {"lon", "lat"} <= set(mapping.values()) and not table.crs:
        warnings.append(("taken-as-wgs84",))
    return warnings


def further_warnings(further: tuple[FurtherTable, ...]) -> list[tuple[str, ...]]:
    """Say which other tables come along."""
    names = [f"{one.table.layer} ({len(one.table.rows)})" for one in further]
    return [("further", ", ".join(names))] if names else []


def place_warnings(context: AppContext, rows: list[PlannedRow]) -> list[tuple[str, ...]]:
    """Say which points lie outside the surroundings of the geopark."""
    bounds = profile_of(context).get("bounds")
    if not isinstance(bounds, dict):
        return []
    outside = []
    for row in rows:
        position = row.record.position if isinstance(row.record, Site) else None
        if position is None or position.lon is None or position.lat is None:
            continue
        inside = float(bounds["west"]) <= position.lon <= float(bounds["east"])
        if not (inside and float(bounds["south"]) <= position.lat <= float(bounds["north"])):
            outside.append(str(row.number))
    return [("outside", str(len(outside)), ", ".join(outside[:20]))] if outside else []

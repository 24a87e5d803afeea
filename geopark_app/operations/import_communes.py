"""The commune of imported sites: proposed from the position where the list names none."""

from dataclasses import replace

from geopark_app.domain.kinds import Site
from geopark_app.operations.context import AppContext
from geopark_app.operations.ground import EDGE_M, ground_of
from geopark_app.operations.import_planning import ADDED, PlannedRow


def with_communes_by_place(
    context: AppContext, rows: list[PlannedRow]
) -> tuple[list[PlannedRow], list[tuple[str, ...]]]:
    """Give the rows with a commune for new sites that name none, and what is to be said.

    Needs imported commune polygons. A commune that is named stays; where the position lies in
    another one, the rows are listed.
    """
    ground = ground_of(context)
    sites = [(at, row.record) for at, row in enumerate(rows) if isinstance(row.record, Site)]
    placed = [
        (at, site, (site.position.lon, site.position.lat))
        for at, site in sites
        if site.position is not None
        and site.position.lon is not None
        and site.position.lat is not None
    ]
    if ground.communes is None or not placed:
        return rows, []
    found = ground.communes.codes_at([point for _at, _site, point in placed])
    rows = list(rows)
    proposed, differing = 0, []
    for (at, site, point), code in zip(placed, found, strict=True):
        row = rows[at]
        if not code:
            continue
        if not site.commune_code and row.status == ADDED:
            rows[at] = replace(row, record=replace(site, commune_code=code))
            proposed += 1
        elif site.commune_code and site.commune_code != code:
            metres = ground.metres_outside(site.commune_code, *point)
            if metres is not None and metres > EDGE_M:
                differing.append(str(row.number))
    warnings: list[tuple[str, ...]] = []
    if proposed:
        warnings.append(("communes-by-place", str(proposed)))
    if differing:
        warnings.append(("communes-differ", ", ".join(differing[:20])))
    return rows, warnings

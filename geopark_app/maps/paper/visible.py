"""What of a map lies inside its frame: only that stands in the legend."""

from dataclasses import replace

import shapely

from geopark_app.maps.ground import towns_in_frame
from geopark_app.maps.paper.content import PaperMap
from geopark_app.maps.projection import MapProjection


def only_visible(paper: PaperMap, projection: MapProjection) -> PaperMap:
    """Give the map without routes, facilities, towns and other sites outside of its frame."""
    west, south, east, north = projection.degrees_in_frame()
    window = shapely.box(west, south, east, north)
    frame = projection.frame

    def is_inside(lon: float | None, lat: float | None) -> bool:
        if lon is None or lat is None or not window.buffer(0.02).covers(shapely.Point(lon, lat)):
            return False
        return frame.contains(*projection.position_mm(lon, lat))

    routes = (
        replace(route, lines=tuple(line for line in route.lines if line.intersects(window)))
        for route in paper.routes
    )
    towns = tuple(town for town, _x, _y in towns_in_frame(projection, paper.basemap))
    return replace(
        paper,
        routes=tuple(route for route in routes if route.lines),
        places=tuple(place for place in paper.places if is_inside(place.lon, place.lat)),
        others=tuple(site for site in paper.others if is_inside(site.lon, site.lat)),
        basemap=replace(paper.basemap, towns=towns),
    )


def has_boundary_inside(paper: PaperMap, projection: MapProjection) -> bool:
    """Say whether the line of the boundary runs through the frame."""
    body = paper.basemap.body
    if body is None:
        return False
    west, south, east, north = projection.degrees_in_frame()
    return bool(body.boundary.intersects(shapely.box(west, south, east, north)))

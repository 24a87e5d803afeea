"""Photos, the tracks of a day and the routes for the window's map, read from few columns."""

import json
from collections.abc import Mapping

from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.condition import Condition, ListQuery, Order, Test
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.kinds import MapLayer
from geopark_app.maps.moving import Line, PhotoSpot, RouteLine, RouteStop
from geopark_app.operations.context import AppContext
from geopark_app.operations.map_layers import TRACK, layer_path, map_layers
from geopark_app.photos.track_places import TrackPoint, read_track_time

_HEX = frozenset("0123456789abcdefABCDEF")
_ROUTE_COLOUR = "#0b57d0"
_LONGEST_BREAK_S = 1800.0


def photo_spots(context: AppContext, *, day: str = "") -> list[PhotoSpot]:
    """Give the photos whose places are trusted, all or those of one day (ISO date)."""
    known = [
        Condition(column="position_trusted", test=Test.IS, values=(1,)),
        Condition(column="position_lon", test=Test.KNOWN),
    ]
    if day:
        known.append(Condition(column="taken_at", test=Test.STARTS, values=(day,)))
    query = ListQuery(kind="photo", conditions=tuple(known), orders=(Order(column="taken_at"),))
    columns = (
        "position_lat", "position_lon", "direction_deg", "thumb_sha256", "caption_vi",
        "caption_en", "taken_at", "site_uuid",
    )  # fmt: skip
    codes = dict(context.catalogue.list_rows(ListQuery(kind="site"), ("uuid", "code")))
    return [
        PhotoSpot(
            lat=lat,
            lon=lon,
            direction=direction,
            picture=thumb or "",
            caption_vi=caption_vi or "",
            caption_en=caption_en or "",
            taken=(taken or "")[:16].replace("T", " "),
            site=codes.get(site) or "",
        )
        for lat, lon, direction, thumb, caption_vi, caption_en, taken, site in (
            context.catalogue.list_rows(query, columns)
        )
        if _is_on_earth(lat, lon)
    ]


def days_on_map(context: AppContext) -> dict[str, int]:
    """Give the days (ISO dates) of photos with a place and of tracks, the latest first.

    With each day, how many photos the map has of it.
    """
    counts: dict[str, int] = {}
    for spot in photo_spots(context):
        if spot.taken:
            counts[spot.taken[:10]] = counts.get(spot.taken[:10], 0) + 1
    for layer in map_layers(context, TRACK):
        for segment in _segments(context, layer):
            for point in segment:
                counts.setdefault(_day_of(point), 0)
    return dict(sorted(counts.items(), reverse=True))


def tracks_of_day(context: AppContext, day: str) -> list[Line]:
    """Give the parts of all imported tracks that were walked on a day of Vietnam's calendar."""
    lines: list[Line] = []
    for layer in map_layers(context, TRACK):
        for segment in _segments(context, layer):
            walked = [(point.lat, point.lon) for point in segment if _day_of(point) == day]
            if len(walked) > 1:
                lines.append(walked)
    return lines


def layer_track(context: AppContext, layer: MapLayer) -> list[TrackPoint]:
    """Give the timed points of an imported track in the order of time.

    They are what `photo_tracks.read_track` gives of a file.

    Raises
    ------
    GeoparkError
        LAYER_MISSING.
    """
    points = [point for segment in _timed(context, layer) for point in segment]
    return sorted(points, key=lambda point: point.at)


def route_lines(context: AppContext) -> list[RouteLine]:
    """Give the routes with the stops whose sites have a place, by number, then by row."""
    read = context.catalogue.list_rows
    places = {
        uuid: (lat, lon)
        for uuid, lat, lon in read(ListQuery(kind="site"), ("uuid", "position_lat", "position_lon"))
        if _is_on_earth(lat, lon)
    }
    stops: dict[str, list[tuple[tuple[int, int], RouteStop]]] = {}
    columns = ("route_uuid", "site_uuid", "official_number", "slot", "name_vi", "name_en")
    for route, site, number, slot, name_vi, name_en in read(ListQuery(kind="stop"), columns):
        if route and site in places:
            place = (number if number is not None else 10_000, slot or 0)
            stops.setdefault(route, []).append(
                (place, _stop(places, site, number, name_vi, name_en))
            )
    query = ListQuery(kind="route", orders=(Order(column="number"),))
    return [
        RouteLine(
            name_vi=name_vi or "",
            name_en=name_en or "",
            colour=_colour(colour),
            stops=tuple(stop for _place, stop in sorted(stops[uuid], key=lambda one: one[0])),
            has_line=bool(drawn),
        )
        for uuid, name_vi, name_en, colour, drawn in read(
            query, ("uuid", "name_vi", "name_en", "colour", "geojson")
        )
        if uuid in stops
    ]


def _stop(
    places: Mapping[str, tuple[float, float]],
    site: str,
    number: int | None,
    name_vi: str | None,
    name_en: str | None,
) -> RouteStop:
    lat, lon = places[site]
    return RouteStop(
        lat=lat,
        lon=lon,
        number="" if number is None else str(number),
        name_vi=name_vi or "",
        name_en=name_en or "",
        site=site,
    )


def _segments(context: AppContext, layer: MapLayer) -> list[list[TrackPoint]]:
    """Give the parts of a track; a file that is not here or broken has none."""
    try:
        return _timed(context, layer)
    except (GeoparkError, ValueError, KeyError, TypeError):
        # The check of the catalogue names it; the rest of the map is drawn.
        return []


def _timed(context: AppContext, layer: MapLayer) -> list[list[TrackPoint]]:
    content = json.loads(layer_path(context, layer).read_text(encoding="utf-8"))
    segments = []
    for feature in content["features"]:
        times = (feature.get("properties") or {}).get("coordTimes") or []
        pairs = zip(feature["geometry"]["coordinates"], times, strict=False)
        segment = [
            TrackPoint(at=at, lon=place[0], lat=place[1])
            for place, time in pairs
            if (at := read_track_time(str(time))) is not None
        ]
        segments += _without_breaks(segment)
    return segments


def _without_breaks(segment: list[TrackPoint]) -> list[list[TrackPoint]]:
    """Cut a track where the device was off: a straight line there was never walked."""
    parts: list[list[TrackPoint]] = []
    for point in segment:
        is_on = parts and (point.at - parts[-1][-1].at).total_seconds() <= _LONGEST_BREAK_S
        if is_on:
            parts[-1].append(point)
        else:
            parts.append([point])
    return parts


def _day_of(point: TrackPoint) -> str:
    return point.at.astimezone(VIETNAM).date().isoformat()


def _colour(told: str | None) -> str:
    text = told or ""
    is_colour = len(text) == 7 and text[0] == "#" and set(text[1:]) <= _HEX
    return text if is_colour else _ROUTE_COLOUR


def _is_on_earth(lat: object, lon: object) -> bool:
    if not isinstance(lat, int | float) or not isinstance(lon, int | float):
        return False
    return -90 <= lat <= 90 and -180 <= lon <= 180

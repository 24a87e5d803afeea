"""What moves about on the window's map, as its page takes it: photos, tracks of a day, routes."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from geopark_app.maps.layers import short_text

Line = Sequence[tuple[float, float]]
"""Latitude and longitude of each corner, as Leaflet wants them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoSpot:
    """One photo with a place.

    Attributes
    ----------
    lat, lon : float
        Where the camera stood, in WGS 84 degrees.
    direction : float or None
        Which way it looked, degrees from north.
    picture : str
        SHA-256 of the thumbnail, or empty.
    caption_vi, caption_en, taken, site : str
        What the card says: captions, day, code of the site.
    """

    lat: float
    lon: float
    direction: float | None
    picture: str
    caption_vi: str
    caption_en: str
    taken: str
    site: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteStop:
    """A stop at its site; `number` is empty where no official number is known."""

    lat: float
    lon: float
    number: str
    name_vi: str
    name_en: str
    site: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteLine:
    """A route with the stops whose places are known, in their order.

    `has_line` says that somebody has drawn the road: no straight lines between the stops then.
    """

    name_vi: str
    name_en: str
    colour: str
    stops: tuple[RouteStop, ...]
    has_line: bool = False


def photos_document(
    photos: Sequence[PhotoSpot], tracks: Sequence[Line] = (), *, is_to_fit: bool = False
) -> bytes:
    """Give photos and tracks for the page; `is_to_fit` brings them into view."""
    spots = [
        asdict(photo)
        | {"caption_vi": short_text(photo.caption_vi), "caption_en": short_text(photo.caption_en)}
        for photo in photos
    ]
    return _bytes({"photos": spots, "tracks": [list(line) for line in tracks], "fit": is_to_fit})


def routes_document(routes: Sequence[RouteLine]) -> bytes:
    """Give the routes for the page."""
    return _bytes({"routes": [asdict(route) for route in routes]})


def _bytes(content: dict[str, object]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()

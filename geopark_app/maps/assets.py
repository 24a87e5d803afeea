"""Addresses of the map page's files inside the program, and the files behind them."""

import re
from pathlib import Path

from geopark_app.paths import bundled

SCHEME = "geopark"
ORIGIN = f"{SCHEME}://app/"
ASSETS = f"{ORIGIN}assets/"
OWN = f"{ORIGIN}own/"
PAGE_URL = f"{ORIGIN}map.html"
LAYERS_URL = f"{ORIGIN}data/layers.json"
LAYER_SHAPES = f"{ORIGIN}data/layers/"
"""With the SHA-256 of a layer: its shapes, ready to draw."""
TILES = f"{ORIGIN}tiles/"
"""With the SHA-256 of a base map, zoom, column and row: one tile."""
DAMAGED_TILE_URL = f"{TILES}damaged.svg"
SITES_URL = f"{ORIGIN}data/sites.json"
PHOTOS_URL = f"{ORIGIN}data/photos.json"
ROUTES_URL = f"{ORIGIN}data/routes.json"
CHANNEL_SCRIPT_URL = f"{ASSETS}qwebchannel.js"
"""Comes out of Qt itself, so there is no file for it."""

_OWN_FOLDER = Path(__file__).parent / "web"
_SAFE_NAME = re.compile(r"[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*")


def file_of(url: str) -> Path | None:
    """Give the bundled file behind a page address; None where it is not one of ours.

    Only plain names below the two folders count: no dots that climb, no escapes, no links out.
    """
    for prefix, folder in ((ASSETS, bundled("resources", "web", "dist")), (OWN, _OWN_FOLDER)):
        name = url.removeprefix(prefix)
        if name != url and _SAFE_NAME.fullmatch(name):
            path = folder.joinpath(*name.split("/")).resolve()
            is_inside = path.is_relative_to(folder.resolve())
            return path if is_inside and path.is_file() else None
    return None


def web_files_are_complete() -> bool:
    """Say whether setup has fetched the JavaScript the page cannot do without."""
    needed = (
        "leaflet/leaflet.js",
        "markercluster/leaflet.markercluster.js",
        "geoman/leaflet-geoman.min.js",
    )
    return all(file_of(ASSETS + name) is not None for name in needed)

"""The office's base maps as the map page draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geopark_app.geo.tile_grid import Box
from geopark_app.maps.assets import DAMAGED_TILE_URL, TILES


@dataclass(frozen=True, slots=True, kw_only=True)
class MapBasemap:
    """One base map whose file is here.

    Attributes
    ----------
    uuid, name_vi, name_en, source, tile_format, sha256 : str
        Of its definition.
    min_zoom, max_zoom : int
        Of its tiles.
    bounds : Box
        West, south, east, north.
    opacity : float
        0 to 1.
    is_visible, is_vector : bool
        Whether it is shown; whether our style draws it.
    layers : tuple of str
        Of vector tiles.
    path : Path
        Its file.
    """

    uuid: str
    name_vi: str
    name_en: str
    source: str
    tile_format: str
    sha256: str
    min_zoom: int
    max_zoom: int
    bounds: Box
    opacity: float
    is_visible: bool
    is_vector: bool
    layers: tuple[str, ...]
    path: Path


def basemaps_document(basemaps: Sequence[MapBasemap], look: str) -> dict[str, object]:
    """Give the base maps for the page, the top one first; `look` is "light" or "contrast"."""
    return {
        "look": look,
        "damaged_tile": DAMAGED_TILE_URL,
        "basemaps": [
            {
                "id": one.uuid,
                "name_vi": one.name_vi,
                "name_en": one.name_en,
                "source": one.source,
                "format": one.tile_format,
                "vector": one.is_vector,
                "layers": list(one.layers),
                "min_zoom": one.min_zoom,
                "max_zoom": one.max_zoom,
                "bounds": list(one.bounds),
                "opacity": one.opacity,
                "visible": one.is_visible,
                "sha256": one.sha256,
                "url": f"{TILES}{one.sha256}/",
            }
            for one in basemaps
        ],
    }

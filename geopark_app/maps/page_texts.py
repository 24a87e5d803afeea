"""The words of the map page in both languages, and the settings its script reads."""

from collections.abc import Callable

from geopark_app.geo.geojson import Feature
from geopark_app.i18n import translator
from geopark_app.maps.basemap import Basemap
from geopark_app.maps.classes import RISK_STEPS, classes_config
from geopark_app.maps.symbols import known_kinds, symbol_of
from geopark_app.maps.view_texts import view_texts

LAYER_SITES = "sites"
LAYER_TOWNS = "towns"
LAYER_OUTLINE = "outline"
LAYER_GRID = "grid"
MAX_ZOOM = 17


def page_config(
    basemap: Basemap, language: str, data_url: str, layer_names: dict[str, str]
) -> dict[str, object]:
    """Give what the page's script needs besides the sites; safe to write as JSON.

    `layer_names` gives for each of the four layers the name folium uses in its layer control.
    """
    west, south, east, north = basemap.bounds([])
    return {
        "language": language,
        "texts": {code: _texts(translator(code)) for code in ("vi", "en")},
        "symbols": {
            kind: {"colour": symbol_of(kind).colour, "icon": symbol_of(kind).icon}
            for kind in known_kinds()
        },
        "classes": classes_config(),
        "risk_steps": RISK_STEPS,
        "towns": [_place(town) for town in basemap.towns],
        "areas": [_place(area) for area in basemap.neighbours],
        "bounds": [[south, west], [north, east]],
        "min_zoom": 7,
        "has_area": basemap.body is not None,
        "is_sketch": basemap.is_sketch,
        "credits": basemap.credits,
        "data_url": data_url,
        "layer_keys": {name: f"layer_{layer}" for layer, name in layer_names.items()},
    }


def _texts(translate: Callable[[str], str]) -> dict[str, str]:
    _ = translate
    return {
        "title": _("Map of the sites"),
        "legend": _("Legend"),
        "readiness": _("Readiness"),
        "no_visit": _("no visit yet"),
        "readiness_high": _("75 % and more"),
        "readiness_middle": _("40 to 75 %"),
        "readiness_low": _("below 40 %"),
        "readiness_none": _("no visit yet"),
        "commune": _("Commune"),
        "at_commune": _("Shown at its commune: its own place is not known yet."),
        "at_commune_legend": _("Hollow: place known by commune only"),
        "approximate": _("Approximate position"),
        "red": _("Something stands in the way of an evaluation"),
        "border": _("Border commune"),
        "damaged_tile": _("damaged tile"),
        "draw_box": _("Drag a box on the map. Esc ends without one."),
        "unplaced": _("Position unknown, not drawn"),
        "sketch": _("sketch, not an official boundary"),
        "sketch_outline": _("outline of the province: sketch"),
        f"layer_{LAYER_SITES}": _("Sites"),
        f"layer_{LAYER_TOWNS}": _("Towns"),
        f"layer_{LAYER_OUTLINE}": _("Outline of the province"),
        f"layer_{LAYER_GRID}": _("Graticule"),
    } | view_texts(translate)


def _place(place: Feature) -> dict[str, object]:
    point = place.geometry.representative_point()
    return {
        "lon": point.x,
        "lat": point.y,
        "name_vi": place.name_vi,
        "name_en": place.name_en,
        "rank": place.rank,
    }

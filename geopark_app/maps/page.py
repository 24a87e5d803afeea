"""The map page by folium, without one address on the network: for the window and as one file."""

import json
from collections.abc import Sequence
from functools import partial

import folium
from branca.element import Element, Figure, MacroElement
from folium.elements import JSCSSMixin
from folium.plugins import MarkerCluster
from folium.template import Template
from shapely.geometry import mapping

from geopark_app.maps.assets import ASSETS, CHANNEL_SCRIPT_URL, OWN, SCHEME, SITES_URL
from geopark_app.maps.basemap import Basemap, basemap_for
from geopark_app.maps.drawing import VN2000_LANG_SON
from geopark_app.maps.ground import OUTLINE
from geopark_app.maps.page_security import inline_files, inline_window_files, with_content_policy
from geopark_app.maps.page_texts import (
    LAYER_GRID,
    LAYER_OUTLINE,
    LAYER_SITES,
    LAYER_TOWNS,
    MAX_ZOOM,
    page_config,
)

_LAYER_NAMES = {
    layer: layer.upper() for layer in (LAYER_SITES, LAYER_TOWNS, LAYER_OUTLINE, LAYER_GRID)
}
_VIEW_SCRIPTS = (
    "colours", "pins", "canvas_layer", "heat", "names", "legend", "routes", "photo_spots",
    "pointer",
)  # fmt: skip
_PANES = {"ground": 300, "grid": 420, "towns": 430}


class OfflineMap(folium.Map):
    """folium's map with the bundled Leaflet."""

    default_js = [("leaflet", f"{ASSETS}leaflet/leaflet.js")]  # noqa: RUF012 - folium's own shape
    default_css = [  # noqa: RUF012
        ("leaflet_css", f"{ASSETS}leaflet/leaflet.css"),
        ("fontawesome_css", f"{ASSETS}fontawesome/css/all.min.css"),
    ]


class OfflineMarkerCluster(MarkerCluster):
    """folium's marker cluster with the bundled plugin."""

    default_js = [  # noqa: RUF012
        ("markercluster", f"{ASSETS}markercluster/leaflet.markercluster.js")
    ]
    default_css = [  # noqa: RUF012
        ("markercluster_css", f"{ASSETS}markercluster/MarkerCluster.css")
    ]


class OfflineSiteScript(JSCSSMixin, MacroElement):
    """Our own script, its styles and its start; added last, when all layers are known."""

    default_js = [  # noqa: RUF012
        ("ground", f"{OWN}ground.js"),
        ("overlays", f"{OWN}overlays.js"),
        *((name, f"{OWN}{name}.js") for name in _VIEW_SCRIPTS),
        ("site_map", f"{OWN}site_map.js"),
    ]
    default_css = [  # noqa: RUF012
        ("site_map_css", f"{OWN}site_map.css"),
        ("view_css", f"{OWN}view.css"),
    ]
    _template = Template(
        """
        {% macro script(this, kwargs) %}
        GeoparkMap.start({
            map: {{ this._parent.get_name() }},
            cluster: {{ this.cluster_name }},
            towns: {{ this.towns_name }},
            grid: {{ this.grid_name }},
            control: {{ this.control_name }},
            config: {{ this.config }}
        });
        {% endmacro %}
        """
    )

    def __init__(
        self,
        *,
        cluster: MarkerCluster,
        towns: folium.FeatureGroup,
        grid: folium.FeatureGroup,
        control: folium.LayerControl,
        config: dict[str, object],
    ) -> None:
        """Remember the JavaScript names of the parts and the settings as JSON."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "SiteScript"
        self.cluster_name = cluster.get_name()
        self.towns_name = towns.get_name()
        self.grid_name = grid.get_name()
        self.control_name = control.get_name()
        self.config = script_json(config)


class OfflineWindowParts(JSCSSMixin, MacroElement):
    """What only the page in the window has: the channel, the base maps and the fonts."""

    default_js = [  # noqa: RUF012
        ("qwebchannel", CHANNEL_SCRIPT_URL),
        ("geoman", f"{ASSETS}geoman/leaflet-geoman.min.js"),
        ("shapes", f"{OWN}shapes.js"),
        ("drawing", f"{OWN}drawing.js"),
        ("protomaps", f"{ASSETS}protomaps/protomaps-leaflet.js"),
        ("basemap_style", f"{OWN}basemap_style.js"),
        ("basemaps", f"{OWN}basemaps.js"),
    ]
    default_css = [  # noqa: RUF012
        ("fonts_css", f"{OWN}fonts.css"),
        ("geoman_css", f"{ASSETS}geoman/leaflet-geoman.css"),
        ("drawing_css", f"{OWN}drawing.css"),
    ]
    _template = Template("")


class OfflinePanelParts(JSCSSMixin, MacroElement):
    """What only the map in one file has: search, panel, photos."""

    default_js = [  # noqa: RUF012
        ("shapes", f"{OWN}shapes.js"),
        ("pictures", f"{OWN}pictures.js"),
        ("offline", f"{OWN}offline.js"),
    ]
    default_css = [("offline_css", f"{OWN}offline.css")]  # noqa: RUF012
    _template = Template("")


def window_page(language: str, basemap: Basemap) -> str:
    """Give the page the window loads; the sites are fetched from `geopark://app/data/sites.json`.

    `language` is "vi" or "en"; the program can change it later without loading the page again.
    """
    html = inline_window_files(linked_window_page(language, basemap))
    return with_content_policy(html, source=f"{SCHEME}:")


def linked_window_page(language: str, basemap: Basemap) -> str:
    """Give the window's page with links to its files, which `window_page` writes into it."""
    site_map = _site_map(basemap, language)
    parts = OfflineWindowParts()  # type: ignore[no-untyped-call]
    site_map.add_child(parts, index=0)
    return _figure(site_map).render()


def offline_shell(
    sites: str,
    data: str,
    language: str,
    points: Sequence[tuple[float, float]],
    basemap: Basemap | None = None,
) -> str:
    """Give the page of `offline_page` without its photos; `sites` and `data` are JSON for it.

    Everything is inside, no request leaves it. Raises `GeoparkError(MISSING_PART)` where setup has
    not fetched the JavaScript.
    """
    ground = basemap_for(points, VN2000_LANG_SON) if basemap is None else basemap
    site_map = _site_map(ground, language)
    site_map.add_child(OfflinePanelParts(), index=0)  # type: ignore[no-untyped-call]
    root = _figure(site_map)
    for name, content in (("sites", sites), ("offline", data)):
        root.html.add_child(
            Element(f'<script type="application/json" id="{name}">{content}</script>')
        )
    return with_content_policy(inline_files(root.render()), source="")


def script_json(value: object) -> str:
    """Write JSON that can stand inside a script element whatever the texts contain."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _site_map(basemap: Basemap, language: str) -> OfflineMap:
    west, south, east, north = basemap.bounds([])
    middle = ((south + north) / 2, (west + east) / 2)
    site_map = OfflineMap(
        location=middle, zoom_start=9, zoom_snap=0.5, control_scale=False, tiles=None
    )
    # folium drops its max_zoom argument without tiles, and marker clusters stop without it.
    site_map.options["max_zoom"] = MAX_ZOOM
    for name, level in _PANES.items():
        site_map.add_child(folium.map.CustomPane(name, z_index=level, pointer_events=False))
    _add_ground(site_map, basemap)
    towns = folium.FeatureGroup(name=_LAYER_NAMES[LAYER_TOWNS])
    grid = folium.FeatureGroup(name=_LAYER_NAMES[LAYER_GRID])
    cluster = OfflineMarkerCluster(  # type: ignore[no-untyped-call]
        name=_LAYER_NAMES[LAYER_SITES],
        icon_create_function="GeoparkMap.clusterIcon",
        animate=False,
        max_cluster_radius=36,
        show_coverage_on_hover=False,
        spiderfy_distance_multiplier=1.9,
        spiderfy_on_max_zoom=False,
        zoom_to_bounds_on_click=False,
    )
    control = folium.LayerControl(position="topright")
    config = page_config(basemap, language, SITES_URL, _LAYER_NAMES)
    start = OfflineSiteScript(
        cluster=cluster, towns=towns, grid=grid, control=control, config=config
    )
    # A layer added after the control stops the page's script, so the order matters.
    for part in (grid, towns, cluster, control, start):
        site_map.add_child(part)
    return site_map


def _figure(site_map: OfflineMap) -> Figure:
    root = site_map.get_root()
    if not isinstance(root, Figure):
        raise TypeError(root)
    return root


def _add_ground(site_map: OfflineMap, basemap: Basemap) -> None:
    for features, weight in ((basemap.neighbours, 1.0), (basemap.countries, 1.8)):
        edges = [mapping(edge) for edge in map(basemap.own_edge, features) if not edge.is_empty]
        if edges:
            folium.GeoJson(
                _collection(edges),
                style_function=partial(_edge_style, weight),
                control=False,
                interactive=False,
                pane="ground",
            ).add_to(site_map)
    if basemap.body is not None:
        folium.GeoJson(
            _collection([mapping(basemap.body)]),
            name=_LAYER_NAMES[LAYER_OUTLINE],
            style_function=lambda _feature: {
                "color": OUTLINE,
                "weight": 2,
                "dashArray": "10 4 2 4" if basemap.is_sketch else None,
                "fillColor": "#fdf8ea",
                "fillOpacity": 1,
            },
            interactive=False,
            pane="ground",
        ).add_to(site_map)


def _edge_style(weight: float, _feature: object) -> dict[str, object]:
    return {"color": "#aab1b6", "weight": weight, "dashArray": None}


def _collection(geometries: list[dict[str, object]]) -> dict[str, object]:
    features = [
        {"type": "Feature", "properties": {}, "geometry": geometry} for geometry in geometries
    ]
    return {"type": "FeatureCollection", "features": features}

"""Where points of this catalogue are expected, from its profile and the bundled outline."""

from functools import lru_cache

from shapely.geometry import box
from shapely.ops import unary_union

from geopark_app.geo.doctor.region import Country, Region
from geopark_app.geo.geojson import Feature, read_features
from geopark_app.operations.catalogues import profile_of
from geopark_app.operations.context import AppContext
from geopark_app.paths import bundled

_OFFICIAL_OF_LANG_SON = 9215


def region_of(context: AppContext) -> Region:
    """Give bounds, systems and outline of the geopark; without a profile anywhere will do."""
    profile = profile_of(context)
    bounds = _bounds(profile.get("bounds"))
    outline = str(profile.get("map_outline") or "")
    return _region(
        bounds,
        _systems(profile.get("crs")),
        outline if bounds else "",
        str(profile.get("province_code") or ""),
        str(profile.get("country_code") or ""),
    )


def display_epsg(context: AppContext) -> int:
    """Give the projected CRS of the office: EPSG:9215 unless the profile says otherwise."""
    return _systems(profile_of(context).get("crs"))[0]


def _bounds(given: object) -> tuple[float, float, float, float] | None:
    if not isinstance(given, dict):
        return None
    return (
        float(given["west"]),
        float(given["south"]),
        float(given["east"]),
        float(given["north"]),
    )


def _systems(crs: object) -> tuple[int, ...]:
    named = crs if isinstance(crs, dict) else {}
    display = _code(named.get("display")) or _OFFICIAL_OF_LANG_SON
    others = named.get("other")
    codes = [_code(name) for name in others] if isinstance(others, list) else []
    return tuple(dict.fromkeys([display, *(code for code in codes if code is not None)]))


def _code(name: object) -> int | None:
    code = str(name or "").rpartition(":")[2]
    return int(code) if code.isdigit() else None


@lru_cache(maxsize=8)
def _region(
    bounds: tuple[float, float, float, float] | None,
    systems: tuple[int, ...],
    outline: str,
    province: str,
    country: str,
) -> Region:
    features = _features(outline)
    area = [item.geometry for item in features if item.kind == "province" and item.id == province]
    fits = bool(area) and bounds is not None and unary_union(area).intersects(box(*bounds))
    return Region(
        bounds=bounds,
        systems=systems,
        outline=unary_union(area) if fits else None,
        abroad=tuple(
            Country(name_vi=item.name_vi, name_en=item.name_en, ground=item.geometry)
            for item in features
            if fits and item.kind == "country" and item.id != country
        ),
    )


def _features(outline: str) -> tuple[Feature, ...]:
    path = bundled("resources", *outline.split("/")) if outline else None
    return read_features(path) if path is not None and path.is_file() else ()

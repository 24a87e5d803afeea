"""Reading of GeoJSON features: the bundled outline and towns, WGS 84 lon, lat."""

import json
from dataclasses import dataclass
from pathlib import Path

from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geopark_app.domain.errors import ErrorCode, GeoparkError


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One shape with its names.

    Attributes
    ----------
    kind : str
        What it is, such as `province` or `town`.
    id : str
        Code of the unit, such as `20` or `VN`; empty where there is none.
    name_vi, name_en : str
        Names; empty where there is none.
    rank : int
        Of towns: 1 city, 2 seat of a former district, 3 other; 0 where it says nothing.
    geometry : BaseGeometry
        Shape in WGS 84 degrees, lon, lat.
    """

    kind: str
    id: str = ""
    name_vi: str
    name_en: str
    rank: int
    geometry: BaseGeometry

    def name(self, language: str) -> str:
        """Give the name in "vi" or "en", the other one where it is missing."""
        first, second = (
            (self.name_en, self.name_vi) if language == "en" else (self.name_vi, self.name_en)
        )
        return first or second


def read_features(path: Path) -> tuple[Feature, ...]:
    """Read the features of a GeoJSON file.

    Raises
    ------
    GeoparkError
        `MISSING_PART` where the file is missing, `UNSUPPORTED_FORMAT` where it is not GeoJSON.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return tuple(_feature(raw) for raw in document["features"])
    except FileNotFoundError as missing:
        raise GeoparkError(ErrorCode.MISSING_PART, path=path) from missing
    except (ValueError, KeyError, TypeError, AttributeError, ShapelyError) as broken:
        raise GeoparkError(ErrorCode.UNSUPPORTED_FORMAT, path=path) from broken


def _feature(raw: dict[str, object]) -> Feature:
    properties = raw["properties"]
    if not isinstance(properties, dict):
        raise TypeError
    rank = properties.get("rank")
    return Feature(
        kind=str(properties.get("kind") or ""),
        id=str(properties.get("id") or ""),
        name_vi=str(properties.get("name_vi") or ""),
        name_en=str(properties.get("name_en") or ""),
        rank=rank if isinstance(rank, int) else 0,
        geometry=shape(raw["geometry"]),  # type: ignore[arg-type]
    )

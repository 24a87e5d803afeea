"""Small map layers for tests: communes as squares, a boundary, a track."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from geopark_app.domain.kinds import Commune
from geopark_app.operations.context import AppContext
from geopark_app.store.new_keys import new_uuid

WEST, SOUTH, SIDE = 106.5, 21.5, 0.1
NAMES = ("Đồng Đăng", "Hữu Liên", "Na Dương", "Tân Thành")
CODES = ("06040", "06400", "06526", "06415")


def square(west: float, south: float, side: float = SIDE) -> dict[str, Any]:
    """Give a square as GeoJSON geometry."""
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(geometry: dict[str, Any] | None, **properties: Any) -> dict[str, Any]:
    """Give a GeoJSON feature."""
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def write_layer(path: Path, features: Sequence[dict[str, Any]], **more: Any) -> Path:
    """Write a GeoJSON file."""
    document = {"type": "FeatureCollection", "features": list(features), **more}
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def four_communes(*, kind: str = "commune") -> list[dict[str, Any]]:
    """Give four squares side by side with codes and names, and a district that is no commune."""
    squares = [
        feature(square(WEST + at * SIDE, SOUTH), kind=kind, code=code, name=f"Xã {name}")
        for at, (code, name) in enumerate(zip(CODES, NAMES, strict=True))
    ]
    return [*squares, feature(square(WEST, SOUTH, 0.4), kind="district", name="Huyện Cao Lộc")]


def put_communes(context: AppContext) -> None:
    """Give a catalogue the four communes as records."""
    with context.work("communes") as work:
        for code, name in zip(CODES, NAMES, strict=True):
            work.put(
                Commune(
                    uuid=new_uuid(), code=code, name_vi=name, border_commune=name == "Đồng Đăng"
                )
            )


def middle(at: int) -> tuple[float, float]:
    """Give lon, lat of the middle of a square."""
    return WEST + (at + 0.5) * SIDE, SOUTH + SIDE / 2


TRACK = """<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1">
 <wpt lat="21.5" lon="106.5"><name>Quán nước</name></wpt>
 <trk><name>Buổi sáng</name><trkseg>
  <trkpt lat="21.550" lon="106.510"><ele>300</ele><time>2026-11-20T01:00:00Z</time></trkpt>
  <trkpt lat="21.551" lon="106.520"><ele>310</ele><time>2026-11-20T01:05:00Z</time></trkpt>
  <trkpt lat="21.552" lon="106.530"><ele>320</ele><time>2026-11-20T01:10:00Z</time></trkpt>
 </trkseg><trkseg>
  <trkpt lat="21.560" lon="106.540"><time>2026-11-20T02:00:00Z</time></trkpt>
  <trkpt lat="21.561" lon="106.550"><time>2026-11-20T02:05:00Z</time></trkpt>
 </trkseg></trk>
</gpx>
"""

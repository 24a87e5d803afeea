"""What may leave this machine, and to whom: the audience rule and the exclusion areas in one.

Every way out asks here: maps, exports, dossier, photos. What stays here (the window's own map,
the exchange between the team's laptops, backups) does not (decision 0022).
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geopark_app.domain.declaration import Audience, FieldType, Record, kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import MapLayer, Site, SiteExtent
from geopark_app.domain.position import Position
from geopark_app.geo.shape_index import NamedShape
from geopark_app.operations.context import AppContext
from geopark_app.operations.map_layers import EXCLUSION, TRACK, layer_index, map_layers
from geopark_app.rules.audience import for_audience, hides_position

RecordT = TypeVar("RecordT", bound=Record)
_PLACES = frozenset({FieldType.POSITION, FieldType.GEOMETRY})


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusionAreas:
    """Areas the office has drawn or imported; no point in them leaves.

    Attributes
    ----------
    body : BaseGeometry or None
        All areas together in WGS 84 degrees; None without any.
    site_uuids : frozenset of str
        Keys of the sites that lie in them.
    """

    body: BaseGeometry | None
    site_uuids: frozenset[str]

    def holds(self, position: Position | None) -> bool:
        """Say whether a point lies in them, or on their edge."""
        if self.body is None or position is None or position.lon is None or position.lat is None:
            return False
        return bool(shapely.intersects_xy(self.body, position.lon, position.lat))

    def touches(self, geometry: BaseGeometry) -> bool:
        """Say whether any part of a shape lies in them."""
        return self.body is not None and bool(self.body.intersects(geometry))

    def holds_record(self, record: Record) -> bool:
        """Say whether a record lies in them by its own place or by that of its site."""
        if self.body is None:
            return False
        if record.uuid in self.site_uuids or getattr(record, "site_uuid", "") in self.site_uuids:
            return True
        return any(
            self._holds_value(getattr(record, spec.name))
            for spec in kind_of(record).fields
            if spec.type in _PLACES
        )

    def _holds_value(self, value: object) -> bool:
        if isinstance(value, Position):
            return self.holds(value)
        if not isinstance(value, str) or not value:
            return False
        drawn = _shape_of(value)
        # What cannot be read may lie anywhere: it stays.
        return drawn is None or self.touches(drawn)


class Release:
    """What an audience may have of each record.

    Attributes
    ----------
    audience : Audience
        Who will have it.
    areas : ExclusionAreas
        Empty for what stays on this machine.
    """

    def __init__(
        self, context: AppContext, audience: Audience, *, stays_here: bool = False
    ) -> None:
        """Read the exclusion areas in force.

        Raises
        ------
        GeoparkError
            LAYER_MISSING when an area is defined whose file is not on this laptop: without it
            nobody can say what may leave.
        """
        self.audience = audience
        self.areas = _NOTHING if stays_here else exclusion_areas(context)

    def excludes(self, record: Record) -> bool:
        """Say whether a record lies in an exclusion area."""
        return self.areas.holds_record(record)

    def record(self, record: RecordT, *, disclosure: str | None = None) -> RecordT:
        """Give the record with only the values the audience may see (`rules.audience`)."""
        return for_audience(
            record, self.audience, disclosure=disclosure, is_excluded=self.excludes(record)
        )

    def hides_position(self, record: Record, disclosure: str | None) -> bool:
        """Say whether the place of a record of this level is kept back."""
        return hides_position(self.audience, disclosure, is_excluded=self.excludes(record))

    def layers(self, context: AppContext, layers: Iterable[MapLayer]) -> list[MapLayer]:
        """Give the map layers that may leave: no exclusion area, no track through one."""
        if self.areas is _NOTHING:
            return list(layers)
        return [layer for layer in layers if self._may_leave(context, layer)]

    def shapes(self, shapes: Sequence[NamedShape]) -> list[NamedShape]:
        """Give the shapes of a layer without the points that lie in an exclusion area."""
        return [
            one
            for one in shapes
            if one.geometry.geom_type not in {"Point", "MultiPoint"}
            or not self.areas.touches(one.geometry)
        ]

    def _may_leave(self, context: AppContext, layer: MapLayer) -> bool:
        if layer.layer_kind == EXCLUSION:
            return False
        if layer.layer_kind != TRACK or self.areas.body is None:
            return True
        try:
            tracks = layer_index(context, layer).shapes
        except GeoparkError:
            return False
        return not any(self.areas.touches(one.geometry) for one in tracks)


def exclusion_areas(context: AppContext) -> ExclusionAreas:
    """Give the areas from layers of this kind and from extents drawn with this purpose.

    Raises
    ------
    GeoparkError
        LAYER_MISSING when the file of such a layer is not on this laptop.
    """
    parts: list[BaseGeometry] = []
    for layer in map_layers(context, EXCLUSION):
        if not layer.sha256:
            raise GeoparkError(ErrorCode.LAYER_MISSING, name=layer.name_vi or layer.uuid)
        parts += [one.geometry for one in layer_index(context, layer).shapes]
    for extent in context.catalogue.records(SiteExtent, where={"purpose": EXCLUSION}):
        drawn = _shape_of(extent.geojson or "")
        if drawn is not None:
            parts.append(drawn)
    if not parts:
        return _NOTHING_DRAWN
    body = shapely.union_all([shapely.make_valid(part) for part in parts])
    areas = ExclusionAreas(body=body, site_uuids=frozenset())
    inside = frozenset(
        site.uuid for site in context.catalogue.records(Site) if areas.holds(site.position)
    )
    return ExclusionAreas(body=body, site_uuids=inside)


def _shape_of(geojson: str) -> BaseGeometry | None:
    try:
        return shape(json.loads(geojson))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ShapelyError):
        return None


_NOTHING = ExclusionAreas(body=None, site_uuids=frozenset())
_NOTHING_DRAWN = ExclusionAreas(body=None, site_uuids=frozenset())

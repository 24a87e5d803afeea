"""The panel of a sheet: title block, scale, north arrow, legend with counts, position inset."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from geopark_app.maps.font_metrics import text_width
from geopark_app.maps.furniture import draw_north_arrow, draw_scale_bar, wrap
from geopark_app.maps.paper.content import (
    NumberedSite,
    PaperLayer,
    PaperMap,
    PaperRoute,
    drawn_sites,
    name_of,
)
from geopark_app.maps.paper.grids import DEGREE_INK, grid_step_km
from geopark_app.maps.paper.inset import draw_inset, inset_size
from geopark_app.maps.paper.layers import PageShape, unit_words
from geopark_app.maps.paper.legend_signs import (
    cross_sample,
    hollow_sample,
    layer_sample,
    line_sample,
    mark_sample,
    other_sample,
    outline_sample,
    pin_sample,
    place_sample,
    question_sample,
    route_sample,
)
from geopark_app.maps.paper.rows import Row
from geopark_app.maps.paper.visible import has_boundary_inside
from geopark_app.maps.projection import MapProjection, Rect
from geopark_app.maps.signs import draw_town, is_approximate
from geopark_app.maps.svg import SvgCanvas
from geopark_app.maps.wording import MapLanguage, decimal_as_short, speaker

Sample = Callable[[float, float], None]
INK, MUTED = "#1d2730", "#4f5962"
_MOST_UNITS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What the rows of a panel are made of.

    Attributes
    ----------
    canvas : SvgCanvas
        What is drawn on.
    paper : PaperMap
        The map.
    projection : MapProjection
        How the frame lies on the ground.
    shapes : tuple of PageShape
        What of the layers is drawn.
    shown : tuple of NumberedSite
        The sites drawn inside the frame.
    column_mm : float
        Width of a column, to break lines.
    """

    canvas: SvgCanvas
    paper: PaperMap
    projection: MapProjection
    shapes: tuple[PageShape, ...]
    shown: tuple[NumberedSite, ...]
    column_mm: float

    @property
    def size(self) -> float:
        """Size of the letters of the legend."""
        return self.paper.text_mm * 1.02

    def rows(self) -> list[Row]:
        """Give title, scale and legend in their order."""
        return [*self._title(), *self._scale(), *self._legend()]

    def _say(self, words: str) -> str:
        return speaker(self.paper.language)(words)

    def _title(self) -> list[Row]:
        words, size = self.paper.words, self.paper.text_mm
        rows = self._lines(words.park, size * 1.15, fill=MUTED, bold=True)
        rows += self._lines(words.title, size * 1.85, bold=True)
        if words.subtitle:
            rows += self._lines(words.subtitle, size * 1.2, fill=MUTED, italic=True)
        return [*rows, _space(size * 1.2)]

    def _scale(self) -> list[Row]:
        _, size, language = self._say, self.size, self.paper.language
        scale = _("Scale")
        number = f"{round(self.projection.denominator):,}"
        if language is not MapLanguage.ENGLISH:
            number = number.replace(",", ".")
        height = size * 6.4

        def draw(x: float, y: float, width: float) -> None:
            arrow = size * 5.2
            words = f"{scale} 1:{number}"
            self.canvas.text(x, y + size * 1.25, words, size=size * 1.3, bold=True)
            room = Rect(x=x, y=y + size * 2.2, width=width - arrow - size * 4, height=size)
            draw_scale_bar(self.canvas, self.projection, room, size=size * 0.9, language=language)
            letter = "N" if language is MapLanguage.ENGLISH else "B"
            draw_north_arrow(self.canvas, x + width - arrow * 0.3, y, arrow, letter)

        return [Row(height=height, draw=draw), _space(size * 0.6)]

    def _legend(self) -> list[Row]:
        _ = self._say
        rows = [self._heading(_("Legend"))]
        rows += [self._sign(words, draw) for words, draw in self._site_signs()]
        rows += [self._route(route) for route in self.paper.routes if route.lines]
        rows += [self._sign(words, draw) for words, draw in self._place_signs()]
        rows += [self._sign(words, draw) for words, draw in self._ground_signs()]
        return [*rows, _space(self.size)]

    def _site_signs(self) -> list[tuple[str, Sample]]:
        _, canvas, size = self._say, self.canvas, self.size * 0.62
        kinds: dict[str, list[NumberedSite]] = {}
        for one in self.shown:
            kinds.setdefault(one.site.kind, []).append(one)
        found: list[tuple[str, Sample]] = [
            (f"{members[0].site.kind_label} ({len(members)})",
             partial(pin_sample, canvas, size, kind))
            for kind, members in sorted(kinds.items(), key=lambda one: (-len(one[1]), one[0]))
        ]  # fmt: skip
        approximate = sum(is_approximate(one.site) for one in self.shown)
        if approximate:
            words = _("Approximate position: hollow, broken line") + f" ({approximate})"
            found.append((words, partial(hollow_sample, canvas, size)))
        at_commune = [one for one in self.shown if one.site.is_at_commune]
        if at_commune:
            words = _("Known by commune only: ring at the commune") + f" ({len(at_commune)})"
            found.append((words, partial(mark_sample, canvas, size, at_commune[0])))
        missing = len(self.paper.sites) - len(drawn_sites(self.paper.sites))
        if missing:
            words = _("Position unknown or not disclosed, not drawn") + f" ({missing})"
            found.append((words, partial(question_sample, canvas, size)))
        if self.paper.others:
            found.append((_("Other sites"), partial(other_sample, canvas, size)))
        return found

    def _place_signs(self) -> list[tuple[str, Sample]]:
        counts = Counter((one.kind, one.kind_words) for one in self.paper.places)
        return [
            (f"{words} ({count})", partial(place_sample, self.canvas, self.size * 0.6, kind))
            for (kind, words), count in sorted(counts.items())
        ]

    def _ground_signs(self) -> list[tuple[str, Sample]]:
        _, canvas, size = self._say, self.canvas, self.size
        paper = self.paper
        found: list[tuple[str, Sample]] = []
        if paper.basemap.towns:
            found.append((_("Town"), partial(draw_town, canvas, is_city=False)))
        if has_boundary_inside(paper, self.projection):
            words = _("Outline of the province (sketch)")
            if not paper.basemap.is_sketch:
                words = paper.words.boundary or _("Boundary")
            found.append((words, partial(outline_sample, canvas, size, paper.basemap)))
        seen: set[int] = set()
        for one in reversed(self.shapes):
            if id(one.layer) not in seen:
                seen.add(id(one.layer))
                found += self._layer_signs(one.layer)
        step = decimal_as_short(grid_step_km(self.projection), paper.language)
        found.append((_("WGS 84 graticule (degrees)"), partial(line_sample, canvas, size,
                                                             DEGREE_INK)))  # fmt: skip
        words = _("Kilometre grid EPSG:{epsg}, every {km} km").format(epsg=paper.epsg, km=step)
        found.append((words, partial(cross_sample, canvas)))
        return found

    def _layer_signs(self, layer: PaperLayer) -> list[tuple[str, Sample]]:
        language, canvas, size = self.paper.names, self.canvas, self.size
        mine = [one for one in self.shapes if one.layer is layer]
        if layer.kind != "geology":
            return [(name_of(layer, language), partial(layer_sample, canvas, size, mine[0], ""))]
        units: dict[str, str] = {}
        for one in mine:
            units.setdefault(unit_words(one.shape, language), one.fill(language))
        listed = sorted(units.items())
        found: list[tuple[str, Sample]] = [
            (words, partial(layer_sample, canvas, size, mine[0], colour))
            for words, colour in listed[:_MOST_UNITS]
        ]
        if len(listed) > _MOST_UNITS:
            _ = self._say
            more = _("and {count} more units").format(count=len(listed) - _MOST_UNITS)
            found.append((more, partial(layer_sample, canvas, size, mine[0], "")))
        return found

    def _route(self, route: PaperRoute) -> Row:
        _ = self._say
        name = name_of(route, self.paper.names)
        parts = [(_("Route") + f" {route.shield}").strip(), name]
        words = ": ".join(part for part in parts if part)
        if route.is_schematic:
            order = _("order of the stops, not the road")
            words = f"{words} ({order})"
        elif route.stop_count:
            stops = _("stops")
            words = f"{words} ({stops}: {route.stop_count})"
        return self._sign(words, partial(route_sample, self.canvas, self.size, route))

    def _heading(self, words: str) -> Row:
        size = self.size * 1.15

        def draw(x: float, y: float, _width: float) -> None:
            self.canvas.text(x, y + size * 1.05, words, size=size, bold=True)

        return Row(height=size * 1.75, draw=draw, stays_with_next=True)

    def _sign(self, words: str, sample: Sample) -> Row:
        size, sign = self.size, self.size * 2.7
        lines = wrap(words, self.column_mm - sign - 0.5, size)

        def draw(x: float, y: float, _width: float) -> None:
            sample(x + size * 1.05, y + size * 0.78)
            for number, line in enumerate(lines):
                self.canvas.text(x + sign, y + size * (1.12 + number * 1.25), line, size=size)

        return Row(height=size * (1.72 + (len(lines) - 1) * 1.25), draw=draw)

    def _lines(
        self, words: str, size: float, *, fill: str = INK, bold: bool = False, italic: bool = False
    ) -> list[Row]:
        def draw(line: str, x: float, y: float, _width: float) -> None:
            self.canvas.text(x, y + size, line, size=size, fill=fill, bold=bold, italic=italic)

        lines = wrap(words, self.column_mm, size, bold=bold)
        return [Row(height=size * 1.28, draw=partial(draw, line)) for line in lines]


def inset_row(
    canvas: SvgCanvas, paper: PaperMap, projection: MapProjection, *, column_mm: float
) -> list[Row]:
    """Give the small map that shows where the frame lies: in the park, or in the country."""
    size = inset_size(paper, projection, column_mm)
    if size is None:
        return []
    _ = speaker(paper.language)
    words = _("Position of the map")
    text = paper.text_mm

    def draw(x: float, y: float, _width: float) -> None:
        canvas.text(x, y + text, words, size=text, bold=True)
        draw_inset(canvas, paper, projection,
                   Rect(x=x, y=y + text * 1.5, width=size[0], height=size[1]))  # fmt: skip

    return [Row(height=size[1] + text * 2.6, draw=draw)]


def footer_lines(
    paper: PaperMap, notices: Sequence[str], words: Sequence[str]
) -> list[tuple[str, bool]]:
    """Break the lines below the map: notices in bold, then sources and systems."""
    size, width = paper.text_mm * 0.92, paper.size_mm[0] - 16.0
    lines = [(line, True) for text in notices for line in wrap(text, width, size, bold=True)]
    return lines + [(line, False) for text in words for line in wrap(text, width, size)]


def one_line(words: str, width: float, size: float) -> str:
    """Cut words that are wider than there is room, and show that they were cut."""
    if text_width(words, size) <= width:
        return words
    while words and text_width(words + "…", size) > width:
        words = words[:-1]
    return words.rstrip() + "…"


def _space(height: float) -> Row:
    return Row(height=height, draw=lambda _x, _y, _width: None)

"""Maps as SVG in millimetres: the overview figure and the ground of the locator maps."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geopark_app.domain.position import PositionQuality
from geopark_app.geo.coordinate_error import CoordinateError
from geopark_app.geo.crs import crs_name
from geopark_app.maps.basemap import Basemap, basemap_for
from geopark_app.maps.furniture import (
    draw_legend,
    draw_north_arrow,
    draw_scale_bar,
    legend_rows,
    wrap,
)
from geopark_app.maps.ground import (
    draw_graticule,
    draw_ground,
    draw_neighbour_names,
    draw_towns,
    graticule,
    is_city,
    towns_in_frame,
    write_graticule,
)
from geopark_app.maps.labels import place_labels
from geopark_app.maps.layers import MapSite, site_points
from geopark_app.maps.projection import MapProjection, Rect, fit
from geopark_app.maps.site_marks import Sheet, draw_sites, town_label, write_label
from geopark_app.maps.svg import SvgCanvas
from geopark_app.maps.wording import MapLanguage, sketch_notice, speaker

A4_LANDSCAPE = (297.0, 210.0)
A3_LANDSCAPE = (420.0, 297.0)
VN2000_LANG_SON = 9215

_INK = "#1d2730"
_MUTED = "#4f5962"
_PAPER = "#ffffff"
_EDGE = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewMap:
    """A finished overview figure.

    Attributes
    ----------
    svg : str
        The drawing.
    width_mm, height_mm : float
        Its size on paper.
    without_label : tuple of str
        Codes of sites and names of communes for whose label there was no room.
    far_outside : tuple of str
        Codes of sites so far from the area that their coordinates must be wrong; they are counted
        with those of unknown position.
    """

    svg: str
    width_mm: float
    height_mm: float
    without_label: tuple[str, ...]
    far_outside: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatorMap:
    """The ground of all locator maps of a document, drawn once; markers are placed over it.

    Attributes
    ----------
    svg : str
        The drawing, without any site.
    width_mm, height_mm : float
        Its size on paper.
    projection : MapProjection
        How the frame lies on the ground.
    """

    svg: str
    width_mm: float
    height_mm: float
    projection: MapProjection

    def marker_position_mm(self, lon: float, lat: float) -> tuple[float, float] | None:
        """Give x, y from the upper left corner; None for a place outside the frame."""
        try:
            x, y = self.projection.position_mm(lon, lat)
        except CoordinateError:
            return None
        return (x, y) if self.projection.frame.contains(x, y) else None


def overview_map(
    sites: Sequence[MapSite],
    *,
    size_mm: tuple[float, float] = A4_LANDSCAPE,
    epsg: int = VN2000_LANG_SON,
    language: MapLanguage = MapLanguage.BOTH,
    title: str = "",
    basemap: Basemap | None = None,
    for_screen: bool = False,
) -> OverviewMap:
    """Draw all sites with labels, graticule, scale bar, north arrow, legend and credits.

    Sites known by commune only share a hollow ring at the commune's point; sites of unknown
    position are counted, never drawn. Without an official boundary it says that it is a sketch.
    `for_screen` draws for QtSvg. Raises `CoordinateError` where `epsg` is unknown.
    """
    ground = basemap_for(site_points(sites), epsg) if basemap is None else basemap
    sites, far_outside = _without_far_ones(sites, ground)
    canvas = SvgCanvas(*size_mm, halo_as_copy=for_screen)
    canvas.rect(0, 0, *size_mm, fill=_PAPER)
    text_mm = min(max((size_mm[0] * size_mm[1]) ** 0.5 / 105, 1.9), 2.9)
    frame, panel = _areas(size_mm, text_mm, bool(title))
    sheet = Sheet(
        canvas=canvas,
        projection=fit(ground.bounds(site_points(sites)), frame, epsg),
        basemap=ground,
        language=language,
        text_mm=text_mm,
        sign_mm=text_mm * 0.58,
    )
    if title:
        canvas.text(frame.x, _EDGE + text_mm * 1.6, title, size=text_mm * 1.9, bold=True)
    # The footer comes first: typst refuses ẹ, ị, ọ, ụ of Noto Sans in a PDF/A drawing until the
    # same letters without a dot were shown in the same style, and the footer has all four.
    _draw_footer(sheet, size_mm)
    left_out = _draw_map(sheet, sites)
    _draw_panel(sheet, sites, panel)
    width_mm, height_mm = size_mm
    return OverviewMap(
        svg=canvas.text_of(),
        width_mm=width_mm,
        height_mm=height_mm,
        without_label=left_out,
        far_outside=far_outside,
    )


def locator_background(
    size_mm: tuple[float, float],
    *,
    epsg: int = VN2000_LANG_SON,
    basemap: Basemap | None = None,
    points: Sequence[tuple[float, float]] = (),
    language: MapLanguage = MapLanguage.VIETNAMESE,
    text_mm: float | None = None,
    for_screen: bool = False,
) -> LocatorMap:
    """Draw outline and towns once, for placing one marker after the other over it.

    `points` (lon, lat) are places that must lie inside, for sites beyond the outline; those more
    than a degree away are left outside.
    """
    ground = basemap_for(points, epsg) if basemap is None else basemap
    points = [point for point in points if ground.is_near(*point)]
    width_mm, height_mm = size_mm
    canvas = SvgCanvas(width_mm, height_mm, halo_as_copy=for_screen)
    text_mm = text_mm or min(max(width_mm / 34, 1.5), 2.4)
    small, step = text_mm * 0.85, text_mm * 1.15
    notes = [line for note in _notes(ground) for line in wrap(note, width_mm - 0.4, small)]
    frame = Rect(x=0.1, y=0.1, width=width_mm - 0.2, height=height_mm - 0.3 - len(notes) * step)
    for index, line in enumerate(notes):
        canvas.text(0.1, frame.bottom + text_mm + index * step, line, size=small, fill=_MUTED)
    projection = fit(ground.bounds(points), frame, epsg, margin=0.03)
    draw_ground(canvas, projection, ground)
    _draw_locator_towns(canvas, projection, ground, text_mm, language)
    canvas.rect(frame.x, frame.y, frame.width, frame.height, stroke="#66717a", line=0.2)
    return LocatorMap(
        svg=canvas.text_of(), width_mm=width_mm, height_mm=height_mm, projection=projection
    )


def _draw_locator_towns(
    canvas: SvgCanvas,
    projection: MapProjection,
    ground: Basemap,
    text_mm: float,
    language: MapLanguage,
) -> None:
    # Small maps show the towns of the area only, and cities.
    names = "en" if language is MapLanguage.ENGLISH else "vi"
    body = ground.body
    towns = [
        item
        for item in towns_in_frame(projection, ground)
        if body is None or body.contains(item[0].geometry) or is_city(item[0])
    ]
    draw_towns(canvas, towns)
    labels = [town_label(town.name(names), x, y, text_mm) for town, x, y in towns]
    for placed in place_labels(labels, projection.frame)[0]:
        if placed.leader is None:
            write_label(canvas, placed, [placed.label.key], text_mm, fill=_MUTED)


def _areas(size_mm: tuple[float, float], text_mm: float, has_title: bool) -> tuple[Rect, Rect]:
    width, height = size_mm
    left = _EDGE + text_mm * 1.6
    top = _EDGE + (text_mm * 2.8 if has_title else 0)
    room = height - top - text_mm * 4.6 - _EDGE
    if width >= height:
        panel_width = min(max(width * 0.235, 46.0), 95.0)
        frame = Rect(x=left, y=top, width=width - left - panel_width - 4 - _EDGE, height=room)
        return frame, Rect(x=frame.right + 4, y=top, width=panel_width, height=room)
    panel_height = text_mm * 17
    frame = Rect(
        x=left, y=top, width=width - left - _EDGE, height=room - panel_height - text_mm * 2.6
    )
    panel_top = frame.bottom + text_mm * 2.6
    return frame, Rect(x=left, y=panel_top, width=frame.width, height=panel_height)


def _without_far_ones(
    sites: Sequence[MapSite], ground: Basemap
) -> tuple[list[MapSite], tuple[str, ...]]:
    # One mistyped coordinate must not shrink the whole geopark to a dot.
    kept: list[MapSite] = []
    far: list[str] = []
    for site in sites:
        if ground.is_near(site.lon, site.lat):
            kept.append(site)
        else:
            far.append(site.code)
            kept.append(replace(site, lon=None, lat=None, quality=PositionQuality.UNKNOWN.value))
    return kept, tuple(far)


def _draw_map(sheet: Sheet, sites: Sequence[MapSite]) -> tuple[str, ...]:
    canvas, projection, frame = sheet.canvas, sheet.projection, sheet.projection.frame
    draw_ground(canvas, projection, sheet.basemap)
    lines = graticule(projection)
    draw_graticule(canvas, lines)
    towns = towns_in_frame(projection, sheet.basemap)
    taken = draw_towns(canvas, towns)
    size = sheet.text_mm * 1.05
    taken += draw_neighbour_names(canvas, projection, sheet.basemap, size, sheet.names, taken)
    left_out = draw_sites(sheet, sites, taken)
    write_graticule(canvas, lines, frame, sheet.text_mm * 0.95, sheet.names)
    canvas.rect(frame.x, frame.y, frame.width, frame.height, stroke=_INK, line=0.3)
    return left_out


def _draw_panel(sheet: Sheet, sites: Sequence[MapSite], panel: Rect) -> None:
    _ = speaker(sheet.language)
    size = sheet.text_mm * 1.08
    is_tall = panel.height > panel.width
    side_mm = 0.0 if is_tall else size * 16
    rows = legend_rows(sheet.canvas, sites, _, size=size, basemap=sheet.basemap)
    sheet.canvas.text(panel.x, panel.y + size * 1.1, _("Legend"), size=size * 1.2, bold=True)
    area = Rect(x=panel.x, y=panel.y + size * 2.2, width=panel.width - side_mm, height=panel.height)
    draw_legend(sheet.canvas, rows, area, size=size, columns=1 if is_tall else 2)
    arrow_mm = size * 5
    if is_tall:
        bar = Rect(x=panel.x, y=panel.bottom - size * 4, width=panel.width - arrow_mm, height=size)
        arrow = (panel.right - arrow_mm / 3, panel.bottom - arrow_mm)
    else:
        bar = Rect(
            x=area.right + size, y=panel.y + arrow_mm + size, width=side_mm - size * 4, height=size
        )
        arrow = (panel.right - arrow_mm / 3, panel.y)
    letter = "N" if sheet.language is MapLanguage.ENGLISH else "B"
    draw_north_arrow(sheet.canvas, *arrow, arrow_mm, letter)
    draw_scale_bar(sheet.canvas, sheet.projection, bar, size=size * 0.95, language=sheet.language)


def _draw_footer(sheet: Sheet, size_mm: tuple[float, float]) -> None:
    size = sheet.text_mm * 0.95
    _ = speaker(sheet.language)
    system = f"{crs_name(sheet.projection.epsg)} (EPSG:{sheet.projection.epsg})"
    y = size_mm[1] - _EDGE * 0.7
    *notice, credit = _notes(sheet.basemap)
    x = sheet.projection.frame.x
    # Outside of the braces: the search for texts to translate does not look into them.
    data, projection = _("Data"), _("Projection")
    words = f"{data}: {credit}. " if credit else ""
    words += f"{projection}: {system}"
    # The name of an official boundary stands here in both languages: it may need two lines.
    lines = wrap(words, size_mm[0] - x - _EDGE, size)
    for number, line in enumerate(reversed(lines)):
        sheet.canvas.text(x, y - size * 1.4 * number, line, size=size, fill=_MUTED)
    for line in notice:
        sheet.canvas.text(x, y - size * 1.4 * len(lines), line, size=size, bold=True)


def _notes(basemap: Basemap) -> list[str]:
    return (
        [" / ".join(sketch_notice()), basemap.credits] if basemap.is_sketch else [basemap.credits]
    )

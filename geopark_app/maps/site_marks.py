"""Drawing of the sites of an overview map: signs, their labels and the names of towns."""

from collections.abc import Sequence
from dataclasses import dataclass

from geopark_app.maps.basemap import Basemap
from geopark_app.maps.font_metrics import text_width
from geopark_app.maps.furniture import wrap_evenly
from geopark_app.maps.ground import towns_in_frame
from geopark_app.maps.labels import Label, Placed, place_labels, sign_box
from geopark_app.maps.layers import CommuneGroup, MapSite, commune_groups, pins
from geopark_app.maps.projection import MapProjection, Rect
from geopark_app.maps.signs import (
    APPROXIMATE_REACH,
    draw_approximate_pin,
    draw_commune_ring,
    draw_pin,
    is_approximate,
)
from geopark_app.maps.svg import SvgCanvas
from geopark_app.maps.symbols import symbol_of
from geopark_app.maps.wording import MapLanguage

_INK = "#1d2730"
_PAPER = "#ffffff"
_LABEL_WIDTH_EM = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the steps of drawing one overview map share.

    Attributes
    ----------
    canvas : SvgCanvas
        What is drawn on.
    projection : MapProjection
        How the frame lies on the ground.
    basemap : Basemap
        What lies under the sites.
    language : MapLanguage
        Language of the words.
    text_mm, sign_mm : float
        Size of the letters and half the size of a sign.
    """

    canvas: SvgCanvas
    projection: MapProjection
    basemap: Basemap
    language: MapLanguage
    text_mm: float
    sign_mm: float

    @property
    def names(self) -> str:
        """Give the language of names: on a bilingual map the Vietnamese ones."""
        return "en" if self.language is MapLanguage.ENGLISH else "vi"


def draw_sites(sheet: Sheet, sites: Sequence[MapSite], taken: list[Rect]) -> tuple[str, ...]:
    """Draw rings for communes, signs for the other sites, labels and the names of towns.

    `taken` are boxes no label may touch. Gives codes and communes left without a label.
    """
    texts: dict[str, list[str]] = {}
    labels: list[Label] = []
    marks: list[tuple[float, float, MapSite | CommuneGroup]] = []
    for group in commune_groups(sites):
        x, y = sheet.projection.position_mm(group.lon, group.lat)
        marks.append((x, y, group))
        key = f"{group.name} {group.sites[0].code}"
        texts[key] = [group.name, *_code_lines(group, sheet.text_mm)]
        labels.append(_label(key, texts[key], x, y, sheet, reach=sheet.sign_mm * 1.25))
    for site in pins(sites):
        x, y = sheet.projection.position_mm(site.lon or 0.0, site.lat or 0.0)
        marks.append((x, y, site))
        width = sheet.text_mm * _LABEL_WIDTH_EM
        words = wrap_evenly(site.name(sheet.names), width, sheet.text_mm)
        texts[site.code] = [site.code, *words]
        reach = sheet.sign_mm * (APPROXIMATE_REACH if is_approximate(site) else 1)
        labels.append(_label(site.code, texts[site.code], x, y, sheet, reach=reach))
    placed, left_out = place_labels(labels, sheet.projection.frame, taken)
    for item in placed:
        if item.leader is not None:
            sheet.canvas.line(item.leader, stroke="#66717a", width=0.15)
    for x, y, mark in marks:
        _draw_mark(sheet, x, y, mark)
    for item in placed:
        write_label(sheet.canvas, item, texts[item.label.key], sheet.text_mm, first_bold=True)
    _write_town_names(sheet, labels, [item.box for item in placed], taken)
    return tuple(label.key for label in left_out)


def _draw_mark(sheet: Sheet, x: float, y: float, mark: MapSite | CommuneGroup) -> None:
    if isinstance(mark, CommuneGroup):
        draw_commune_ring(sheet.canvas, x, y, sheet.sign_mm * 1.25, len(mark.sites))
    elif is_approximate(mark):
        draw_approximate_pin(sheet.canvas, x, y, sheet.sign_mm, symbol_of(mark.kind))
    else:
        draw_pin(sheet.canvas, x, y, sheet.sign_mm, symbol_of(mark.kind))


def _write_town_names(
    sheet: Sheet, site_labels: Sequence[Label], boxes: list[Rect], taken: list[Rect]
) -> None:
    # Towns come last: a name is only written where it finds room right beside its dot.
    frame, size = sheet.projection.frame, sheet.text_mm * 0.92
    signs = [sign_box(label) for label in site_labels]
    free = [
        town_label(town.name(sheet.names), x, y, size)
        for town, x, y in towns_in_frame(sheet.projection, sheet.basemap)
    ]
    for item in place_labels(free, frame, [*taken, *boxes, *signs])[0]:
        if item.leader is None:
            write_label(sheet.canvas, item, [item.label.key], size, fill="#59626a", italic=True)


def _label(
    key: str, lines: Sequence[str], x: float, y: float, sheet: Sheet, *, reach: float
) -> Label:
    size = sheet.text_mm
    widths = [text_width(line, size, bold=not index) for index, line in enumerate(lines)]
    height = size * 1.18 * len(lines)
    return Label(key=key, x=x, y=y, width=max(widths) + 0.3, height=height, reach=reach)


def town_label(name: str, x: float, y: float, size: float) -> Label:
    """Give the label of a town, to be placed."""
    return Label(
        key=name, x=x, y=y, width=text_width(name, size) + 0.3, height=size * 1.2, reach=0.9
    )


def write_label(
    canvas: SvgCanvas,
    placed: Placed,
    lines: Sequence[str],
    size: float,
    *,
    fill: str = _INK,
    first_bold: bool = False,
    italic: bool = False,
) -> None:
    """Write the lines of a placed label, towards its sign."""
    box, label = placed.box, placed.label
    is_left = box.right <= label.x
    anchor, x = ("end", box.right) if is_left else ("start", box.x)
    for index, line in enumerate(lines):
        canvas.text(
            x,
            box.y + size * (0.92 + index * 1.18),
            line,
            size=size,
            fill=fill,
            anchor=anchor,
            bold=first_bold and index == 0,
            italic=italic,
            halo=_PAPER,
        )


def _code_lines(group: CommuneGroup, text_mm: float) -> list[str]:
    # "LS-002, 003, 004": the common beginning is written once.
    first, *others = (site.code for site in group.sites)
    prefix = first.rstrip("0123456789")
    short = [code.removeprefix(prefix) if prefix else code for code in others]
    return wrap_evenly(", ".join([first, *short]), text_mm * _LABEL_WIDTH_EM, text_mm)

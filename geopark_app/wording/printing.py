"""What a printed map came out as, in words."""

from collections.abc import Mapping, Sequence

from geopark_app.i18n import active
from geopark_app.i18n import gettext as _

_SHOWN = 12


def scale_words(denominator: int) -> str:
    """Give "1:250.000" as the language writes it."""
    number = f"{denominator:,}"
    return f"1:{number if active() == 'en' else number.replace(',', '.')}"


def print_words(
    *,
    denominator: int,
    counts: Mapping[str, int],
    pages: int,
    overlaps: int,
    dropped: Sequence[str],
    is_sketch: bool,
) -> list[str]:
    """Give the lines that tell what is on the map and what found no room."""
    lines = [
        _(
            "Scale {scale} on paper at 100 %, {pages} pages, {sites} sites, overlaps: {overlaps}."
        ).format(
            scale=scale_words(denominator), pages=pages, sites=counts["sites"], overlaps=overlaps
        )
    ]
    if counts["unplaced"]:
        lines.append(
            _("{count} sites of unknown or undisclosed position are listed, not drawn.").format(
                count=counts["unplaced"]
            )
        )
    if counts["outside"]:
        lines.append(
            _("{count} sites lie outside of the frame; a smaller scale shows them.").format(
                count=counts["outside"]
            )
        )
    if dropped:
        names = ", ".join(dropped[:_SHOWN]) + (", …" if len(dropped) > _SHOWN else "")
        lines.append(
            _("No room for {count} names (numbers and index have them): {names}.").format(
                count=len(dropped), names=names
            )
        )
    if counts["legend_rows_left_out"]:
        lines.append(
            _("{count} rows of the legend found no room: take a larger sheet.").format(
                count=counts["legend_rows_left_out"]
            )
        )
    if is_sketch:
        lines.append(_("Without an official boundary the map says that it is a sketch."))
    return lines


def base_map_words(
    *, name: str, dpi: int, source_dpi: int, cover: float, byte_count: int, attribution: str
) -> str:
    """Tell how fine the base map is and how much of the frame it covers."""
    words = _(
        "Base map {name}: {dpi} dpi on paper, {size} MB, covers {cover} % of the frame, "
        "source “{attribution}”."
    ).format(
        name=name,
        dpi=dpi,
        size=round(byte_count / 1e6, 1),
        cover=round(cover * 100),
        attribution=attribution,
    )
    if source_dpi and source_dpi < dpi:
        words += " " + _("The file itself has only {dpi} dpi at this scale.").format(dpi=source_dpi)
    return words

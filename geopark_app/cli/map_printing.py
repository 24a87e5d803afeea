"""`map`: the offline page as before, and `map print OUT`: maps for paper."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.map_page import map_command as page_command
from geopark_app.cli.output import Output, common_options, filter_pairs, opened
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.i18n import LANGUAGES, active
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.context import AppContext
    from geopark_app.operations.print_options import PrintOptions, PrintReport

_SIZES = ("A4", "A3", "A2")


class MapGroup(click.Group):
    """`map OUT.html` stays what it was: what is no command here is the offline page's."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; without one the words are those of the page."""
        if args and args[0] in self.commands:
            return super().resolve_command(ctx, args)
        return "page", self.commands["page"], args


def map_command() -> click.Group:
    """Make `map`."""
    group = MapGroup(
        "map",
        help=_("Maps: one offline page, and maps for paper."),
        context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    )
    page = page_command()
    page.name = "page"
    group.add_command(page)
    group.add_command(_print())
    return group


def _options(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed((
        click.option("--kind", type=click.Choice(("park", "route", "site")), default="park",
                     show_default=True, help=_("What the map is about.")),
        click.option("--of", "reference", default="", metavar="REF",
                     help=_("Number of the route, code of the site.")),
        click.option("--size", type=click.Choice(_SIZES), default="A3", show_default=True,
                     help=_("Sheet of paper.")),
        click.option("--orientation", type=click.Choice(("landscape", "portrait")),
                     default="landscape", show_default=True, help=_("How the sheet lies.")),
        click.option("--tiles", type=click.Choice(("A4", "A3")),
                     help=_("Cut into sheets of this size for an office printer.")),
        click.option("--scale", type=click.IntRange(min=1), metavar="N",
                     help=_("Scale 1:N; without it the largest round one.")),
        click.option("--language", type=click.Choice((*LANGUAGES, "both")),
                     help=_("Language of the map; without it that of the messages.")),
        click.option("--audience", type=click.Choice(("internal", "evaluators", "public")),
                     default="evaluators", show_default=True, help=_("Who will see it.")),
        click.option("--filter", "filters", multiple=True, metavar="NAME=VALUE",
                     help=_("Only these sites.")),
        click.option("--layer", "layers", multiple=True, metavar="NAME",
                     help=_("Only these layers, by name, kind or key; “none” draws none.")),
        click.option("--no-facilities", is_flag=True, help=_("Without facilities.")),
        click.option("--no-towns", is_flag=True, help=_("Without towns.")),
        click.option("--title-vi", default="", help=_("Title in Vietnamese.")),
        click.option("--title-en", default="", help=_("Title in English.")),
        click.option("--maker", default="", help=_("Who made the map.")),
        click.option("--basemap", metavar="NAME|FILE", help=_(
                     "Base map below the map: one of the catalogue by name, or a GeoTIFF or raster "
                     "MBTiles.")),
        click.option("--basemap-opacity", type=float, default=0.6, show_default=True,
                     metavar="0–1", help=_("How strong the base map is.")),
        click.option("--basemap-dpi", type=int, default=200, show_default=True,
                     help=_("How fine the base map is on paper.")),
        click.option("--attribution", default="", help=_("Who made the base map.")),
        click.option("--dpi", type=int, default=200, show_default=True,
                     help=_("How fine PNG pages are.")),
    )):  # fmt: skip
        function = option(function)
    return function


def _print() -> click.Command:
    @click.command("print", help=_("Write a map for paper: PDF/A, SVG or PNG by the ending."))
    @click.argument("out", metavar="OUT", type=click.Path(path_type=Path, dir_okay=False))
    @_options
    @common_options
    @click.pass_context
    def print_map(ctx: click.Context, /, output: Output, out: Path, **typed: Any) -> None:
        from geopark_app.operations.map_printing import print_map as write

        with (
            opened(ctx) as context,
            cancel_on_interrupt() as cancel,
            output.progress(_("Printing the map")) as progress,
        ):
            options = _read(context, **typed)
            report = write(context, out, options, progress=progress, cancel=cancel)
        output.data(report.as_json())
        _show(output, report)

    return print_map


def _read(
    context: "AppContext",
    *,
    kind: str,
    size: str,
    orientation: str,
    tiles: str | None,
    scale: int | None,
    language: str | None,
    audience: str,
    filters: tuple[str, ...],
    layers: tuple[str, ...],
    **typed: Any,
) -> "PrintOptions":
    """Read the options.

    Raises
    ------
    GeoparkError
        BAD_VALUE, UNKNOWN_FIELD, NOT_FOUND for a layer or base map, REFUSED_FILE.
    """
    from geopark_app.domain.declaration import Audience
    from geopark_app.maps.paper.content import PaperMapKind
    from geopark_app.maps.paper.sizes import PaperSize
    from geopark_app.maps.wording import MapLanguage
    from geopark_app.operations.paper_layers import base_named
    from geopark_app.operations.print_options import PrintOptions

    base = None
    if typed["basemap"] is not None:
        base = base_named(context, typed["basemap"])
        base = replace(
            base,
            opacity=typed["basemap_opacity"],
            attribution=typed["attribution"] or base.attribution,
            dpi=typed["basemap_dpi"],
        )
    return PrintOptions(
        kind=PaperMapKind(kind),
        reference=typed["reference"],
        size=PaperSize(size),
        is_landscape=orientation == "landscape",
        language=MapLanguage(language or active()),
        audience=Audience(audience),
        filters=filter_pairs(filters),
        layers=_layers(context, layers),
        facilities=not typed["no_facilities"],
        place_names=not typed["no_towns"],
        denominator=scale,
        title_vi=typed["title_vi"],
        title_en=typed["title_en"],
        maker=typed["maker"],
        tiled_on=PaperSize(tiles) if tiles else None,
        base=base,
        png_dpi=typed["dpi"],
    )


def _layers(context: "AppContext", named: tuple[str, ...]) -> tuple[str, ...] | None:
    from geopark_app.operations.map_layers import map_layers

    if not named:
        return None
    found: list[str] = []
    for name in named:
        wanted = name.strip().casefold()
        matching = [
            layer.uuid
            for layer in map_layers(context)
            if wanted
            in {
                (text or "").casefold()
                for text in (layer.uuid, layer.name_vi, layer.name_en, layer.layer_kind)
            }
        ]
        if not matching and wanted != "none":
            raise GeoparkError(ErrorCode.NOT_FOUND, kind="map_layer", reference=name)
        found += matching
    return tuple(found)


def _show(output: Output, report: "PrintReport") -> None:
    from geopark_app.wording.printing import base_map_words, print_words

    for path in report.files:
        output.text(str(path))
    for line in print_words(
        denominator=report.denominator,
        counts=report.counts,
        pages=report.pages,
        overlaps=len(report.overlaps),
        dropped=report.dropped,
        is_sketch=report.is_sketch,
    ):
        output.remark(line)
    if report.base is not None:
        output.remark(
            base_map_words(
                name=report.base.name,
                dpi=report.base.dpi,
                source_dpi=report.base.source_dpi,
                cover=report.base.cover,
                byte_count=report.base.byte_count,
                attribution=report.base.attribution,
            )
        )

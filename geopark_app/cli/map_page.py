"""`map OUT.html`: one self-contained offline map."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.output import Output, common_options, filter_pairs, opened
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.context import AppContext

_MEGABYTE = 1_000_000


def map_command() -> click.Command:
    """Make `map`."""

    @click.command(
        "map", help=_("Write one offline map page with photos and search, for any browser.")
    )
    @click.argument("out", metavar="OUT.html", type=click.Path(path_type=Path, dir_okay=False))
    @click.option(
        "--audience",
        type=click.Choice(("internal", "evaluators", "public")),
        default="evaluators",
        show_default=True,
        help=_("Who will see it."),
    )
    @click.option(
        "--filter", "filters", multiple=True, metavar="NAME=VALUE", help=_("Only these sites.")
    )
    @click.option(
        "--photos",
        type=click.IntRange(0, 20),
        default=3,
        show_default=True,
        help=_("At most so many photos of each site; 0 for none."),
    )
    @click.option(
        "--most-mb",
        type=click.IntRange(1, 500),
        default=60,
        show_default=True,
        help=_("Leave photos out beyond this size."),
    )
    @click.option(
        "--layer",
        "layers",
        multiple=True,
        metavar="NAME|none",
        help=_("Layers by name or key; without it those shown in the window."),
    )
    @common_options
    @click.pass_context
    def write_map(
        ctx: click.Context,
        output: Output,
        out: Path,
        audience: str,
        filters: tuple[str, ...],
        photos: int,
        most_mb: int,
        layers: tuple[str, ...],
    ) -> None:
        from geopark_app.domain.declaration import Audience
        from geopark_app.operations.map_export import MapExportOptions, export_map
        from geopark_app.wording.map_page import map_remarks, map_written_words

        with (
            opened(ctx) as context,
            cancel_on_interrupt() as cancel,
            output.progress(_("Map as a file")) as progress,
        ):
            options = MapExportOptions(
                audience=Audience(audience),
                filters=filter_pairs(filters),
                photos=photos,
                most_bytes=most_mb * _MEGABYTE,
                layers=_keys(context, layers) if layers else None,
                language=active(),
            )
            report = export_map(context, out, options, progress=progress, cancel=cancel)
        output.data(
            {
                "out": str(report.out),
                "sites": report.sites,
                "drawn": report.drawn,
                "at_commune": report.at_commune,
                "withheld": report.withheld,
                "unknown": report.unknown,
                "photos": report.photos,
                "photos_withheld": report.photos_withheld,
                "photos_unreadable": report.photos_unreadable,
                "photos_left_out": report.photos_left_out,
                "layers": report.layers,
                "routes": report.routes,
                "withheld_routes": list(report.withheld_routes),
                "bytes": report.bytes,
            }
        )
        output.text(
            map_written_words(
                path=str(report.out),
                sites=report.sites,
                drawn=report.drawn,
                withheld=report.withheld,
                unknown=report.unknown,
                photos=report.photos,
                byte_count=report.bytes,
            )
        )
        for remark in map_remarks(
            photos_withheld=report.photos_withheld,
            photos_unreadable=report.photos_unreadable,
            photos_left_out=report.photos_left_out,
            withheld_routes=report.withheld_routes,
            is_too_large_for_mail=report.is_too_large_for_mail,
        ):
            output.remark(f"• {remark}")

    return write_map


def _keys(context: "AppContext", names: tuple[str, ...]) -> frozenset[str]:
    """Give the keys of layers named by a person; `none` names no layer."""
    from geopark_app.domain.errors import ErrorCode, GeoparkError
    from geopark_app.domain.text import fold
    from geopark_app.operations.map_layers import map_layers

    known: dict[str, str] = {}
    for layer in map_layers(context):
        for name in (layer.uuid, layer.name_vi, layer.name_en):
            if name:
                known.setdefault(fold(name), layer.uuid)
    keys = set()
    for name in names:
        if name == "none":
            continue
        if fold(name) not in known:
            raise GeoparkError(ErrorCode.NOT_FOUND, kind="map_layer", reference=name)
        keys.add(known[fold(name)])
    return frozenset(keys)

"""`basemap add|list|check|find`: the office's base maps, large files by reference and hash."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.basemap_areas import cover_command, cut_command
from geopark_app.cli.exit_codes import LEFT_FOR_A_PERSON
from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.basemap_adding import BasemapReport
    from geopark_app.operations.basemap_reading import BasemapState

_PATH = click.Path(path_type=Path)


def basemap_command() -> click.Group:
    """Make `basemap`."""

    @click.group("basemap", help=_("Base maps of the office: MBTiles, PMTiles, GeoTIFF."))
    def basemap() -> None:
        """Hold the commands below."""

    for command in (_add(), _list(), _check(), _find(), cut_command(), cover_command(), _help()):
        basemap.add_command(command)
    return basemap


def _add() -> click.Command:
    @click.command(
        "add",
        help=_(
            "Take a base map in: MBTiles or PMTiles, raster or vector; a GeoTIFF is turned into "
            "tiles once. The definition is exchanged with colleagues, the file is not."
        ),
    )
    @click.argument("file", metavar="FILE", type=_PATH)
    @click.option("--name-vi", default="", help=_("Name in Vietnamese; else as in the file."))
    @click.option("--name-en", default="", help=_("Name in English."))
    @click.option("--source", default="", help=_("Whose map it is; stands on the map."))
    @click.option("--licence", default="", help=_("Under which terms it may be used."))
    @click.option("--dated", default="", metavar="DATE", help=_("Day of the map."))
    @click.option("--stay", is_flag=True, help=_("Use the file where it lies, without a copy."))
    @click.option("--crs", default=None, metavar="EPSG:n", help=_("System of a GeoTIFF."))
    @click.option("--min-zoom", type=click.IntRange(0, 22), help=_("First zoom of a GeoTIFF."))
    @click.option("--max-zoom", type=click.IntRange(0, 22), help=_("Last zoom of a GeoTIFF."))
    @common_options
    @click.pass_context
    def add(
        ctx: click.Context,
        output: Output,
        file: Path,
        name_vi: str,
        name_en: str,
        source: str,
        licence: str,
        dated: str,
        stay: bool,
        crs: str | None,
        min_zoom: int | None,
        max_zoom: int | None,
    ) -> None:
        from geopark_app.cli.crs_option import read_epsg
        from geopark_app.operations.basemap_adding import (
            BasemapOptions,
            add_basemap,
            look_at_basemap,
        )

        epsg = read_epsg(crs)
        options = BasemapOptions(
            name_vi=name_vi,
            name_en=name_en,
            source=source,
            licence=licence,
            dated_on=dated,
            stays=stay,
            crs=f"EPSG:{epsg}" if epsg else "",
            min_zoom=min_zoom,
            max_zoom=max_zoom,
        )
        with (
            opened(ctx) as context,
            cancel_on_interrupt() as cancel,
            output.progress(_("Base map")) as progress,
        ):
            found = look_at_basemap(context, file, crs=options.crs, cancel=cancel)
            report = add_basemap(
                context,
                found,
                options,
                reason=_("Base map from {file}").format(file=file.name),
                progress=progress,
                cancel=cancel,
            )
        _show_added(output, report)

    return add


def _show_added(output: Output, report: "BasemapReport") -> None:
    from geopark_app.wording.basemaps import basemap_warning, form_words, size_words

    layer = report.layer
    words = [basemap_warning(one) for one in report.file.warnings]
    output.data(
        {
            "uuid": layer.uuid,
            "name_vi": layer.name_vi,
            "format": layer.tile_format,
            "minzoom": layer.min_zoom,
            "maxzoom": layer.max_zoom,
            "bounds": [layer.west, layer.south, layer.east, layer.north],
            "tiles": layer.feature_count,
            "bytes": layer.byte_count,
            "sha256": layer.sha256,
            "damaged": report.file.facts.get("damaged", 0),
            "known": report.is_known,
            "warnings": words,
        }
    )
    for line in words:
        output.remark(line)
    told = _("Known already; its file is here now: {name}") if report.is_known else _(
        "Base map added: {name}"
    )  # fmt: skip
    output.text(told.format(name=layer.name_vi))
    output.text(
        _("{form}, zooms {low} to {high}, {count} tiles, {size}").format(
            form=form_words(layer.tile_format or ""),
            low=layer.min_zoom,
            high=layer.max_zoom,
            count=layer.feature_count,
            size=size_words(layer.byte_count or 0),
        )
    )


def _list() -> click.Command:
    @click.command("list", help=_("The base maps, and whether their files are on this laptop."))
    @common_options
    @click.pass_context
    def show(ctx: click.Context, output: Output) -> None:
        from geopark_app.operations.basemap_reading import basemap_states

        with opened(ctx) as context:
            states = basemap_states(context)
        output.data({"basemaps": [_as_json(one) for one in states], "count": len(states)})
        _table(output, states)

    return show


def _check() -> click.Command:
    @click.command(
        "check", help=_("Read every tile of the base maps that are here, and name the damage.")
    )
    @common_options
    @click.pass_context
    def check(ctx: click.Context, output: Output) -> int:
        from geopark_app.operations.basemap_reading import check_basemaps

        with (
            opened(ctx) as context,
            cancel_on_interrupt() as cancel,
            output.progress(_("Checking")) as progress,
        ):
            states = check_basemaps(context, progress=progress, cancel=cancel)
        output.data({"files": [_as_json(one) for one in states]})
        _table(output, states)
        for one in states:
            for line in one.problems:
                output.text(f"• {one.layer.name_vi}: {line}")
        return LEFT_FOR_A_PERSON if any(one.problems for one in states) else 0

    return check


def _find() -> click.Command:
    @click.command(
        "find",
        help=_("Find the file of a base map again by its hash, in a file or below a folder."),
    )
    @click.argument("name", metavar="BASEMAP")
    @click.argument("where", metavar="PATH", type=_PATH)
    @click.option("--stay", is_flag=True, help=_("Use the file where it lies, without a copy."))
    @common_options
    @click.pass_context
    def find(ctx: click.Context, output: Output, name: str, where: Path, stay: bool) -> None:
        from geopark_app.operations.basemaps import find_basemap, relink_basemap

        with (
            opened(ctx) as context,
            cancel_on_interrupt() as cancel,
            output.progress(_("Base map")) as progress,
        ):
            layer = find_basemap(context, name).layer
            place = relink_basemap(
                context, layer, where, stays=stay, progress=progress, cancel=cancel
            )
        output.data({"uuid": layer.uuid, "path": str(place.path), "copied": place.is_own})
        output.text(_("Found: {path}").format(path=place.path))

    return find


def _help() -> click.Command:
    @click.command("help", help=_("How QGIS and Protomaps make a base map lawfully."))
    @common_options
    def show(output: Output) -> None:
        from geopark_app.wording.basemap_help import help_parts

        parts = help_parts()
        output.data({"parts": [{"title": title, "steps": list(steps)} for title, steps in parts]})
        for title, steps in parts:
            output.text(title)
            for step in steps:
                output.text(f"  • {step}")
            output.text()

    return show


def _table(output: Output, states: "list[BasemapState]") -> None:
    from geopark_app.wording.basemaps import form_words, size_words

    if not states:
        output.text(_("No base map yet: basemap add FILE."))
        return
    output.table(
        (_("Name"), _("Tile format"), _("Zooms"), _("Tiles"), _("Size"), _("On this laptop")),
        [
            (
                one.layer.name_vi or "",
                form_words(one.layer.tile_format or ""),
                f"{one.layer.min_zoom}–{one.layer.max_zoom}",
                str(one.layer.feature_count or ""),
                size_words(one.layer.byte_count or 0),
                one.words,
            )
            for one in states
        ],
    )


def _as_json(one: "BasemapState") -> dict[str, Any]:
    layer = one.layer
    return {
        "uuid": layer.uuid,
        "name_vi": layer.name_vi,
        "name_en": layer.name_en,
        "path": one.path,
        "kind": "vector" if one.is_vector else "raster",
        "format": layer.tile_format,
        "minzoom": layer.min_zoom,
        "maxzoom": layer.max_zoom,
        "bounds": [layer.west, layer.south, layer.east, layer.north],
        "tiles": layer.feature_count,
        "bytes": layer.byte_count,
        "sha256": layer.sha256,
        "visible": layer.is_visible is not False,
        "opacity": layer.opacity,
        "here": one.is_here,
        "readable": one.is_readable,
        "damaged_tiles": one.damaged,
        "examples": [list(tile) for tile in one.examples],
        "problems": list(one.problems),
        "message": one.words,
    }

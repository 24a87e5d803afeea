"""`basemap cut` and `cover`: a piece of a map for a stick, and whether tomorrow is covered."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from geopark_app.cli.exit_codes import LEFT_FOR_A_PERSON
from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geopark_app.operations.basemap_cover import CoverReport
    from geopark_app.operations.basemap_cutting import CutEstimate, CutReport, CutSource
    from geopark_app.operations.context import AppContext
    from geopark_app.operations.map_areas import Outing

Function = TypeVar("Function", bound=Callable[..., Any])


def _outing_options(function: Function) -> Function:
    decorated: Any = function
    for option in (
        click.option("--day", metavar="DATE", help=_("The agenda of this day; tomorrow is +1.")),
        click.option("--site", "sites", multiple=True, metavar="SITE", help=_("These sites.")),
        click.option("--route", type=int, metavar="NUMBER", help=_("The stops of this route.")),
    ):
        decorated = option(decorated)
    result: Function = decorated
    return result


def cut_command() -> click.Command:
    """Make `basemap cut`."""

    @click.command(
        "cut",
        help=_(
            "Cut a base map for a route, sites, a day, a box or the park out of a larger file, "
            "as an MBTiles for a stick."
        ),
    )
    @click.argument("source", metavar="BASEMAP|FILE")
    @click.argument("out", metavar="OUT.mbtiles", type=click.Path(path_type=Path))
    @_outing_options
    @click.option("--box", metavar="W,S,E,N", help=_("This box, in WGS 84 degrees."))
    @click.option("--park", is_flag=True, help=_("The boundary in force, else the province."))
    @click.option(
        "--buffer", "km", type=click.FloatRange(0, 100), default=3.0, show_default=True,
        metavar="KM", help=_("So far around sites and way."),
    )  # fmt: skip
    @click.option("--min-zoom", type=click.IntRange(0, 22), default=7, show_default=True,
                  help=_("First zoom."))  # fmt: skip
    @click.option("--max-zoom", type=click.IntRange(0, 22), default=15, show_default=True,
                  help=_("Last zoom."))  # fmt: skip
    @click.option("--name", default="", help=_("Name of the new map."))
    @click.option("--estimate", is_flag=True, help=_("Only say how large it will be."))
    @common_options
    @click.pass_context
    def cut(
        ctx: click.Context,
        output: Output,
        source: str,
        out: Path,
        route: int | None,
        sites: tuple[str, ...],
        day: str | None,
        box: str | None,
        park: bool,
        km: float,
        min_zoom: int,
        max_zoom: int,
        name: str,
        estimate: bool,
    ) -> None:
        from geopark_app.operations.basemap_cutting import CutOrder, cut_map, estimate_cut

        with (
            opened(ctx) as context,
            cancel_on_interrupt() as cancel,
            output.progress(_("Cutting")) as progress,
        ):
            area, words = _area(context, route, sites, day, box, is_park=park, km=km)
            found = _source(context, source)
            order = CutOrder(
                source=found,
                area=area,
                min_zoom=min_zoom,
                max_zoom=max_zoom,
                name=name or f"{found.name} · {words}",
            )
            size = estimate_cut(order, cancel=cancel)
            made = None
            if not estimate:
                made = cut_map(context, order, out, progress=progress, cancel=cancel)
        _show_cut(output, size, made)

    return cut


def cover_command() -> click.Command:
    """Make `basemap cover`."""

    @click.command(
        "cover",
        help=_(
            "Whether the base maps of this laptop cover a route, sites or a day at the zooms "
            "needed; exit 21 while something is missing."
        ),
    )
    @_outing_options
    @click.option("--max-zoom", type=click.IntRange(8, 22), default=15, show_default=True,
                  help=_("Last zoom needed at the sites."))  # fmt: skip
    @common_options
    @click.pass_context
    def cover(
        ctx: click.Context,
        output: Output,
        route: int | None,
        sites: tuple[str, ...],
        day: str | None,
        max_zoom: int,
    ) -> int:
        from geopark_app.operations.basemap_cover import WAY_ZOOMS, check_cover

        with opened(ctx) as context:
            outing = _outing(context, route, sites, day)
            if outing is None:
                raise click.UsageError(_("Name a route, sites or a day."))
            report = check_cover(
                context,
                outing,
                site_zooms=tuple(range(min(12, max_zoom), max_zoom + 1)),
                way_zooms=tuple(zoom for zoom in WAY_ZOOMS if zoom <= max_zoom),
            )
        _show_cover(output, report)
        return 0 if report.is_covered else LEFT_FOR_A_PERSON

    return cover


def _source(context: "AppContext", named: str) -> "CutSource":
    from geopark_app.operations.basemap_cutting import source_of_basemap, source_of_file
    from geopark_app.operations.basemaps import find_basemap

    try:
        return source_of_basemap(find_basemap(context, named))
    except GeoparkError as error:
        path = Path(named)
        if error.code is not ErrorCode.NOT_FOUND or not path.exists():
            raise
        return source_of_file(context, path)


def _area(
    context: "AppContext",
    route: int | None,
    sites: tuple[str, ...],
    day: str | None,
    box: str | None,
    *,
    is_park: bool,
    km: float,
) -> "tuple[BaseGeometry, str]":
    from geopark_app.operations.map_areas import box_area, outing_area, park_area

    chosen = [route is not None, bool(sites), day is not None, box is not None, is_park]
    if chosen.count(True) != 1:
        raise click.UsageError(_("Name one area: --route, --site, --day, --box or --park."))
    if box is not None:
        return box_area(_edges(box)), _("box")
    if is_park:
        return park_area(context), _("park")
    outing = _outing(context, route, sites, day)
    assert outing is not None
    if not outing.sites:
        raise GeoparkError(ErrorCode.REFUSED_FILE, reason="outing-empty")
    return outing_area(outing, km), outing.name


def _outing(
    context: "AppContext", route: int | None, sites: tuple[str, ...], day: str | None
) -> "Outing | None":
    from geopark_app.operations.map_areas import outing_of_day, outing_of_route, outing_of_sites
    from geopark_app.operations.sites import find_site

    if route is not None:
        return outing_of_route(context, route)
    if sites:
        uuids = [find_site(context, reference).uuid for reference in sites]
        return outing_of_sites(context, uuids, ", ".join(sites))
    return None if day is None else outing_of_day(context, _day(context, day))


def _day(context: "AppContext", typed: str) -> date:
    from geopark_app.domain.declaration import kind_of
    from geopark_app.domain.kinds import MissionStop
    from geopark_app.rules.typed_values import read_value

    if typed.startswith("+") and typed[1:].isdecimal() and len(typed) < 5:
        return context.now().date() + timedelta(days=int(typed))
    spec = kind_of(MissionStop).field("day_on")
    assert spec is not None
    value = read_value(spec, typed)
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="--day", value=typed, expected="2026-11-24, +1"
        ) from error


def _edges(typed: str) -> tuple[float, float, float, float]:
    try:
        west, south, east, north = (float(part) for part in typed.split(","))
    except ValueError as error:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="--box", value=typed, expected="106.4,21.7,106.8,22.0"
        ) from error
    return west, south, east, north


def _show_cut(output: Output, size: "CutEstimate", made: "CutReport | None") -> None:
    from geopark_app.wording.basemaps import size_words

    output.data(
        {
            "estimate": {
                "tiles": size.tiles,
                "bytes": size.byte_count,
                "by_zoom": {str(zoom): count for zoom, count in size.by_zoom.items()},
                "too_large_for_fat32": size.is_too_large_for_sticks,
            },
            "out": None if made is None else str(made.path),
            "tiles": None if made is None else made.tiles,
            "missing": None if made is None else made.missing,
            "damaged": None if made is None else made.damaged,
            "bytes": None if made is None else made.byte_count,
        }
    )
    output.text(
        _("Estimate: at most {count} tiles, about {size}").format(
            count=size.tiles, size=size_words(size.byte_count)
        )
    )
    if size.is_too_large_for_sticks:
        output.remark(_("A stick formatted FAT32 holds no file over 4 GB; use exFAT."))
    if made is not None:
        output.text(
            _("Written: {path} ({count} tiles, {size})").format(
                path=made.path, count=made.tiles, size=size_words(made.byte_count)
            )
        )
        if made.damaged:
            output.remark(_("{count} damaged tiles were left out.").format(count=made.damaged))


def _show_cover(output: Output, report: "CoverReport") -> None:
    from geopark_app.wording.basemaps import cover_sentence, hole_lines

    output.data(
        {
            "name": report.outing.name,
            "covered": report.is_covered,
            "sites": len(report.outing.sites),
            "unplaced": list(report.outing.unplaced),
            "basemaps": list(report.used),
            "not_here": list(report.not_here),
            "zooms": list(report.site_zooms),
            "holes": [
                {
                    "place": hole.name,
                    "zoom": hole.zoom,
                    "missing": hole.missing,
                    "needed": hole.needed,
                    "bounds": [round(edge, 6) for edge in hole.box],
                }
                for hole in report.holes
            ],
        }
    )
    holes = [(hole.name, hole.zoom, hole.missing, hole.needed) for hole in report.holes]
    for name, words in hole_lines(holes):
        output.text(f"• {name}: {words}")
    output.text(
        cover_sentence(
            name=report.outing.name,
            sites=len(report.outing.sites),
            holes=len(report.holes),
            used=report.used,
            not_here=report.not_here,
            unplaced=report.outing.unplaced,
        )
    )

"""`export FORMAT OUT`: the site list in one file."""

from pathlib import Path

import click

from geopark_app.cli.dossier import AUDIENCES, read_filters
from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.i18n import gettext as _

_NOW = ("xlsx", "gpkg", "geojson", "csv")
_LATER = ("shp", "kml", "kmz", "gpx")


def export_command() -> click.Command:
    """Make `export`."""

    @click.command("export", help=_("Write the sites into one file: xlsx, gpkg, geojson or csv."))
    @click.argument("form", metavar="FORMAT", type=click.Choice((*_NOW, *_LATER)))
    @click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
    @click.option(
        "--filter",
        "filters",
        multiple=True,
        metavar="NAME=VALUE",
        help=_("Which sites: kind, route, commune, code …; without it all."),
    )
    @click.option("--crs", metavar="EPSG:n", help=_("Projected system beside WGS 84."))
    @click.option(
        "--audience",
        type=click.Choice(AUDIENCES),
        default="evaluators",
        show_default=True,
        help=_("Who will read it; decides which fields and positions are printed."),
    )
    @click.option("--overwrite", is_flag=True, help=_("Replace a file of that name."))
    @common_options
    @click.pass_context
    def export(
        ctx: click.Context,
        output: Output,
        form: str,
        out: Path,
        filters: tuple[str, ...],
        crs: str | None,
        audience: str,
        overwrite: bool,
    ) -> None:
        if form in _LATER:
            raise click.UsageError(
                _("The format {name} is not built yet; xlsx, gpkg, geojson and csv are.").format(
                    name=form
                )
            )
        _check_name(out, overwrite)
        from geopark_app.domain.declaration import Audience
        from geopark_app.operations.exporting import export_sites

        with opened(ctx) as context, cancel_on_interrupt() as cancel:
            report = export_sites(
                context,
                form,
                out,
                audience=Audience(audience),
                filters=read_filters(filters),
                epsg=_epsg(crs),
                cancel=cancel,
            )
        output.data(
            {
                "out": str(report.path),
                "format": form,
                "sites": report.sites,
                "left_out": list(report.left_out),
            }
        )
        output.text(str(report.path))
        if report.left_out:
            output.remark(
                _("{count} sites of unknown position are not in the file: {codes}").format(
                    count=len(report.left_out), codes=", ".join(report.left_out)
                )
            )

    return export


def _epsg(typed: str | None) -> int | None:
    if typed is None:
        return None
    from geopark_app.geo.crs import crs_exists

    number = typed.upper().removeprefix("EPSG:")
    if not (number.isascii() and number.isdigit() and crs_exists(int(number))):
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="--crs", value=typed, expected="EPSG:9215, EPSG:3405, …"
        )
    return int(number)


def _check_name(out: Path, is_overwriting: bool) -> None:
    if out.exists() and not is_overwriting:
        raise GeoparkError(
            ErrorCode.BAD_VALUE,
            field="OUT",
            value=out,
            expected=_("the name of a new file, or --overwrite to replace this one"),
        )

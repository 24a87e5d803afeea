"""`export FORMAT OUT`: the site list in one file."""

from pathlib import Path

import click

from geopark_app.cli.crs_option import read_epsg
from geopark_app.cli.dossier import AUDIENCES, read_filters
from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.i18n import gettext as _

_REFERENCES = ("bibtex", "ris", "csl")
_FORMATS = ("xlsx", "gpkg", "geojson", "shp", "kml", "kmz", "gpx", "csv", "json")


def export_command() -> click.Command:
    """Make `export`."""
    from geopark_app.operations.import_targets import exportable_kinds

    @click.command(
        "export",
        help=_(
            "Write the sites, or other records, into one file: table, GIS or GPS; bibtex, ris, "
            "csl: publications."
        ),
    )
    @click.argument("form", metavar="FORMAT", type=click.Choice((*_FORMATS, *_REFERENCES)))
    @click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
    @click.option(
        "--kind",
        metavar="KIND",
        type=click.Choice(("sites", *exportable_kinds())),
        default="sites",
        show_default=True,
        help=_("What is written: the sites, or all records of another kind."),
    )
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
        kind: str,
        filters: tuple[str, ...],
        crs: str | None,
        audience: str,
        overwrite: bool,
    ) -> None:
        from geopark_app.domain.declaration import Audience
        from geopark_app.operations.exporting import export_sites
        from geopark_app.operations.record_exports import export_records
        from geopark_app.wording.exporting import loss_words

        _check_name(out, overwrite)
        if (kind != "sites" or form in _REFERENCES) and (filters or crs):
            raise click.UsageError(_("--filter and --crs are for sites only."))
        if form in _REFERENCES:
            _export_references(ctx, output, form, out)
            return
        with opened(ctx) as context, cancel_on_interrupt() as cancel:
            if kind == "sites":
                report = export_sites(
                    context,
                    form,
                    out,
                    audience=Audience(audience),
                    filters=read_filters(filters),
                    epsg=read_epsg(crs),
                    cancel=cancel,
                )
            else:
                report = export_records(
                    context, kind, form, out, audience=Audience(audience), cancel=cancel
                )
        output.data(
            {
                "out": str(report.path),
                "format": form,
                "kind": kind,
                "sites": report.sites,
                "records": report.records,
                "left_out": list(report.left_out),
                "losses": [loss_words(loss) for loss in report.losses],
            }
        )
        output.text(str(report.path))
        for loss in report.losses:
            output.remark(loss_words(loss))
        if report.left_out:
            output.remark(
                _("{count} sites of unknown position are not in the file: {codes}").format(
                    count=len(report.left_out), codes=", ".join(report.left_out)
                )
            )

    return export


def _export_references(ctx: click.Context, output: Output, form: str, out: Path) -> None:
    from geopark_app.operations.bibliography import export_references

    with opened(ctx) as context:
        count = export_references(context, form, out)
    output.data({"out": str(out), "format": form, "references": count})
    output.text(_("{count} publications written: {path}").format(count=count, path=out))


def _check_name(out: Path, is_overwriting: bool) -> None:
    if out.exists() and not is_overwriting:
        raise GeoparkError(
            ErrorCode.BAD_VALUE,
            field="OUT",
            value=out,
            expected=_("the name of a new file, or --overwrite to replace this one"),
        )

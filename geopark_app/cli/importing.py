"""`import FILE`: bring a list of sites or other records in, whatever its format."""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.crs_option import read_epsg
from geopark_app.cli.exit_codes import LEFT_FOR_A_PERSON, REFUSED
from geopark_app.cli.importing_layers import LayerOrder, import_layer, layer_options
from geopark_app.cli.importing_visits import import_visits, visit_options
from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.output import Output, common_options, opened, pairs
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.import_planning import PlannedRow
    from geopark_app.operations.importing import ImportReport

Importer = Callable[[click.Context, Output, Path, Mapping[str, Any]], int]
_SHOWN = 40


def _bring_layer(ctx: click.Context, output: Output, file: Path, given: Mapping[str, Any]) -> int:
    order = LayerOrder(
        kind=given["kind"],
        mapping=pairs(given["mapping"]),
        epsg=read_epsg(given["crs"]),
        encoding=given["encoding"],
        layer=given["layer"],
        is_dry_run=given["dry_run"],
        take_good_rows=given["take_good_rows"],
        words=given,
    )
    return import_layer(ctx, output, file, order)


OTHER_IMPORTERS: dict[str, Importer] = dict.fromkeys(
    ("boundary", "communes", "overlay", "track"), _bring_layer
) | {"visits": import_visits}
"""Kinds that are no lists of records, each with what brings it in: add a line here.

An importer is given the file and the other options of the command by name.
"""


def import_command() -> click.Command:
    """Make `import`."""
    from geopark_app.operations.import_targets import importable_kinds

    @click.command(
        "import",
        help=_(
            "Bring in a list: CSV, XLSX, GeoJSON, GeoPackage, Shapefile (folder or zip), KML, "
            "KMZ, GPX, MapInfo, our JSON; BibTeX, RIS or CSL-JSON for references. One save, one "
            "undo; bad rows are listed with the reason."
        ),
    )
    @click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
    @click.option(
        "--kind",
        metavar="KIND",
        type=click.Choice((*importable_kinds(), *OTHER_IMPORTERS)),
        default="sites",
        show_default=True,
        help=_(
            "What the rows are: sites, stops, references, or a record kind (see record --kinds)."
        ),
    )
    @click.option(
        "--map",
        "mapping",
        multiple=True,
        metavar="COLUMN=FIELD",
        help=_("Which column is which field; an empty field leaves the column out."),
    )
    @click.option("--crs", metavar="EPSG:n", help=_("System of the points in the file."))
    @click.option("--encoding", metavar="NAME", help=_("Encoding of the text; told without it."))
    @click.option("--layer", metavar="NAME", help=_("Sheet or layer to read."))
    @click.option("--dry-run", is_flag=True, help=_("Only say what would happen."))
    @click.option(
        "--update-by", type=click.Choice(("code", "uuid")), help=_("Update records found by this.")
    )
    @click.option(
        "--take-good-rows", is_flag=True, help=_("Take the good rows although others are bad.")
    )
    @click.option("--mend-shapes", is_flag=True, help=_("Put areas right that cross themselves."))
    @layer_options
    @visit_options
    @common_options
    @click.pass_context
    def import_list(
        ctx: click.Context,
        /,
        output: Output,
        file: Path,
        kind: str,
        mapping: tuple[str, ...],
        crs: str | None,
        encoding: str | None,
        layer: str | None,
        dry_run: bool,
        update_by: str | None,
        take_good_rows: bool,
        mend_shapes: bool,
        **_layer_words: Any,
    ) -> int:
        if kind in OTHER_IMPORTERS:
            return OTHER_IMPORTERS[kind](ctx, output, file, ctx.params)
        from geopark_app.operations.importing import (
            ImportOptions,
            plan_import,
            recognise_file,
            take_import,
        )

        options = ImportOptions(
            kind=kind,
            mapping=pairs(mapping),
            epsg=read_epsg(crs),
            encoding=encoding,
            layer=layer,
            update_by=update_by or "",
            take_good_rows=take_good_rows,
            mend_shapes=mend_shapes,
        )
        with (
            _without_collector(),
            opened(ctx) as context,
            cancel_on_interrupt() as cancel,
            output.progress(_("Importing")) as progress,
        ):
            recognised = recognise_file(context, file, options, cancel=cancel)
            report = plan_import(context, recognised, options, progress=progress, cancel=cancel)
            if not dry_run:
                report = take_import(
                    context,
                    report,
                    options,
                    reason=_("Import of {file}").format(file=file.name),
                    progress=progress,
                    cancel=cancel,
                )
        _show(output, report)
        if not report.count("refused"):
            return 0
        return LEFT_FOR_A_PERSON if take_good_rows else REFUSED

    return import_list


@contextmanager
def _without_collector() -> Iterator[None]:
    """Let nobody look through a million lasting objects again and again: a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _show(output: Output, report: "ImportReport") -> None:
    from geopark_app.wording.importing import row_reason, status_words, warning_words

    output.data(_as_json(report))
    table = report.recognised.table
    about = [table.format, table.encoding, table.layer, report.recognised.crs_name]
    output.text(" · ".join(part for part in about if part))
    for warning in report.warnings:
        output.remark(warning_words(warning))
    bad = [row for row in report.rows if row.status == "refused"]
    if bad:
        lines = [
            (_place(row), row.code or row.name, row_reason(row.reason, row.details)) for row in bad
        ]
        output.table((_("Row"), _("Code"), _("Why not")), lines[:_SHOWN])
    counts = ", ".join(
        f"{status_words(status)} {report.count(status)}"
        for status in ("added", "updated", "unchanged", "refused")
    )
    output.text(_("Read {read}: {counts}").format(read=len(report.rows), counts=counts))
    if report.is_dry_run:
        output.remark(_("Only tried; nothing was written."))
    elif not report.is_taken:
        output.remark(_("Nothing was written. --take-good-rows takes the good rows alone."))


def _place(row: "PlannedRow") -> str:
    return f"{row.table} {row.number}" if row.table else str(row.number)


def _as_json(report: "ImportReport") -> dict[str, Any]:
    from geopark_app.wording.importing import row_reason, warning_words

    recognised = report.recognised
    return {
        "read": len(report.rows),
        **{name: report.count(name) for name in ("added", "updated", "unchanged", "refused")},
        "rows": [
            {
                "row": row.number,
                "table": row.table,
                "status": row.status,
                "code": row.code,
                "reason": row_reason(row.reason, row.details) if row.reason else "",
                "differences": [
                    {"field": one.field, "from": _plain(one.old), "to": _plain(one.new)}
                    for one in row.differences
                ],
            }
            for row in report.rows
        ],
        "tables": {one.table.layer: len(one.table.rows) for one in recognised.further},
        "format": recognised.table.format,
        "layer": recognised.table.layer,
        "encoding": recognised.table.encoding,
        "crs": recognised.crs,
        "mapping": recognised.mapping,
        "dry_run": report.is_dry_run,
        "taken": report.is_taken,
        "warnings": [warning_words(warning) for warning in report.warnings],
    }


def _plain(value: object) -> object:
    from geopark_app.domain.position import Position

    if isinstance(value, Position):
        return {"lon": value.lon, "lat": value.lat, "quality": value.quality}
    return value

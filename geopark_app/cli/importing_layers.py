"""`import FILE --kind communes|boundary|overlay|track`: map layers of the office."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from geopark_app.cli.exit_codes import LEFT_FOR_A_PERSON, REFUSED
from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.output import Output, opened
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.layer_import import LayerOptions, LayerReport

Function = TypeVar("Function", bound=Callable[..., Any])
_SHOWN = 40
_PARTS = ("code", "name_vi", "name_en")


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerOrder:
    """What was said on the command line; `words` are the options of `layer_options`."""

    kind: str
    mapping: Mapping[str, str]
    epsg: int | None
    encoding: str | None
    layer: str | None
    is_dry_run: bool
    take_good_rows: bool
    words: Mapping[str, Any]


def layer_options(function: Function) -> Function:
    """Add the options only map layers have."""
    decorated: Any = function
    for option in (
        click.option("--official", is_flag=True, help=_("It is the line of the authority.")),
        click.option("--dated", default="", metavar="DATE", help=_("Day from which it holds.")),
        click.option("--licence", default="", help=_("Under which terms it may be used.")),
        click.option("--source", default="", help=_("Where the layer comes from.")),
        click.option("--name-en", default="", help=_("Name of the layer in English.")),
        click.option("--name-vi", default="", help=_("Name of the layer in Vietnamese.")),
        click.option(
            "--overlay", default="other", metavar="KIND",
            help=_(
                "protected, geology, roads, route, rivers, border-zone, exclusion, national, other."
            ),
        ),
        click.option(
            "--filter", "filters", multiple=True, metavar="COLUMN=VALUE",
            help=_("Only features with this value; repeat it for several values."),
        ),
    ):  # fmt: skip
        decorated = option(decorated)
    result: Function = decorated
    return result


def import_layer(ctx: click.Context, output: Output, file: Path, order: LayerOrder) -> int:
    """Bring a layer in, or say what would happen; gives the exit code."""
    from geopark_app.operations.layer_import import plan_layer, recognise_layer, take_layer

    options = _options(order)
    with opened(ctx) as context, cancel_on_interrupt() as cancel, output.progress(_("Importing")):
        found = recognise_layer(context, file, options, cancel=cancel)
        report = plan_layer(context, found, options, cancel=cancel)
        if not order.is_dry_run:
            reason = _("Map layer from {file}").format(file=file.name)
            report = take_layer(context, report, options, reason=reason)
    output.data(_as_json(report))
    _show(output, report)
    if not report.count("refused"):
        return 0
    return LEFT_FOR_A_PERSON if order.take_good_rows else REFUSED


def _options(order: LayerOrder) -> "LayerOptions":
    from geopark_app.operations.layer_import import LayerOptions

    column, values = _filter(order.words["filters"])
    return LayerOptions(
        kind=order.kind,
        overlay=order.words["overlay"],
        filter_column=column,
        filter_values=values,
        columns=_columns(order.mapping),
        epsg=order.epsg,
        encoding=order.encoding,
        layer=order.layer,
        name_vi=order.words["name_vi"],
        name_en=order.words["name_en"],
        source=order.words["source"],
        licence=order.words["licence"],
        dated_on=order.words["dated"],
        is_official=order.words["official"],
        take_good_rows=order.take_good_rows,
    )


def _filter(typed: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    parts = [text.partition("=") for text in typed]
    columns = {column.strip() for column, _sign, _value in parts}
    if len(columns) > 1 or any(not sign for _column, sign, _value in parts):
        raise GeoparkError(
            ErrorCode.BAD_VALUE,
            field="--filter",
            value=", ".join(typed),
            expected="kind=commune_2025",
        )
    return (columns.pop() if columns else ""), tuple(value for _column, _sign, value in parts)


def _columns(mapping: Mapping[str, str]) -> dict[str, str]:
    """Read COLUMN=FIELD or FIELD=COLUMN; the fields are code, name_vi and name_en."""
    columns: dict[str, str] = {}
    for first, second in mapping.items():
        part, column = (second, first) if second in _PARTS else (first, second)
        if part not in _PARTS:
            raise GeoparkError(ErrorCode.UNKNOWN_FIELD, kind="map_layer", field=second)
        columns[part] = column
    return columns


def _show(output: Output, report: "LayerReport") -> None:
    from geopark_app.wording.importing import row_reason, status_words, warning_words
    from geopark_app.wording.layers import boundary_words, number

    found = report.file.found
    about = [found.format, found.encoding, found.layer, report.file.crs_name]
    output.text(" · ".join(part for part in about if part))
    for warning in report.warnings:
        output.remark(warning_words(warning))
    bad = [row for row in report.rows if row.status == "refused"]
    if bad:
        lines = [
            (str(row.number), row.code or row.name, row_reason(row.reason, row.details))
            for row in bad
        ]
        output.table((_("Row"), _("Code"), _("Why not")), lines[:_SHOWN])
    counts = ", ".join(
        f"{status_words(status)} {report.count(status)}"
        for status in ("added", "unchanged", "refused")
    )
    output.text(_("Read {read}: {counts}").format(read=len(report.rows), counts=counts))
    if report.left_out:
        output.text(_("Left out by the filter: {count}").format(count=report.left_out))
    if report.area_km2:
        output.text(_("Area: {area} km²").format(area=number(report.area_km2, 2)))
    if report.change is not None:
        output.text(boundary_words(report.change))
    if report.is_dry_run:
        output.remark(_("Only tried; nothing was written."))
    elif not report.is_taken:
        output.remark(_("Nothing was written. --take-good-rows takes the good rows alone."))


def _as_json(report: "LayerReport") -> dict[str, Any]:
    from geopark_app.wording.importing import row_reason, warning_words
    from geopark_app.wording.layers import boundary_words

    found, change = report.file.found, report.change
    return {
        "read": len(report.rows),
        **{name: report.count(name) for name in ("added", "updated", "unchanged", "refused")},
        "left_out": report.left_out,
        "rows": [
            {
                "row": row.number,
                "status": row.status,
                "code": row.code,
                "name": row.name,
                "area_km2": round(row.area_km2, 4),
                "reason": row_reason(row.reason, row.details) if row.reason else "",
            }
            for row in report.rows
        ],
        "format": found.format,
        "layer": found.layer,
        "encoding": found.encoding,
        "crs": report.file.crs,
        "mapping": dict(report.file.columns),
        "kind": report.layer.layer_kind,
        "uuid": report.layer.uuid if report.is_taken and report.count("added") else None,
        "sha256": report.layer.sha256,
        "area_km2": round(report.area_km2, 4),
        "change": None
        if change is None
        else {
            "before_km2": round(change.before_km2, 4),
            "now_km2": round(change.now_km2, 4),
            "gained_km2": round(change.gained_km2, 4),
            "lost_km2": round(change.lost_km2, 4),
            "percent": round(change.share * 100, 3),
            "needs_new_proposal": change.needs_new_proposal,
            "message": boundary_words(change),
        },
        "dry_run": report.is_dry_run,
        "taken": report.is_taken,
        "warnings": [warning_words(warning) for warning in report.warnings],
    }

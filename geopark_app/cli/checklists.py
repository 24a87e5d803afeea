"""`visit record` and `readiness`: checklists answered, and what follows."""

import json
from pathlib import Path
from typing import Any

import click

from geopark_app.cli.output import Output, common_options, opened
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick

_ANSWERS_LIMIT = 5_000_000


def visit_command() -> click.Group:
    """Make `visit`."""
    group = click.Group(name="visit", help=_("Visits that answer a checklist."))
    group.add_command(_record())
    return group


def _record() -> click.Command:
    @click.command("record", help=_("Record a visit with its answers from a file."))
    @click.argument("place", metavar="SITE|ROUTE|park")
    @click.option("--checklist", metavar="ID", help=_("Edition; the newest when left out."))
    @click.option(
        "--answers",
        required=True,
        type=click.Path(path_type=Path),
        help=_("JSON file with the answers by item."),
    )
    @click.option("--date", "visited_on", metavar="YYYY-MM-DD", help=_("Day of the visit."))
    @common_options
    @click.pass_context
    def record(
        ctx: click.Context,
        output: Output,
        place: str,
        checklist: str | None,
        answers: Path,
        visited_on: str | None,
    ) -> None:
        from geopark_app.cli.record_json import readiness_json
        from geopark_app.operations.visits import record_visit

        given = _read_answers(answers)
        with opened(ctx) as context:
            visit, result = record_visit(
                context,
                place,
                given,
                edition=checklist,
                visited_on=visited_on,
                photo_folder=answers.parent,
                reason=_("Record visit: {place}").format(place=place),
            )
        output.data(
            {"visit": visit.uuid, "answers": len(given), "readiness": readiness_json(result.total)}
        )
        output.text(_("Visit recorded with {count} answers.").format(count=len(given)))

    return record


def _read_answers(path: Path) -> dict[str, dict[str, Any]]:
    if not path.is_file():
        raise GeoparkError(ErrorCode.NOT_FOUND, path=path)
    if path.stat().st_size > _ANSWERS_LIMIT:
        raise GeoparkError(ErrorCode.TOO_LARGE, path=path)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        items = content["items"]
        if all(isinstance(answer, dict) for answer in items.values()):
            return dict(items)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    raise GeoparkError(
        ErrorCode.BAD_VALUE,
        field="--answers",
        value=path.name,
        expected='{"items": {"B01": {"status": "met"}}}',
    )


def readiness_command() -> click.Command:
    """Make `readiness`."""

    @click.command("readiness", help=_("Show the readiness score and coverage."))
    @click.argument("place", metavar="[SITE|ROUTE|park]", required=False)
    @common_options
    @click.pass_context
    def readiness(ctx: click.Context, output: Output, place: str | None) -> None:
        with opened(ctx) as context:
            if place is None:
                _show_all(context, output)
            else:
                _show_one(context, output, place)

    return readiness


def _show_all(context: Any, output: Output) -> None:
    from geopark_app.cli.record_json import readiness_json
    from geopark_app.operations.sites import list_sites

    visited = [item for item in list_sites(context) if item.readiness is not None]
    output.data(
        {
            "sites": [
                {"code": item.site.code, **(readiness_json(item.readiness) or {})}
                for item in visited
            ],
            "count": len(visited),
        }
    )
    output.table(
        (_("Code"), _("Name"), _("Score"), _("Coverage"), _("Red")),
        [
            (
                item.site.code or "",
                pick(item.site.name_vi, item.site.name_en),
                _percent(item.readiness.score),
                _percent(item.readiness.coverage),
                "!" if item.readiness.is_red else "",
            )
            for item in visited
            if item.readiness is not None
        ],
    )
    output.remark(_("Weights are a proposal, not UNESCO figures."))


def _show_one(context: Any, output: Output, place: str) -> None:
    from geopark_app.cli.record_json import readiness_json
    from geopark_app.operations.visits import place_readiness

    scope, result = place_readiness(context, place)
    output.data(
        {
            "scope": scope,
            "place": place,
            **(readiness_json(result.total) or {}),
            "groups": [
                {
                    "id": group.code,
                    "label_vi": group.label_vi,
                    "label_en": group.label_en,
                    **(readiness_json(part) or {}),
                }
                for group, part in result.groups
            ],
            "items": [
                {
                    "id": item.code,
                    "label_vi": item.label_vi,
                    "label_en": item.label_en,
                    "weight": item.weight,
                    "critical": item.critical,
                    "status": answer.status if answer else None,
                }
                for item, answer in result.items
            ],
        }
    )
    output.text(
        _("Score {score}, coverage {coverage}").format(
            score=_percent(result.total.score), coverage=_percent(result.total.coverage)
        )
    )
    output.table(
        (_("Group"), _("Score"), _("Coverage")),
        [
            (pick(group.label_vi, group.label_en), _percent(part.score), _percent(part.coverage))
            for group, part in result.groups
        ],
    )


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"

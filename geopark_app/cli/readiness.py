"""`readiness`: score and coverage by place and area, over time, what became too old; on paper."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick

if TYPE_CHECKING:
    from geopark_app.operations.context import AppContext
    from geopark_app.operations.readiness_board import (
        AreaReadiness,
        PlaceReadiness,
        ReadinessBoard,
        StaleAnswer,
    )
    from geopark_app.rules.readiness import Readiness

_AREAS = ("site", "route", "commune", "group", "park")


def readiness_command() -> click.Command:
    """Make `readiness`."""

    @click.command("readiness", help=_("Show the readiness score and coverage."))
    @click.argument("place", metavar="[SITE|ROUTE|park]", required=False)
    @click.option(
        "--by", type=click.Choice(_AREAS), help=_("Places together; with site: each visited one.")
    )
    @click.option("--trend", is_flag=True, help=_("How it was after each day with answers."))
    @click.option("--stale", is_flag=True, help=_("List the answers that are too old."))
    @click.option(
        "--stale-days",
        type=int,
        metavar="DAYS",
        help=_("Set after how many days an answer is too old, for the whole catalogue."),
    )
    @click.option(
        "--out",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=_("Write the charts (.pdf) or the figures (.xlsx)."),
    )
    @common_options
    @click.pass_context
    def readiness(
        ctx: click.Context,
        output: Output,
        place: str | None,
        by: str | None,
        trend: bool,
        stale: bool,
        stale_days: int | None,
        out: Path | None,
    ) -> None:
        with opened(ctx) as context:
            if stale_days is not None:
                _set_stale_days(context, stale_days)
            if out is not None:
                _write(context, output, out)
            elif stale:
                _show_stale(context, output, place)
            elif trend:
                _show_trend(context, output, place)
            elif place is not None:
                _show_one(context, output, place)
            else:
                _show_areas(context, output, by or "site")

    return readiness


def _set_stale_days(context: "AppContext", days: int) -> None:
    from geopark_app.operations.readiness_results import set_stale_after_days

    set_stale_after_days(
        context, days, reason=_("Answers are too old after {days} days").format(days=days)
    )


def _write(context: "AppContext", output: Output, out: Path) -> None:
    from geopark_app.operations.readiness_export import write_readiness

    with cancel_on_interrupt() as cancel:
        write_readiness(context, out, cancel)
    output.data({"out": str(out), "bytes": out.stat().st_size})
    output.text(_("Written: {path}").format(path=out))


def _show_areas(context: "AppContext", output: Output, by: str) -> None:
    from geopark_app.operations.readiness_board import readiness_board

    board = readiness_board(context)
    lines: Sequence[AreaReadiness | PlaceReadiness]
    match by:
        case "route":
            key, lines = "routes", board.routes
            content = [_route(board, one) for one in board.routes]
        case "commune":
            visited = [one for one in board.communes if one.visited]
            key, lines, content = "communes", visited, [_area(one) for one in visited]
        case "group":
            key, lines, content = "groups", board.groups, [_area(one) for one in board.groups]
        case "park":
            key, lines = "park", [*board.of_scope("park"), board.whole]
            content = [{"scope": "park", **_result(lines[0].readiness)}, _area(board.whole)]
        case _:
            sites = [one for one in board.of_scope("site") if one.tally.answered]
            key, lines, content = "sites", sites, [_place(one) for one in sites]
    output.data({key: content, "count": len(lines), **_about(board)})
    output.table(
        (_("Place"), _("Score"), _("Coverage"), _("Red"), _("Too old")),
        [(_name(one), *_figures(one.readiness)) for one in lines],
    )
    output.remark(_("Weights are a proposal, not UNESCO figures."))


def _about(board: "ReadinessBoard") -> dict[str, Any]:
    return {
        "edition": board.edition,
        "stale_after_days": board.stale_after,
        "whole": _result(board.whole.readiness),
    }


def _place(line: "PlaceReadiness") -> dict[str, Any]:
    return {
        "code": line.place.code,
        **_result(line.readiness),
        "newest": line.newest.isoformat() if line.newest else None,
        "groups": {code: _result(part.result()) for code, part in line.groups.items()},
    }


def _route(board: "ReadinessBoard", area: "AreaReadiness") -> dict[str, Any]:
    own = next((one for one in board.of_scope("route") if one.place.code == area.key), None)
    return {**_area(area), "own": _result(own.readiness) if own else None}


def _area(area: "AreaReadiness") -> dict[str, Any]:
    return {
        "id": area.key,
        "label_vi": area.name_vi,
        "label_en": area.name_en,
        **_result(area.readiness),
        "places": area.places,
        "visited": area.visited,
        "red_places": area.red,
    }


def _name(line: "AreaReadiness | PlaceReadiness") -> str:
    from geopark_app.operations.readiness_board import PlaceReadiness
    from geopark_app.operations.readiness_export import area_name, place_name

    if isinstance(line, PlaceReadiness):
        return place_name(line)
    return area_name(line) if line.key else _("Everything together")


def _figures(result: "Readiness") -> tuple[str, str, str, str]:
    from geopark_app.wording.readiness import percent

    stale = str(result.stale) if result.stale else ""
    return percent(result.score), percent(result.coverage), "!" if result.is_red else "", stale


def _result(result: "Readiness") -> dict[str, Any]:
    from geopark_app.cli.record_json import readiness_json

    return readiness_json(result) or {}


def _show_one(context: "AppContext", output: Output, place: str) -> None:
    from geopark_app.operations.visits import place_readiness
    from geopark_app.wording.readiness import percent

    scope, result = place_readiness(context, place)
    output.data(
        {
            "scope": scope,
            "place": place,
            **_result(result.total),
            "groups": [
                {
                    "id": group.code,
                    "label_vi": group.label_vi,
                    "label_en": group.label_en,
                    **_result(part),
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
                    "answered_at": answer.answered_at if answer else None,
                    "stale": item.uuid in result.stale,
                }
                for item, answer in result.items
            ],
        }
    )
    output.text(
        _("Score {score}, coverage {coverage}").format(
            score=percent(result.total.score), coverage=percent(result.total.coverage)
        )
    )
    output.table(
        (_("Group"), _("Score"), _("Coverage"), _("Red"), _("Too old")),
        [(pick(group.label_vi, group.label_en), *_figures(part)) for group, part in result.groups],
    )


def _show_trend(context: "AppContext", output: Output, place: str | None) -> None:
    from geopark_app.operations.readiness_board import readiness_trend

    points = readiness_trend(context, None if place is None else [_key(context, place)])
    output.data(
        {
            "place": place,
            "days": [{"day": one.day.isoformat(), **_result(one.readiness)} for one in points],
            "count": len(points),
        }
    )
    output.table(
        (_("Day"), _("Score"), _("Coverage"), _("Red")),
        [(one.day.strftime("%d/%m/%Y"), *_figures(one.readiness)[:3]) for one in points],
    )


def _show_stale(context: "AppContext", output: Output, place: str | None) -> None:
    from geopark_app.operations.readiness_board import readiness_board
    from geopark_app.operations.readiness_export import stale_cells, stale_headings

    board = readiness_board(context)
    key = None if place is None else _key(context, place)
    found = [one for one in board.stale if key in {None, one.place.key}]
    output.data(
        {
            "stale": [_stale_json(one) for one in found],
            "count": len(found),
            "stale_after_days": board.stale_after,
        }
    )
    output.table(stale_headings(), [stale_cells(one) for one in found])
    words = _("{count} answers are older than {days} days.")
    output.text(words.format(count=len(found), days=board.stale_after))


def _stale_json(one: "StaleAnswer") -> dict[str, Any]:
    return {
        "scope": one.place.scope,
        "place": one.place.code or "park",
        "item": one.item.code,
        "status": one.status,
        "day": one.day.isoformat() if one.day else None,
        "days": one.days,
        "critical": bool(one.item.critical),
    }


def _key(context: "AppContext", place: str) -> str:
    from geopark_app.operations.visits import find_place

    scope, keys = find_place(context, place)
    return f"{scope}:{next(iter(keys.values()), '')}"

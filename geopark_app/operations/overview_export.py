"""The overview and its board as one A4 page for the wall or the meeting."""

from pathlib import Path
from typing import Any

from geopark_app.domain.progress import CancelToken
from geopark_app.dossier.board_words import (
    age_words,
    board_headings,
    counted_words,
    paper_left_words,
    waiting_words,
)
from geopark_app.dossier.fitted_pdf import FittedSheet
from geopark_app.dossier.plan_words import day_words, left_words, span_words
from geopark_app.i18n import active, pick
from geopark_app.i18n import gettext as _
from geopark_app.operations.catalogues import profile_of
from geopark_app.operations.context import AppContext
from geopark_app.operations.overview import gather_overview
from geopark_app.operations.overview_board import Board, readiness_board
from geopark_app.operations.overview_facts import Overview, age_in_days
from geopark_app.operations.sheet_files import write_sheet
from geopark_app.rules.board import BoardRow
from geopark_app.wording.field_names import kind_label
from geopark_app.wording.readiness import percent

_SIZES = (8.4, 7.6, 7.0, 6.4, 5.9, 5.4)
_MOST_PAPERS = 12
_MOST_WAITING = 2


def write_board(context: AppContext, out: Path, cancel: CancelToken) -> int:
    """Write the board as PDF and give how many pages it has: one unless nothing can be read then.

    Raises
    ------
    Cancelled, GeoparkError
        An environment code when the file cannot be written; nothing stays of it then.
    """
    sheet = _sheet(context, gather_overview(context), readiness_board(context))
    return write_sheet(sheet, out, cancel).pages


def _sheet(context: AppContext, overview: Overview, board: Board) -> FittedSheet:
    profile = profile_of(context)
    today = day_words(overview.today)
    name = pick(str(profile.get("name_vi") or ""), str(profile.get("name_en") or ""))
    papers = overview.papers[:_MOST_PAPERS]
    return FittedSheet(
        template="board.typ",
        content={
            "title": _("Readiness board"),
            "subtitle": f"{name} · {today}",
            "author": context.author.person,
            "footer": _("Printed from the geopark inventory on {day}").format(day=today),
            "page": _("Page"),
            "language": active(),
            "headings": board_headings(""),
            "deadlines": _deadlines(overview),
            "figures": _figures(context, overview),
            "chapters_title": _("Chapters of the report"),
            "chapters": [_row(row, board) for row in board.chapters],
            "routes_title": _("Routes"),
            "routes": [_row(row, board) for row in board.routes],
            "communes_title": _("Communes"),
            "communes": [_row(row, board) for row in board.communes],
            "papers_title": _("Papers and agreements that end ({count})").format(
                count=len(overview.papers)
            ),
            "no_papers": _("None ends within six months or before the mission."),
            "papers": [
                {
                    "title": f"{kind_label(one.kind)}: {one.title}",
                    "until": day_words(one.until),
                    "left": paper_left_words(one.days_left(overview.today)),
                    "late": one.days_left(overview.today) < 0,
                }
                for one in papers
            ],
            "counted": counted_words(board.stale_after),
        },
        sizes=_SIZES,
        made_at=context.now().replace(microsecond=0),
    )


def _deadlines(overview: Overview) -> list[dict[str, Any]]:
    return [
        {
            "name": one.label,
            "day": span_words(one.opens or one.day, one.closes or one.day),
            "left": left_words(one.days_left(overview.today)),
            "late": (one.days_left(overview.today) or 0) < 0,
        }
        for one in overview.deadlines
        if one.is_followed and one.day is not None
    ]


def _figures(context: AppContext, overview: Overview) -> list[dict[str, Any]]:
    only = len(overview.originals.only_copies)
    backup = age_in_days(overview.backup_at, context.now())
    figures = (
        (percent(overview.readiness.score), _(
            "readiness, coverage {coverage}; {visited} of {total} sites visited").format(
            coverage=percent(overview.readiness.coverage), visited=overview.visited,
            total=overview.sites), bool(overview.red)),
        (str(overview.works.open), _("open works, {late} late").format(late=overview.works.late),
         overview.works.late > 0),
        (str(overview.stale.count), _("answers too old"), overview.stale.count > 0),
        (str(overview.waiting), _("units have not answered"), overview.waiting_late > 0),
        (str(overview.english_texts), _("texts without English"), overview.english_texts > 0),
        (str(only), _("photos in one copy only"), only > 0),
        (str(overview.unsynced), _("saves not handed over"), False),
        (age_words(backup), _("last backup"), backup is None),
    )  # fmt: skip
    return [{"figure": figure, "words": words, "late": late} for figure, words, late in figures]


def _row(row: BoardRow, board: Board) -> dict[str, Any]:
    days = row.days_left(board.today)
    return {
        "label": row.label,
        "complete": str(row.complete),
        "missing": str(row.missing),
        "old": str(row.too_old),
        "waiting": waiting_words(row, _MOST_WAITING),
        "days": "" if days is None else str(days),
        "late": days is not None and days < 0,
    }

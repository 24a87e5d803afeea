"""`overview`: days left, and everything that waits for a person; `overview --print OUT.pdf`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.cli.planning import deadline_json
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.context import AppContext
    from geopark_app.operations.overview_board import Board
    from geopark_app.operations.overview_facts import Overview
    from geopark_app.rules.board import BoardRow


def overview_command() -> click.Command:
    """Make `overview`."""

    @click.command(
        "overview", help=_("Days left, readiness, and what waits: per chapter, route and commune.")
    )
    @click.option(
        "--print",
        "out",
        metavar="OUT.pdf",
        type=click.Path(path_type=Path),
        help=_("Write the board on one A4 page."),
    )
    @common_options
    @click.pass_context
    def overview(ctx: click.Context, output: Output, out: Path | None) -> None:
        from geopark_app.dossier.works_words import written_words
        from geopark_app.operations.overview import gather_overview
        from geopark_app.operations.overview_board import readiness_board
        from geopark_app.operations.overview_export import write_board

        with opened(ctx) as context, cancel_on_interrupt() as cancel:
            found, board = gather_overview(context), readiness_board(context)
            pages = write_board(context, out, cancel) if out is not None else None
            content = _overview_json(context, found)
        content |= {"board": _board_json(board), "out": str(out) if out else None, "pages": pages}
        output.data(content)
        _tell(output, found, board)
        if out is not None:
            output.text(written_words(out, pages or 0))

    return overview


def _overview_json(context: "AppContext", found: "Overview") -> dict[str, Any]:
    from geopark_app.operations.overview_facts import age_in_days

    now, works = context.now(), found.works
    return {
        "today": found.today.isoformat(),
        "deadlines": [deadline_json(one, found.today) for one in found.deadlines],
        "days_left": found.next.days_left(found.today) if found.next else None,
        "next_deadline": found.next.id if found.next else None,
        "late_steps": found.late_steps,
        "readiness": {
            "score": found.readiness.score,
            "coverage": found.readiness.coverage,
            "visited": found.visited,
            "sites": found.sites,
            "red": len(found.red),
        },
        "only_copies": len(found.originals.only_copies),
        "stale_answers": {
            "count": found.stale.count,
            "sites": len(found.stale.sites),
            "after_days": found.stale.after_days,
        },
        "works": {"open": works.open, "late": works.late, "blocked": works.blocked},
        "missing_english": {
            "texts": found.english_texts,
            "old": found.english_old,
            "sites": len(found.english_sites),
        },
        "unsynced": found.unsynced,
        "last_backup": {
            "database": found.backup_at.isoformat() if found.backup_at else None,
            "database_days": age_in_days(found.backup_at, now),
            "photos": found.photo_backup_at.isoformat() if found.photo_backup_at else None,
        },
        "not_answered": {"units": found.waiting, "late": found.waiting_late},
        "papers_before": found.mission_on.isoformat() if found.mission_on else None,
        "papers": [
            {
                "kind": one.kind,
                "uuid": one.uuid,
                "title": one.title,
                "until": one.until.isoformat(),
                "days_left": one.days_left(found.today),
            }
            for one in found.papers
        ],
    }


def _board_json(board: "Board") -> dict[str, Any]:
    def rows(found: "tuple[BoardRow, ...]") -> list[dict[str, Any]]:
        return [
            {
                "key": row.key,
                "label": row.label,
                "complete": row.complete,
                "missing": row.missing,
                "too_old": row.too_old,
                "waiting_for": list(row.waiting),
                "days_left": row.days_left(board.today),
            }
            for row in found
        ]

    return {
        "chapters": rows(board.chapters),
        "routes": rows(board.routes),
        "communes": rows(board.communes),
    }


def _tell(output: Output, found: "Overview", board: "Board") -> None:
    from geopark_app.dossier.board_words import board_headings, waiting_words
    from geopark_app.dossier.plan_words import day_words, left_words, span_words
    from geopark_app.wording.field_names import kind_label
    from geopark_app.wording.readiness import percent

    output.table(
        (_("Deadline"), _("Date"), _("Days left")),
        [
            (
                one.label,
                span_words(one.opens or one.day, one.closes or one.day),
                left_words(one.days_left(found.today)),
            )
            for one in found.deadlines
        ],
    )
    score, coverage = percent(found.readiness.score), percent(found.readiness.coverage)
    for words, figure in (
        (
            _("readiness, coverage {coverage}; {visited} of {total} sites visited").format(
                coverage=coverage, visited=found.visited, total=found.sites
            ),
            score,
        ),
        (_("open works, {late} late").format(late=found.works.late), found.works.open),
        (_("answers too old"), found.stale.count),
        (_("units have not answered"), found.waiting),
        (_("texts without English"), found.english_texts),
        (_("photos in one copy only"), len(found.originals.only_copies)),
        (_("saves not handed over"), found.unsynced),
    ):
        output.text(f"{figure}  {words}")
    for title, rows in (
        (_("Chapter"), board.chapters),
        (_("Route"), board.routes),
        (_("Commune"), board.communes),
    ):
        output.table(
            board_headings(title),
            [
                (
                    row.label,
                    str(row.complete),
                    str(row.missing),
                    str(row.too_old),
                    waiting_words(row),
                    "" if row.due is None else str(row.days_left(board.today)),
                )
                for row in rows
            ],
        )
    output.table(
        (_("Paper or agreement"), _("Ends on"), _("Days left")),
        [
            (
                f"{kind_label(one.kind)}: {one.title}",
                day_words(one.until),
                str(one.days_left(found.today)),
            )
            for one in found.papers
        ],
    )

"""The ranking for a meeting: PDF to print, XLSX to work with; every total with its terms."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.progress import CancelToken
from geopark_app.dossier.ranking_pdf import RankingRow, RankingSheet, typeset_ranking
from geopark_app.exchange.spreadsheet import Workbook, write_workbook
from geopark_app.exchange.tables import Cell, Column, Table
from geopark_app.i18n import active, pick
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.operations.score_lists import RankedSite, SiteScores
from geopark_app.operations.score_words import result_words, terms_words, total_words
from geopark_app.operations.scoring_methods import Method
from geopark_app.rules.scoring import ValueTotal
from geopark_app.store.writing_files import translated_os_errors, write_atomically
from geopark_app.wording.scoring import state_words


def write_ranking(
    context: AppContext,
    method: Method,
    ranked: Sequence[RankedSite],
    value: str,
    out: Path,
    cancel: CancelToken,
) -> None:
    """Write the ranking as PDF or, for another suffix, as XLSX, in the language chosen.

    Raises
    ------
    Cancelled, GeoparkError
        An environment code when the file cannot be written; nothing stays of it then.
    """
    if out.suffix.lower() == ".pdf":
        _write_pdf(context, method, ranked, value, out, cancel)
    else:
        _write_workbook(context, method, ranked, value, out)


def value_label(method: Method, value: str) -> str:
    """Give the name of a result in the chosen language."""
    return next(
        (pick(one.label_vi, one.label_en) for one in method.values if one.code == value), value
    )


def _title(method: Method, value: str) -> str:
    words = _("Ranking by {value}").format(value=value_label(method, value))
    mark = _("PROVISIONAL")
    return f"{words} – {mark}" if method.is_provisional else words


def _write_pdf(
    context: AppContext,
    method: Method,
    ranked: Sequence[RankedSite],
    value: str,
    out: Path,
    cancel: CancelToken,
) -> None:
    today = context.now().astimezone(VIETNAM).strftime("%d/%m/%Y")
    values = [one.code or "" for one in method.values]
    sheet = RankingSheet(
        words={
            "title": _title(method, value),
            "subtitle": f"{pick(method.record.title_vi, method.record.title_en)} · {today}",
            "state": state_words(method.record),
            "author": context.author.person,
            "footer": _("Printed from the geopark inventory on {day}").format(day=today),
            "page": _("Page"),
            "terms": _("Terms of the totals: weight × points"),
            "note": _("The results are never added up. Unscored is unscored, never 0."),
            "language": active(),
        },
        headings=("", _("Code"), _("Name"), *values, value_label(method, value), _("Assessed by")),
        rows=tuple(_row(one, values, value) for one in ranked),
        made_at=context.now().replace(microsecond=0),
    )
    with translated_os_errors(out), tempfile.TemporaryDirectory(prefix="geopark-rank-") as folder:
        (Path(folder) / "source").mkdir()
        made = Path(folder) / "ranking.pdf"
        typeset_ranking(sheet, folder=Path(folder) / "source", output=made, cancel=cancel)
        write_atomically(out, made.read_bytes())


def _row(ranked: RankedSite, values: Sequence[str], value: str) -> RankingRow:
    one = ranked.scores
    counted = one.counted
    result = counted.totals[value] if counted else None
    return RankingRow(
        place=str(ranked.place or ""),
        code=one.site.code or "",
        name=pick(one.site.name_vi, one.site.name_en),
        totals=tuple(_result(counted.totals[name]) if counted else "" for name in values),
        share=_share(result),
        level=class_level(result),
        standing=standing_words(one),
        terms=terms_words(result) if result and result.total is not None else "",
    )


def _share(result: ValueTotal | None) -> float:
    if result is None or result.total is None:
        return 0.0
    return min(1.0, max(0.0, result.total / result.scale.highest))


def class_level(result: ValueTotal | None) -> float:
    """Give how high the class of a result is among the classes, 0 to 1; -1 without one."""
    found = result.scale.class_of(result.total) if result else None
    if result is None or found is None or len(result.scale.classes) < 2:
        return -1.0
    return result.scale.classes.index(found) / (len(result.scale.classes) - 1)


def _result(result: ValueTotal) -> str:
    if result.total is None:
        scored = len(result.terms) - len(result.missing)
        return f"{scored}/{len(result.terms)}" if scored else ""
    return f"{total_words(result)} {result_words(result)}".rstrip()


def standing_words(one: SiteScores) -> str:
    """Say who made the assessment that counts, when, and how it stands."""
    words = []
    if one.counted is not None:
        assessment = one.counted.assessment
        day = "/".join(reversed((assessment.assessed_on or "").split("-")))
        words.append(f"{assessment.assessor or ''} {day}".strip())
        words.append(_("accepted") if assessment.is_accepted else _("not agreed yet"))
    if one.hidden:
        words.append(_("{count} hidden").format(count=one.hidden))
    return ", ".join(word for word in words if word)


def _write_workbook(
    context: AppContext, method: Method, ranked: Sequence[RankedSite], value: str, out: Path
) -> None:
    values = [one.code or "" for one in method.values]
    title = _title(method, value)
    state = state_words(method.record)
    write_workbook(
        Workbook(
            title=title,
            author=context.author.person,
            made_at=context.now(),
            tables=(_ranking_table(title, ranked, values), _terms_table(method, ranked)),
            about=((state, state), (method.record.source or "", method.record.source or "")),
            languages=(active(),),
        ),
        out,
    )


def _ranking_table(title: str, ranked: Sequence[RankedSite], values: Sequence[str]) -> Table:
    columns = [
        _column("place", _("Rank"), 8, is_number=True),
        _column("code", _("Code"), 10),
        _column("name", _("Name"), 40),
    ]
    for name in values:
        columns.append(_column(name, name, 10, is_number=True))
        columns.append(_column(f"{name}_class", _("Class of {value}").format(value=name), 18))
    columns += [
        _column("standing", _("Assessed by"), 36),
        _column("differences", _("Assessors differ on"), 40),
    ]
    rows = []
    for one in ranked:
        counted = one.scores.counted
        cells: list[Cell] = [one.place, one.scores.site.code]
        cells.append(pick(one.scores.site.name_vi, one.scores.site.name_en))
        for name in values:
            result = counted.totals[name] if counted else None
            cells += [result.score if result else None, result_words(result) if result else None]
        cells += [standing_words(one.scores), difference_words(one.scores)]
        rows.append(tuple(cells))
    return Table(
        name="Ranking", title_vi=title, title_en=title, columns=tuple(columns), rows=tuple(rows)
    )


def difference_words(one: SiteScores) -> str:
    """Name the criteria on which those who submitted differ, with the lowest and highest."""
    return ", ".join(f"{code} {low}–{high}" for code, (low, high) in one.differences.items())


def _terms_table(method: Method, ranked: Sequence[RankedSite]) -> Table:
    labels = {one.code: pick(one.term.label_vi, one.term.label_en) for one in method.criteria}
    rows: list[tuple[Cell, ...]] = []
    for one in ranked:
        for result in one.scores.counted.totals.values() if one.scores.counted else ():
            rows += [
                (
                    one.scores.site.code,
                    result.value,
                    labels.get(term.criterion, term.criterion),
                    term.weight,
                    term.points,
                    term.product,
                )
                for term in result.terms
            ]
    title = _("Terms of the totals: weight × points")
    return Table(
        name="Terms",
        title_vi=title,
        title_en=title,
        columns=(
            _column("code", _("Code"), 10),
            _column("value", _("Result"), 10),
            _column("criterion", _("Criterion"), 46),
            _column("weight", _("Weight (%)"), 12, is_number=True),
            _column("points", _("Points"), 10, is_number=True),
            _column("product", _("Product"), 12, is_number=True),
        ),
        rows=tuple(rows),
    )


def _column(name: str, label: str, width: int, *, is_number: bool = False) -> Column:
    return Column(name=name, label_vi=label, label_en=label, width=width, is_number=is_number)

"""`scores`: all assessed sites with their results, ranked, written to print or to work with."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.assessing import totals_json
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick

if TYPE_CHECKING:
    from geopark_app.operations.score_lists import RankedSite, SiteScores
    from geopark_app.operations.scoring_methods import Method


def scores_command() -> click.Command:
    """Make `scores`."""

    @click.command("scores", help=_("List the scores of all assessed sites with their classes."))
    @click.option("--method", default="brilha2016", show_default=True, help=_("The method."))
    @click.option("--by", metavar="VALUE", help=_("Rank by this result, such as SV or DR."))
    @click.option(
        "--out",
        metavar="OUT.pdf|OUT.xlsx",
        type=click.Path(path_type=Path),
        help=_("Write the ranking: a PDF to print, a workbook to work with."),
    )
    @click.option(
        "--score-none",
        is_flag=True,
        help=_("Say that you score no site by this method; others' points are shown then."),
    )
    @common_options
    @click.pass_context
    def scores(ctx: click.Context, /, output: Output, method: str, **given: Any) -> None:
        from geopark_app.domain.progress import CancelToken
        from geopark_app.operations.assessments import score_no_site
        from geopark_app.operations.ranking_export import write_ranking
        from geopark_app.operations.score_lists import ranking, site_scores
        from geopark_app.operations.scoring_methods import method_of
        from geopark_app.wording.scoring import blind_words, state_words

        with opened(ctx) as context:
            used = method_of(context, method)
            value = _value(used, given["by"])
            if given["score_none"]:
                score_no_site(context, used, reason=_("Read the scores only"))
            found = site_scores(context, used)
            ranked = ranking(found, value)
            if given["out"] is not None:
                write_ranking(context, used, ranked, value, given["out"], CancelToken())
        shown = (
            ranked if given["by"] else sorted(ranked, key=lambda one: one.scores.site.code or "")
        )
        output.data(
            {
                "sites": [_site_json(one, used) for one in shown],
                "count": len(found),
                **({"by": value} if given["by"] else {}),
                **({"out": str(given["out"])} if given["out"] else {}),
            }
        )
        values = [term.code or "" for term in used.values]
        output.table(
            (
                *([_("Rank")] if given["by"] else []),
                _("Code"),
                _("Name"),
                *values,
                _("Assessor"),
                _("Date"),
                _("Accepted"),
                _("Hidden"),
            ),
            [(*_place(one, given["by"]), *_row(one.scores, values)) for one in shown],
        )
        if any(one.hidden for one in found):
            output.remark(blind_words())
        if given["out"] is not None:
            output.text(_("Written: {path}").format(path=given["out"]))
        output.remark(state_words(used.record))

    return scores


def _value(method: "Method", by: str | None) -> str:
    from geopark_app.domain.errors import ErrorCode, GeoparkError

    values = [term.code or "" for term in method.values]
    if by is None:
        return method.risk_value or values[0]
    if by not in values:
        raise GeoparkError(ErrorCode.BAD_VALUE, field="--by", value=by, expected=", ".join(values))
    return by


def _place(one: "RankedSite", by: str | None) -> tuple[str, ...]:
    return (str(one.place or ""),) if by else ()


def _row(one: "SiteScores", values: list[str]) -> tuple[str, ...]:
    from geopark_app.operations.score_words import total_words

    counted = one.counted
    assessment = counted.assessment if counted else None
    return (
        one.site.code or "",
        pick(one.site.name_vi, one.site.name_en),
        *(total_words(counted.totals[name]) if counted else "" for name in values),
        (assessment.assessor if assessment else None) or "",
        (assessment.assessed_on if assessment else None) or "",
        "✓" if assessment and assessment.is_accepted else "",
        str(one.hidden or ""),
    )


def _site_json(ranked: "RankedSite", method: "Method") -> dict[str, Any]:
    from geopark_app.operations.scoring_methods import BRILHA_2016
    from geopark_app.rules.scoring import derived_relevance

    one = ranked.scores
    counted = one.counted
    is_brilha = method.name == BRILHA_2016
    return {
        "uuid": one.site.uuid,
        "code": one.site.code,
        "method": method.name,
        "provisional": method.is_provisional,
        "place": ranked.place,
        **(totals_json(counted) if counted else {}),
        "relevance": derived_relevance(one.total("SV")) if is_brilha else None,
        "assessment": counted.assessment.uuid if counted else None,
        "accepted": bool(counted and counted.assessment.is_accepted),
        "assessments": len(one.listed),
        "submitted": one.submitted,
        "hidden": one.hidden,
        "drafts": one.drafts,
        "differences": {code: list(pair) for code, pair in one.differences.items()},
    }

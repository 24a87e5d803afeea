"""`assess` and `scores`: points of a site by a method, and what they add up to."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.output import Output, common_options, opened
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick

if TYPE_CHECKING:
    from geopark_app.operations.assessments import Assessed, Given, Method, SiteScores
    from geopark_app.operations.context import AppContext

_FILE_LIMIT = 1_000_000
_EXAMPLE = '{"points": {"SV.integrity": 4}, "remarks": {"SV.integrity": "…"}}'


def assess_command() -> click.Command:
    """Make `assess`."""

    @click.command("assess", help=_("Score a site by a method, or accept one of its assessments."))
    @click.argument("site")
    @click.option("--method", default="brilha2016", show_default=True, help=_("The method."))
    @click.option(
        "--points",
        type=click.Path(path_type=Path),
        help=_("JSON file with the points by criterion; without it the site's are shown."),
    )
    @click.option("--assessor", metavar="NAME", help=_("Who scored; you when left out."))
    @click.option("--date", "assessed_on", metavar="YYYY-MM-DD", help=_("Day of the assessment."))
    @click.option("--into", metavar="UUID", help=_("Go on with this assessment."))
    @click.option("--accept", metavar="UUID", help=_("Make this assessment the one that counts."))
    @click.option("--reason", help=_("Why this assessment is accepted."))
    @common_options
    @click.pass_context
    def assess(ctx: click.Context, /, output: Output, site: str, method: str, **given: Any) -> None:
        from geopark_app.operations.assessments import assessments_of, method_of
        from geopark_app.operations.sites import find_site

        with opened(ctx) as context:
            found = find_site(context, site)
            used = method_of(context, method)
            if given["points"] is not None:
                _write(context, output, found, used, given)
            elif given["accept"]:
                _accept(context, found, given)
            listed = assessments_of(context, found.uuid, used)
            _show_site(context, output, found, used, listed)

    return assess


def scores_command() -> click.Command:
    """Make `scores`."""

    @click.command("scores", help=_("List the scores of all assessed sites with their classes."))
    @click.option("--method", default="brilha2016", show_default=True, help=_("The method."))
    @common_options
    @click.pass_context
    def scores(ctx: click.Context, output: Output, method: str) -> None:
        from geopark_app.operations.assessments import method_of, site_scores
        from geopark_app.wording.scoring import provisional_words

        with opened(ctx) as context:
            used = method_of(context, method)
            found = site_scores(context, used)
        output.data({"sites": [_site_json(one, used) for one in found], "count": len(found)})
        values = [term.code or "" for term in used.values]
        output.table(
            (_("Code"), _("Name"), *values, _("Assessor"), _("Date"), _("Accepted")),
            [_row(one, values) for one in found],
        )
        output.remark(provisional_words())

    return scores


def _write(
    context: "AppContext", output: Output, site: Any, method: "Method", given: dict[str, Any]
) -> None:
    from geopark_app.operations.assessments import assess

    saved = assess(
        context,
        site,
        _read_points(given["points"]),
        method=method,
        assessor=given["assessor"],
        assessed_on=given["assessed_on"],
        into=given["into"],
        reason=_("Assess {site}").format(site=site.code),
    )
    output.remark(_("Assessment saved: {uuid}").format(uuid=saved.assessment.uuid))


def _accept(context: "AppContext", site: Any, given: dict[str, Any]) -> None:
    from geopark_app.operations.assessments import accept

    step = _("Accept an assessment of {site}").format(site=site.code)
    accept(context, given["accept"], reason=given["reason"] or "", step=step)


def _read_points(path: Path) -> "dict[str, Given]":
    from geopark_app.operations.assessments import Given

    if not path.is_file():
        raise GeoparkError(ErrorCode.NOT_FOUND, path=path)
    if path.stat().st_size > _FILE_LIMIT:
        raise GeoparkError(ErrorCode.TOO_LARGE, path=path)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        points, remarks = content["points"], content.get("remarks", {})
        if all(_is_points(one) for one in points.values()) and isinstance(remarks, dict):
            return {
                code: Given(points=points.get(code), remark=_text(remarks.get(code)))
                for code in {**points, **remarks}
            }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    raise GeoparkError(ErrorCode.BAD_VALUE, field="--points", value=path.name, expected=_EXAMPLE)


def _is_points(value: object) -> bool:
    # true is an int for Python, not for the person who typed it
    return value is None or (isinstance(value, int) and not isinstance(value, bool))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _show_site(
    context: "AppContext", output: Output, site: Any, method: "Method", listed: "list[Assessed]"
) -> None:
    from geopark_app.operations.assessments import proposals
    from geopark_app.wording.scoring import class_words, provisional_words

    proposed = proposals(context, site, method)
    output.data(
        {
            "sites": [
                {
                    "code": site.code,
                    "method": method.name,
                    "provisional": True,
                    "proposals": proposed,
                    "assessments": [_assessed_json(one) for one in listed],
                }
            ]
        }
    )
    counted = listed[0] if listed else None
    scored = (
        [term for result in counted.totals.values() for term in result.terms] if counted else []
    )
    points = {term.criterion: term.points for term in scored}
    products = {term.criterion: term.product for term in scored}
    output.table(
        (_("Criterion"), _("Weight (%)"), _("Points"), _("Product"), _("Facts speak for")),
        [
            (
                f"{one.code}  {pick(one.term.label_vi, one.term.label_en)}",
                str(one.weight),
                _number(points.get(one.code)),
                _number(products.get(one.code)),
                _number(proposed.get(one.code)),
            )
            for one in method.criteria
        ],
    )
    if counted:
        for name, result in counted.totals.items():
            total = _("incomplete") if result.total is None else str(result.total)
            output.text(f"{name}: {total} {class_words(result.result_class)}".rstrip())
    output.remark(provisional_words())


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _row(one: "SiteScores", values: list[str]) -> tuple[str, ...]:
    assessment = one.counted.assessment
    return (
        one.site.code or "",
        pick(one.site.name_vi, one.site.name_en),
        *(_number(one.counted.totals[name].total) for name in values),
        assessment.assessor or "",
        assessment.assessed_on or "",
        "✓" if assessment.is_accepted else "",
    )


def _site_json(one: "SiteScores", method: "Method") -> dict[str, Any]:
    from geopark_app.rules.scoring import derived_relevance

    scientific = one.counted.totals.get("SV")
    return {
        "uuid": one.site.uuid,
        "code": one.site.code,
        "method": method.name,
        "provisional": True,
        **_totals_json(one.counted),
        "relevance": derived_relevance(scientific.total) if scientific else None,
        "assessment": one.counted.assessment.uuid,
        "accepted": bool(one.counted.assessment.is_accepted),
        "assessments": 1 + len(one.others),
        "differences": {code: list(pair) for code, pair in one.differences.items()},
    }


def _assessed_json(one: "Assessed") -> dict[str, Any]:
    return {
        "uuid": one.assessment.uuid,
        "assessor": one.assessment.assessor,
        "assessed_on": one.assessment.assessed_on,
        "accepted": bool(one.assessment.is_accepted),
        "note": one.assessment.note,
        "remarks": {code: given.remark for code, given in one.given.items() if given.remark},
        **_totals_json(one),
    }


def _totals_json(one: "Assessed") -> dict[str, Any]:
    return {
        name: {
            "total": result.total,
            "percent": result.percent,
            "class": result.result_class,
            "complete": result.total is not None,
            "terms": [
                {
                    "criterion": term.criterion,
                    "weight": term.weight,
                    "points": term.points,
                    "product": term.product,
                }
                for term in result.terms
            ],
        }
        for name, result in one.totals.items()
    }

"""`assess`: points of a site by a method, submitted blind, and the result accepted."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.output import Output, common_options, opened
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick

if TYPE_CHECKING:
    from geopark_app.operations.assessments import Assessed, Given
    from geopark_app.operations.context import AppContext
    from geopark_app.operations.scoring_methods import Method

_FILE_LIMIT = 1_000_000
_EXAMPLE = '{"points": {"SV.integrity": 4}, "remarks": {"SV.integrity": "…"}}'


def assess_command() -> click.Command:
    """Make `assess`."""
    words = _("Score a site by a method, or accept a result.")

    @click.command("assess", help=f"{words} {_blind()}")
    @click.argument("site")
    @click.option("--method", default="brilha2016", show_default=True, help=_("The method."))
    @click.option(
        "--points",
        type=click.Path(path_type=Path),
        help=_("JSON file with the points by criterion; without it the site's are shown."),
    )
    @click.option("--assessor", metavar="NAME", help=_("Who scored; you when left out."))
    @click.option("--date", "assessed_on", metavar="YYYY-MM-DD", help=_("Day of the assessment."))
    @click.option("--into", metavar="UUID", help=_("Go on with this draft."))
    @click.option("--submit", is_flag=True, help=_("Submit: the points stand, others' are shown."))
    @click.option("--accept", metavar="UUID", help=_("Make this assessment the one that counts."))
    @click.option("--reason", help=_("Why this assessment is accepted."))
    @common_options
    @click.pass_context
    def assess(ctx: click.Context, /, output: Output, site: str, method: str, **given: Any) -> None:
        from geopark_app.operations.assessments import assessments_of
        from geopark_app.operations.scoring_methods import method_of
        from geopark_app.operations.sites import find_site

        with opened(ctx) as context:
            found = find_site(context, site)
            used = method_of(context, method)
            if given["points"] is not None:
                _write(context, output, found, used, given)
            elif given["accept"]:
                _accept(context, found, given)
            elif given["submit"]:
                _submit(context, found, used, given)
            listed = assessments_of(context, found.uuid, used)
            _show_site(context, output, found, used, listed)

    return assess


def _blind() -> str:
    from geopark_app.wording.scoring import blind_words

    return blind_words()


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
        submit=given["submit"],
        reason=_("Assess {site}").format(site=site.code),
    )
    output.remark(_("Assessment saved: {uuid}").format(uuid=saved.assessment.uuid))
    if saved.assessment.is_draft:
        output.remark(_("It is a draft that only you see; --submit makes its points stand."))


def _accept(context: "AppContext", site: Any, given: dict[str, Any]) -> None:
    from geopark_app.operations.assessments import accept

    step = _("Accept an assessment of {site}").format(site=site.code)
    accept(context, given["accept"], reason=given["reason"] or "", step=step)


def _submit(context: "AppContext", site: Any, method: "Method", given: dict[str, Any]) -> None:
    from geopark_app.operations.assessments import assessments_of, submit

    uuid = given["into"]
    if uuid is None:
        listed = assessments_of(context, site.uuid, method)
        drafts = [one.assessment.uuid for one in listed if one.is_draft and not one.is_hidden]
        if len(drafts) != 1:
            raise GeoparkError(
                ErrorCode.BAD_VALUE,
                field="--into",
                value="",
                expected=", ".join(drafts) or _("a draft of this site"),
            )
        (uuid,) = drafts
    step = _("Submit the assessment of {site}").format(site=site.code)
    submit(context, uuid, method=method, reason=step)


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
    from geopark_app.operations.point_proposals import proposals
    from geopark_app.operations.score_words import result_words, total_words
    from geopark_app.wording.scoring import state_words

    proposed = proposals(context, site, method)
    hidden = sum(one.is_hidden for one in listed)
    output.data(
        {
            "sites": [
                {
                    "code": site.code,
                    "method": method.name,
                    "provisional": method.is_provisional,
                    "proposals": {code: one.points for code, one in proposed.items()},
                    "facts": {code: dict(one.facts) for code, one in proposed.items()},
                    "hidden": hidden,
                    "assessments": [assessed_json(one) for one in listed],
                }
            ]
        }
    )
    shown = next((one for one in listed if one.is_draft and not one.is_hidden), None)
    shown = shown or next((one for one in listed if not one.is_hidden), None)
    scored = [term for result in shown.totals.values() for term in result.terms] if shown else []
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
                f"{fact.points} ({fact.words()})" if (fact := proposed.get(one.code)) else "",
            )
            for one in method.criteria
        ],
    )
    if shown:
        for name, result in shown.totals.items():
            total = total_words(result) or _("incomplete")
            output.text(f"{name}: {total} {result_words(result)}".rstrip())
    if hidden:
        output.remark(_("Hidden until you submit yours: {count}.").format(count=hidden))
    output.remark(state_words(method.record))


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def assessed_json(one: "Assessed") -> dict[str, Any]:
    """Give an assessment with its totals and their terms; a hidden one without points."""
    return {
        "uuid": one.assessment.uuid,
        "assessor": one.assessment.assessor,
        "assessed_on": one.assessment.assessed_on,
        "draft": one.is_draft,
        "submitted_at": one.assessment.submitted_at,
        "hidden": one.is_hidden,
        "accepted": bool(one.assessment.is_accepted),
        "note": one.assessment.note,
        "remarks": {code: given.remark for code, given in one.given.items() if given.remark},
        **totals_json(one),
    }


def totals_json(one: "Assessed") -> dict[str, Any]:
    """Give the results by value, each with the terms it comes from."""
    return {
        name: {
            "total": result.total,
            "score": result.score,
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

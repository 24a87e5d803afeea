"""What speaks against an edition, an answer or a submission of a checklist, in plain words."""

from collections.abc import Mapping

from geopark_app.i18n import gettext as _
from geopark_app.wording.field_names import field_label


def checklist_trouble(details: Mapping[str, str]) -> tuple[str, str]:
    """Give what is wrong and what to do for a trouble with a checklist."""
    return {
        "released": (
            _("The edition {edition} is in force; what was answered to it must stay readable."),
            _("Make a new edition from it and change that one."),
        ),
        "not-office": (
            _("In a team, only the laptop with the office key may change checklists."),
            _("Ask the office, or send it the edition as a file."),
        ),
        "taken": (
            _("There is an edition {edition} already."),
            _("Give the new edition another name, such as {proposed}."),
        ),
        "bad-name": (
            _("“{edition}” cannot be the name of an edition."),
            _("Write a family and a version, such as readiness-2027.1."),
        ),
        "problems": (
            _("The edition {edition} cannot be put into force yet: {problems}"),
            _("Correct the items named and try again."),
        ),
        "not-asked": (
            _("Not asked at this place: {items}."),
            _("Leave these items out, or correct the answer they depend on."),
        ),
        "constraint": (
            _("The measured value is not allowed: {items} ({condition})."),
            _("Measure again, or correct the value."),
        ),
        "required": (
            _("These items must be answered first: {items}."),
            _("Answer them; “does not apply” is an answer too."),
        ),
    }.get(
        details.get("reason", ""),
        (
            _("The checklist does not allow this."),
            _("Look at its edition: page Readiness → More, or “checklist show”."),
        ),
    )


def problem_words(code: str, reason: str, detail: str) -> str:
    """Say what must be put right in an item of an edition, or in all of it."""
    words = {
        "no-items": _("there is no item"),
        "too-many": _("more than {detail} items"),
        "bad-code": _("the code must be a short word of letters and digits, such as B07"),
        "double-code": _("two items have this code"),
        "no-label": _("the wording is missing: {field}"),
        "bad-scope": _("asked of what? site, route or park"),
        "bad-weight": _("the weight must be a whole number from 0 to 100"),
        "no-group": _("there is no group “{detail}”"),
        "bad-condition": _("the condition cannot be read: {detail}"),
        "unknown-name": _("the condition asks for “{detail}”, which there is not"),
        "other-scope": _("the condition asks for “{detail}”, which is asked elsewhere"),
        "circle": _("it is asked only if it is asked"),
        "no-measure": _("a condition on the value needs an item that is measured"),
    }[reason]
    field = field_label(detail) if reason == "no-label" else detail
    text = words.format(field=field, detail=detail)
    return f"{code}: {text}" if code else text

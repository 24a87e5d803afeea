"""Why a submission of a field form is not taken, in plain words."""

from collections.abc import Mapping

from geopark_app.i18n import gettext as _


def submission_reason(reason: str, details: Mapping[str, str]) -> str:
    """Say why a row is not taken."""
    words = {
        "no-instance": _("The row has no submission key (instanceID)."),
        "double": _("The same submission stands in row {row} already."),
        "bad-scope": _("“{value}” is none of site, route, park."),
        "no-place": _("The row names no site and no route."),
        "unknown-place": _("There is no site or route “{value}”, or there are several."),
        "unknown-edition": _("There is no checklist edition “{value}” here."),
        "no-day": _("The row has no day of the visit."),
        "future": _("The day of the visit lies ahead: {value}."),
        "no-answers": _("No item is answered."),
        "bad-answer": _("“{value}” is no answer to {item}."),
        "bad-number": _("“{value}” is no number for {item}."),
        "no-picture": _("The picture {value} did not come with the file."),
        "bad-picture": _("The picture {value} is damaged and cannot be read."),
        "not-asked": _("Not asked at this place: {items}."),
        "constraint": _("The measured value is not allowed: {items}."),
        "required": _("These items must be answered first: {items}."),
    }.get(reason, "")
    return words.format_map({"value": "", "row": "", "item": "", "items": "", **details})

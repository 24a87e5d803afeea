"""Classes of assessment totals in words, and how far a method's numbers are confirmed."""

from geopark_app.domain.kinds import ScoringMethod
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick


def class_words(result_class: str | None) -> str:
    """Give the name of a class of Brilha 2016 or GEOSSIT in the chosen language."""
    return {
        "low": _("low risk"),
        "moderate": _("moderate risk"),
        "high": _("high risk"),
        "international": _("international"),
        "national": _("national"),
        "regional_local": _("regional or local"),
        "not_geosite": _("geodiversity site"),
    }.get(result_class or "", "")


def state_words(method: ScoringMethod) -> str:
    """Say how far the numbers of a method are confirmed; PROVISIONAL until the office did."""
    if method.numbers_confirmed:
        return _("Numbers confirmed: {note} ({date})").format(
            note=method.confirmed_note or "", date=method.confirmed_on or ""
        )
    status = pick(method.status_vi, method.status_en)
    return _("PROVISIONAL: {status}").format(status=status)


def blind_words() -> str:
    """Explain blind scoring where it is met."""
    return _(
        "Others' points stay hidden until you submit yours, so that judgements stay apart. They "
        "are no secret: the catalogue holds them."
    )

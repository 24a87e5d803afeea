"""Classes of assessment totals in words, and how far a method's numbers are confirmed."""

from geopark_app.i18n import gettext as _


def class_words(result_class: str | None) -> str:
    """Give the name of a class in the chosen language; nothing while a total is missing."""
    return {
        "low": _("low risk"),
        "moderate": _("moderate risk"),
        "high": _("high risk"),
        "international": _("international"),
        "national": _("national"),
        "regional_local": _("regional or local"),
        "not_geosite": _("geodiversity site"),
    }.get(result_class or "", "")


def provisional_words() -> str:
    """Say how far the numbers of Brilha 2016 are confirmed."""
    return _(
        "PROVISIONAL: the paper itself was not read; weights of SV and most indicators are from "
        "memory, those of DR reproduce 39 published totals."
    )

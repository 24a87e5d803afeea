"""Words and signs of readiness: a colour is never the only thing that tells."""

from geopark_app.i18n import gettext as _

BANDS = ("red", "high", "middle", "low", "none")
STALE_SIGN = "*"


def band_sign(band: str) -> str:
    """Give the sign of a band, readable without colour."""
    return {"red": "!", "high": "+", "middle": "±", "low": "–", "none": "·"}[band]


def band_words(band: str) -> str:
    """Say what a band stands for."""
    return {
        "red": _("red: a critical item is not met"),
        "high": _("75 % and more"),
        "middle": _("40 to 75 %"),
        "low": _("below 40 %"),
        "none": _("no answer yet"),
    }[band]


def status_words(status: str) -> str:
    """Give the word of an answer."""
    return {
        "met": _("Met"),
        "partly": _("Partly"),
        "not_met": _("Not met"),
        "na": _("Does not apply"),
        "not_checked": _("Not checked"),
    }[status]


def percent(share: float | None) -> str:
    """Give a share as people read it."""
    return "–" if share is None else f"{round(share * 100)} %"

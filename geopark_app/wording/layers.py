"""Sentences about map layers: versions of the boundary, and how a site and its commune agree."""

from geopark_app.domain.boundary_change import BoundaryChange
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _


def boundary_words(change: BoundaryChange) -> str:
    """Say how far a boundary differs from the version before it, and what UNESCO asks for."""
    numbers = {
        "before": number(change.before_km2, 2),
        "now": number(change.now_km2, 2),
        "percent": number(abs(change.share) * 100, 2),
        "gained": number(change.gained_km2, 2),
        "lost": number(change.lost_km2, 2),
    }
    sentence = _(
        "Before {before} km², now {now} km²: {percent} % of change "
        "({gained} km² came in, {lost} km² went out)."
    ).format(**numbers)
    rule = (
        _("From 10 % on UNESCO asks for a new proposal.")
        if change.needs_new_proposal
        else _("Below 10 %: a letter to the Council with explanation and map is enough.")
    )
    return f"{sentence} {rule}"


def commune_state_words(state: str) -> str:
    """Say how the commune of a site and its position go together."""
    words = {
        "agrees": _("agrees"),
        "other": _("lies in another commune"),
        "none-chosen": _("no commune chosen"),
        "outside": _("outside of all polygons"),
        "no-position": _("no position"),
    }
    return words[state]


def distance_words(metres: float | None) -> str:
    """Give a distance as people say it: metres when short, else kilometres."""
    if metres is None:
        return ""
    return f"{round(metres)} m" if metres < 1000 else f"{number(metres / 1000, 1)} km"


def number(value: float, digits: int) -> str:
    """Write a number with the decimal sign of the language."""
    text = f"{value:.{digits}f}"
    return text.replace(".", ",") if active() == "vi" else text

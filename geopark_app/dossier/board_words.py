"""Words of the overview's figures and of the readiness board, on paper and on screen."""

from geopark_app.i18n import gettext as _
from geopark_app.rules.board import BoardRow

_MOST_WAITING = 3


def board_headings(first: str) -> tuple[str, ...]:
    """Give the headings of one part of the board."""
    return (first, _("Complete"), _("Missing"), _("Too old"), _("Waiting for"), _("Days left"))


def waiting_words(row: BoardRow, most: int = _MOST_WAITING) -> str:
    """Name who is awaited, the most urgent first."""
    words = "; ".join(row.waiting[:most])
    left = len(row.waiting) - most
    return f"{words} +{left}" if left > 0 else words


def age_words(days: int | None) -> str:
    """Say how long ago something was."""
    if days is None:
        return _("never")
    return _("today") if days == 0 else _("{days} days ago").format(days=days)


def paper_left_words(days: int) -> str:
    """Say how long a paper still holds."""
    if days < 0:
        return _("ended {days} days ago").format(days=-days)
    return _("today") if days == 0 else _("{days} days left").format(days=days)


def counted_words(stale_after: int) -> str:
    """Say what the board counts."""
    return _(
        "Chapters count the records that feed them and the newest answers to their checklist "
        "items; routes and communes count sites. Complete: nothing the dossier asks for is "
        "missing and every answer is met. Too old: an answer of more than {days} days ago. Days "
        "left: to the nearest date of an open work or of an answer awaited, else to the next "
        "deadline."
    ).format(days=stale_after)

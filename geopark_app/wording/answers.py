"""Sentences about lists that came back from communes and departments."""

from geopark_app.i18n import gettext as _


def answer_reasons() -> dict[str, tuple[str, str]]:
    """Give why a returned file is not used and what to do, by the reason of REFUSED_FILE."""
    ask = _("Ask the unit for the file it was sent, filled in and with its name as it was.")
    return {
        "answer-unknown": (_("This is not a list that was sent from this program."), ask),
        "answer-foreign": (
            _("This list was sent from another catalogue, or its sending is not known here yet."),
            _("Exchange with the laptop it was sent from first, then take the file again."),
        ),
        "answer-other-state": (
            _("The mark of this file does not fit what was sent under its name."), ask
        ),
        "answer-columns": (
            _("The columns of the sheet “{name}” are not those that were sent."), ask
        ),
        "answer-twice": (
            _("Another file of this choice answers the same sending."),
            _("Take the two files one after the other, the newer one last."),
        ),
    }  # fmt: skip


def trouble_words(trouble: str) -> str:
    """Say why a row that came back cannot be taken."""
    return {
        "no-key": _("new row without a key: add it by hand"),
        "foreign": _("its key was changed, or is not of this list"),
        "twice": _("its key stands in the sheet twice"),
        "gone": _("the record is in the trash here"),
    }[trouble]


def outcome_words(outcome: str) -> str:
    """Say what came of one value."""
    return {
        "untouched": _("as sent"),
        "already": _("the same is here already"),
        "change": _("changed by the unit"),
        "conflict": _("changed by the unit and here"),
    }[outcome]

"""Sentences about the text of attached files: where words stand, and why none were found."""

from geopark_app.i18n import gettext as _


def place_words(place: str) -> str:
    """Give where in a file a hit stands, in words."""
    kind, _sign, name = place.partition(":")
    if kind == "page":
        return _("page {number}").format(number=name)
    if kind == "sheet":
        return _("sheet “{name}”").format(name=name)
    if kind == "note":
        return _("note, header or footer")
    return _("line {number}").format(number=name) if name else ""


def file_state_words(state: str, parts: int = 0, silent: int = 0) -> str:
    """Give what is known of the text of a file."""
    words = {
        "scan": _("A scan without text: search cannot look inside it."),
        "locked": _("Locked with a password: search cannot look inside it."),
        "damaged": _("Damaged or cut off: search cannot look inside it."),
        "too-much": _("Too large or too slow to read: search cannot look inside it."),
        "old-office": _("An old .doc or .xls file: save it as .docx or .xlsx to search inside."),
        "no-text": _("No text to search in this file."),
    }
    if state != "text":
        return words.get(state, "")
    if silent:
        return _("Search looks inside; {silent} of {pages} pages hold no text.").format(
            silent=silent, pages=silent + parts
        )
    return _("Search looks inside this file.")

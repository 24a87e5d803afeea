"""What was noticed about the office's copy of a form, and what became of each value."""

from geopark_app.i18n import gettext as _


def note_words(code: str) -> str:
    """Say what a person should know of a file."""
    return {
        "macros": _("The file holds macros: they are not run and stay as they are."),
        "links": _("The file has links to other files: they are not followed and stay."),
        "signature": _("The file is signed; the signature no longer fits the filled copy."),
        "protected": _("The document is protected: who fills it by hand may change less."),
        "formulas": _(
            "The form has formulas; none is written over. Their results are worked out when the "
            "copy is opened and recalculated (Excel: Ctrl+Alt+F9; LibreOffice: Ctrl+Shift+F9)."
        ),
    }.get(code, code)


def state_words(state: str) -> str:
    """Say what became of a value."""
    return {
        "written": _("written"),
        "same": _("unchanged"),
        "formula": _("left: a formula stands there"),
        "locked": _("left: the form locks this cell"),
        "no-place": _("left: there is no such place"),
        "complex": _("left: a field, picture or tracked change stands there"),
    }.get(state, state)

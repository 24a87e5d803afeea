"""Which editor a field gets, by its declaration."""

from collections.abc import Callable, Sequence

from geopark_app.domain.declaration import FieldSpec, FieldType
from geopark_app.gui.forms.choice_editors import ChoiceEditor, ReferenceEditor, YesNoEditor
from geopark_app.gui.forms.choices_editor import ChoicesEditor
from geopark_app.gui.forms.date_editor import DateEditor
from geopark_app.gui.forms.editor import FieldEditor, Option
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.forms.position_editor import PositionEditor
from geopark_app.gui.forms.term_editor import TermEditor, is_long
from geopark_app.gui.forms.text_editors import LineEditor, LongTextEditor

WIDE = {FieldType.LONG_TEXT, FieldType.POSITION, FieldType.GEOMETRY, FieldType.CHOICES}
"""Types whose editor takes the whole width of the form."""


def editor_for(spec: FieldSpec, options: FormOptions) -> FieldEditor:
    """Make the editor of a field."""
    match spec.type:
        case FieldType.LONG_TEXT | FieldType.GEOMETRY:
            return LongTextEditor(spec)
        case FieldType.BOOLEAN:
            return YesNoEditor(spec)
        case FieldType.DATE:
            return DateEditor(spec)
        case FieldType.CHOICE:
            terms = _terms(options, spec.vocabulary or "")
            return TermEditor(spec, terms) if is_long(terms) else ChoiceEditor(spec, terms)
        case FieldType.CHOICES:
            return ChoicesEditor(spec, _terms(options, spec.vocabulary or ""))
        case FieldType.REFERENCE:
            return ReferenceEditor(
                spec, lambda: options.records(spec), one=lambda key: options.record_of(spec, key)
            )
        case FieldType.POSITION:
            return PositionEditor(
                spec, _terms(options, "coord_quality"), _terms(options, "coord_method")
            )
        case _:
            return LineEditor(spec)


def _terms(options: FormOptions, vocabulary: str) -> Callable[[], Sequence[Option]]:
    return lambda: options.terms(vocabulary)

"""What is wrong with typed text, in a sentence beside its field."""

from geopark_app.domain.declaration import FieldType
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.geo.coordinate_error import CoordinateError
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _
from geopark_app.wording import error_sentence


def problem_sentence(field_type: FieldType, error: GeoparkError) -> str:
    """Say what was typed, and what can be typed instead."""
    if isinstance(error, CoordinateError):
        return error.sentence(active())
    words = _words(field_type) if error.code is ErrorCode.BAD_VALUE else ""
    if words:
        return words.format(value=error.details.get("value", ""))
    sentence = error_sentence(error)
    return " ".join(part for part in (sentence.message, sentence.next) if part)


def _words(field_type: FieldType) -> str:
    match field_type:
        case FieldType.INTEGER:
            return _("“{value}” is not a whole number.")
        case FieldType.DECIMAL | FieldType.QUANTITY | FieldType.POSITION:
            return _("“{value}” is not a number.")
        case FieldType.DATE:
            return _("“{value}” is not a date. Type day/month/year, such as 28/02/2026.")
        case FieldType.INSTANT:
            return _("“{value}” is not a time. Type it as 2026-02-28 14:30+07:00.")
        case FieldType.CHOICE | FieldType.REFERENCE:
            return _("“{value}” is not in the list. Choose one of the names offered.")
        case _:
            return ""

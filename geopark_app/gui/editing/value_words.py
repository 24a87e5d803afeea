"""Stored values as people read them in lists of changes."""

from geopark_app.domain.change import Json
from geopark_app.domain.declaration import FieldSpec, FieldType
from geopark_app.domain.position import Position
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.forms.texts import coordinate_text, date_text, number_text
from geopark_app.i18n import gettext as _


def value_words(options: FormOptions, spec: FieldSpec | None, value: object) -> str:
    """Give a value of a record, or of its log, in the language of the window."""
    if value is None or value == "":
        return ""
    if spec is None:
        return str(value)
    if isinstance(value, dict):
        return _composite_words(value)
    if isinstance(value, Position):
        return coordinate_text(value)
    if spec.type is FieldType.CHOICE:
        return options.label_of(spec.vocabulary or "", str(value))
    if spec.type is FieldType.REFERENCE:
        option = options.record_of(spec, str(value))
        return str(value) if option is None else option.label()
    if spec.type is FieldType.BOOLEAN:
        return _("Yes") if value else _("No")
    if spec.type is FieldType.DATE:
        return date_text(str(value))
    return number_text(value) if isinstance(value, float) else str(value)


def _composite_words(value: dict[str, Json]) -> str:
    lon, lat = value.get("lon"), value.get("lat")
    if isinstance(lon, int | float) and isinstance(lat, int | float):
        return coordinate_text(Position(lon=float(lon), lat=float(lat)))
    return " ".join(str(part) for part in value.values() if part is not None)


def when_words(at: str) -> str:
    """Give an instant of the log as day/month/year and time of day."""
    day, _sign, time = at.partition("T")
    return f"{date_text(day)} {time[:5]}".strip()

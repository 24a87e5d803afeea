"""Stored values as the text an editor shows; the parser of typed text reads it back the same."""

import datetime

from geopark_app.domain.declaration import FieldSpec, FieldType, Record
from geopark_app.domain.position import Position, Quantity
from geopark_app.i18n import active

POSITION_PARTS = ("quality", "method", "accuracy_m")
"""Parts of a position that have an editor of their own beside the coordinates."""


def texts_of(spec: FieldSpec, record: Record) -> dict[str, str]:
    """Give the text of a field; a position gives one text per part that can be typed."""
    value = getattr(record, spec.name)
    if spec.type is FieldType.POSITION:
        return _position_texts(spec.name, value)
    return {spec.name: _text(spec.type, value)}


def _text(field_type: FieldType, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Quantity):
        return f"{number_text(value.value)} {value.unit or ''}".strip()
    if isinstance(value, float):
        return number_text(value)
    if field_type is FieldType.DATE:
        return date_text(str(value))
    return str(value)


def number_text(value: float | None) -> str:
    """Give a number as people write it here, without needless zeros."""
    if value is None:
        return ""
    text = f"{value:.10f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if active() == "vi" else text


def date_text(iso: str) -> str:
    """Give an ISO date as day/month/year; anything else stays as it is."""
    try:
        return datetime.date.fromisoformat(iso).strftime("%d/%m/%Y")
    except ValueError:
        return iso


def coordinate_text(position: Position | None) -> str:
    """Give latitude and longitude in decimal degrees, as they can be typed again."""
    if position is None or position.lon is None or position.lat is None:
        return ""
    return f"{_degrees(position.lat)}, {_degrees(position.lon)}"


def _degrees(value: float) -> str:
    whole, _, decimals = f"{value:.7f}".partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(4, '0')}"


def _position_texts(name: str, position: Position | None) -> dict[str, str]:
    texts = {name: coordinate_text(position)}
    for part in POSITION_PARTS:
        value = None if position is None else getattr(position, part)
        shown = number_text(value) if isinstance(value, float) else str(value or "")
        texts[f"{name}.{part}"] = shown
    return texts

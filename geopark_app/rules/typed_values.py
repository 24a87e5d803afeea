"""Typed text to values: one reading for form, command line and import."""

import datetime
import math
from collections.abc import Callable

from geopark_app.domain.declaration import FieldSpec, FieldType
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.text import clean, fold

_FIRST_YEAR = 1000  # 1/2/26 is not the year 26
_YES = {"1", "true", "yes", "y", "co", "dung", "x"}
_NO = {"0", "false", "no", "n", "khong", "sai"}


def read_value(spec: FieldSpec, typed: str) -> str | int | float | bool | None:
    """Give the value of a text, by the shape of the field; empty text is unknown (None).

    Numbers take a point or a comma; dates are ISO or day/month/year; yes and no in both languages.

    Raises
    ------
    GeoparkError
        BAD_VALUE with the field, what was typed and what is expected.
    """
    text = clean(typed).strip()
    if not text:
        return None
    reader = _READERS.get(spec.type)
    if reader is None:
        return text
    try:
        return reader(text)
    except (ValueError, OverflowError) as error:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field=spec.name, value=typed, expected=spec.type.value
        ) from error


def read_date_or_instant(field: str, typed: str) -> str:
    """Give a date, or a date with time, as ISO 8601; `15/3/2026 08:30` is understood too.

    Raises
    ------
    GeoparkError
        BAD_VALUE naming the field.
    """
    text = clean(typed).strip()
    day, _, time = text.replace("T", " ", 1).partition(" ")
    try:
        date = _date(day)
        return _instant(f"{date}T{time.strip()}") if time.strip() else date
    except (ValueError, OverflowError) as error:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field=field, value=typed, expected=FieldType.INSTANT.value
        ) from error


def _integer(text: str) -> int:
    value = int(text)
    if abs(value) >= 2**53:
        raise ValueError(text)
    return value


def _decimal(text: str) -> float:
    if "," in text and "." not in text:
        text = text.replace(",", ".")
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _boolean(text: str) -> bool:
    word = fold(text)
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError(text)


def _date(text: str) -> str:
    if "/" in text:
        day, month, year = (int(part) for part in text.split("/"))
        if year < _FIRST_YEAR:
            raise ValueError(text)
        return datetime.date(year, month, day).isoformat()
    return datetime.date.fromisoformat(text).isoformat()


def _instant(text: str) -> str:
    return datetime.datetime.fromisoformat(text).isoformat()


_READERS: dict[FieldType, Callable[[str], str | int | float | bool]] = {
    FieldType.INTEGER: _integer,
    FieldType.DECIMAL: _decimal,
    FieldType.BOOLEAN: _boolean,
    FieldType.DATE: _date,
    FieldType.INSTANT: _instant,
}

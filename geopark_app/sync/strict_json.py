"""JSON from outside: bounded depth, finite numbers, whole letters, and nothing else."""

import json
import math
from typing import Any, NoReturn

from geopark_app.domain.errors import ErrorCode, GeoparkError

DEEPEST = 8
_GREATEST = 2**63


def refuse(reason: str) -> NoReturn:
    """Raise the one error of everything that comes from outside and cannot be used."""
    raise GeoparkError(ErrorCode.BAD_BUNDLE, reason=reason)


def read_json(raw: bytes) -> Any:
    """Give the content of a JSON text, or refuse it."""
    try:
        content = json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise GeoparkError(ErrorCode.BAD_BUNDLE, reason="json") from error
    _check(content, DEEPEST)
    return content


def read_object(raw: bytes) -> dict[str, Any]:
    """Give a JSON object, or refuse it."""
    content = read_json(raw)
    if not isinstance(content, dict):
        refuse("json")
    return content


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _check(value: object, depth: int) -> None:
    if depth < 0:
        refuse("depth")
    if isinstance(value, dict):
        for key, part in value.items():
            _check(key, depth)
            _check(part, depth - 1)
    elif isinstance(value, list):
        for part in value:
            _check(part, depth - 1)
    elif isinstance(value, str):
        _whole_letters(value)
    elif isinstance(value, float):
        if not math.isfinite(value):
            refuse("number")
    elif isinstance(value, int) and not -_GREATEST <= value < _GREATEST:
        refuse("number")


def _whole_letters(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        refuse("text")


def text_of(content: dict[str, Any], name: str, *, longest: int = 1_000_000) -> str:
    """Give a text of an object, or refuse it."""
    value = content.get(name)
    if not isinstance(value, str) or len(value) > longest:
        refuse(name)
    return value


def count_of(content: dict[str, Any], name: str, *, least: int = 0) -> int:
    """Give a whole number of an object, or refuse it."""
    value = content.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        refuse(name)
    return value


def object_of(content: dict[str, Any], name: str, *, most: int = 100_000) -> dict[str, Any]:
    """Give an object of an object, or refuse it."""
    value = content.get(name)
    if not isinstance(value, dict) or len(value) > most:
        refuse(name)
    return value

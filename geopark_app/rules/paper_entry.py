"""A line typed from a paper form: `12 3`, `B11 2 4,5` or `B11 2 4,5 faded`."""

from collections.abc import Iterable
from dataclasses import dataclass

DIGITS = {"1": "met", "2": "partly", "3": "not_met", "4": "na", "5": "not_checked"}
"""The five boxes of the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormItem:
    """An item as it is printed: its number, its code, whether a value is measured."""

    number: int
    code: str
    is_measured: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperEntry:
    """What a line says: an item with its answer, value and note."""

    code: str
    status: str
    value: float | None = None
    note: str | None = None


def read_entry(typed: str, items: Iterable[FormItem]) -> PaperEntry | None:
    """Read a line; None when it names no item or no box."""
    words = typed.replace("=", " ").split()
    if len(words) < 2 or words[1] not in DIGITS:
        return None
    name = words[0].upper()
    item = next((one for one in items if name in {str(one.number), one.code.upper()}), None)
    if item is None:
        return None
    rest, value = words[2:], None
    if rest and item.is_measured:
        value = _number(rest[0])
        rest = rest if value is None else rest[1:]
    note = " ".join(rest) or None
    return PaperEntry(code=item.code, status=DIGITS[words[1]], value=value, note=note)


def _number(text: str) -> float | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None

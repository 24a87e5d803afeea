"""Numbers of evidence: given in order, fixed once and for all, their gaps named."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

PREFIX = "E-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A piece of evidence as its number sees it; `removed` lies in the trash."""

    key: str
    number: str
    is_fixed: bool
    removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberGap:
    """A fixed number whose evidence was removed; `key` names what stood there."""

    number: str
    key: str


def number_of(text: str) -> int | None:
    """Read `E-007` as 7; None for what was typed in another way."""
    digits = text.strip().removeprefix(PREFIX)
    return int(digits) if digits.isascii() and digits.isdigit() else None


def number_text(number: int) -> str:
    """Give 7 as `E-007`."""
    return f"{PREFIX}{number:03d}"


def order_of(text: str) -> tuple[bool, int, str]:
    """Give the sort key of a number: E-2 before E-10, others last."""
    number = number_of(text)
    return (number is None, number or 0, text)


def next_number(register: Iterable[Numbered]) -> str:
    """Give the number of the next piece: numbering goes on, a removed number is not used again."""
    numbers = [number for one in register if (number := number_of(one.number)) is not None]
    return number_text(max(numbers, default=0) + 1)


def numbers_at_fixing(register: Sequence[Numbered]) -> Mapping[str, str]:
    """Give the numbers of everything not removed, by key, as they are fixed now.

    What was fixed before keeps its number. The others follow after the highest fixed number,
    removed ones included, in the order of their numbers; so gaps among them close, and two laptops
    that gave the same number are told apart.
    """
    fixed = [one for one in register if one.is_fixed]
    taken = [number for one in fixed if (number := number_of(one.number)) is not None]
    following = max(taken, default=0) + 1
    loose = sorted(
        (one for one in register if not one.is_fixed and not one.removed),
        key=lambda one: (order_of(one.number), one.key),
    )
    given = {one.key: one.number for one in fixed if not one.removed}
    given.update({one.key: number_text(following + at) for at, one in enumerate(loose)})
    return given


def gaps(register: Iterable[Numbered]) -> list[NumberGap]:
    """Give the fixed numbers whose evidence was removed, in their order."""
    found = [
        NumberGap(number=one.number, key=one.key)
        for one in register
        if one.is_fixed and one.removed
    ]
    return sorted(found, key=lambda one: order_of(one.number))


def doubles(register: Iterable[Numbered]) -> list[str]:
    """Give the numbers that two laptops gave to different pieces."""
    seen: dict[str, int] = {}
    for one in register:
        if not one.removed and one.number:
            seen[one.number] = seen.get(one.number, 0) + 1
    return sorted((number for number, times in seen.items() if times > 1), key=order_of)

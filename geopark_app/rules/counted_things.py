"""What is counted for a form: periods of ages, languages in a text, the option a count reaches."""

import re
from collections.abc import Collection, Mapping

_BETWEEN = re.compile(r"[,;/+&|\n]| và | and ")


def period_of(age: str, parents: Mapping[str, str | None], periods: Collection[str]) -> str | None:
    """Give the geological period an age belongs to; None for longer times and unknown ages."""
    seen: set[str] = set()
    at: str | None = age
    while at and at not in seen:
        if at in periods:
            return at
        seen.add(at)
        at = parents.get(at)
    return None


def languages_in(text: str) -> list[str]:
    """Give the languages a field names, each once, in small letters."""
    found = (part.strip().casefold() for part in _BETWEEN.split(text))
    return list(dict.fromkeys(part for part in found if part))


def option_reached(thresholds: Mapping[str, int], count: int) -> str | None:
    """Give the option with the highest threshold a count reaches; None below all of them."""
    reached = [code for code, lowest in thresholds.items() if lowest <= count]
    return max(reached, key=lambda code: thresholds[code]) if reached else None


def percent_of(part: int, whole: int) -> int:
    """Give a share in whole percent, never rounded up to a line it does not reach."""
    return part * 100 // whole if whole else 0

"""Which values of a form are written into the office's copy, by name, and what stands beside them.

A target is `1.1.1.a:self`: the code of an item, group or category, or `total`, and what of it:
`self` (own points), `answer`, `count`, `evidence`, `note`, or `option=CODE` for a box to be ticked.
There is none for the evaluators' points: their column stays empty.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

SELF, ANSWER, COUNTED, EVIDENCE, NOTE = "self", "answer", "count", "evidence", "note"
ITEM_PARTS = (SELF, ANSWER, COUNTED, EVIDENCE, NOTE)
OPTION_PART = "option="
TOTAL = "total"
TICK = "x"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The code of what is written, and what of it."""

    code: str
    part: str

    @property
    def name(self) -> str:
        """Give it as people and files name it."""
        return f"{self.code}:{self.part}"

    @property
    def option(self) -> str:
        """The option that is ticked; empty for any other part."""
        return self.part.removeprefix(OPTION_PART) if self.part.startswith(OPTION_PART) else ""


def target_of(name: str) -> Target | None:
    """Read a target; None when it is none."""
    code, sign, part = name.strip().rpartition(":")
    known = part in ITEM_PARTS or (part.startswith(OPTION_PART) and part != OPTION_PART)
    return Target(code=code, part=part) if sign and code and known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The texts of one sheet or table by row and column; numbers and formulas left out."""

    texts: Mapping[tuple[int, int], str]

    def beside(self, row: int, column: int, but_not: Collection[tuple[int, int]]) -> str:
        """Give the text that names a cell: the nearest to the left, else the nearest above."""
        left = [at for at in self.texts if at[0] == row and at[1] < column and at not in but_not]
        if left:
            return self.texts[max(left)]
        above = [at for at in self.texts if at[1] == column and at[0] < row and at not in but_not]
        return self.texts[max(above)] if above else ""


def layout_hash(anchors: Mapping[str, str]) -> str:
    """Give the hash of a layout: every place with the text beside it."""
    lines = "\n".join(f"{place}\t{text}" for place, text in sorted(anchors.items()))
    return hashlib.sha256(lines.encode("utf-8")).hexdigest()


def rows_by_code(
    texts: Mapping[tuple[int, int], str], column: int, codes: Iterable[str]
) -> dict[str, int]:
    """Give the row of each code that stands in a column, alone or before further words.

    The longest code that fits a text wins: `1.1.1.a` is not taken for `1.1.1`.
    """
    longest_first = sorted(codes, key=len, reverse=True)
    found: dict[str, int] = {}
    for (row, at), text in sorted(texts.items()):
        if at != column:
            continue
        words = text.split()
        said = words[0].rstrip(".:)") if words else ""
        code = next((one for one in longest_first if said.casefold() == one.casefold()), None)
        if code is not None:
            found.setdefault(code, row)
    return found

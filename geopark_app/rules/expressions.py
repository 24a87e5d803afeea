"""Conditions of checklist items: a small safe language, as XLSForm writes them.

`${B01} = 'met' and not(${C03_value} < 2)` reads the answer to B01 and the measured value of C03;
`.` is the value being typed. Comparing follows XPath 1.0, so that ODK, Kobo and this program agree:
an empty value is no number, and a comparison with it is false (`!=` is true). There is no call
into the program and no loop; length, number of words and depth are limited.
"""

import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 1_000
MOST_WORDS = 200
DEEPEST = 24
CURRENT = "."
"""Name of the value being typed."""

Value = str | float | bool
_WORD = re.compile(
    r"\s*(?:(?P<name>\$\{\s*[A-Za-z_][A-Za-z0-9_.-]*\s*\})"
    r"|(?P<number>\d+(?:\.\d+)?|\.\d+)"
    r"|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<sign><=|>=|!=|[=<>()+\-*,.])"
    r"|(?P<word>[A-Za-z][A-Za-z-]*))",
    re.ASCII,
)
_FUNCTIONS = {"not": 1, "true": 0, "false": 0, "selected": 2, "number": 1, "string-length": 1}
_EQUALITY = ("=", "!=")
_ORDER = ("<", "<=", ">", ">=")
_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


class ExpressionError(ValueError):
    """A condition that cannot be read.

    Attributes
    ----------
    reason : str
        `too-long`, `too-deep`, `unknown-word` or `incomplete`.
    at : int
        Where in the text.
    """

    def __init__(self, reason: str, at: int) -> None:
        """Keep reason and place."""
        self.reason, self.at = reason, at
        super().__init__(f"{reason} at {at}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of a condition: its kind (`name`, `number`, `text`, `sign`, `word`) and text."""

    kind: str
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class _Node:
    """A value, a name, or what is done with parts."""

    what: str
    value: Value = ""
    parts: tuple["_Node", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """A condition that was read.

    Attributes
    ----------
    source : str
        As it was typed.
    names : frozenset of str
        What it looks at, without `${}`; `.` is the value being typed.
    """

    source: str
    names: frozenset[str]
    root: _Node


def words_of(source: str) -> list[Word]:
    """Split a condition into words.

    Raises
    ------
    ExpressionError
        `too-long`, `unknown-word`.
    """
    if len(source) > LONGEST:
        raise ExpressionError("too-long", LONGEST)
    found: list[Word] = []
    at, end = 0, len(source.rstrip())
    while at < end:
        match = _WORD.match(source, at)
        if match is None:
            raise ExpressionError("unknown-word", at)
        kind = match.lastgroup or ""
        found.append(Word(kind=kind, text=match.group(kind), at=match.start(kind)))
        at = match.end()
        if len(found) > MOST_WORDS:
            raise ExpressionError("too-long", at)
    return found


@lru_cache(maxsize=2_000)
def parse(source: str) -> Expression:
    """Read a condition.

    Raises
    ------
    ExpressionError
        When it is none.
    """
    reader = _Reader(source)
    root = reader.either(0)
    reader.finish()
    return Expression(source=source, names=frozenset(reader.names), root=root)


def is_true(
    expression: Expression, values: Mapping[str, str], *, current: str = "", given: bool = True
) -> bool | None:
    """Say whether a condition holds.

    Parameters
    ----------
    expression
        The condition.
    values
        What names stand for.
    current
        The value being typed, for `.`.
    given
        Whether a name that is missing in `values` is empty, as on screen; else it is not known
        yet, as on paper, and so may be the result: then it is None.
    """
    known = {**values, CURRENT: current}
    result = _value(expression.root, known, given=given)
    return None if result is None else _as_bool(result)


class _Reader:
    """Reads words by falling through the binding strengths of XPath."""

    def __init__(self, source: str) -> None:
        self._words = words_of(source)
        self._at = 0
        self._end = len(source)
        self.names: set[str] = set()

    def finish(self) -> None:
        if self._at < len(self._words):
            raise ExpressionError("unknown-word", self._words[self._at].at)

    def either(self, depth: int) -> _Node:
        if depth > DEEPEST:
            raise ExpressionError("too-deep", self._place())
        return self._chain(self._both, ("or",), depth)

    def _both(self, depth: int) -> _Node:
        return self._chain(self._equal, ("and",), depth)

    def _equal(self, depth: int) -> _Node:
        return self._chain(self._ordered, _EQUALITY, depth)

    def _ordered(self, depth: int) -> _Node:
        return self._chain(self._sum, _ORDER, depth)

    def _sum(self, depth: int) -> _Node:
        return self._chain(self._product, ("+", "-"), depth)

    def _product(self, depth: int) -> _Node:
        return self._chain(self._single, ("*", "div", "mod"), depth)

    def _chain(self, below: Callable[[int], _Node], signs: tuple[str, ...], depth: int) -> _Node:
        node = below(depth)
        while (word := self._peek()) is not None and word.text in signs and word.kind != "text":
            self._at += 1
            node = _Node(word.text, parts=(node, below(depth)))
        return node

    def _single(self, depth: int) -> _Node:
        word = self._next()
        match word.kind:
            case "number":
                return _Node("value", float(word.text))
            case "text":
                return _Node("value", word.text[1:-1])
            case "name":
                name = word.text[2:-1].strip()
                self.names.add(name)
                return _Node("name", name)
            case "word" if word.text in _FUNCTIONS:
                return self._call(word, depth)
        match word.text:
            case ".":
                self.names.add(CURRENT)
                return _Node("name", CURRENT)
            case "(":
                node = self.either(depth + 1)
                self._take(")")
                return node
            case "-":
                if depth > DEEPEST:
                    raise ExpressionError("too-deep", word.at)
                return _Node("negative", parts=(self._single(depth + 1),))
        raise ExpressionError("unknown-word", word.at)

    def _call(self, word: Word, depth: int) -> _Node:
        self._take("(")
        parts = []
        for number in range(_FUNCTIONS[word.text]):
            if number:
                self._take(",")
            parts.append(self.either(depth + 1))
        self._take(")")
        return _Node(word.text, parts=tuple(parts))

    def _peek(self) -> Word | None:
        return self._words[self._at] if self._at < len(self._words) else None

    def _next(self) -> Word:
        word = self._peek()
        if word is None:
            raise ExpressionError("incomplete", self._end)
        self._at += 1
        return word

    def _take(self, text: str) -> None:
        word = self._next()
        if word.text != text:
            raise ExpressionError("unknown-word", word.at)

    def _place(self) -> int:
        word = self._peek()
        return self._end if word is None else word.at


def _value(node: _Node, values: Mapping[str, str], *, given: bool) -> Value | None:
    match node.what:
        case "value":
            return node.value
        case "name":
            return values.get(str(node.value), "" if given else None)
        case "and" | "or":
            return _joined(node, values, given=given)
    parts = [_value(part, values, given=given) for part in node.parts]
    known = [part for part in parts if part is not None]
    return _done(node.what, known) if len(known) == len(parts) else None


def _joined(node: _Node, values: Mapping[str, str], *, given: bool) -> bool | None:
    """Join truths of which some may not be known: one that settles it is enough."""
    settles = node.what == "or"
    is_open = False
    for part in node.parts:
        value = _value(part, values, given=given)
        if value is None:
            is_open = True
        elif _as_bool(value) is settles:
            return settles
    return None if is_open else not settles


def _done(what: str, parts: list[Value]) -> Value:
    if what in _COMPARE:
        return _COMPARE[what](_as_number(parts[0]), _as_number(parts[1]))
    match what:
        case "=" | "!=":
            return _are_equal(parts[0], parts[1]) is (what == "=")
        case "not":
            return not _as_bool(parts[0])
        case "true" | "false":
            return what == "true"
        case "selected":
            return str(parts[1]) in str(parts[0]).split()
        case "number":
            return _as_number(parts[0])
        case "string-length":
            return float(len(_as_text(parts[0])))
        case "negative":
            return -_as_number(parts[0])
    return _reckoned(what, _as_number(parts[0]), _as_number(parts[1]))


def _reckoned(what: str, first: float, second: float) -> float:
    match what:
        case "+":
            return first + second
        case "-":
            return first - second
        case "*":
            return first * second
    if second == 0 or math.isinf(first):
        return math.nan
    return first / second if what == "div" else math.fmod(first, second)


def _are_equal(first: Value, second: Value) -> bool:
    if isinstance(first, bool) or isinstance(second, bool):
        return _as_bool(first) is _as_bool(second)
    if isinstance(first, float) or isinstance(second, float):
        return _as_number(first) == _as_number(second)
    return first == second


def _as_bool(value: Value) -> bool:
    if isinstance(value, float):
        return not math.isnan(value) and value != 0
    return bool(value)


def _as_number(value: Value) -> float:
    if isinstance(value, str):
        text = value.strip()
        return float(text) if re.fullmatch(r"-?(\d+(\.\d*)?|\.\d+)", text, re.ASCII) else math.nan
    return float(value)


def _as_text(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return str(value).lower() if isinstance(value, bool) else value

"""Which items of a checklist are asked, which must be answered, which values cannot be."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from geopark_app.rules.expressions import CURRENT, Expression, ExpressionError, is_true, parse

FACTS = ("scope", "site_kind", "main_interest", "commune", "route", "stop")
"""What conditions may ask of the place itself, beside the answers."""
VALUE_END = "_value"
"""`${C03_value}` is the measured value of item C03."""
_NEVER = {"", "no", "false()"}
_ALWAYS = {"yes": "true()"}
_LONGEST_CHAIN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemConditions:
    """The conditions of one item as they were typed; an empty one always holds.

    Attributes
    ----------
    code : str
        The item.
    relevant : str
        The item is asked only if this holds.
    constraint : str
        What the measured value must satisfy.
    required : str
        The item must be answered if this holds; `yes` always, empty never.
    """

    code: str
    relevant: str = ""
    constraint: str = ""
    required: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is answered to an item: status (empty when nothing) and measured value as text."""

    status: str = ""
    value: str = ""

    @property
    def is_answered(self) -> bool:
        """Say whether the item was looked at."""
        return self.status not in {"", "not_checked"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """An item that breaks a condition: `not-asked`, `constraint` or `required`."""

    code: str
    kind: str


class Conditions:
    """The conditions of one edition and scope, read once.

    Attributes
    ----------
    is_empty : bool
        Whether no item has any.
    """

    def __init__(self, items: Iterable[ItemConditions]) -> None:
        """Read the conditions; one of a later program that cannot be read here always holds."""
        self._relevant: dict[str, Expression] = {}
        self._constraint: dict[str, Expression] = {}
        self._required: dict[str, Expression] = {}
        for item in items:
            for typed, kept in (
                (item.relevant, self._relevant),
                (item.constraint, self._constraint),
                (_required(item.required), self._required),
            ):
                if typed.strip():
                    with suppress(ExpressionError):
                        kept[item.code] = parse(typed)
        self.is_empty = not (self._relevant or self._constraint or self._required)

    def asked(
        self,
        codes: Iterable[str],
        answers: Mapping[str, Given],
        facts: Mapping[str, str],
        *,
        on_paper: bool = False,
    ) -> frozenset[str]:
        """Give the items that are asked; on paper also those whose condition is still open.

        What is not asked counts as not answered in the conditions of others, as in ODK.
        """
        weighed = _Weighing(self._relevant, answers, facts, given=not on_paper)
        return frozenset(code for code in codes if weighed.is_asked(code) is not False)

    def relevant_to(self, code: str) -> str:
        """Give the condition under which an item is asked, or an empty text."""
        expression = self._relevant.get(code)
        return "" if expression is None else expression.source

    def allows(
        self, code: str, value: str, answers: Mapping[str, Given], facts: Mapping[str, str]
    ) -> bool:
        """Say whether a measured value satisfies the item; none at all always does."""
        expression = self._constraint.get(code)
        if expression is None or not value:
            return True
        return bool(is_true(expression, values_of(answers, facts), current=value))

    def is_required(
        self, code: str, answers: Mapping[str, Given], facts: Mapping[str, str]
    ) -> bool:
        """Say whether an item must be answered."""
        expression = self._required.get(code)
        return expression is not None and bool(is_true(expression, values_of(answers, facts)))

    def breaches(
        self,
        codes: Sequence[str],
        answers: Mapping[str, Given],
        facts: Mapping[str, str],
        *,
        is_finished: bool = True,
    ) -> list[Breach]:
        """Give what speaks against the answers of a visit, in the order of the items."""
        asked = self.asked(codes, answers, facts)
        counted = {code: given for code, given in answers.items() if code in asked}
        found = []
        for code in codes:
            given = answers.get(code, Given())
            if code not in asked:
                if given.is_answered or given.value:
                    found.append(Breach(code=code, kind="not-asked"))
            elif not self.allows(code, given.value, counted, facts):
                found.append(Breach(code=code, kind="constraint"))
            elif is_finished and not given.is_answered and self.is_required(code, counted, facts):
                found.append(Breach(code=code, kind="required"))
        return found


def values_of(answers: Mapping[str, Given], facts: Mapping[str, str]) -> dict[str, str]:
    """Give what the names of conditions stand for."""
    values = dict(facts)
    for code, given in answers.items():
        values[code] = given.status
        values[code + VALUE_END] = given.value
    return values


def names_of(typed: str) -> frozenset[str]:
    """Give the names a condition looks at; raises `ExpressionError`."""
    text = _required(typed)
    return parse(text).names - {CURRENT} if text.strip() else frozenset()


def _required(typed: str) -> str:
    text = typed.strip()
    return "" if text in _NEVER else _ALWAYS.get(text, text)


class _Weighing:
    """Says which items are asked, each once; one that hangs on itself is asked."""

    def __init__(
        self,
        relevant: Mapping[str, Expression],
        answers: Mapping[str, Given],
        facts: Mapping[str, str],
        *,
        given: bool,
    ) -> None:
        self._relevant, self._answers, self._facts = relevant, answers, facts
        self._given = given
        self._known: dict[str, bool | None] = {}
        self._deep = 0

    def is_asked(self, code: str) -> bool | None:
        if code not in self._known:
            self._known[code] = True
            expression = self._relevant.get(code)
            if expression is not None and self._deep < _LONGEST_CHAIN:
                self._deep += 1
                values = dict(self._facts)
                for name in expression.names:
                    self._look_up(name, values)
                self._known[code] = is_true(expression, values, given=self._given)
                self._deep -= 1
        return self._known[code]

    def _look_up(self, name: str, values: dict[str, str]) -> None:
        for code, kind in ((name, "status"), (name.removesuffix(VALUE_END), "value")):
            given = self._answers.get(code)
            if given is not None and (kind == "status" or name != code):
                values[name] = getattr(given, kind) if self.is_asked(code) is not False else ""

"""Methods of assessment as the catalogue holds them: shipped or brought by the office, confirmed.

Brilha 2016 is made of two vocabularies (`brilha2016`, `brilha2016_points`); every other method is
one record whose definition is never changed once it is there: another version is another record.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from geopark_app.domain.change import Changes
from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.identifier import ROOT
from geopark_app.domain.kinds import ScoringMethod, Term
from geopark_app.domain.text import clean
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.operations.vocabularies import terms
from geopark_app.rules.scoring import BRILHA_SCALES, RISK_VALUE, Scale, ValueTotal, value_total
from geopark_app.rules.scoring_method import (
    MethodFault,
    MethodRules,
    NoMethodError,
    method_faults,
    method_from_json,
    method_json,
)

BRILHA_2016 = "brilha2016"
"""The method every catalogue starts with."""

_POINTS_OF = f"{BRILHA_2016}_points"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What a number of points stands for, in both languages."""

    points: int
    label_vi: str
    label_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion of a method.

    Attributes
    ----------
    code : str
        Such as `SV.integrity`.
    value : str
        The value it belongs to: SV, PEU, PTU or DR.
    weight : int
        Percent of its value.
    term : Term
        With its labels.
    indicators : tuple of Indicator
        The points that may be given, most first.
    """

    code: str
    value: str
    weight: int
    term: Term
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A version of a method.

    Attributes
    ----------
    name : str
        What assessments call it.
    criteria : tuple of Criterion
        In their order.
    values : tuple of Term
        Its results, never added up.
    scales : mapping of str to Scale
        How the sum of each value is read.
    risk_value : str or None
        The value whose classes colour the map.
    record : ScoringMethod
        Titles, source, status, and whether the office has compared the numbers with the source.
    """

    name: str
    criteria: tuple[Criterion, ...]
    values: tuple[Term, ...]
    scales: Mapping[str, Scale]
    risk_value: str | None
    record: ScoringMethod

    @property
    def is_provisional(self) -> bool:
        """Whether nobody of the office has confirmed its numbers yet."""
        return not self.record.numbers_confirmed

    def weights(self, value: str) -> dict[str, int]:
        """Give the weights of one value by criterion."""
        return {one.code: one.weight for one in self.criteria if one.value == value}

    def total(self, value: str, points: Mapping[str, int | None]) -> ValueTotal:
        """Give the result of one value with its terms."""
        return value_total(value, self.weights(value), points, self.scales.get(value))


def methods_of(context: AppContext) -> list[Method]:
    """Give every method the catalogue has: the shipped one first, then by name."""
    records = context.catalogue.records(ScoringMethod)
    own = [_own(record) for record in records if record.definition]
    return [*_shipped(context, records), *sorted(own, key=lambda one: one.name)]


def method_of(context: AppContext, name: str = BRILHA_2016) -> Method:
    """Give a method by its name, or its newest version by its code alone.

    Raises
    ------
    GeoparkError
        NOT_FOUND when the catalogue has no such method.
    """
    found = [one for one in methods_of(context) if name in {one.name, one.record.code}]
    if not found:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="scoring_method", reference=name)
    return max(found, key=lambda one: (one.name == name, one.record.version or ""))


def _shipped(context: AppContext, records: list[ScoringMethod]) -> list[Method]:
    listed = terms(context, BRILHA_2016)
    indicators: dict[str, list[Indicator]] = {}
    for term in terms(context, _POINTS_OF):
        code, _sign, _points = (term.code or "").partition("=")
        if term.weight is not None:
            indicators.setdefault(code, []).append(
                Indicator(
                    points=term.weight, label_vi=term.label_vi or "", label_en=term.label_en or ""
                )
            )
    criteria = tuple(
        Criterion(
            code=term.code or "",
            value=term.parent,
            weight=term.weight,
            term=term,
            indicators=tuple(indicators.get(term.code or "", ())),
        )
        for term in listed
        if term.parent and term.weight is not None
    )
    if not criteria:
        return []
    used = {one.value for one in criteria}
    known = next((one for one in records if one.uuid == method_uuid(BRILHA_2016)), None)
    return [
        Method(
            name=BRILHA_2016,
            criteria=criteria,
            values=tuple(term for term in listed if term.code in used),
            scales=BRILHA_SCALES,
            risk_value=RISK_VALUE,
            record=known or _brilha_record(),
        )
    ]


def _brilha_record() -> ScoringMethod:
    return ScoringMethod(
        uuid=method_uuid(BRILHA_2016),
        code=BRILHA_2016,
        version="2026.2",
        title_vi="Brilha (2016)",
        title_en="Brilha (2016)",
        source="Brilha J. 2016, Geoheritage 8:119-134, doi 10.1007/s12371-014-0139-3",
        status_vi=(
            "Chưa đọc được bài báo gốc; trọng số của SV và phần lớn chỉ tiêu ghi theo trí nhớ, "
            "số liệu của DR cho đúng 39 tổng điểm đã công bố."
        ),
        status_en=(
            "The paper itself was not read; weights of SV and most indicators are from memory, "
            "those of DR reproduce 39 published totals."
        ),
    )


def _own(record: ScoringMethod) -> Method:
    rules = method_from_json(json.loads(record.definition or "{}"))
    return Method(
        name=rules.name,
        criteria=tuple(
            Criterion(
                code=one.code,
                value=value.code,
                weight=one.weight,
                term=_term(rules, one.code, one.label_vi, one.label_en, at),
                indicators=tuple(
                    Indicator(points=each.points, label_vi=each.label_vi, label_en=each.label_en)
                    for each in one.levels
                ),
            )
            for value in rules.values
            for at, one in enumerate(value.criteria, start=1)
        ),
        values=tuple(
            _term(rules, one.code, one.label_vi, one.label_en, at)
            for at, one in enumerate(rules.values, start=1)
        ),
        scales={one.code: one.scale for one in rules.values},
        risk_value=next((one.code for one in rules.values if one.is_risk), None),
        record=record,
    )


def _term(rules: MethodRules, code: str, label_vi: str, label_en: str, order: int) -> Term:
    """Give a term that only carries labels; it is stored nowhere."""
    return Term(
        uuid=str(uuid5(UUID(method_uuid(rules.name)), code)),
        vocabulary=rules.name,
        code=code,
        label_vi=label_vi,
        label_en=label_en,
        sort_order=order,
    )


def method_uuid(name: str) -> str:
    """Give the key of a method's record: the same on every laptop."""
    return str(uuid5(ROOT, f"scoring-method:{name}"))


def read_method(content: object) -> MethodRules:
    """Judge the content of a method file.

    Raises
    ------
    GeoparkError
        BAD_VALUE that names the first fault.
    """
    try:
        rules = method_from_json(content)
    except NoMethodError as error:
        raise GeoparkError(
            ErrorCode.BAD_VALUE,
            field=error.where,
            value=_("(missing or no number)"),
            expected=_("a method file as written by: method export"),
        ) from error
    faults = method_faults(rules)
    if faults:
        first = faults[0]
        raise GeoparkError(
            ErrorCode.BAD_VALUE,
            field=first.where,
            value=first.found or _("(missing)"),
            expected=_fault_words(first),
        )
    return rules


def _fault_words(fault: MethodFault) -> str:
    return {
        "bad-name": _("small letters, digits, - . _"),
        "missing": _("a text in both languages, or at least one entry"),
        "twice": _("each name and each number of points once"),
        "bad-number": _("a whole number from 1 to 1,000 (points also below 0)"),
        "weights-sum": _("weights that add up to the sum the method names"),
        "levels": _("2 to 101 levels"),
    }[fault.code]


def add_method(context: AppContext, rules: MethodRules, *, reason: str = "") -> Changes:
    """Take a version of a method into the catalogue, beside those that are there.

    Raises
    ------
    GeoparkError
        BAD_VALUE when this version is there with other content: assessments refer to it.
    """
    definition = json.dumps(method_json(rules), ensure_ascii=False, sort_keys=True)
    there = context.catalogue.get(ScoringMethod, method_uuid(rules.name))
    other = there is not None and not there.deleted and there.definition != definition
    if other or rules.name == BRILHA_2016:
        raise GeoparkError(
            ErrorCode.BAD_VALUE,
            field="version",
            value=rules.name,
            expected=_("another version: this one is here with other content and stays as it is"),
        )
    record = ScoringMethod(
        uuid=method_uuid(rules.name),
        code=rules.code,
        version=rules.version,
        definition=definition,
        title_vi=rules.about["title_vi"],
        title_en=rules.about["title_en"],
        source=rules.about["source"],
        status_vi=rules.about["status_vi"],
        status_en=rules.about["status_en"],
    )
    with context.work(reason or "add scoring method") as work:
        if there is None or there.deleted:
            work.put(record)
    return work.changes


def confirm_method(
    context: AppContext, method: Method, note: str | None, *, reason: str = ""
) -> Changes:
    """Say that the office has compared the numbers with the source named in the note.

    Without a note the confirmation is taken back: the numbers are provisional again.

    Raises
    ------
    GeoparkError
        BAD_VALUE for an empty note.
    """
    words = clean(note).strip() if note is not None else None
    if words == "":
        raise GeoparkError(ErrorCode.BAD_VALUE, field="confirmed_note", value="", expected="text")
    today = context.now().astimezone(VIETNAM).date().isoformat()
    record = replace(
        method.record,
        numbers_confirmed=words is not None,
        confirmed_note=words,
        confirmed_on=today if words else None,
        confirmed_by=(context.author.person or None) if words else None,
    )
    with context.work(reason or "confirm scoring method") as work:
        work.put(record)
    return work.changes

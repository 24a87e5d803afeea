"""Sums by year of any kind of record that has a date: how many, and what numbers add up to."""

from collections import Counter
from dataclasses import dataclass

from geopark_app.domain.declaration import FieldSpec, FieldType, Record, RecordKind
from geopark_app.domain.position import Quantity
from geopark_app.operations.context import AppContext

_SUMMED = {FieldType.INTEGER, FieldType.QUANTITY}
_NOT_SUMMED = {"year", "sort_order", "byte_count", "ocop_stars", "points", "days_ahead"}


@dataclass(frozen=True, slots=True, kw_only=True)
class YearTotal:
    """The records of one year.

    Attributes
    ----------
    year : str
        Four digits; empty for records without a date.
    count : int
        How many records.
    sums : mapping of str to float
        Sum by field; a quantity by `field (unit)`, units are never mixed.
    """

    year: str
    count: int
    sums: dict[str, float]


def yearly_totals(context: AppContext, kind: RecordKind) -> list[YearTotal]:
    """Give the totals of a kind by year, newest first; an empty list where it has no date."""
    dated = _date_field(kind)
    if dated is None:
        return []
    counts: Counter[str] = Counter()
    sums: dict[str, Counter[str]] = {}
    wanted = [dated.name, *(spec.name for spec in kind.fields if spec.type in _SUMMED)]
    for record in context.catalogue.records_in_part(kind.record_type, wanted):
        year = str(getattr(record, dated.name) or "")[:4]
        counts[year] += 1
        for name, value in _numbers(kind, record):
            sums.setdefault(year, Counter())[name] += value  # type: ignore[assignment]
    return [
        YearTotal(year=year, count=counts[year], sums=dict(sums.get(year, Counter())))
        for year in sorted(counts, reverse=True)
    ]


def _date_field(kind: RecordKind) -> FieldSpec | None:
    """Give the field that says when: a year, else the first date."""
    year = kind.field("year")
    if year is not None:
        return year
    return next((spec for spec in kind.fields if spec.type is FieldType.DATE), None)


def _numbers(kind: RecordKind, record: Record) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    for spec in kind.fields:
        value = getattr(record, spec.name)
        if isinstance(value, Quantity) and value.value is not None:
            found.append((f"{spec.name} ({value.unit or '–'})", value.value))
        elif spec.type is FieldType.INTEGER and value is not None and spec.name not in _NOT_SUMMED:
            found.append((spec.name, value))
    return found

"""Works as the steering committee sees them: open, late, blocked, by commune, with their sums."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

CLOSED = frozenset({"done", "dropped"})


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkLine:
    """One work with what stands beside it in the list.

    Attributes
    ----------
    uuid : str
        Of the work.
    commune, place, title, kind, unit, person, state, block : str
        Words in the language of the list; empty where not known.
    state_code, block_code : str
        Terms behind `state` and `block`.
    due : date or None
        Until when.
    cost_vnd : int or None
        Estimate.
    """

    uuid: str
    commune: str
    place: str
    title: str
    kind: str
    unit: str
    person: str
    state: str
    block: str
    state_code: str
    block_code: str
    due: date | None
    cost_vnd: int | None

    @property
    def is_open(self) -> bool:
        """Whether it still has to be done."""
        return self.state_code not in CLOSED

    def is_late(self, today: date) -> bool:
        """Whether it is open and past its date."""
        return self.is_open and self.due is not None and self.due < today


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSums:
    """Counts and cost of some works; `cost_vnd` sums what is estimated, `unpriced` is the rest."""

    count: int
    open: int
    late: int
    blocked: int
    cost_vnd: int
    unpriced: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneWorks:
    """Works of one commune, the most urgent first."""

    commune: str
    lines: tuple[WorkLine, ...]
    sums: WorkSums


def sums_of(lines: Iterable[WorkLine], today: date) -> WorkSums:
    """Give counts and the cost of the open works among them."""
    listed = list(lines)
    still = [line for line in listed if line.is_open]
    return WorkSums(
        count=len(listed),
        open=len(still),
        late=sum(line.is_late(today) for line in still),
        blocked=sum(bool(line.block_code) for line in still),
        cost_vnd=sum(line.cost_vnd or 0 for line in still),
        unpriced=sum(line.cost_vnd is None for line in still),
    )


def by_commune(
    lines: Sequence[WorkLine], today: date, *, names_in_order: Sequence[str]
) -> tuple[CommuneWorks, ...]:
    """Group works by commune; within one, late ones first, then by date, undated last.

    `names_in_order` gives the order of the communes; one that is not named there comes last.
    """
    order = {name: at for at, name in enumerate(names_in_order)}
    groups: dict[str, list[WorkLine]] = {}
    for line in lines:
        groups.setdefault(line.commune, []).append(line)
    return tuple(
        CommuneWorks(
            commune=commune, lines=tuple(sorted(group, key=_urgency)), sums=sums_of(group, today)
        )
        for commune, group in sorted(
            groups.items(), key=lambda pair: (order.get(pair[0], len(order)), pair[0])
        )
    )


def _urgency(line: WorkLine) -> tuple[bool, bool, date, str]:
    return (not line.is_open, line.due is None, line.due or date.max, line.title)

"""Who may see which assessment: others' points stay hidden until one's own are submitted.

Assessments of a site by one method come in rounds; accepting a result ends a round and opens what
was submitted in it to everybody. In the round that is going on a person sees the own assessments
always, and what others submitted once an own one is submitted. A draft is seen by its assessor
only. This keeps judgements apart; it is no secret: every laptop holds all of them.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

_EARLIEST = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindEntry:
    """What of an assessment decides who sees its points.

    Attributes
    ----------
    uuid : str
        The assessment.
    site, method : str
        What was scored, and how; an empty site stands for all (somebody who scores none).
    people : frozenset of str
        Folded names of the assessor and of who typed it in; empty when nobody is named.
    is_draft, is_accepted, is_trashed : bool
        Not submitted yet; the result that counts; in the trash, where it opens nothing.
    submitted_at, accepted_at : str
        ISO instants, empty when not known (assessments of older programs count as submitted).
    """

    uuid: str
    site: str
    method: str
    people: frozenset[str]
    is_draft: bool = False
    is_accepted: bool = False
    is_trashed: bool = False
    submitted_at: str = ""
    accepted_at: str = ""

    def is_own(self, person: str) -> bool:
        """Say whether this person scored or typed it in, or nobody is named."""
        return not self.people or person in self.people


def hidden_assessments(entries: Iterable[BlindEntry], person: str) -> frozenset[str]:
    """Give the assessments whose points `person` (a folded name) does not see yet."""
    together: dict[tuple[str, str], list[BlindEntry]] = {}
    everywhere: set[str] = set()
    for entry in entries:
        if entry.site:
            together.setdefault((entry.site, entry.method), []).append(entry)
        elif person in entry.people and not entry.is_draft and not entry.is_trashed:
            everywhere.add(entry.method)
    return frozenset(
        entry.uuid
        for (_site, method), found in together.items()
        for entry in _hidden(found, person, scores_none=method in everywhere)
    )


def _hidden(found: Sequence[BlindEntry], person: str, *, scores_none: bool) -> Iterable[BlindEntry]:
    there = [one for one in found if not one.is_trashed]
    ends = sorted(_instant(one.accepted_at) for one in there if one.is_accepted or one.accepted_at)
    own = {_round(one, ends) for one in there if person in one.people and not one.is_draft}
    for one in found:
        if one.is_own(person):
            continue
        at = _round(one, ends)
        is_open = at < len(ends) or at in own or scores_none
        if one.is_draft or not is_open:
            yield one


def _round(entry: BlindEntry, ends: Sequence[str]) -> int:
    return bisect_left(ends, _instant(entry.submitted_at))


def _instant(text: str) -> str:
    """Give an instant in a form that sorts; what is not known comes first."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC).isoformat(timespec="microseconds")
    except ValueError:
        return _EARLIEST

"""What was sent to communes and departments, and which of it still waits for an answer."""

from dataclasses import dataclass
from datetime import date

from geopark_app.operations.context import AppContext
from geopark_app.operations.keeping_settings import settings_under
from geopark_app.operations.unit_rows import ASKED, Unit
from geopark_app.rules.round_trip import Awaited, unanswered

SENT, ANSWERED = "request.sent.", "request.answered."

Snapshot = dict[str, dict[str, dict[str, str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SentRequest:
    """A list that was sent.

    Attributes
    ----------
    key : str
        Of the sending.
    unit : Unit
        To whom.
    number : int
        The how-manieth to this unit.
    sent_on : date
        When.
    answer_by, answered_on : date or None
        Until when an answer was asked for, and when it came.
    file, sha256 : str
        Name of the workbook, and hash of the state that was sent.
    snapshot : Snapshot
        That state: kind, key of the row, field, typed text.
    """

    key: str
    unit: Unit
    number: int
    sent_on: date
    answer_by: date | None
    answered_on: date | None
    file: str
    sha256: str
    snapshot: Snapshot

    @property
    def row_count(self) -> int:
        """How many rows were sent."""
        return sum(map(len, self.snapshot.values()))

    @property
    def awaited(self) -> Awaited:
        """The same for the rules."""
        return Awaited(
            key=self.key,
            unit=self.unit.id,
            sent_on=self.sent_on,
            answer_by=self.answer_by,
            answered_on=self.answered_on,
        )


def sent_requests(context: AppContext) -> list[SentRequest]:
    """Give every list that was sent, in the order of sending."""
    answers = settings_under(context, ANSWERED)
    found = []
    for key, content in settings_under(context, SENT).items():
        request = _request(key, content, answers.get(key))
        if request is not None:
            found.append(request)
    return sorted(found, key=lambda one: (one.sent_on, one.number, one.key))


def waiting_requests(context: AppContext) -> list[SentRequest]:
    """Give the lists that still wait for an answer, the longest first."""
    sent = sent_requests(context)
    by_key = {one.key: one for one in sent}
    return [by_key[one.key] for one in unanswered([one.awaited for one in sent])]


def _request(key: str, content: object, answer: object) -> SentRequest | None:
    """Read a sending; one that another program left in another shape is left out."""
    try:
        assert isinstance(content, dict)
        answered = answer.get("on") if isinstance(answer, dict) else None
        return SentRequest(
            key=key,
            unit=Unit(kind=content["unit_kind"], key=content["unit"], name=content["name"]),
            number=int(content["number"]),
            sent_on=date.fromisoformat(content["sent_on"]),
            answer_by=date.fromisoformat(content["answer_by"]) if content["answer_by"] else None,
            answered_on=date.fromisoformat(answered) if answered else None,
            file=str(content["file"]),
            sha256=str(content["sha256"]),
            snapshot={kind: dict(rows) for kind, rows in content["rows"].items() if kind in ASKED},
        )
    except (AssertionError, AttributeError, KeyError, TypeError, ValueError):
        return None

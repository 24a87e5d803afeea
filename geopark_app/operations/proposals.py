"""Proposals: saves beyond their author's role, listed, accepted or declined by an editor."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geopark_app.domain.change import Changes, Json, OpKind
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.identifier import ROOT, uuid_of
from geopark_app.domain.kinds import KINDS, ProposalDecision
from geopark_app.operations.context import AppContext
from geopark_app.operations.trash import title_of
from geopark_app.store.exchange_log import log_authors
from geopark_app.store.judging import ACCEPTED, DECLINED
from geopark_app.store.proposed import ProposedOp, proposed_ops


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedChange:
    """One operation of a proposal, in words' reach.

    Attributes
    ----------
    kind, uuid, field : str
        Where; the field is empty for a whole record.
    op : OpKind
        What it does.
    title : str
        The record for people.
    value : Json
        What it writes into the field.
    """

    kind: str
    uuid: str
    field: str
    op: OpKind
    title: str
    value: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One save, as far as it goes beyond the role of its author.

    Attributes
    ----------
    author : str
        Author id.
    first, last : int
        Its operations.
    person, device, at, note : str
        Who, on which laptop, when by its clock, and the named step.
    verdict : str
        "accepted", "declined" or empty.
    changes : tuple of ProposedChange
        What goes beyond.
    """

    author: str
    first: int
    last: int
    person: str
    device: str
    at: str
    note: str
    verdict: str
    changes: tuple[ProposedChange, ...]

    @property
    def name(self) -> str:
        """Give what commands call it."""
        return f"{self.author}:{self.first}"


def list_proposals(context: AppContext, *, decided: bool = False) -> list[Proposal]:
    """Give the saves that wait for an editor, or those decided already, the oldest first."""
    verdicts = {
        (one.author_id, one.first_seq): one.verdict or ""
        for one in context.catalogue.records(ProposalDecision)
    }
    devices = {name: one.device for name, one in log_authors(context.catalogue).items()}
    saves: dict[tuple[str, int], list[ProposedOp]] = {}
    for op in proposed_ops(context.catalogue):
        if ((op.author, op.first) in verdicts) is decided:
            saves.setdefault((op.author, op.first), []).append(op)
    found = [
        Proposal(
            author=author,
            first=first,
            last=ops[0].last,
            person=ops[0].person,
            device=devices.get(author, ""),
            at=ops[0].at,
            note=ops[0].note,
            verdict=verdicts.get((author, first), ""),
            changes=tuple(_change(context, op) for op in ops),
        )
        for (author, first), ops in saves.items()
    ]
    return sorted(found, key=lambda one: (one.at, one.author, one.first))


def find_proposal(context: AppContext, name: str) -> Proposal:
    """Give a proposal by its name, decided or not; raises NOT_FOUND."""
    for decided in (False, True):
        for one in list_proposals(context, decided=decided):
            if one.name == name:
                return one
    raise GeoparkError(ErrorCode.NOT_FOUND, kind="proposal", reference=name)


def decide(
    context: AppContext, proposals: Sequence[Proposal], *, accept: bool, reason: str, step: str
) -> Changes:
    """Accept or decline saves; the decision is a save that travels, and can be another later.

    Raises
    ------
    GeoparkError
        BEYOND_ROLE for a laptop that may not decide.
    """
    with context.work(step, is_ruling=True) as work:
        for one in proposals:
            work.put(
                ProposalDecision(
                    uuid=uuid_of(str(ROOT), f"proposal:{one.author}:{one.first}"),
                    author_id=one.author,
                    first_seq=one.first,
                    last_seq=one.last,
                    verdict=ACCEPTED if accept else DECLINED,
                    reason=reason.strip() or None,
                )
            )
    return work.changes


def _change(context: AppContext, op: ProposedOp) -> ProposedChange:
    kind = KINDS.get(op.table)
    record = context.catalogue.get(kind.record_type, op.row_uuid) if kind else None
    title = title_of(record) if record is not None else _title(op)
    return ProposedChange(
        kind=op.table,
        uuid=op.row_uuid,
        field=op.field,
        op=op.kind,
        title=title,
        value=op.values.get(op.field),
    )


def _title(op: ProposedOp) -> str:
    """Give the name a record would have that is not here before it is accepted."""
    kind = KINDS.get(op.table)
    names: Iterable[str] = kind.title_fields if kind else ()
    return " ".join(str(op.values[name]) for name in names if op.values.get(name)) or op.row_uuid

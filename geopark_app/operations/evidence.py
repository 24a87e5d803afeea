"""The evidence register: numbered pieces, each knowing where it is used; numbers fixed for good."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from geopark_app.domain.change import Changes
from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.identifier import uuid_of
from geopark_app.domain.kinds import Evidence, EvidenceFreeze, EvidenceUse
from geopark_app.domain.progress import CancelToken, ReportProgress, no_progress
from geopark_app.domain.text import clean
from geopark_app.operations.context import AppContext
from geopark_app.operations.documents import add_document
from geopark_app.operations.evaluation import next_evidence_number
from geopark_app.operations.evidence_targets import Target, TargetWords
from geopark_app.operations.photos import add_photos
from geopark_app.photos.sniff import HEAD_BYTES, sniff
from geopark_app.rules.evidence import Numbered, doubles, gaps, numbers_at_fixing, order_of
from geopark_app.store.new_keys import new_uuid


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine:
    """A piece of evidence with the places that point to it."""

    evidence: Evidence
    uses: tuple[Target, ...]

    @property
    def is_fixed(self) -> bool:
        """Whether its number is fixed."""
        return self.evidence.freeze_uuid is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """All evidence in the order of its numbers.

    Attributes
    ----------
    lines : tuple of EvidenceLine
        What is there.
    gaps : tuple of (str, Evidence)
        Fixed numbers whose evidence was removed, with what stood there.
    doubles : tuple of str
        Numbers that two laptops gave to different pieces.
    freezes : tuple of EvidenceFreeze
        When numbers were fixed, the oldest first.
    """

    lines: tuple[EvidenceLine, ...]
    gaps: tuple[tuple[str, Evidence], ...]
    doubles: tuple[str, ...]
    freezes: tuple[EvidenceFreeze, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedEvidence:
    """Evidence that was registered, and what changed."""

    evidence: Evidence
    changes: Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedNumbers:
    """A fixing of numbers: how many new ones it fixed, and what changed."""

    freeze: EvidenceFreeze
    count: int
    changes: Changes


def read_register(context: AppContext) -> Register:
    """Give all evidence with its uses."""
    everything = context.catalogue.records(Evidence, include_deleted=True)
    uses: dict[str, list[Target]] = {}
    for use in context.catalogue.records(EvidenceUse):
        target = Target(kind=use.target_kind or "", code=use.target_code or "")
        uses.setdefault(use.evidence_uuid or "", []).append(target)
    present = sorted(
        (one for one in everything if not one.deleted),
        key=lambda one: (order_of(one.number or ""), one.uuid),
    )
    numbered = [_numbered(one) for one in everything]
    by_key = {one.uuid: one for one in everything}
    return Register(
        lines=tuple(
            EvidenceLine(
                evidence=one,
                uses=tuple(sorted(uses.get(one.uuid, ()), key=lambda use: (use.kind, use.code))),
            )
            for one in present
        ),
        gaps=tuple((gap.number, by_key[gap.key]) for gap in gaps(numbered)),
        doubles=tuple(doubles(numbered)),
        freezes=tuple(
            sorted(context.catalogue.records(EvidenceFreeze), key=lambda one: one.fixed_on or "")
        ),
    )


def _numbered(one: Evidence) -> Numbered:
    return Numbered(
        key=one.uuid,
        number=one.number or "",
        is_fixed=one.freeze_uuid is not None,
        removed=one.deleted,
    )


def numbers_behind(context: AppContext, kind: str) -> dict[str, list[str]]:
    """Give the numbers of the evidence behind all places of a kind, by the code of the place."""
    numbers = {
        one.uuid: one.number or ""
        for one in context.catalogue.records_in_part(Evidence, ["number"])
    }
    found: dict[str, list[str]] = {}
    for use in context.catalogue.records(EvidenceUse, where={"target_kind": kind}):
        if number := numbers.get(use.evidence_uuid or ""):
            found.setdefault(use.target_code or "", []).append(number)
    return {code: sorted(listed, key=order_of) for code, listed in found.items()}


def find_evidence(context: AppContext, reference: str) -> Evidence:
    """Give the evidence of a number (`E-007` or `7`) or uuid.

    Raises
    ------
    GeoparkError
        NOT_FOUND; AMBIGUOUS when two laptops gave the number to different pieces.
    """
    found = context.catalogue.get(Evidence, reference)
    if found is not None:
        return found
    wanted = order_of(reference.strip().upper())
    carriers = [
        one
        for one in context.catalogue.records(Evidence)
        if one.number and order_of(one.number)[:2] == wanted[:2] and not wanted[0]
    ]
    if len(carriers) > 1:
        uuids = ", ".join(one.uuid for one in carriers)
        raise GeoparkError(ErrorCode.AMBIGUOUS, reference=reference, uuids=uuids)
    if not carriers:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="evidence", reference=reference)
    return carriers[0]


def register_evidence(
    context: AppContext,
    title: str,
    *,
    kind: str = "",
    fields: Mapping[str, Any] | None = None,
    at: Sequence[Target] = (),
    reason: str = "",
) -> AddedEvidence:
    """Register evidence under the next number and link it, as one save.

    Raises
    ------
    GeoparkError
        BAD_VALUE without a title; NOT_FOUND for a place that is not there.
    """
    words = clean(title).strip()
    if not words:
        raise GeoparkError(ErrorCode.BAD_VALUE, field="title_vi", value="", expected="text")
    _check(context, at)
    made = replace(
        Evidence(uuid=new_uuid(), number=next_evidence_number(context), title_vi=words),
        evidence_kind=kind or None,
        **dict(fields or {}),
    )
    with context.work(reason or "register evidence") as work:
        work.put(made)
        for target in at:
            work.put(_use(made.uuid, target))
    return AddedEvidence(evidence=made, changes=work.changes)


def evidence_of_files(
    context: AppContext,
    paths: Sequence[Path],
    at: Sequence[Target] = (),
    *,
    reason: str = "",
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> list[AddedEvidence]:
    """Take files in and register each: pictures as photos, anything else as a document.

    A picture dropped on the answer of a visit becomes a photo of that site.

    Raises
    ------
    Cancelled, GeoparkError
        As `add_photos` and `add_document`; files taken in before stay.
    """
    _check(context, at)
    words = TargetWords(context)
    site = next((key for target in at if (key := words.site_of(target))), None)
    made = []
    for path in paths:
        if is_picture(path):
            added = add_photos(
                context, [path], site_uuid=site, progress=progress, cancel=cancel or CancelToken()
            )
            photo = next((one.photo_uuid for one in added.files if one.photo_uuid), None)
            if photo is None:
                raise GeoparkError(ErrorCode.UNREADABLE_PHOTO, path=path)
            kind, fields, first = "photo", {"photo_uuid": photo}, added.changes
        else:
            document, first = add_document(context, path, {}, reason=reason)
            kind, fields = "document", {"document_uuid": document.uuid}
        today = context.now().astimezone(VIETNAM).date().isoformat()
        one = register_evidence(
            context,
            path.stem,
            kind=kind,
            fields={**fields, "dated_on": today if kind == "photo" else None},
            at=at,
            reason=reason,
        )
        made.append(replace(one, changes=_together(first, one.changes)))
    return made


def is_picture(path: Path) -> bool:
    """Say whether a file begins like a picture; raises NOT_FOUND where there is no file."""
    if not path.is_file():
        raise GeoparkError(ErrorCode.NOT_FOUND, path=path)
    with path.open("rb") as file:
        return sniff(file.read(HEAD_BYTES)) is not None


def _together(first: Changes, last: Changes) -> Changes:
    """Make one step for the person of the file taken in and its registration."""
    earlier = (*first.earlier, *((first.save,) if first.save is not None else ()))
    return replace(last, touched=first.touched | last.touched, earlier=(*earlier, *last.earlier))


def link(
    context: AppContext, evidence_uuid: str, at: Sequence[Target], *, reason: str = ""
) -> Changes:
    """Let places point to a piece of evidence.

    Raises
    ------
    GeoparkError
        NOT_FOUND for the evidence or a place.
    """
    if context.catalogue.get(Evidence, evidence_uuid) is None:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="evidence", reference=evidence_uuid)
    _check(context, at)
    with context.work(reason or "link evidence") as work:
        for target in at:
            work.put(_use(evidence_uuid, target))
    return work.changes


def unlink(context: AppContext, evidence_uuid: str, target: Target, *, reason: str = "") -> Changes:
    """Take a place away from a piece of evidence; the evidence itself stays.

    Raises
    ------
    GeoparkError
        NOT_FOUND where the place does not point to it.
    """
    key = _use(evidence_uuid, target).uuid
    use = context.catalogue.get(EvidenceUse, key)
    if use is None or use.deleted:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="evidence_use", reference=target.code)
    with context.work(reason or "unlink evidence") as work:
        work.delete(kind_of(use), key)
    return work.changes


def _use(evidence_uuid: str, target: Target) -> EvidenceUse:
    return EvidenceUse(
        uuid=uuid_of(evidence_uuid, f"{target.kind}:{target.code}"),
        evidence_uuid=evidence_uuid,
        target_kind=target.kind,
        target_code=target.code,
    )


def _check(context: AppContext, at: Sequence[Target]) -> None:
    words = TargetWords(context)
    for target in at:
        if not words.exists(target):
            raise GeoparkError(ErrorCode.NOT_FOUND, kind=target.kind, reference=target.code)


def fix_numbers(
    context: AppContext, title_vi: str, *, title_en: str = "", reason: str = ""
) -> FixedNumbers:
    """Fix the numbers given so far; the loose ones close their gaps first, as one save.

    Raises
    ------
    GeoparkError
        BAD_VALUE without a title; NOT_FOUND when there is no evidence with a loose number.
    """
    words = clean(title_vi).strip()
    if not words:
        raise GeoparkError(ErrorCode.BAD_VALUE, field="title_vi", value="", expected="text")
    everything = context.catalogue.records(Evidence, include_deleted=True)
    given = numbers_at_fixing([_numbered(one) for one in everything])
    loose = [one for one in everything if one.uuid in given and one.freeze_uuid is None]
    if not loose:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="evidence", reference="")
    freeze = EvidenceFreeze(
        uuid=new_uuid(),
        title_vi=words,
        title_en=clean(title_en).strip() or None,
        fixed_on=context.now().astimezone(VIETNAM).date().isoformat(),
        fixed_by=context.author.person or None,
        last_number=max(order_of(number)[1] for number in given.values()),
    )
    with context.work(reason or "fix evidence numbers") as work:
        work.put(freeze)
        for one in loose:
            work.put(replace(one, number=given[one.uuid], freeze_uuid=freeze.uuid))
    return FixedNumbers(freeze=freeze, count=len(loose), changes=work.changes)

"""What evaluators ask and say: logged, and turned into recommendations."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geopark_app.domain.change import Changes
from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import MissionNote, MissionStop, Recommendation
from geopark_app.domain.text import clean
from geopark_app.operations.context import AppContext
from geopark_app.operations.recommendations import AddedRecommendation, next_number
from geopark_app.store.new_keys import new_uuid


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedNote:
    """A question or remark that was logged, and what changed."""

    note: MissionNote
    changes: Changes


def notes_of(context: AppContext, mission_uuid: str) -> Sequence[MissionNote]:
    """Give the log of a mission, the oldest first."""
    notes = context.catalogue.records(MissionNote, where={"mission_uuid": mission_uuid})
    return sorted(notes, key=lambda one: (one.asked_on or "", one.uuid))


def add_note(
    context: AppContext,
    mission_uuid: str,
    question: str,
    *,
    answer: str = "",
    asked_by: str = "",
    stop_uuid: str | None = None,
    is_recommendation: bool = False,
    reason: str = "",
) -> AddedNote:
    """Log a question with its answer, or an oral recommendation, of today.

    Raises
    ------
    GeoparkError
        BAD_VALUE without a text.
    """
    words = clean(question).strip()
    if not words:
        raise GeoparkError(ErrorCode.BAD_VALUE, field="question_vi", value="", expected="text")
    stop = context.catalogue.get(MissionStop, stop_uuid) if stop_uuid else None
    note = MissionNote(
        uuid=new_uuid(),
        mission_uuid=mission_uuid,
        asked_on=context.now().astimezone(VIETNAM).date().isoformat(),
        stop_uuid=stop.uuid if stop else None,
        site_uuid=stop.site_uuid if stop else None,
        asked_by=clean(asked_by).strip() or None,
        question_vi=words,
        answer_vi=clean(answer).strip() or None,
        is_recommendation=is_recommendation or None,
    )
    with context.work(reason or "mission log") as work:
        work.put(note)
    return AddedNote(note=note, changes=work.changes)


def make_recommendation(
    context: AppContext, note: MissionNote, *, reason: str = ""
) -> AddedRecommendation:
    """Turn an entry of the log into a recommendation that knows its mission, as one save.

    Raises
    ------
    GeoparkError
        BAD_VALUE where it became one already, or has no text.
    """
    known = context.catalogue.get(Recommendation, note.recommendation_uuid or "")
    if known is not None and not known.deleted:
        raise GeoparkError(
            ErrorCode.BAD_VALUE,
            field="recommendation_uuid",
            value=known.number or known.uuid,
            expected="–",
        )
    if not (note.question_vi or note.question_en):
        raise GeoparkError(ErrorCode.BAD_VALUE, field="question_vi", value="", expected="text")
    day = note.asked_on or context.now().astimezone(VIETNAM).date().isoformat()
    made = Recommendation(
        uuid=new_uuid(),
        number=next_number(context, int(day[:4])),
        origin="oral",
        given_by=note.asked_by,
        given_on=day,
        text_vi=note.question_vi,
        text_en=note.question_en,
        wording_status="own_words",
        mission_uuid=note.mission_uuid,
        status="open",
    )
    with context.work(reason or "make recommendation") as work:
        work.put(made)
        work.put(replace(note, is_recommendation=True, recommendation_uuid=made.uuid))
    return AddedRecommendation(record=made, changes=work.changes)

"""The newest answer to each checklist item of each place, and which of them are too old."""

from dataclasses import dataclass
from datetime import date

from geopark_app.operations.checklist_parts import checklist_for, facts_of
from geopark_app.operations.context import AppContext
from geopark_app.operations.readiness_results import Judge, all_answers, newest_by_place

_SCOPES = ("site", "route", "park")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewestAnswer:
    """The answer that stands.

    Attributes
    ----------
    scope : str
        `site`, `route` or `park`.
    place : str
        Key of the site or route; empty for the park.
    item_uuid, status : str
        What was asked and answered.
    day : date or None
        When.
    is_stale : bool
        Whether it is older than the days set and counts; one without a day is.
    """

    scope: str
    place: str
    item_uuid: str
    status: str
    day: date | None
    is_stale: bool


def newest_answers(context: AppContext) -> list[NewestAnswer]:
    """Give the newest answer of every place to every item, judged as readiness judges it."""
    found = []
    for scope in _SCOPES:
        opened = checklist_for(context, scope)
        judge = Judge(context, opened)
        by_place = newest_by_place(all_answers(context, opened, scope))
        has_none = opened.conditions.is_empty
        facts = {} if has_none else facts_of(context, scope, by_place)
        for place, answers in by_place.items():
            judged = judge.results(answers, facts.get(place, {}))
            results = {one.item_uuid: one for one in judged}
            found += [
                NewestAnswer(
                    scope=scope,
                    place=place,
                    item_uuid=row.item,
                    # What is not asked there any more does not apply.
                    status=results[row.item].status or "",
                    day=row.day,
                    is_stale=results[row.item].is_stale,
                )
                for row in answers.values()
                if row.given.status
            ]
    return found

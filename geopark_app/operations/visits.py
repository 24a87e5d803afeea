"""A whole visit at once: place, answers and evidence in one save."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.identifier import uuid_of
from geopark_app.domain.kinds import Answer, AnswerPhoto, ChecklistItem, Photo, Route, Visit
from geopark_app.domain.position import Quantity
from geopark_app.domain.progress import CancelToken, no_progress
from geopark_app.domain.text import clean
from geopark_app.operations.checklists import (
    STATUSES,
    OpenChecklist,
    ReadinessResult,
    checklist_for,
    moment_on,
    park_readiness,
    place_facts,
    refuse_breaches,
    route_readiness,
    site_readiness,
)
from geopark_app.operations.context import AppContext
from geopark_app.operations.photos import add_photos
from geopark_app.operations.sites import find_site
from geopark_app.photos.importing import find_files, prepare_photos
from geopark_app.rules.typed_values import read_value
from geopark_app.store.new_keys import new_uuid

_TOO_LARGE = 1e15
_LONGEST_NUMBER = 6


def record_visit(
    context: AppContext,
    place: str,
    answers: Mapping[str, Mapping[str, Any]],
    *,
    edition: str | None = None,
    visited_on: str | None = None,
    photo_folder: Path | None = None,
    sample: bool = False,
    reason: str = "",
) -> tuple[Visit, ReadinessResult]:
    """Record a finished visit and give it with the readiness of the place now.

    Parameters
    ----------
    context
        The surroundings.
    place
        Site code, route number or `park`.
    answers
        By item code: `status`, `note`, `value`, `unit`, `photos` (file names in `photo_folder`).
    edition
        Checklist edition; the newest when None.
    visited_on
        ISO date; today when None.
    photo_folder
        Where evidence photos named in the answers lie; a name may not leave it.
    sample
        Whether this is sample data.
    reason
        The named step.

    Raises
    ------
    GeoparkError
        NOT_FOUND, BAD_VALUE; CHECKLIST where conditions of items are not kept. Nothing is
        recorded then.
    """
    scope, keys = find_place(context, place)
    opened = checklist_for(context, scope, edition=edition)
    items = {item.code: item for item in opened.items}
    visit = Visit(
        uuid=new_uuid(),
        scope=scope,
        checklist_uuid=opened.checklist.uuid,
        visited_on=_day(context, visited_on),
        visitors=context.author.person or None,
        finished=True,
        sample=sample or None,
        site_uuid=keys.get("site_uuid"),
        route_uuid=keys.get("route_uuid"),
    )
    written = [_answer(context, visit, items, code, given) for code, given in answers.items()]
    _check_conditions(context, opened, visit, written)
    _check_pictures(context, answers, photo_folder)
    evidence = _evidence(context, visit, items, answers, photo_folder, sample=sample)
    with context.work(reason or "record visit") as work:
        work.put(visit)
        work.add_all(list(written))
        work.add_all(list(evidence))
    return visit, place_readiness(context, place)[1]


def _check_conditions(
    context: AppContext, opened: OpenChecklist, visit: Visit, answers: Sequence[Answer]
) -> None:
    given, facts = opened.given(answers), place_facts(context, visit)
    refuse_breaches(opened, opened.conditions.breaches(opened.codes, given, facts))


def find_place(context: AppContext, place: str) -> tuple[str, dict[str, str]]:
    """Give scope and key of a place: `park`, a route number, or a site."""
    if place == "park":
        return "park", {}
    number = place.removeprefix("route:")
    if number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER:
        routes = context.catalogue.records(Route, where={"number": int(number)})
        if not routes:
            raise GeoparkError(ErrorCode.NOT_FOUND, kind="route", reference=place)
        return "route", {"route_uuid": routes[0].uuid}
    return "site", {"site_uuid": find_site(context, place).uuid}


def place_readiness(context: AppContext, place: str) -> tuple[str, ReadinessResult]:
    """Give scope and readiness of a place."""
    scope, keys = find_place(context, place)
    match scope:
        case "site":
            return scope, site_readiness(context, keys["site_uuid"])
        case "route":
            return scope, route_readiness(context, keys["route_uuid"])
        case _:
            return scope, park_readiness(context)


def _day(context: AppContext, visited_on: str | None) -> str:
    if visited_on is None:
        return context.now().astimezone(VIETNAM).date().isoformat()
    spec = kind_of(Visit).field("visited_on")
    assert spec is not None
    return str(read_value(spec, visited_on))


def _answer(
    context: AppContext,
    visit: Visit,
    items: Mapping[str | None, ChecklistItem],
    code: str,
    given: Mapping[str, Any],
) -> Answer:
    item = items.get(code)
    status = given.get("status")
    if item is None:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="checklist_item", reference=code)
    if status not in STATUSES:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="status", value=status, expected=", ".join(STATUSES)
        )
    note = given.get("note")
    return Answer(
        uuid=uuid_of(visit.uuid, item.uuid),
        visit_uuid=visit.uuid,
        item_uuid=item.uuid,
        status=status,
        note=clean(str(note)) if note else None,
        measured=_measured(given),
        answered_at=moment_on(context, visit.visited_on),
        answered_by=context.author.person or None,
    )


def _measured(given: Mapping[str, Any]) -> Quantity | None:
    value = given.get("value")
    if value is None:
        return None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not abs(value) < _TOO_LARGE:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="measured", value=str(value)[:100], expected="decimal"
        )
    unit = given.get("unit")
    return Quantity(value=float(value), unit=str(unit) if unit else None)


def _evidence(
    context: AppContext,
    visit: Visit,
    items: Mapping[str | None, ChecklistItem],
    answers: Mapping[str, Mapping[str, Any]],
    folder: Path | None,
    *,
    sample: bool,
) -> list[AnswerPhoto]:
    links = []
    for code, given in answers.items():
        item = items[code]
        answer = uuid_of(visit.uuid, item.uuid)
        for name in given.get("photos") or ():
            photo = _photo(context, visit, name, folder, sample=sample)
            links.append(
                AnswerPhoto(uuid=uuid_of(answer, photo), answer_uuid=answer, photo_uuid=photo)
            )
    return links


def _photo(
    context: AppContext, visit: Visit, name: str, folder: Path | None, *, sample: bool
) -> str:
    """Give the key of a photo named by uuid, or brought in from the folder of the answers."""
    if context.catalogue.get(Photo, name) is not None:
        return name
    path = _picture_file(name, folder)
    report = add_photos(context, [path], site_uuid=visit.site_uuid, sample=sample)
    uuid = report.files[0].photo_uuid if report.files else None
    if uuid is None:
        raise GeoparkError(ErrorCode.UNREADABLE_PHOTO, path=name)
    return uuid


def _picture_file(name: str, folder: Path | None) -> Path:
    """Give the file of a name in the folder of the answers; a name may not lead out of it."""
    path = None if folder is None or clean(name) != name else (folder / name).resolve()
    inside = path is not None and folder is not None and path.is_relative_to(folder.resolve())
    if path is None or not inside or not path.is_file():
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="photo", reference=name)
    return path


def _check_pictures(
    context: AppContext, answers: Mapping[str, Mapping[str, Any]], folder: Path | None
) -> None:
    """Refuse a visit before anything is written when one of its pictures cannot be taken."""
    files: list[Path] = []
    for given in answers.values():
        names = given.get("photos") or []
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise GeoparkError(
                ErrorCode.BAD_VALUE, field="photos", value=str(names)[:100], expected="list"
            )
        new = [name for name in names if context.catalogue.get(Photo, name) is None]
        files.extend(_picture_file(name, folder) for name in new)
    for outcome in prepare_photos(
        find_files(files),
        is_known=lambda _: False,
        progress=no_progress,
        cancel=CancelToken(),
        preview=True,
    ):
        if outcome.prepared is None:
            raise GeoparkError(ErrorCode.UNREADABLE_PHOTO, path=outcome.path.name)

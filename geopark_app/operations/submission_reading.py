"""One row of an ODK or Kobo table as a visit: its place, its day, its answers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from geopark_app.domain.declaration import FieldSpec, FieldType
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.identifier import ROOT, uuid_of
from geopark_app.domain.kinds import Answer, ChecklistItem, Route, Visit
from geopark_app.domain.position import Quantity
from geopark_app.domain.text import clean, fold
from geopark_app.i18n import translator
from geopark_app.operations.checklist_parts import SCOPES, STATUSES, OpenChecklist, checklist_for
from geopark_app.operations.checklists import moment_on, place_facts
from geopark_app.operations.context import AppContext
from geopark_app.operations.readiness_results import answer_day, today_of
from geopark_app.operations.sites import find_site
from geopark_app.rules.typed_values import read_value

_INSTANCE = ("instanceid", "_uuid", "key", "meta_instanceid", "rootuuid")
_DAY = ("visited_on", "today", "start", "_submission_time", "submissiondate")
_PEOPLE = ("visitors", "username", "_submitted_by", "submittername")
_EDITION = ("edition", "_xform_id_string")
_KNOWN = {*_INSTANCE, *_DAY, *_PEOPLE, *_EDITION, "scope", "site_code", "route_number",
          "visit_note", "end"}  # fmt: skip
_PASSED_OVER = re.compile(
    r"_.*|__.*|meta|deviceid|phonenumber|simserial|subscriberid|formversion|attachments.*|"
    r"deviceid|edits|reviewstate|submitterid|status|site_kind|main_interest|commune|route|stop|"
    r"\(\d+\)"
)
_LONGEST_TEXT = 20_000
_NUMBER = FieldSpec(name="measured", type=FieldType.DECIMAL, label_vi="", label_en="")
_WORDS = {"met": "Met", "partly": "Partly", "not_met": "Not met", "na": "Does not apply",
          "not_checked": "Not checked"}  # fmt: skip


class RowTrouble(Exception):  # noqa: N818 - why a row is not taken, not a failure
    """Why a row cannot be a visit.

    Attributes
    ----------
    reason : str
        A code of `wording.submissions`.
    details : mapping of str to str
        For its sentence.
    """

    def __init__(self, reason: str, **details: object) -> None:
        """Keep the reason."""
        self.reason = reason
        self.details = {name: str(value)[:200] for name, value in details.items()}
        super().__init__(reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSubmission:
    """A row that was understood.

    Attributes
    ----------
    visit : Visit
        The visit; its key comes from the submission, so that two laptops make the same one.
    answers : tuple of Answer
        What was answered.
    pictures : tuple of (str, str)
        Answer and name of a picture that proves it.
    place : str
        Code of the site, number of the route, or `park`.
    """

    visit: Visit
    answers: tuple[Answer, ...]
    pictures: tuple[tuple[str, str], ...]
    place: str


@dataclass(slots=True)
class SubmissionReader:
    """Reads rows; what it looks up in the catalogue is remembered."""

    context: AppContext
    edition: str | None = None
    _opened: dict[tuple[str, str], OpenChecklist] = field(default_factory=dict)

    def read(self, line: Mapping[str, str]) -> ReadSubmission:
        """Give the visit of a row, by plain names of columns; raises `RowTrouble`."""
        instance = _first(line, _INSTANCE).removeprefix("uuid:").strip()
        if not instance or len(instance) > 200:
            raise RowTrouble("no-instance")
        scope = self._scope(line)
        place, keys = self._place(scope, line)
        opened = self._checklist(scope, _first(line, _EDITION))
        key = uuid_of(str(ROOT), f"submission:{instance}")
        visit = Visit(
            uuid=key,
            scope=scope,
            checklist_uuid=opened.checklist.uuid,
            visited_on=self._day(line),
            visitors=_text(_first(line, _PEOPLE)),
            note=_text(line.get("visit_note", "")),
            finished=True,
            instance_id=instance,
            **keys,
        )
        answers, pictures = self._answers(opened, visit, line)
        if not answers:
            raise RowTrouble("no-answers")
        return ReadSubmission(
            visit=visit, answers=tuple(answers), pictures=tuple(pictures), place=place
        )

    def unknown(self, names: Sequence[str]) -> list[str]:
        """Give the columns nothing is taken from."""
        codes = {
            name.lower()
            for scope in SCOPES
            for code in self._checklist(scope, "").codes
            for name in (code, f"{code}_value", f"{code}_note", f"{code}_photo")
        }
        return [
            name
            for name in names
            if name not in codes and name not in _KNOWN and not _PASSED_OVER.fullmatch(name)
        ]

    def _scope(self, line: Mapping[str, str]) -> str:
        said = line.get("scope", "").strip()
        if said:
            if said not in SCOPES:
                raise RowTrouble("bad-scope", value=said)
            return said
        return "site" if line.get("site_code") else "route" if line.get("route_number") else "park"

    def _place(self, scope: str, line: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
        if scope == "park":
            return "park", {}
        code = line.get("site_code" if scope == "site" else "route_number", "").strip()
        if not code:
            raise RowTrouble("no-place")
        if scope == "site":
            try:
                site = find_site(self.context, code)
            except GeoparkError as error:
                raise RowTrouble("unknown-place", value=code) from error
            return site.code or code, {"site_uuid": site.uuid}
        is_number = code.isascii() and code.isdigit() and len(code) < 7
        routes = (
            self.context.catalogue.records(Route, where={"number": int(code)}) if is_number else []
        )
        if not routes:
            raise RowTrouble("unknown-place", value=code)
        return code, {"route_uuid": routes[0].uuid}

    def _checklist(self, scope: str, said: str) -> OpenChecklist:
        wanted = self.edition or said or None
        key = (scope, wanted or "")
        if key not in self._opened:
            try:
                self._opened[key] = checklist_for(self.context, scope, edition=wanted)
            except GeoparkError as error:
                raise RowTrouble("unknown-edition", value=wanted) from error
        return self._opened[key]

    def _day(self, line: Mapping[str, str]) -> str:
        for name in _DAY:
            day = answer_day(line.get(name, "").strip() or None, None)
            if day is not None:
                if day > today_of(self.context):
                    raise RowTrouble("future", value=day.strftime("%d/%m/%Y"))
                return day.isoformat()
        raise RowTrouble("no-day")

    def _answers(
        self, opened: OpenChecklist, visit: Visit, line: Mapping[str, str]
    ) -> tuple[list[Answer], list[tuple[str, str]]]:
        at, by = self._moment(visit, line), visit.visitors
        answers: list[Answer] = []
        pictures: list[tuple[str, str]] = []
        for item in opened.items:
            code = (item.code or "").lower()
            status = _status(item, line.get(code, ""))
            value = _measured(item, line.get(f"{code}_value", ""))
            note = _text(line.get(f"{code}_note", ""))
            names = line.get(f"{code}_photo", "").split()
            if status is None and value is None and note is None and not names:
                continue
            key = uuid_of(visit.uuid, item.uuid)
            answer = Answer(uuid=key, visit_uuid=visit.uuid, item_uuid=item.uuid)
            answers.append(
                replace(
                    answer, status=status, measured=value, note=note, answered_at=at, answered_by=by
                )
            )
            # A name with spaces is one name.
            pictures.extend((key, name) for name in [" ".join(names)] if name)
        self._check(opened, visit, answers)
        return answers, pictures

    def _moment(self, visit: Visit, line: Mapping[str, str]) -> str:
        spec = FieldSpec(name="end", type=FieldType.INSTANT, label_vi="", label_en="")
        said = line.get("end", "").strip()
        if answer_day(said or None, None) is not None and answer_day(said, None) == answer_day(
            None, visit.visited_on
        ):
            try:
                return str(read_value(spec, said))
            except GeoparkError:
                pass
        return moment_on(self.context, visit.visited_on)

    def _check(self, opened: OpenChecklist, visit: Visit, answers: Sequence[Answer]) -> None:
        given, facts = opened.given(answers), place_facts(self.context, visit)
        breaches = opened.conditions.breaches(opened.codes, given, facts)
        if breaches:
            kind = breaches[0].kind
            codes = [one.code for one in breaches if one.kind == kind]
            raise RowTrouble(kind, items=", ".join(codes))


def plain_name(column: str) -> str:
    """Give the name of a column without the groups before it."""
    return re.split(r"[/:-]", column.strip())[-1].strip().lower()


def _first(line: Mapping[str, str], names: Sequence[str]) -> str:
    return next((line[name].strip() for name in names if line.get(name, "").strip()), "")


def _text(typed: str) -> str | None:
    return clean(typed).strip()[:_LONGEST_TEXT] or None


def _status(item: ChecklistItem, typed: str) -> str | None:
    text = typed.strip()
    if not text or text in STATUSES:
        return text or None
    for status, words in _WORDS.items():
        if fold(text) in {fold(translator(language)(words)) for language in ("vi", "en")}:
            return status
    raise RowTrouble("bad-answer", item=item.code, value=text)


def _measured(item: ChecklistItem, typed: str) -> Quantity | None:
    if not typed.strip():
        return None
    try:
        number = read_value(_NUMBER, typed)
    except GeoparkError as error:
        raise RowTrouble("bad-number", item=item.code, value=typed) from error
    return Quantity(value=float(number or 0), unit=item.measure_unit_en)

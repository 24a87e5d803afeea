"""Lists that came back from communes and departments: compared three ways, taken row by row."""

import dataclasses
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import Record, kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.identifier import setting_uuid
from geopark_app.domain.kinds import CatalogueSetting, kind_named
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress, no_progress
from geopark_app.dossier.plan_words import day_words
from geopark_app.exchange.foreign_table import ForeignTable, read_foreign_table
from geopark_app.exchange.request_workbook import MARK_SHEET
from geopark_app.operations.context import AppContext
from geopark_app.operations.keeping_settings import setting_text
from geopark_app.operations.processes import today_of
from geopark_app.operations.records import read_typed
from geopark_app.operations.unit_requests import FORMAT, headings
from geopark_app.operations.unit_rows import ASKED, words
from geopark_app.operations.unit_sendings import ANSWERED, SentRequest, sent_requests
from geopark_app.rules.round_trip import Outcome, RowTrouble, outcome
from geopark_app.store.rows import to_row

_BEFORE_FIELDS = 3
_NOTE = "note"
_REFUSED = (ErrorCode.BAD_VALUE, ErrorCode.BAD_POSITION, ErrorCode.NOT_FOUND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One value that came back changed.

    Attributes
    ----------
    field : str
        Which.
    sent, now : object
        The value when it was sent, and the one here now.
    returned : object
        The value that came back; the typed text where it cannot be read.
    outcome : Outcome
        Change or conflict; ALREADY is listed too, so that nobody wonders.
    problem : GeoparkError or None
        Why it cannot be taken.
    """

    field: str
    sent: Any
    now: Any
    returned: Any
    outcome: Outcome
    problem: GeoparkError | None = None

    @property
    def is_news(self) -> bool:
        """Whether taking it would change anything."""
        return self.problem is None and self.outcome in {Outcome.CHANGE, Outcome.CONFLICT}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedRow:
    """One row that came back with something in it that is new, or wrong.

    Attributes
    ----------
    kind, uuid : str
        Which record; the key as it came back.
    number : int
        Row of the sheet.
    name : str
        As written in the sheet.
    record : Record or None
        The record as it is now.
    differences : tuple of Difference
        What came back changed.
    trouble : RowTrouble or None
        Why the row cannot be taken.
    """

    kind: str
    uuid: str
    number: int
    name: str
    record: Record | None
    differences: tuple[Difference, ...] = ()
    trouble: RowTrouble | None = None

    @property
    def may_be_taken(self) -> bool:
        """Whether there is anything to take."""
        return self.trouble is None and any(one.is_news for one in self.differences)

    @property
    def has_conflict(self) -> bool:
        """Whether something of it was changed here meanwhile too."""
        return any(one.outcome is Outcome.CONFLICT for one in self.differences)

    @property
    def has_problem(self) -> bool:
        """Whether something of it cannot be read."""
        return any(one.problem is not None for one in self.differences)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedFile:
    """A file that came back.

    Attributes
    ----------
    path : Path
        Which.
    request : SentRequest or None
        The sending it answers; None when it cannot be used.
    rows : tuple of ReturnedRow
        Rows with differences or troubles.
    unchanged, missing : int
        Rows that came back as sent; rows that were sent and are not in the file.
    problem : GeoparkError or None
        Why the file cannot be used.
    """

    path: Path
    request: SentRequest | None
    rows: tuple[ReturnedRow, ...] = ()
    unchanged: int = 0
    missing: int = 0
    problem: GeoparkError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenAnswers:
    """What was taken as one save."""

    taken: int
    refused: int
    files: int
    changes: Changes


def read_answers(
    context: AppContext,
    paths: Sequence[Path],
    *,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> list[ReturnedFile]:
    """Read files that came back and compare them; nothing is written.

    A file that cannot be used says why in `problem` and keeps no other from being read.

    Raises
    ------
    Cancelled
        When asked to stop.
    """
    cancel = cancel or CancelToken()
    sent = {one.key: one for one in sent_requests(context)}
    found: list[ReturnedFile] = []
    used: set[str] = set()
    for at, path in enumerate(paths):
        cancel.check()
        progress(Progress(done=at, total=len(paths), current=path.name))
        try:
            one = _Reading(context, sent, cancel).file(path)
        except GeoparkError as error:
            one = ReturnedFile(path=path, request=None, problem=error)
        if one.request is not None and one.request.key in used:
            twice = GeoparkError(ErrorCode.REFUSED_FILE, reason="answer-twice")
            one = ReturnedFile(path=path, request=None, problem=twice)
        if one.request is not None:
            used.add(one.request.key)
        found.append(one)
    return found


def take_answers(
    context: AppContext,
    files: Sequence[ReturnedFile],
    accepted: Collection[tuple[str, str]],
    *,
    reason: str,
) -> TakenAnswers:
    """Write the rows accepted, by (request, key of the row), and that the units answered.

    One save, so one undo. What cannot be read in an accepted row stays as it is here.

    Raises
    ------
    GeoparkError
        CHANGED_BY_OTHERS when a value is no longer the one that was compared; nothing is written.
    """
    usable = [one for one in files if one.request is not None]
    taken = refused = 0
    with context.work(reason) as work:
        for file in usable:
            assert file.request is not None
            of_file = 0
            for row in file.rows:
                if row.may_be_taken and (file.request.key, row.uuid) in accepted:
                    _write(work, row, reason)
                    of_file += 1
            content = {
                "on": today_of(context).isoformat(),
                "file": file.path.name,
                "taken": of_file,
                "refused": len(file.rows) - of_file,
                "by": context.author.person,
            }
            name = f"{ANSWERED}{file.request.key}"
            work.put(
                CatalogueSetting(uuid=setting_uuid(name), name=name, value=setting_text(content))
            )
            taken += of_file
            refused += len(file.rows) - of_file
    return TakenAnswers(taken=taken, refused=refused, files=len(usable), changes=work.changes)


def _write(work: Any, row: ReturnedRow, reason: str) -> None:
    assert row.record is not None
    now = work.get(type(row.record), row.uuid)
    news = [one for one in row.differences if one.is_news]
    if now is None or now.deleted or any(getattr(now, one.field) != one.now for one in news):
        raise GeoparkError(ErrorCode.CHANGED_BY_OTHERS, step=reason)
    kind = kind_of(now)
    values = to_row(dataclasses.replace(now, **{one.field: one.returned for one in news}))
    columns = {}
    for one in news:
        spec = kind.field(one.field)
        assert spec is not None
        columns.update({column: values[column] for column in spec.columns})
    work.set_columns(kind, row.uuid, columns)


class _Reading:
    """Reads one file against what was sent."""

    def __init__(
        self, context: AppContext, sent: dict[str, SentRequest], cancel: CancelToken
    ) -> None:
        self._context = context
        self._sent = sent
        self._cancel = cancel

    def file(self, path: Path) -> ReturnedFile:
        """Give what came back in a file; raises REFUSED_FILE, NOT_FOUND."""
        names = [words()["sheets"][kind] for kind in ASKED]
        table = read_foreign_table(
            path,
            staging_in=self._context.catalogue.folder.cache_dir,
            cancel=self._cancel,
            prefer=(MARK_SHEET,),
            also=names,
        )
        request = self._request(table)
        sheets = {one.layer: one for one in table.further}
        rows: list[ReturnedRow] = []
        unchanged = missing = 0
        for kind, sent in request.snapshot.items():
            sheet = sheets.get(words()["sheets"][kind])
            if sheet is None:
                missing += len(sent)
                continue
            found, same, absent = self._sheet(request, kind, sheet)
            rows += found
            unchanged += same
            missing += absent
        return ReturnedFile(
            path=path, request=request, rows=tuple(rows), unchanged=unchanged, missing=missing
        )

    def _request(self, table: ForeignTable) -> SentRequest:
        mark = {row.cells[0]: row.cells[1] for row in table.rows if len(row.cells) > 1}
        if table.layer != MARK_SHEET or mark.get("format") != FORMAT:
            raise GeoparkError(ErrorCode.REFUSED_FILE, reason="answer-unknown")
        request = self._sent.get(mark.get("request", ""))
        if request is None:
            raise GeoparkError(ErrorCode.REFUSED_FILE, reason="answer-foreign")
        if mark.get("sha256") != request.sha256:
            raise GeoparkError(ErrorCode.REFUSED_FILE, reason="answer-other-state")
        return request

    def _sheet(
        self, request: SentRequest, kind: str, sheet: ForeignTable
    ) -> tuple[list[ReturnedRow], int, int]:
        expected = headings(kind)
        if list(sheet.header[: len(expected)]) != expected:
            raise GeoparkError(ErrorCode.REFUSED_FILE, reason="answer-columns", name=sheet.layer)
        sent = request.snapshot[kind]
        seen: set[str] = set()
        rows: list[ReturnedRow] = []
        unchanged = 0
        for row in sheet.rows:
            key, name, _place, *rest = (*row.cells, *[""] * len(expected))[: len(expected)]
            key = key.strip()
            trouble = None
            if key not in sent:
                trouble = RowTrouble.FOREIGN if key else RowTrouble.NO_KEY
            elif key in seen:
                trouble = RowTrouble.TWICE
            seen.add(key)
            made = ReturnedRow(
                kind=kind, uuid=key, number=row.number, name=name, record=None, trouble=trouble
            )
            if trouble is None:
                made = self._compared(request, made, sent[key], rest)
            if made.trouble is None and not made.differences:
                unchanged += 1
            else:
                rows.append(made)
        return rows, unchanged, len(sent.keys() - seen)

    def _compared(
        self, request: SentRequest, row: ReturnedRow, sent: dict[str, str], cells: Sequence[str]
    ) -> ReturnedRow:
        record = self._context.catalogue.get(kind_named(row.kind).record_type, row.uuid)
        if record is None or record.deleted:
            return dataclasses.replace(row, trouble=RowTrouble.GONE)
        differences = []
        for field, text in zip(ASKED[row.kind], cells, strict=False):
            difference = self._difference(record, field, sent.get(field, ""), text)
            if difference is not None:
                differences.append(difference)
        remark = cells[len(ASKED[row.kind])].strip()
        if remark:
            difference = self._remark(request, record, remark)
            differences += [difference] if difference is not None else []
        return dataclasses.replace(row, record=record, differences=tuple(differences))

    def _difference(self, record: Record, field: str, sent: str, text: str) -> Difference | None:
        now = getattr(record, field)
        try:
            before = read_typed(self._context, record, {field: sent})[field]
        except GeoparkError:
            # A term that was taken out of its list since: what was sent is known as it was.
            before = sent
        try:
            returned = read_typed(self._context, record, {field: _plain(text)})[field]
        except GeoparkError as error:
            if error.code not in _REFUSED:
                raise
            return Difference(
                field=field, sent=before, now=now, returned=text, outcome=Outcome.CHANGE,
                problem=error,
            )  # fmt: skip
        found = outcome(sent=before, returned=returned, now=now)
        if found is Outcome.UNTOUCHED:
            return None
        return Difference(field=field, sent=before, now=now, returned=returned, outcome=found)

    def _remark(self, request: SentRequest, record: Record, remark: str) -> Difference | None:
        """Give the remark as an addition to the note of the office, unless it stands there."""
        now = getattr(record, _NOTE) or None
        added = words()["remark_note"].format(
            unit=request.unit.name, day=day_words(request.sent_on), remark=remark
        )
        if now and added in now:
            return None
        return Difference(
            field=_NOTE,
            sent=now,
            now=now,
            returned=f"{now}\n{added}" if now else added,
            outcome=Outcome.CHANGE,
        )


def _plain(text: str) -> str:
    """Give a cell's text; Excel keeps a date that carries a time of day as an instant."""
    day, sign, time = text.partition("T")
    is_midnight = sign and len(day) == 10 and time.startswith("00:00")
    return day if is_midnight else text

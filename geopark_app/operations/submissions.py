"""Submissions of ODK or Kobo as visits: looked at first, taken as one step, each only once."""

import dataclasses
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geopark_app.domain.change import Changes, OpId
from geopark_app.domain.declaration import Record
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.identifier import uuid_of
from geopark_app.domain.kinds import Answer, AnswerPhoto, ChecklistItem, Visit
from geopark_app.domain.progress import CancelToken, ReportProgress, no_progress
from geopark_app.exchange.foreign_table import ForeignRow, read_foreign_table
from geopark_app.exchange.media_files import MediaFiles
from geopark_app.operations.context import AppContext
from geopark_app.operations.photo_import import add_photos
from geopark_app.operations.submission_reading import (
    ReadSubmission,
    RowTrouble,
    SubmissionReader,
    plain_name,
)
from geopark_app.photos.importing import find_files, prepare_photos

_ARCHIVE = ".zip"
_COMPARED = ("visited_on", "visitors", "note", "site_uuid", "route_uuid", "checklist_uuid")
_ANSWER_FIELDS = ("status", "measured", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionOptions:
    """What a person said of the file.

    Attributes
    ----------
    edition : str or None
        The edition answered, when the rows do not say.
    media : Path or None
        Folder or archive of the pictures; the file itself when it is an archive.
    layer, encoding : str or None
        As for every list.
    update : bool
        Whether a submission that is here already is written again where it differs.
    """

    edition: str | None = None
    media: Path | None = None
    layer: str | None = None
    encoding: str | None = None
    update: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionRow:
    """What becomes of one row.

    Attributes
    ----------
    number : int
        Row of the file.
    status : str
        `added`, `updated`, `unchanged` or `refused`.
    reason : str
        Why it is refused, as a code.
    details : mapping of str to str
        For the sentence.
    read : ReadSubmission or None
        The visit.
    pictures : tuple of (str, str)
        Answer, and the picture found for it.
    differences : tuple of (str, str, str)
        What, before, now.
    """

    number: int
    status: str
    reason: str = ""
    details: dict[str, str] = field(default_factory=dict)
    read: ReadSubmission | None = None
    pictures: tuple[tuple[str, str], ...] = ()
    differences: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionReport:
    """What would happen to the rows, or what happened.

    Attributes
    ----------
    path : Path
        The file.
    rows : tuple of SubmissionRow
        In the order of the file.
    unknown : tuple of str
        Columns nothing was taken from.
    pictures_wanted : int
        Pictures the rows name although no pictures came with the file.
    is_taken : bool
        Whether it was written.
    changes : Changes
        What was written.
    """

    path: Path
    rows: tuple[SubmissionRow, ...]
    unknown: tuple[str, ...]
    pictures_wanted: int
    is_taken: bool = False
    changes: Changes = field(default_factory=Changes)

    def count(self, status: str) -> int:
        """Give how many rows ended so."""
        return sum(row.status == status for row in self.rows)


def plan_submissions(
    context: AppContext,
    path: Path,
    options: SubmissionOptions,
    *,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> SubmissionReport:
    """Say what becomes of every row; nothing is written.

    Raises
    ------
    Cancelled, GeoparkError
        REFUSED_FILE, NOT_FOUND, UNSUPPORTED_FORMAT when no column is known.
    """
    cancel = cancel or CancelToken()
    table = read_foreign_table(
        path,
        staging_in=context.catalogue.folder.cache_dir,
        cancel=cancel,
        layer=options.layer,
        encoding=options.encoding,
    )
    names = [plain_name(column) for column in table.header]
    reader = SubmissionReader(context, options.edition)
    if "site_code" not in names and "scope" not in names and "route_number" not in names:
        raise GeoparkError(ErrorCode.UNSUPPORTED_FORMAT, path=path)
    media = _media(path, options.media)
    seen: dict[str, int] = {}
    rows = [_planned(context, reader, names, row, media, seen, options) for row in table.rows]
    rows = _without_bad_pictures(rows, media, progress, cancel)
    wanted = sum(len(row.read.pictures) for row in rows if row.read) if media is None else 0
    return SubmissionReport(
        path=path, rows=tuple(rows), unknown=tuple(reader.unknown(names)), pictures_wanted=wanted
    )


def take_submissions(
    context: AppContext,
    report: SubmissionReport,
    options: SubmissionOptions,
    *,
    take_good_rows: bool = False,
    reason: str = "",
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> SubmissionReport:
    """Write the visits, their answers and pictures, as one step of undo.

    With a refused row nothing is written, unless the good ones are to be taken alone.
    """
    rows = [row for row in report.rows if row.status in {"added", "updated"}]
    if (report.count("refused") and not take_good_rows) or not rows:
        return report
    media = _media(report.path, options.media)
    links: list[Record] = []
    saves: list[OpId] = []
    touched: set[tuple[str, str]] = set()
    for row in rows:
        if row.pictures and media is not None:
            brought, changes = _bring(context, row, media, reason, progress, cancel)
            links.extend(brought)
            saves.extend([*changes.earlier, *([changes.save] if changes.save else [])])
            touched |= changes.touched
    with context.work(reason or "take submissions") as work:
        for row in rows:
            assert row.read is not None
            work.put(row.read.visit)
            for answer in row.read.answers:
                work.put(answer)
        for link in links:
            work.put(link)
    changes = dataclasses.replace(
        work.changes, earlier=tuple(saves), touched=work.changes.touched | frozenset(touched)
    )
    return dataclasses.replace(report, is_taken=True, changes=changes)


def _media(path: Path, chosen: Path | None) -> MediaFiles | None:
    if chosen is not None:
        if not chosen.exists():
            raise GeoparkError(ErrorCode.NOT_FOUND, path=chosen)
        return MediaFiles(chosen)
    if path.suffix.lower() == _ARCHIVE:
        media = MediaFiles(path)
        return media if len(media) else None
    return None


def _planned(
    context: AppContext,
    reader: SubmissionReader,
    names: Sequence[str],
    row: ForeignRow,
    media: MediaFiles | None,
    seen: dict[str, int],
    options: SubmissionOptions,
) -> SubmissionRow:
    line = {name: cell for name, cell in zip(names, row.cells, strict=True) if cell}
    try:
        read = reader.read(line)
        _refuse_double(seen, read.visit.uuid, row.number)
        pictures = _found(read, media)
    except RowTrouble as trouble:
        return SubmissionRow(
            number=row.number, status="refused", reason=trouble.reason, details=trouble.details
        )
    known = context.catalogue.get(Visit, read.visit.uuid)
    if known is None or known.deleted:
        return SubmissionRow(number=row.number, status="added", read=read, pictures=pictures)
    differences = _differences(context, known, read, pictures)
    # What the office corrected since is not written over unless somebody says so.
    status = "updated" if differences and options.update else "unchanged"
    return SubmissionRow(
        number=row.number, status=status, read=read, pictures=pictures, differences=differences
    )


def _refuse_double(seen: dict[str, int], key: str, number: int) -> None:
    if key in seen:
        raise RowTrouble("double", row=seen[key])
    seen[key] = number


def _found(read: ReadSubmission, media: MediaFiles | None) -> tuple[tuple[str, str], ...]:
    if media is None:
        return ()
    found = []
    for answer, name in read.pictures:
        member = media.find(name, read.visit.instance_id or "")
        if member is None:
            raise RowTrouble("no-picture", value=name)
        found.append((answer, member))
    return tuple(found)


def _differences(
    context: AppContext, known: Visit, read: ReadSubmission, pictures: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str, str], ...]:
    catalogue = context.catalogue
    found = [
        (name, _words(getattr(known, name)), _words(getattr(read.visit, name)))
        for name in _COMPARED
        if getattr(known, name) != getattr(read.visit, name)
    ]
    held = {one.uuid: one for one in catalogue.records(Answer, where={"visit_uuid": known.uuid})}
    for answer in read.answers:
        old = held.get(answer.uuid, Answer(uuid=answer.uuid))
        item = catalogue.get(ChecklistItem, answer.item_uuid or "")
        found.extend(
            (f"{item.code if item else ''} {name}", _words(before), _words(now))
            for name in _ANSWER_FIELDS
            if (before := getattr(old, name)) != (now := getattr(answer, name))
        )
    proved = {
        one.answer_uuid for one in catalogue.records(AnswerPhoto, where={"answer_uuid": list(held)})
    }
    found.extend(
        ("answer_photo", "", member) for answer, member in pictures if answer not in proved
    )
    return tuple(found)


def _words(value: object) -> str:
    if value is None:
        return ""
    number = getattr(value, "value", None)
    return f"{number:g}" if isinstance(number, float) else str(value)


def _without_bad_pictures(
    rows: list[SubmissionRow],
    media: MediaFiles | None,
    progress: ReportProgress,
    cancel: CancelToken,
) -> list[SubmissionRow]:
    """Refuse rows whose pictures cannot be read, before anything is written."""
    wanted = [
        (at, member)
        for at, row in enumerate(rows)
        if row.status in {"added", "updated"}
        for _answer, member in row.pictures
    ]
    if media is None or not wanted:
        return rows
    with tempfile.TemporaryDirectory(prefix="geopark-media-") as folder:
        files = {
            media.bring(member, Path(folder), number): (at, member)
            for number, (at, member) in enumerate(wanted)
        }
        for outcome in prepare_photos(
            find_files(list(files)),
            is_known=lambda _sha: False,
            progress=progress,
            cancel=cancel,
            preview=True,
        ):
            if outcome.prepared is None:
                at, member = files[outcome.path]
                rows[at] = SubmissionRow(
                    number=rows[at].number,
                    status="refused",
                    reason="bad-picture",
                    details={"value": member},
                )
    return rows


def _bring(
    context: AppContext,
    row: SubmissionRow,
    media: MediaFiles,
    reason: str,
    progress: ReportProgress,
    cancel: CancelToken | None,
) -> tuple[list[Record], Changes]:
    assert row.read is not None
    visit = row.read.visit
    with tempfile.TemporaryDirectory(prefix="geopark-media-") as folder:
        files = {
            media.bring(member, Path(folder), number): answer
            for number, (answer, member) in enumerate(row.pictures)
        }
        report = add_photos(
            context,
            list(files),
            site_uuid=visit.site_uuid,
            reason=reason,
            progress=progress,
            cancel=cancel,
        )
    if report.trouble is not None:
        raise report.trouble
    links: list[Record] = [
        AnswerPhoto(
            uuid=uuid_of(files[file.path], file.photo_uuid),
            answer_uuid=files[file.path],
            photo_uuid=file.photo_uuid,
        )
        for file in report.files
        if file.photo_uuid and file.path in files
    ]
    return links, report.changes

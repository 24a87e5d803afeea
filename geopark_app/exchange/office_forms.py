"""The office's copy of a form: what is in it, and a filled copy; only the worker opens it."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken
from geopark_app.exchange.file_trouble import refused
from geopark_app.exchange.sheet_cells import letters, reference
from geopark_app.store.writing_files import translated_os_errors, write_atomically
from geopark_app.typeset.worker_process import WorkerLimits, run_in_worker

_LIMITS = WorkerLimits(seconds=60, memory_mb=1536)
_MOST_BYTES = 60 * 1024 * 1024
FORMULA, LOCKED, TEXT = "=", "l", "t"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCell:
    """A cell that holds something; `signs` say whether it is text, a formula, locked."""

    row: int
    column: int
    text: str
    signs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """A sheet of a workbook, or a table of a document.

    Attributes
    ----------
    name : str
        Of the sheet; `T1`, `T2` … for a table.
    merged : tuple of (int, int, int, int)
        First row and column, last row and column.
    cells : tuple of FormCell
        What is filled, by row and column.
    """

    name: str
    merged: tuple[tuple[int, int, int, int], ...]
    cells: tuple[FormCell, ...]

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """Give the cell that holds the value of a merged range, or the cell itself."""
        for top, left, bottom, right in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return row, column


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLook:
    """What a person maps values to.

    Attributes
    ----------
    kind : str
        `xlsx` or `docx`.
    sha256 : str
        Hash of the file.
    notes : tuple of str
        `macros`, `links`, `signature`, `protected`, `formulas`.
    pages : tuple of FormPage
        Sheets or tables.
    controls, bookmarks : tuple of (str, str)
        Names with the text that stands there; of a document.
    """

    kind: str
    sha256: str
    notes: tuple[str, ...]
    pages: tuple[FormPage, ...]
    controls: tuple[tuple[str, str], ...] = ()
    bookmarks: tuple[tuple[str, str], ...] = ()

    def place_of(self, page: FormPage, row: int, column: int) -> str:
        """Give the name of a cell; of a merged range that of its first cell."""
        row, column = page.anchor(row, column)
        if self.kind == "docx":
            return f"{page.name}.R{row}.C{column}"
        return f"{page.name}!{letters(column)}{row}"

    def cell_at(self, place: str) -> tuple[FormPage, int, int] | None:
        """Give page, row and column of a place in a sheet or table; None for any other."""
        for page in self.pages:
            if self.kind == "docx":
                table, _dot, rest = place.partition(".")
                row, _dot, column = rest.partition(".")
                numbers = (row.removeprefix("R"), column.removeprefix("C"))
                if table == page.name and all(one.isascii() and one.isdigit() for one in numbers):
                    return (page, int(numbers[0]), int(numbers[1]))
            else:
                sheet, _sign, cell = place.rpartition("!")
                at = reference(cell)
                if at and sheet.strip("'").casefold() == page.name.casefold():
                    return (page, *page.anchor(*at))
        return None

    def has(self, place: str) -> bool:
        """Say whether a value can be written there."""
        kind, _colon, name = place.partition(":")
        if self.kind == "docx" and kind in {"SDT", "BM"}:
            listed = self.controls if kind == "SDT" else self.bookmarks
            return any(one == name for one, _text in listed)
        found = self.cell_at(place)
        if found is None:
            return False
        page, row, column = found
        is_table = self.kind == "docx"
        return not is_table or any((one.row, one.column) == (row, column) for one in page.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one value; see `sheet_filling.Written`."""

    target: str
    place: str
    state: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledForm:
    """A filled copy: what became of each value, which parts of the package hold other bytes."""

    kind: str
    notes: tuple[str, ...]
    parts: tuple[str, ...]
    outcomes: tuple[Outcome, ...]


def look_at_form(path: Path, cancel: CancelToken) -> FormLook:
    """Read a workbook or document to map values to it.

    Raises
    ------
    Cancelled, GeoparkError
        NOT_FOUND; REFUSED_FILE with a reason.
    """
    content = _run({"task": "look-at-form", "path": str(_checked(path))}, cancel)
    return FormLook(
        kind=content["kind"],
        sha256=content["sha256"],
        notes=tuple(content["notes"]),
        pages=tuple(
            FormPage(
                name=page["name"],
                merged=tuple((a, b, c, d) for a, b, c, d in page["merged"]),
                cells=tuple(
                    FormCell(row=row, column=column, text=text, signs=signs)
                    for row, column, text, signs in page["cells"]
                ),
            )
            for page in content["pages"]
        ),
        controls=tuple((name, text) for name, text in content["controls"]),
        bookmarks=tuple((name, text) for name, text in content["bookmarks"]),
    )


def fill_form(
    path: Path,
    out: Path,
    values: Sequence[tuple[str, str, str | int | float | None]],
    cancel: CancelToken,
    *,
    recalculate: bool = False,
) -> FilledForm:
    """Write a copy with the values (target, place, value) in it; the file itself stays as it is.

    Raises
    ------
    Cancelled, GeoparkError
        NOT_FOUND; BAD_VALUE when `out` is the file itself; REFUSED_FILE; an environment code.
    """
    source = _checked(path)
    if out.exists() and out.samefile(source):
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="--out", value=out.name, expected="OUT ≠ FILE"
        )
    with translated_os_errors(out), tempfile.TemporaryDirectory(prefix="geopark-form-") as folder:
        made = Path(folder) / "filled"
        job = {
            "task": "fill-form",
            "path": str(source),
            "out": str(made),
            "values": [list(one) for one in values],
            "recalculate": recalculate,
        }
        content = _run(job, cancel)
        write_atomically(out, made.read_bytes())
    return FilledForm(
        kind=content["kind"],
        notes=tuple(content["notes"]),
        parts=tuple(content["parts"]),
        outcomes=tuple(Outcome(**one) for one in content["written"]),
    )


def _checked(path: Path) -> Path:
    if not path.is_file():
        raise GeoparkError(ErrorCode.NOT_FOUND, path=path)
    if path.stat().st_size > _MOST_BYTES:
        raise GeoparkError(ErrorCode.TOO_LARGE, path=path)
    return path.resolve()


def _run(job: dict[str, Any], cancel: CancelToken) -> dict[str, Any]:
    try:
        return run_in_worker(job, cancel=cancel, limits=_LIMITS).content
    except GeoparkError as error:
        if error.code is ErrorCode.WORKER_FAILED:
            raise refused("too-much", told=error.details.get("reason", "")) from error
        raise

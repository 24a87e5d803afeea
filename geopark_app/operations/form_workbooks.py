"""A whole evaluation form as a workbook: written to be corrected, read back as a new edition."""

from pathlib import Path
from typing import Any

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken
from geopark_app.exchange.foreign_table import ForeignTable, read_foreign_table
from geopark_app.exchange.spreadsheet import Workbook, write_workbook
from geopark_app.exchange.tables import Cell, Column, Table
from geopark_app.operations.context import AppContext
from geopark_app.rules.form_draft import MOST_POINTS, DraftRow, FormDraft

_HEAD = ("edition", "document", "title_vi", "title_en", "source")
_TEXTS = ("level", "code", "label_vi", "label_en", "answer_type")
_NUMBERS = ("weight", "max_points", "minimum_percent", "per_unit")
_MORE = ("status", "fed_by", "evidence_vi", "evidence_en")
_COLUMNS = (*_TEXTS, *_NUMBERS, *_MORE)
_WIDE = {"label_vi": 50, "label_en": 50, "evidence_vi": 36, "evidence_en": 36, "status": 24}
_EXPLAINED = (
    (
        "Mỗi dòng là category, group, item hoặc option, theo đúng thứ tự của biểu.",
        "Each row is a category, group, item or option, in the order of the form.",
    ),
    (
        "answer_type: yes_no, single, multi, count. Điểm của option ghi ở max_points. "
        "Số chưa biết thì để trống.",
        "answer_type: yes_no, single, multi, count. The points of an option stand in max_points. "
        "A number that is not known stays empty.",
    ),
    (
        "Đổi tên ấn bản (edition) rồi nhập lại thành ấn bản mới; ấn bản cũ giữ nguyên.",
        "Change the edition, then take the file back as a new edition; the old one stays.",
    ),
)


def write_form_workbook(context: AppContext, draft: FormDraft, out: Path) -> None:
    """Write a form to be corrected or typed over.

    Raises
    ------
    GeoparkError
        An environment code when the file cannot be written.
    """
    head: list[tuple[Cell, ...]] = [(name, getattr(draft, name)) for name in _HEAD]
    rows: list[tuple[Cell, ...]] = [
        tuple(getattr(row, name) for name in _COLUMNS) for row in draft.rows
    ]
    write_workbook(
        Workbook(
            title=draft.title_en,
            author=context.author.person,
            made_at=context.now(),
            tables=(_table("Form", ("name", "value"), head), _table("Rows", _COLUMNS, rows)),
            about=_EXPLAINED,
            languages=("en",),
        ),
        out,
    )


def _table(name: str, columns: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> Table:
    return Table(
        name=name,
        title_vi=name,
        title_en=name,
        columns=tuple(
            Column(
                name=one,
                label_vi=one,
                label_en=one,
                width=60 if one == "value" else _WIDE.get(one, 14),
                is_number=one in _NUMBERS,
            )
            for one in columns
        ),
        rows=tuple(rows),
    )


def read_form_workbook(context: AppContext, path: Path, *, edition: str = "") -> FormDraft:
    """Read a form as `write_form_workbook` writes it; nothing is written, nothing judged.

    Raises
    ------
    GeoparkError
        NOT_FOUND, REFUSED_FILE; UNSUPPORTED_FORMAT when the sheet Rows is not there; BAD_VALUE for
        what is no whole number.
    """
    table = read_foreign_table(
        path,
        staging_in=context.catalogue.folder.cache_dir,
        cancel=CancelToken(),
        layer="Rows",
        also=("Form",),
    )
    if not {"level", "code"} <= set(table.header):
        raise GeoparkError(ErrorCode.UNSUPPORTED_FORMAT, path=path)
    head = {
        row.cells[0]: row.cells[1] for one in table.further for row in one.rows if row.cells[1:]
    }
    return FormDraft(
        edition=edition or head.get("edition", ""),
        document=head.get("document", "A") or "A",
        title_vi=head.get("title_vi", ""),
        title_en=head.get("title_en", ""),
        source=head.get("source", ""),
        rows=tuple(_rows(table)),
    )


def _rows(table: ForeignTable) -> list[DraftRow]:
    found = []
    for row in table.rows:
        cells = dict(zip(table.header, row.cells, strict=False))
        texts: dict[str, Any] = {name: cells.get(name, "").strip() for name in (*_TEXTS, *_MORE)}
        numbers: dict[str, Any] = {
            name: typed_number(f"{texts['code']} {name}", cells.get(name, "")) for name in _NUMBERS
        }
        found.append(DraftRow(**texts, **numbers))
    return found


def typed_number(field: str, typed: str) -> int | None:
    """Read a whole number somebody typed; nothing gives None.

    Raises
    ------
    GeoparkError
        BAD_VALUE.
    """
    text = typed.strip().removesuffix(".0")
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) <= 6 and int(text) <= MOST_POINTS:
        return int(text)
    raise GeoparkError(ErrorCode.BAD_VALUE, field=field, value=typed, expected="0, 1, 2, …")

"""The evaluation form as a workbook, and the points of the official form read back from one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import Record
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import FormCategory, FormGroup, FormItem, FormOption
from geopark_app.domain.progress import CancelToken
from geopark_app.exchange.foreign_table import read_foreign_table
from geopark_app.exchange.spreadsheet import Workbook, write_workbook
from geopark_app.exchange.tables import Cell, Column, Table
from geopark_app.operations.context import AppContext
from geopark_app.operations.evaluation import ItemView, OpenForm

_POINTS = "Points"
_MOST_POINTS = 100_000
_Row = FormCategory | FormGroup | FormItem | FormOption


@dataclass(frozen=True, slots=True, kw_only=True)
class PointChange:
    """Points that another form gives to a category, group, item or option."""

    code: str
    row: _Row
    old: int | None
    new: int


def export_form(context: AppContext, form: OpenForm, out: Path) -> None:
    """Write answers, points and evidence, and the sheet in which points can be corrected.

    Raises
    ------
    GeoparkError
        An environment code when the file cannot be written.
    """
    about = [(form.form.title_vi or "", form.form.title_en or "")]
    if form.is_provisional:
        about.append((form.form.status_vi or "", form.form.status_en or ""))
    else:
        note = form.form.confirmed_note or ""
        about.append((f"Điểm đã xác nhận: {note}", f"Points confirmed: {note}"))
    write_workbook(
        Workbook(
            title=form.form.title_en or "",
            author=context.author.person,
            made_at=context.now(),
            tables=(_summary(form), _answers(form), _points(form)),
            about=tuple(about),
            languages=("vi", "en"),
        ),
        out,
    )


def _title(form: OpenForm, vi: str, en: str) -> tuple[str, str]:
    return (f"{vi} – TẠM TÍNH", f"{en} – PROVISIONAL") if form.is_provisional else (vi, en)


def _summary(form: OpenForm) -> Table:
    results = {one.code: one for one in form.result.categories}
    rows: list[tuple[Cell, ...]] = []
    for category in form.categories:
        one = results[category.code or ""]
        rows.append(
            (
                one.code,
                category.label_vi,
                category.label_en,
                one.weight,
                one.max_points,
                one.obtained,
                round(one.share * 100, 1),
                round(one.weight * one.share, 2),
                form.result.evaluators.categories[one.code],
                _line(category, is_typed=one.is_typed, is_met=one.meets_minimum),
                f"{one.answered}/{one.items}",
            )
        )
    score: tuple[Cell, ...] = ("", "Tổng điểm (trên 100)", "Score (out of 100)", 100, None, None)
    # Without every weight and greatest number of points there is no score, not a smaller one.
    total = None if form.result.untyped else round(form.result.score, 2)
    rows.append((*score, None, total, None, None, None))
    title_vi, title_en = _title(form, "Kết quả", "Result")
    return Table(
        name="Result",
        title_vi=title_vi,
        title_en=title_en,
        columns=(
            Column(name="code", label_vi="Mã", label_en="Code", width=8),
            Column(name="label_vi", label_vi="Phần", label_en="Category (vi)", width=40),
            Column(name="label_en", label_vi="Phần (tiếng Anh)", label_en="Category", width=40),
            _number("weight", "Trọng số (%)", "Weight (%)"),
            _number("max", "Tối đa", "Greatest"),
            _number("own", "Tự chấm", "Self"),
            _number("percent", "Đạt (%)", "Reached (%)"),
            _number("score", "Điểm quy đổi", "Weighted"),
            _number("evaluators", "Đoàn thẩm định", "Evaluators"),
            Column(name="line", label_vi="Mức tối thiểu", label_en="Minimum", width=12),
            Column(name="answered", label_vi="Đã trả lời", label_en="Answered", width=12),
        ),
        rows=tuple(rows),
    )


def _line(category: FormCategory, *, is_typed: bool, is_met: bool) -> str:
    if not is_typed:
        return "cần nhập / to be typed in"
    return "✓" if is_met else f"< {category.minimum_percent} %"


def _answers(form: OpenForm) -> Table:
    claimed = set(form.result.claimed)
    title_vi, title_en = _title(form, "Trả lời", "Answers")
    return Table(
        name="Answers",
        title_vi=title_vi,
        title_en=title_en,
        columns=(
            Column(name="code", label_vi="Mã", label_en="Code", width=10),
            Column(name="label_vi", label_vi="Nội dung", label_en="Item (vi)", width=50),
            Column(name="label_en", label_vi="Nội dung (tiếng Anh)", label_en="Item", width=50),
            Column(name="answer_vi", label_vi="Trả lời", label_en="Answer (vi)", width=28),
            Column(name="answer_en", label_vi="Trả lời (tiếng Anh)", label_en="Answer", width=28),
            _number("max", "Tối đa", "Greatest"),
            _number("own", "Tự chấm", "Self"),
            _number("evaluators", "Đoàn thẩm định", "Evaluators"),
            Column(name="evidence", label_vi="Bằng chứng", label_en="Evidence", width=20),
            Column(name="state", label_vi="Tình trạng", label_en="State", width=24),
            Column(name="note", label_vi="Ghi chú", label_en="Note", width=40),
        ),
        rows=tuple(_answer_row(form, view, claimed) for view in form.items),
    )


def _answer_row(form: OpenForm, view: ItemView, claimed: set[str]) -> tuple[Cell, ...]:
    item, answer = view.item, view.answer
    code = item.code or ""
    chosen = [option for option in view.options if option.code in view.chosen]
    counted = answer.counted if answer else None
    if code in claimed:
        state = "mới khai, chưa có bằng chứng / claimed"
    else:
        state = "" if code in form.result.own.items else "chưa trả lời / unanswered"
    return (
        code,
        item.label_vi,
        item.label_en,
        "; ".join(one.label_vi or "" for one in chosen) if counted is None else str(counted),
        "; ".join(one.label_en or "" for one in chosen) if counted is None else str(counted),
        item.max_points,
        form.result.own.items.get(code),
        form.result.evaluators.items.get(code),
        ", ".join(one.number or one.title_vi or "" for one in view.evidence),
        state,
        answer.note if answer else None,
    )


def _points(form: OpenForm) -> Table:
    title_vi, title_en = _title(form, "Điểm của biểu", "Points of the form")
    return Table(
        name=_POINTS,
        title_vi=title_vi,
        title_en=title_en,
        columns=(
            Column(name="code", label_vi="Mã", label_en="Code", width=14),
            Column(name="label_vi", label_vi="Tên", label_en="Name (vi)", width=60),
            Column(name="label_en", label_vi="Tên (tiếng Anh)", label_en="Name", width=60),
            _number("points", "Điểm", "Points"),
            Column(name="status", label_vi="Nguồn của điểm", label_en="Source", width=30),
        ),
        rows=tuple(
            (code, row.label_vi, row.label_en, _held(row), getattr(row, "points_status", None))
            for code, row in _rows(form)
        ),
    )


def _number(name: str, vi: str, en: str) -> Column:
    return Column(name=name, label_vi=vi, label_en=en, width=12, is_number=True)


def _rows(form: OpenForm) -> Iterable[tuple[str, _Row]]:
    for category in form.categories:
        yield f"category {category.code}", category
        for group in form.groups:
            if group.category_uuid == category.uuid:
                yield f"group {group.code}", group
                for view in form.items:
                    if view.item.group_uuid == group.uuid:
                        yield from _item_rows(view)


def _item_rows(view: ItemView) -> Iterable[tuple[str, _Row]]:
    yield f"item {view.item.code}", view.item
    for option in view.options:
        yield f"option {view.item.code}={option.code}", option


def _held(row: _Row) -> int | None:
    return row.points if isinstance(row, FormOption) else row.max_points


def read_points(context: AppContext, form: OpenForm, path: Path) -> list[PointChange]:
    """Give the points a corrected workbook of `export_form` changes; nothing is written.

    Raises
    ------
    GeoparkError
        UNSUPPORTED_FORMAT when the sheet of points is not there; BAD_VALUE for a code the form
        does not have or for points that are no whole number from 0 on.
    """
    table = read_foreign_table(
        path, staging_in=context.catalogue.folder.cache_dir, cancel=CancelToken(), layer=_POINTS
    )
    if len(table.header) < 4:
        raise GeoparkError(ErrorCode.UNSUPPORTED_FORMAT, path=path)
    rows = dict(_rows(form))
    changes = []
    for line in table.rows:
        code, typed = line.cells[0], line.cells[3]
        if code == "Code":
            continue
        row = rows.get(code)
        if row is None:
            raise GeoparkError(
                ErrorCode.BAD_VALUE, field="code", value=code, expected=", ".join(list(rows)[:3])
            )
        if not typed.strip() and _held(row) is None:
            continue
        points = _whole(code, typed)
        if points != _held(row):
            changes.append(PointChange(code=code, row=row, old=_held(row), new=points))
    return changes


def _whole(code: str, typed: str) -> int:
    text = typed.strip().removesuffix(".0")
    if text.isascii() and text.isdigit() and int(text) <= _MOST_POINTS:
        return int(text)
    raise GeoparkError(ErrorCode.BAD_VALUE, field=code, value=typed, expected="0, 1, 2, …")


def write_points(
    context: AppContext, changes: Sequence[PointChange], *, reason: str = ""
) -> Changes:
    """Write the points as one save."""
    with context.work(reason or "set points of the form") as work:
        for change in changes:
            work.put(_with_points(change))
    return work.changes


def _with_points(change: PointChange) -> Record:
    if isinstance(change.row, FormOption):
        return replace(change.row, points=change.new)
    return replace(change.row, max_points=change.new, points_status="typed in by the office")

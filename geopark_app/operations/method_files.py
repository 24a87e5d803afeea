"""A method of assessment as a file: JSON, or a workbook an administrator fills in."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Term
from geopark_app.domain.progress import CancelToken
from geopark_app.exchange.foreign_table import ForeignTable, read_foreign_table
from geopark_app.exchange.spreadsheet import Workbook, write_workbook
from geopark_app.exchange.tables import Cell, Column, Table
from geopark_app.operations.context import AppContext
from geopark_app.operations.scoring_methods import Method, read_method
from geopark_app.rules.scoring_method import MethodRules
from geopark_app.store.writing_files import translated_os_errors, write_atomically

_MOST_BYTES = 2_000_000
_SHEETS = ("Values", "Criteria", "Levels", "Classes")
_ABOUT = ("id", "version", "title_vi", "title_en", "source", "status_vi", "status_en")
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "Method": ("name", "value"),
    "Values": ("id", "label_vi", "label_en", "weights_sum", "divisor", "risk"),
    "Criteria": ("value", "id", "label_vi", "label_en", "weight"),
    "Levels": ("criterion", "points", "label_vi", "label_en"),
    "Classes": ("value", "id", "from", "label_vi", "label_en"),
}
_NUMBERS = frozenset({"weights_sum", "divisor", "weight", "points"})


def read_method_file(context: AppContext, path: Path) -> MethodRules:
    """Read a method from JSON or XLSX and judge it; nothing is written.

    Raises
    ------
    GeoparkError
        NOT_FOUND, TOO_LARGE, UNSUPPORTED_FORMAT, REFUSED_FILE; BAD_VALUE that names the fault.
    """
    if not path.is_file():
        raise GeoparkError(ErrorCode.NOT_FOUND, path=path)
    if path.suffix.lower() == ".xlsx":
        return read_method(_from_workbook(context, path))
    if path.suffix.lower() != ".json":
        raise GeoparkError(ErrorCode.UNSUPPORTED_FORMAT, path=path)
    if path.stat().st_size > _MOST_BYTES:
        raise GeoparkError(ErrorCode.TOO_LARGE, path=path)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="FILE", value=path.name, expected="JSON"
        ) from error
    return read_method(content)


def _from_workbook(context: AppContext, path: Path) -> dict[str, Any]:
    table = read_foreign_table(
        path,
        staging_in=context.catalogue.folder.cache_dir,
        cancel=CancelToken(),
        layer="Method",
        also=_SHEETS,
    )
    sheets = {one.layer: _rows(one) for one in table.further}
    about = {row.get("name", ""): row.get("value", "") for row in _rows(table)}
    levels = _by(sheets.get("Levels", ()), "criterion")
    criteria = _by(sheets.get("Criteria", ()), "value")
    classes = _by(sheets.get("Classes", ()), "value")
    return {
        **{name: about.get(name, "") for name in _ABOUT},
        "values": [
            {
                **row,
                "classes": classes.get(row.get("id", ""), []),
                "criteria": [
                    {**one, "levels": levels.get(one.get("id", ""), [])}
                    for one in criteria.get(row.get("id", ""), [])
                ],
            }
            for row in sheets.get("Values", ())
        ],
    }


def _rows(table: ForeignTable) -> list[dict[str, str]]:
    return [dict(zip(table.header, row.cells, strict=False)) for row in table.rows]


def _by(rows: Iterable[dict[str, str]], name: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        found.setdefault(row.get(name, ""), []).append(row)
    return found


def method_content(method: Method) -> dict[str, Any]:
    """Give any method, also the shipped one, as the file of a method holds it."""
    record = method.record
    return {
        "id": record.code or method.name,
        "version": record.version or "",
        "title_vi": record.title_vi or "",
        "title_en": record.title_en or "",
        "source": record.source or "",
        "status_vi": record.status_vi or "",
        "status_en": record.status_en or "",
        "values": [_value_content(method, term) for term in method.values],
    }


def _value_content(method: Method, term: Term) -> dict[str, Any]:
    code = term.code or ""
    scale = method.scales[code]
    criteria = [one for one in method.criteria if one.value == code]
    return {
        "id": code,
        "label_vi": term.label_vi or "",
        "label_en": term.label_en or "",
        "weights_sum": sum(one.weight for one in criteria),
        "divisor": scale.divisor,
        "risk": code == method.risk_value,
        "classes": [
            {
                "id": one.code,
                "from": str(one.lowest),
                "label_vi": one.label_vi or one.code,
                "label_en": one.label_en or one.code,
            }
            for one in scale.classes
        ],
        "criteria": [
            {
                "id": one.code,
                "label_vi": one.term.label_vi or "",
                "label_en": one.term.label_en or "",
                "weight": one.weight,
                "levels": [
                    {"points": each.points, "label_vi": each.label_vi, "label_en": each.label_en}
                    for each in one.indicators
                ],
            }
            for one in criteria
        ],
    }


def write_method_file(context: AppContext, method: Method, out: Path) -> None:
    """Write a method as JSON or, for any other suffix, as a workbook: also to begin a new one.

    Raises
    ------
    GeoparkError
        An environment code when the file cannot be written.
    """
    content = method_content(method)
    if out.suffix.lower() == ".json":
        text = json.dumps(content, ensure_ascii=False, indent=1)
        with translated_os_errors(out):
            write_atomically(out, f"{text}\n".encode())
        return
    rows: dict[str, list[Mapping[str, Any]]] = {
        "Method": [{"name": name, "value": content[name]} for name in _ABOUT],
        **{name: [] for name in _SHEETS},
    }
    for value in content["values"]:
        rows["Values"].append(value)
        rows["Classes"] += [{"value": value["id"], **one} for one in value["classes"]]
        for criterion in value["criteria"]:
            rows["Criteria"].append({"value": value["id"], **criterion})
            rows["Levels"] += [{"criterion": criterion["id"], **one} for one in criterion["levels"]]
    write_workbook(
        Workbook(
            title=content["title_en"],
            author=context.author.person,
            made_at=context.now(),
            tables=tuple(_table(name, found) for name, found in rows.items()),
            about=_EXPLAINED,
            languages=("en",),
        ),
        out,
    )


_EXPLAINED = (
    (
        "Sửa các trang, đổi phiên bản (version) rồi nhập lại: geopark method import.",
        "Correct the sheets, change the version, then take it back: geopark method import.",
    ),
    (
        "Trọng số của mỗi giá trị phải cộng đúng bằng weights_sum; điểm là số nguyên.",
        "The weights of each value must add up to weights_sum; points are whole numbers.",
    ),
)


def _table(name: str, rows: Sequence[Mapping[str, Any]]) -> Table:
    columns = _COLUMNS[name]
    return Table(
        name=name,
        title_vi=name,
        title_en=name,
        columns=tuple(
            Column(
                name=one,
                label_vi=one,
                label_en=one,
                width=50 if one.startswith("label") or one == "value" else 18,
                is_number=one in _NUMBERS,
            )
            for one in columns
        ),
        rows=tuple(tuple(_cell(row.get(one)) for one in columns) for row in rows),
    )


def _cell(value: Any) -> Cell:
    return "yes" if value is True else None if value is False else value

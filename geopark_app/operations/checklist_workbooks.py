"""An edition of a checklist as a workbook, and read back from one that was changed."""

from collections.abc import Iterable
from pathlib import Path

from geopark_app.domain.declaration import FieldSpec, FieldType, kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import ChecklistItem
from geopark_app.domain.progress import CancelToken
from geopark_app.domain.text import fold
from geopark_app.exchange.foreign_table import ForeignTable, read_foreign_table
from geopark_app.exchange.spreadsheet import Workbook, write_workbook
from geopark_app.exchange.tables import Cell, Column, Table
from geopark_app.operations.checklist_editions import ITEM_FIELDS, EditionContent, WholeEdition
from geopark_app.operations.context import AppContext

_ITEMS, _GROUPS, _EDITION = "Items", "Groups", "Edition"
_TEXTS = ("edition", "title_vi", "title_en", "status_vi", "status_en", "source")
_LONG = {"label_vi", "label_en", "why_vi", "why_en"}
_GROUP_LABELS = ("Nhóm", "Group")


def export_workbook(context: AppContext, whole: WholeEdition, out: Path) -> None:
    """Write an edition with all its items as XLSX, for reading and for changing in Excel.

    Raises
    ------
    GeoparkError
        An environment code when the file cannot be written.
    """
    checklist = whole.checklist
    write_workbook(
        Workbook(
            title=checklist.title_en or checklist.edition or "",
            author=context.author.person,
            made_at=context.now(),
            tables=(_items(whole), _groups(whole), _edition(whole)),
            about=(
                (
                    "Sửa trang Items và Groups rồi nhập lại thành bản thảo; không đổi tên trang.",
                    "Change the sheets Items and Groups and import the file as a draft; keep the "
                    "names of the sheets.",
                ),
            ),
            languages=("vi", "en"),
        ),
        out,
    )


def read_edition_workbook(context: AppContext, path: Path) -> EditionContent:
    """Read an edition from a workbook of `export_workbook`; nothing is written.

    Raises
    ------
    GeoparkError
        UNSUPPORTED_FORMAT when the columns are not there; REFUSED_FILE.
    """
    table = read_foreign_table(
        path,
        staging_in=context.catalogue.folder.cache_dir,
        cancel=CancelToken(),
        layer=_ITEMS,
        also=(_GROUPS, _EDITION),
    )
    further = {one.layer: one for one in table.further}
    items = [_without_rest(row) for row in _rows(table, ("group", *ITEM_FIELDS))]
    groups = list(_rows(further.get(_GROUPS), ("code", "label_vi", "label_en")))
    texts = {row["field"]: row["value"] for row in _rows(further.get(_EDITION), ("field", "value"))}
    if not items or "code" not in items[0]:
        raise GeoparkError(ErrorCode.UNSUPPORTED_FORMAT, path=path)
    return EditionContent(
        name=texts.get("edition", ""),
        texts=texts,
        groups=tuple((row["code"], row["label_vi"], row["label_en"]) for row in groups),
        items=tuple(items),
    )


def _without_rest(row: dict[str, str]) -> dict[str, str]:
    # The order of the rows is the order of the items.
    return {name: text for name, text in row.items() if name != "sort_order"}


def _rows(table: ForeignTable | None, names: tuple[str, ...]) -> Iterable[dict[str, str]]:
    if table is None:
        return
    known = {fold(label): name for name in names for label in _labels(name)}
    columns = [known.get(fold(cell), "") for cell in table.header]
    for row in table.rows:
        found = dict.fromkeys(names, "") | {
            name: cell.strip() for name, cell in zip(columns, row.cells, strict=True) if name
        }
        first = found.get("code", found.get("field", ""))
        # The second header row of our own file says the same in English.
        if first and fold(first) not in known:
            yield found


def _labels(name: str) -> tuple[str, ...]:
    if name == "group":
        return (name, *_GROUP_LABELS)
    spec = _spec(name)
    return (name, spec.label_vi, spec.label_en) if spec else (name, *_FIELD_LABELS[name])


_FIELD_LABELS = {"field": ("Trường", "Field"), "value": ("Giá trị", "Value")}


def _spec(name: str) -> FieldSpec | None:
    return kind_of(ChecklistItem).field(name)


def _items(whole: WholeEdition) -> Table:
    groups = whole.group_codes
    columns = [_column("code"), Column(name="group", label_vi="Nhóm", label_en="Group", width=8)]
    fields = [name for name in ITEM_FIELDS if name not in {"code", "sort_order"}]
    columns.extend(_column(name) for name in fields)
    return Table(
        name=_ITEMS,
        title_vi="Mục kiểm tra",
        title_en="Items",
        columns=tuple(columns),
        rows=tuple(
            (
                item.code,
                groups.get(item.group_uuid or "", ""),
                *(_cell(getattr(item, name)) for name in fields),
            )
            for item in whole.items
        ),
    )


def _column(name: str) -> Column:
    spec = _spec(name)
    assert spec is not None
    return Column(
        name=name,
        label_vi=spec.label_vi,
        label_en=spec.label_en,
        width=46 if name in _LONG else 16,
        is_number=spec.type is FieldType.INTEGER,
    )


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return "x" if value else None
    return value if isinstance(value, str | int | float) else None


def _groups(whole: WholeEdition) -> Table:
    return Table(
        name=_GROUPS,
        title_vi="Nhóm",
        title_en="Groups",
        columns=(_column("code"), _column("label_vi"), _column("label_en")),
        rows=tuple((one.code, one.label_vi, one.label_en) for one in whole.groups),
    )


def _edition(whole: WholeEdition) -> Table:
    return Table(
        name=_EDITION,
        title_vi="Ấn bản",
        title_en="Edition",
        columns=(
            Column(name="field", label_vi="Trường", label_en="Field", width=16),
            Column(name="value", label_vi="Giá trị", label_en="Value", width=80),
        ),
        rows=tuple((name, getattr(whole.checklist, name)) for name in _TEXTS),
    )

"""An edition of a checklist as an XLSForm for ODK and Kobo, and an edition read from one."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import ChecklistItem, Route
from geopark_app.domain.progress import CancelToken
from geopark_app.domain.text import fold
from geopark_app.exchange.foreign_table import ForeignTable, read_foreign_table
from geopark_app.exchange.spreadsheet import Workbook, write_workbook
from geopark_app.exchange.tables import Column, Table
from geopark_app.i18n import translator
from geopark_app.operations.checklist_editions import EditionContent, WholeEdition
from geopark_app.operations.checklist_parts import SCOPES, STATUSES, facts_of
from geopark_app.operations.context import AppContext
from geopark_app.operations.site_lists import site_rows

VI, EN = "Tiếng Việt (vi)", "English (en)"
_SURVEY = (
    "type", "name", f"label::{VI}", f"label::{EN}", f"hint::{VI}", f"hint::{EN}", "relevant",
    "constraint", f"constraint_message::{VI}", f"constraint_message::{EN}", "required", "default",
    "calculation", "appearance", "parameters", "scope", "group", "unit_vi", "unit_en", "weight",
    "critical", "due_before_mission", "sort_order", "threshold_vi", "threshold_en", "why_vi",
    "why_en", "evidence", "basis", "supports",
)  # fmt: skip
_CHOICES = (
    "list_name", "name", f"label::{VI}", f"label::{EN}",
    "site_kind", "main_interest", "commune", "route", "stop",
)  # fmt: skip
_SETTINGS = ("form_title", "form_id", "version", "default_language")
_OURS = (
    "sort_order", "threshold_vi", "threshold_en", "why_vi", "why_en", "evidence", "basis",
    "supports",
)  # fmt: skip
"""Further fields of an item that our own export carries along; ODK and Kobo pass them over."""
_STATUS_WORDS = {
    "met": "Met",
    "partly": "Partly",
    "not_met": "Not met",
    "na": "Does not apply",
    "not_checked": "Not checked",
}
_TOP = "root"
"""How pyxform calls the outermost part of a list of choices."""
_STATUS_LIST = "answer_status"
_SITE_FACTS = ("site_kind", "main_interest", "commune", "route", "stop")
_Line = dict[str, str]


def export_xlsform(context: AppContext, whole: WholeEdition, out: Path) -> None:
    """Write an edition as XLSForm with the sites and routes of the catalogue to choose from.

    Raises
    ------
    GeoparkError
        An environment code when the file cannot be written.
    """
    checklist = whole.checklist
    name = checklist.edition or ""
    settings = {
        "form_title": checklist.title_vi or name,
        "form_id": name,
        "version": name.partition("-")[2],
        "default_language": VI,
    }
    write_workbook(
        Workbook(
            title=checklist.title_en or name,
            author=context.author.person,
            made_at=context.now(),
            tables=(
                _table("survey", _SURVEY, _survey(whole)),
                _table("choices", _CHOICES, _choices(context)),
                _table("settings", _SETTINGS, [settings]),
            ),
            about=(("", "XLSForm for ODK and Kobo; submissions come back as visits."),),
            languages=("en",),
        ),
        out,
    )


def _table(name: str, columns: tuple[str, ...], lines: Iterable[Mapping[str, str]]) -> Table:
    return Table(
        name=name,
        title_vi=name,
        title_en=name,
        columns=tuple(
            Column(name=column, label_vi=column, label_en=column, width=24) for column in columns
        ),
        rows=tuple(tuple(line.get(column) or None for column in columns) for line in lines),
        is_wide=True,
    )


def _survey(whole: WholeEdition) -> Iterator[_Line]:
    edition = whole.checklist.edition or ""
    yield {"type": "start", "name": "start"}
    yield {"type": "end", "name": "end"}
    yield {"type": "calculate", "name": "edition", "calculation": f"'{edition}'"}
    yield _asked("select_one scopes", "scope", "Scope of the visit", required="yes", default="site")
    yield _asked(
        "select_one sites", "site_code", "Site", required="yes",
        relevant="${scope} = 'site'", appearance="minimal autocomplete",
    )  # fmt: skip
    for fact in _SITE_FACTS:
        path = f"instance('sites')/{_TOP}/item[name=${{site_code}}]/{fact}"
        yield {"type": "calculate", "name": fact, "calculation": path}
    yield _asked(
        "select_one routes", "route_number", "Route", required="yes", relevant="${scope} = 'route'"
    )
    yield _asked("date", "visited_on", "Day of the visit", required="yes", default="today()")
    yield _asked("text", "visitors", "Visitors")
    for scope in SCOPES:
        for group in whole.groups:
            items = [
                item
                for item in whole.items
                if item.scope == scope and item.group_uuid == group.uuid and not item.retired
            ]
            if items:
                yield {
                    "type": "begin_group",
                    "name": f"g_{scope}_{group.code}",
                    f"label::{VI}": f"{group.code}. {group.label_vi}",
                    f"label::{EN}": f"{group.code}. {group.label_en}",
                    "relevant": f"${{scope}} = '{scope}'",
                    "appearance": "field-list",
                }
                for item in items:
                    yield from _item(item, group.code or "")
                yield {"type": "end_group"}
    yield _asked("text", "visit_note", "Note on the visit", appearance="multiline")


_WORDS = {
    "Scope of the visit": "Khảo sát gì",
    "Site": "Điểm",
    "Route": "Tuyến",
    "Day of the visit": "Ngày khảo sát",
    "Visitors": "Người khảo sát",
    "Note on the visit": "Ghi chú chung",
}


def _asked(kind: str, name: str, words: str, **more: str) -> _Line:
    labels = {f"label::{VI}": _WORDS[words], f"label::{EN}": words}
    return {"type": kind, "name": name, **labels, **more}


def _item(item: ChecklistItem, group: str) -> Iterator[_Line]:
    code, relevant = item.code or "", item.relevant or ""
    required = item.required or ""
    yield {
        "type": f"select_one {_STATUS_LIST}",
        "name": code,
        f"label::{VI}": f"{code}. {item.label_vi}",
        f"label::{EN}": f"{code}. {item.label_en}",
        f"hint::{VI}": item.threshold_vi or item.why_vi or "",
        f"hint::{EN}": item.threshold_en or item.why_en or "",
        "relevant": relevant,
        "required": required,
        "scope": item.scope or "",
        "group": group,
        "weight": str(item.weight or 0),
        "critical": "yes" if item.critical else "",
        "due_before_mission": "yes" if item.due_before_mission else "",
        "unit_vi": item.measure_unit_vi or "",
        "unit_en": item.measure_unit_en or "",
        **{name: str(getattr(item, name) or "") for name in _OURS},
    }
    if item.answer_type == "measure":
        yield {
            "type": "decimal",
            "name": f"{code}_value",
            f"label::{VI}": f"{code}. Giá trị đo ({item.measure_unit_vi or '–'})",
            f"label::{EN}": f"{code}. Measured value ({item.measure_unit_en or '–'})",
            "relevant": relevant,
            "constraint": item.value_constraint or "",
            f"constraint_message::{VI}": item.constraint_message_vi or "",
            f"constraint_message::{EN}": item.constraint_message_en or "",
        }
    for kind, end, vi, en in (
        ("text", "note", "Ghi chú", "Note"),
        ("image", "photo", "Ảnh", "Photo"),
    ):
        yield {
            "type": kind,
            "name": f"{code}_{end}",
            f"label::{VI}": f"{code}. {vi}",
            f"label::{EN}": f"{code}. {en}",
            "relevant": relevant,
            "parameters": "max-pixels=2000" if kind == "image" else "",
        }


def _choices(context: AppContext) -> Iterator[_Line]:
    for status in STATUSES:
        yield _choice(_STATUS_LIST, status, *(_status(status, one) for one in ("vi", "en")))
    for scope, vi, en in (
        ("site", "Điểm", "Site"),
        ("route", "Tuyến", "Route"),
        ("park", "Toàn công viên", "Whole park"),
    ):
        yield _choice("scopes", scope, vi, en)
    routes = context.catalogue.records(Route)
    for route in sorted(routes, key=lambda one: one.number or 0):
        if route.number is not None:
            number = str(route.number)
            labels = (f"{number}. {name or ''}" for name in (route.name_vi, route.name_en))
            yield _choice("routes", number, *labels)
    rows = [row for row in site_rows(context) if row.code and " " not in row.code]
    facts = facts_of(context, "site", [row.uuid for row in rows])
    for row in rows:
        names = (row.name_vi, row.name_en or row.name_vi)
        labels = (f"{row.code} {name or ''}".strip() for name in names)
        yield _choice("sites", row.code or "", *labels) | facts.get(row.uuid, {})


def _choice(list_name: str, name: str, vi: str, en: str) -> _Line:
    return {"list_name": list_name, "name": name, f"label::{VI}": vi, f"label::{EN}": en}


def _status(status: str, language: str) -> str:
    return translator(language)(_STATUS_WORDS[status])


# Reading --------------------------------------------------------------------------------------


def read_xlsform(context: AppContext, path: Path) -> EditionContent:
    """Read the items of an XLSForm; nothing is written.

    An item is a `select_one` whose choices are our answers. Columns `scope`, `group`, `weight`,
    `critical` of our own export are taken; elsewhere an item is asked of sites, in the group it
    stands in, with weight 1.

    Raises
    ------
    GeoparkError
        UNSUPPORTED_FORMAT when there is no such item; REFUSED_FILE.
    """
    table = read_foreign_table(
        path,
        staging_in=context.catalogue.folder.cache_dir,
        cancel=CancelToken(),
        layer="survey",
        also=("choices", "settings"),
    )
    further = {one.layer: one for one in table.further}
    lists = _answer_lists(further.get("choices"))
    reader = _SurveyReader(lists)
    for line in _lines(table):
        reader.take(line)
    if not reader.items:
        raise GeoparkError(ErrorCode.UNSUPPORTED_FORMAT, path=path)
    reader.items.sort(key=_place)
    order = list(dict.fromkeys(item["group"] for item in reader.items))
    settings = next(iter(_lines(further["settings"])), {}) if "settings" in further else {}
    title = settings.get("form_title", "")
    return EditionContent(
        name=settings.get("form_id", ""),
        texts={"title_vi": title, "title_en": title, "source": path.name},
        groups=tuple((code, *reader.names_of(code)) for code in order),
        items=tuple(reader.items),
    )


def _place(item: Mapping[str, str]) -> int:
    order = item.get("sort_order", "")
    return int(order) if order.isdigit() and len(order) < 9 else 0


def _lines(table: ForeignTable) -> Iterator[_Line]:
    for row in table.rows:
        yield {
            name.strip(): cell.strip()
            for name, cell in zip(table.header, row.cells, strict=True)
            if cell.strip()
        }


def _answer_lists(table: ForeignTable | None) -> set[str]:
    names: dict[str, set[str]] = {}
    for line in _lines(table) if table is not None else ():
        key = line.get("list_name") or line.get("list name") or ""
        names.setdefault(key, set()).add(line.get("name", ""))
    return {key for key, held in names.items() if held <= set(STATUSES) and "met" in held}


class _SurveyReader:
    """Goes through the survey line by line and remembers in which group it is."""

    def __init__(self, lists: set[str]) -> None:
        self._lists = lists
        self._open: list[tuple[str, str, str]] = []
        self._by_code: dict[str, dict[str, str]] = {}
        self.groups: dict[str, tuple[str, str]] = {}
        self.items: list[dict[str, str]] = []

    def take(self, line: _Line) -> None:
        kind, _space, rest = line.get("type", "").partition(" ")
        name = line.get("name", "")
        joined = f"{kind} {rest}".replace("_", " ")
        if joined.startswith("begin group"):
            self._open.append((name, _label(line, "label", "vi"), _label(line, "label", "en")))
        elif joined.startswith("end group") and self._open:
            self._open.pop()
        elif kind == "select_one" and rest.strip() in self._lists:
            self._add(name, line)
        elif kind in {"decimal", "integer"} and name.removesuffix("_value") in self._by_code:
            self._add_measure(self._by_code[name.removesuffix("_value")], line)

    def names_of(self, group: str) -> tuple[str, str]:
        """Give the labels of a group."""
        vi, en = self.groups[group]
        return vi or group, en or group

    def _add(self, code: str, line: _Line) -> None:
        name, vi, en = self._open[-1] if self._open else ("A", "", "")
        group = line.get("group") or name
        self.groups.setdefault(group, (_bare(vi, group), _bare(en, group)))
        item = {
            "code": code,
            "group": group,
            "scope": line.get("scope") or "site",
            "label_vi": _bare(_label(line, "label", "vi"), code),
            "label_en": _bare(_label(line, "label", "en"), code),
            "why_vi": _label(line, "hint", "vi"),
            "why_en": _label(line, "hint", "en"),
            "weight": line.get("weight") or "1",
            "critical": line.get("critical", ""),
            "due_before_mission": line.get("due_before_mission", ""),
            "answer_type": "status",
            "measure_unit_vi": line.get("unit_vi", ""),
            "measure_unit_en": line.get("unit_en", ""),
            "relevant": line.get("relevant", ""),
            "required": line.get("required", ""),
        }
        if "sort_order" in line:
            item |= {name: line.get(name, "") for name in _OURS}
        self._by_code[code] = item
        self.items.append(item)

    def _add_measure(self, item: dict[str, str], line: _Line) -> None:
        item["answer_type"] = "measure"
        item["value_constraint"] = line.get("constraint", "")
        item["constraint_message_vi"] = _label(line, "constraint_message", "vi")
        item["constraint_message_en"] = _label(line, "constraint_message", "en")


def _label(line: _Line, what: str, language: str) -> str:
    """Give a label in a language; a form in one language has it for both."""
    signs = {"vi": ("(vi)", "viet"), "en": ("(en)", "english")}[language]
    plain = ""
    for column, text in line.items():
        name, _colons, told = column.partition("::")
        if name.strip().lower() == what:
            if any(sign in fold(told) for sign in signs):
                return text
            plain = plain or text
    return plain


def _bare(label: str, code: str) -> str:
    """Take the code away that our export writes before the words."""
    return label.removeprefix(f"{code}.").strip() if label.startswith(f"{code}.") else label

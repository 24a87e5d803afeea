"""The columns of the sites table: what stands in each, and how it sorts."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from geopark_app.domain.condition import Order, SortBy
from geopark_app.gui.forms.options import FormOptions
from geopark_app.i18n import gettext as _
from geopark_app.operations.site_lists import SiteRow


class SiteColumn(Enum):
    """A column; the value is its name in what is remembered of the table."""

    CODE = "code"
    NAME_VI = "name_vi"
    NAME_EN = "name_en"
    KIND = "kind"
    ROUTE = "route"
    COMMUNE = "commune"
    QUALITY = "quality"
    READINESS = "readiness"
    WORKFLOW = "workflow"
    COMPLETENESS = "completeness"


COLUMNS = tuple(SiteColumn)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How one column reads a site."""

    text: Callable[[SiteRow], str]


def title(column: SiteColumn) -> str:
    """Give the heading of a column."""
    return {
        SiteColumn.CODE: _("Code"),
        SiteColumn.NAME_VI: _("Name (Vietnamese)"),
        SiteColumn.NAME_EN: _("Name (English)"),
        SiteColumn.KIND: _("Kind"),
        SiteColumn.ROUTE: _("Route, stop"),
        SiteColumn.COMMUNE: _("Commune"),
        SiteColumn.QUALITY: _("Position"),
        SiteColumn.READINESS: _("Readiness"),
        SiteColumn.WORKFLOW: _("Workflow"),
        SiteColumn.COMPLETENESS: _("Filled in"),
    }[column]


def route_text(row: SiteRow) -> str:
    """Give the route and, only where it is evidenced, the number of the stop."""
    parts = []
    if row.route_number is not None:
        parts.append(_("Route {number}").format(number=row.route_number))
    if row.stop_number is not None:
        parts.append(_("stop {number}").format(number=row.stop_number))
    elif row.is_stop:
        parts.append(_("stop"))
    return " · ".join(parts)


def percent(value: float | None) -> str:
    """Give a share between 0 and 1 as a percentage, or a dash."""
    return "–" if value is None else f"{round(value * 100)} %"


def readiness_text(row: SiteRow) -> str:
    """Give the score with its coverage: a score of few answers must not look like a whole one."""
    result = row.readiness
    if result is None or result.score is None:
        return "–"
    return f"{percent(result.score)} ({percent(result.coverage)})"


def completeness_text(row: SiteRow) -> str:
    """Give the share of wanted fields that are filled, and whether an English text is old."""
    words = percent(row.completeness)
    return " · ".join((words, _("EN old"))) if row.stale_en else words


def cells(options: FormOptions) -> dict[SiteColumn, Cell]:
    """Give how each column reads a site, with the labels of the vocabularies."""

    def term(vocabulary: str, field: str) -> Callable[[SiteRow], str]:
        return lambda item: options.label_of(vocabulary, getattr(item, field) or "")

    return {
        SiteColumn.CODE: Cell(text=lambda item: item.code or ""),
        SiteColumn.NAME_VI: Cell(text=lambda item: item.name_vi or ""),
        SiteColumn.NAME_EN: Cell(text=lambda item: item.name_en or ""),
        SiteColumn.KIND: Cell(text=term("site_kind", "site_kind")),
        SiteColumn.ROUTE: Cell(text=route_text),
        SiteColumn.COMMUNE: Cell(text=lambda item: item.commune_name),
        SiteColumn.QUALITY: Cell(text=term("coord_quality", "coord_quality")),
        SiteColumn.READINESS: Cell(text=readiness_text),
        SiteColumn.WORKFLOW: Cell(text=term("workflow_status", "workflow_status")),
        SiteColumn.COMPLETENESS: Cell(text=completeness_text),
    }


_SORTED_BY = {
    SiteColumn.CODE: (("code", SortBy.TEXT, ""),),
    SiteColumn.NAME_VI: (("name_vi", SortBy.TEXT, ""),),
    SiteColumn.NAME_EN: (("name_en", SortBy.TEXT, ""),),
    SiteColumn.KIND: (("site_kind", SortBy.LABEL, "site_kind"),),
    SiteColumn.ROUTE: (
        ("route_number", SortBy.VALUE, ""),
        ("stop_number", SortBy.VALUE, ""),
        ("is_other", SortBy.VALUE, ""),
    ),
    SiteColumn.COMMUNE: (("commune_name", SortBy.TEXT, ""),),
    SiteColumn.QUALITY: (("coord_quality", SortBy.LABEL, "coord_quality"),),
    SiteColumn.READINESS: (("readiness_score", SortBy.VALUE, ""),),
    SiteColumn.WORKFLOW: (("workflow_status", SortBy.LABEL, "workflow_status"),),
    SiteColumn.COMPLETENESS: (("completeness", SortBy.VALUE, ""),),
}


def orders(column: SiteColumn, *, is_descending: bool) -> tuple[Order, ...]:
    """Give what a column sorts by; the code decides between what is equal."""
    by_column = tuple(
        Order(column=name, by=by, about=about, is_descending=is_descending)
        for name, by, about in _SORTED_BY[column]
    )
    return (*by_column, Order(column="code", by=SortBy.TEXT))

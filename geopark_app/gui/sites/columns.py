"""The columns of the sites table: what stands in each, how it sorts, which icon it has."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from geopark_app.domain.text import sort_key
from geopark_app.gui.forms.options import FormOptions
from geopark_app.i18n import gettext as _
from geopark_app.operations.sites import SiteSummary

SortKey = tuple[object, ...]


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

    text: Callable[[SiteSummary], str]
    sort: Callable[[SiteSummary], SortKey]


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


def route_text(summary: SiteSummary) -> str:
    """Give the route and, only where it is evidenced, the number of the stop."""
    parts = []
    if summary.route_number is not None:
        parts.append(_("Route {number}").format(number=summary.route_number))
    if summary.stop_number is not None:
        parts.append(_("stop {number}").format(number=summary.stop_number))
    elif summary.is_stop:
        parts.append(_("stop"))
    return " · ".join(parts)


def percent(value: float | None) -> str:
    """Give a share between 0 and 1 as a percentage, or a dash."""
    return "–" if value is None else f"{round(value * 100)} %"


def readiness_text(summary: SiteSummary) -> str:
    """Give the score with its coverage: a score of few answers must not look like a whole one."""
    result = summary.readiness
    if result is None or result.score is None:
        return "–"
    return f"{percent(result.score)} ({percent(result.coverage)})"


def completeness_text(summary: SiteSummary) -> str:
    """Give the share of wanted fields that are filled, and whether an English text is old."""
    words = percent(summary.completeness)
    return " · ".join((words, _("EN old"))) if summary.stale_en else words


def cells(options: FormOptions) -> dict[SiteColumn, Cell]:
    """Give how each column reads a site, with the labels of the vocabularies."""

    def term(vocabulary: str, field: str) -> Callable[[SiteSummary], str]:
        return lambda item: options.label_of(vocabulary, getattr(item.site, field) or "")

    def words(read: Callable[[SiteSummary], str]) -> Cell:
        return Cell(text=read, sort=lambda item: _last_if_empty(read(item)))

    return {
        SiteColumn.CODE: words(lambda item: item.site.code or ""),
        SiteColumn.NAME_VI: words(lambda item: item.site.name_vi or ""),
        SiteColumn.NAME_EN: words(lambda item: item.site.name_en or ""),
        SiteColumn.KIND: words(term("site_kind", "site_kind")),
        SiteColumn.ROUTE: Cell(text=route_text, sort=_route_order),
        SiteColumn.COMMUNE: words(lambda item: item.commune_name),
        SiteColumn.QUALITY: words(
            lambda item: options.label_of("coord_quality", item.coord_quality)
        ),
        SiteColumn.READINESS: Cell(text=readiness_text, sort=_readiness_order),
        SiteColumn.WORKFLOW: words(term("workflow_status", "workflow_status")),
        SiteColumn.COMPLETENESS: Cell(
            text=completeness_text, sort=lambda item: (item.completeness,)
        ),
    }


def _last_if_empty(text: str) -> SortKey:
    return (not text, sort_key(text))


def _route_order(summary: SiteSummary) -> SortKey:
    number, stop = summary.route_number, summary.stop_number
    return (number is None, number or 0, not summary.is_stop, stop is None, stop or 0)


def _readiness_order(summary: SiteSummary) -> SortKey:
    result = summary.readiness
    score = None if result is None else result.score
    return (score is None, score or 0.0)

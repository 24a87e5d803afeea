"""Which sites are shown, and in which order."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel

from geopark_app.domain.position import Position
from geopark_app.domain.text import fold
from geopark_app.gui.sites.table_model import SiteTableModel, SortRole
from geopark_app.operations.sites import SiteSummary

Index = QModelIndex | QPersistentModelIndex
VISIT = "visit"
"""Value of the filter `missing` for sites that were never visited."""
STALE = "stale-en"
"""Value of the filter `missing` for sites whose English is older than the Vietnamese text."""


class SiteFilter(QSortFilterProxyModel):
    """Passes the sites that fit every filter set; text is found without accents.

    The filters are those of `operations.sites.list_sites`: kind, route, commune (code), quality,
    missing (a field, or `VISIT`), workflow, stop, text.

    Attributes
    ----------
    kept_uuid : str
        The site being edited stays in the list until the filters are set again: somebody who
        fills in what was missing must not lose the form under the hands.
    """

    def __init__(self, model: SiteTableModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._filters: dict[str, str] = {}
        self._words: list[str] = []
        self._among: frozenset[str] | None = None
        self._found: frozenset[str] = frozenset()
        self.kept_uuid = ""
        self.setSourceModel(model)
        self.setDynamicSortFilter(True)

    @property
    def filters(self) -> Mapping[str, str]:
        """Give the filters now set."""
        return dict(self._filters)

    def apply(
        self,
        filters: Mapping[str, str],
        among: frozenset[str] | None = None,
        found: frozenset[str] = frozenset(),
    ) -> None:
        """Show only the sites that fit, and of those only some; an empty mapping shows all.

        `found` are the sites the search index gives for the words: it reads all their texts.
        """
        self._among = among
        self._found = found
        self.kept_uuid = ""
        self._filters = {name: wanted for name, wanted in filters.items() if wanted}
        self._words = fold(self._filters.get("text", "")).split()
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        summary = self._model.summary_at(source_row)
        if summary.site.uuid == self.kept_uuid:
            return True
        if self._among is not None and summary.site.uuid not in self._among:
            return False
        return all(_passes(summary, name, wanted) for name, wanted in self._filters.items()) and (
            not self._words or summary.site.uuid in self._found or self._has_words(summary)
        )

    def _has_words(self, summary: SiteSummary) -> bool:
        text = _text_of(summary)
        return all(word in text for word in self._words)

    def lessThan(self, source_left: Index, source_right: Index) -> bool:
        left = source_left.data(SortRole)
        right = source_right.data(SortRole)
        return bool(left < right)


def _passes(summary: SiteSummary, name: str, wanted: str) -> bool:
    site = summary.site
    match name:
        case "kind":
            return wanted == "all" or site.site_kind == wanted
        case "route":
            return str(summary.route_number or "") == wanted
        case "commune":
            return site.commune_code == wanted
        case "quality":
            return summary.coord_quality == wanted
        case "workflow":
            return site.workflow_status == wanted
        case "stop":
            return summary.is_stop == (wanted != "no")
        case "stale":
            return bool(summary.stale_en) == (wanted != "no")
        case "missing":
            return _is_missing(summary, wanted)
        case _:
            return True


def _is_missing(summary: SiteSummary, field: str) -> bool:
    if field == VISIT:
        return summary.readiness is None
    if field == STALE:
        return bool(summary.stale_en)
    value = getattr(summary.site, field, None)
    return not value.is_known if isinstance(value, Position) else value is None


def _text_of(summary: SiteSummary) -> str:
    site = summary.site
    words = (
        site.code,
        site.alias_code,
        site.name_vi,
        site.name_en,
        site.name_local,
        site.village,
        summary.commune_name,
        summary.former_commune,
        site.former_admin,
        site.summary_vi,
        site.summary_en,
    )
    return fold("\n".join(word for word in words if word))

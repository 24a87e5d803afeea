"""The menu of searches kept under a name, for everybody who has this catalogue."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QInputDialog, QMenu, QToolButton, QWidget

from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.searching import SavedSearch, forget_search, save_search, saved_searches


class SavedSearches(LanguageAware, QToolButton):
    """A button beside the filters: keep what is set, or set what was kept.

    Attributes
    ----------
    choices : QMenu
        The searches; filled when it opens.
    """

    def __init__(
        self,
        session: Session,
        filters: Callable[[], Mapping[str, str]],
        show_filters: Callable[[Mapping[str, object]], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._filters = filters
        self._show = show_filters
        self.setIcon(icon("bookmark-outline"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.choices = QMenu(self)
        self.choices.aboutToShow.connect(self.fill)
        self.setMenu(self.choices)
        self.retranslate()

    def fill(self) -> None:
        """Read the searches anew."""
        self.choices.clear()
        kept = saved_searches(self._session.context)
        for search in kept:
            action = self.choices.addAction(search.name)
            action.triggered.connect(lambda _=False, one=search: self._show_search(one))
        if kept:
            self.choices.addSeparator()
        keep = self.choices.addAction(_("Keep this search…"))
        keep.setEnabled(bool(self._filters()) and not self._session.is_read_only)
        keep.triggered.connect(lambda _=False: self._ask_name())
        forget = self.choices.addMenu(_("Forget"))
        forget.setEnabled(bool(kept) and not self._session.is_read_only)
        for search in kept:
            action = forget.addAction(search.name)
            action.triggered.connect(lambda _=False, name=search.name: self.forget(name))

    def _show_search(self, search: SavedSearch) -> None:
        self._show({**search.filters, "text": search.text})

    def _ask_name(self) -> None:
        text = self._filters().get("text", "")
        name, agreed = QInputDialog.getText(
            self, _("Keep this search"), _("Name of the search"), text=text
        )
        if agreed and name.strip():
            self.keep(name)

    def keep(self, name: str) -> None:
        """Keep the filters now set under a name."""
        filters = dict(self._filters())
        text = filters.pop("text", "")
        search = SavedSearch(name=name.strip(), text=text, filters=filters)
        reason = _("Keep the search “{name}”").format(name=search.name)
        self._session.run(lambda context: save_search(context, search, reason=reason))

    def forget(self, name: str) -> None:
        """Forget a search; it can be undone."""
        reason = _("Forget the search “{name}”").format(name=name)
        self._session.run(lambda context: forget_search(context, name, reason=reason))

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.setToolTip(_("Searches kept by name"))
        self.setAccessibleName(_("Searches kept by name"))

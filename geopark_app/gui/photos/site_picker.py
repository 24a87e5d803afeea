"""Choosing a site by typing a part of its code or name."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from geopark_app.domain.kinds import Site
from geopark_app.domain.text import fold
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick

_MOST_SHOWN = 20


def site_words(site: Site) -> str:
    """Give code and name as one line."""
    name = pick(site.name_vi, site.name_en)
    return " · ".join(part for part in (site.code, name) if part)


class SitePicker(QComboBox):
    """Lists the sites; typing finds them by any part of code or name, accents or not."""

    def __init__(self, sites: Sequence[Site], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(_MOST_SHOWN)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(26)
        self._words = {site.uuid: site_words(site) for site in sites}
        for site in sorted(sites, key=lambda site: (site.code or "", site.name_vi or "")):
            self.addItem(self._words[site.uuid], site.uuid)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        self.setCurrentIndex(-1)
        self.retranslate()

    def site_uuid(self) -> str | None:
        """Give the site meant by what is typed, or None."""
        typed = fold(self.currentText())
        if not typed:
            return None
        exact = [uuid for uuid, words in self._words.items() if fold(words) == typed]
        part = [uuid for uuid, words in self._words.items() if typed in fold(words)]
        found = exact or part
        return found[0] if len(found) == 1 or exact else None

    def choose(self, site_uuid: str | None) -> None:
        """Show a site."""
        self.setCurrentIndex(self.findData(site_uuid) if site_uuid else -1)
        if site_uuid is None:
            self.clearEditText()

    def words_of(self, site_uuid: str | None) -> str:
        """Give code and name of a site."""
        return self._words.get(site_uuid or "", "")

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.setAccessibleName(_("Site of the chosen photos"))
        line = self.lineEdit()
        if line is not None:
            line.setPlaceholderText(_("Code or name of a site"))

"""One catalogue opened before: picture, name, place, date, size, and what is not handed over."""

from datetime import datetime

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from geopark_app.gui import theme
from geopark_app.gui.formats import shown_instant
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.start_page.pictures import catalogue_picture
from geopark_app.gui.start_page.recent import Presence, RecentCatalogue
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick

_PICTURE = QSize(132, 88)


def folder_name(folder: str) -> str:
    """Give the last part of a folder's path, whichever slashes it has."""
    return folder.replace("\\", "/").rstrip("/").rpartition("/")[2] or folder


class RecentCard(LanguageAware, QFrame):
    """Offers to open one catalogue, or says why it cannot.

    Signals
    -------
    open_wanted(str), forget_wanted(str)
        With the folder.
    """

    open_wanted = Signal(str)
    forget_wanted = Signal(str)

    def __init__(self, catalogue: RecentCatalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.catalogue = catalogue
        self._presence = catalogue.presence
        self.setProperty("look", "panel")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 10, 12, 10)
        row.setSpacing(14)
        picture = QLabel()
        size = QSize(theme.scaled(_PICTURE.width()), theme.scaled(_PICTURE.height()))
        picture.setFixedSize(size)
        picture.setPixmap(
            catalogue_picture(catalogue.picture, size, has_outline=bool(catalogue.title_vi))
        )
        row.addWidget(picture, alignment=Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.name = QLabel()
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setProperty("look", "heading")
        self.place = _line("muted")
        self.facts = _line("muted")
        self.state = _line("")
        for label in (self.name, self.place, self.facts, self.state):
            words.addWidget(label)
        words.addStretch(1)
        row.addLayout(words, 1)
        buttons = QVBoxLayout()
        self.open = QPushButton()
        self.open.setEnabled(self._presence is Presence.THERE)
        self.open.clicked.connect(lambda: self.open_wanted.emit(catalogue.folder))
        self.forget = QPushButton()
        self.forget.setProperty("look", "link")
        self.forget.clicked.connect(lambda: self.forget_wanted.emit(catalogue.folder))
        buttons.addWidget(self.open)
        buttons.addWidget(self.forget)
        buttons.addStretch(1)
        row.addLayout(buttons)
        self.retranslate()

    def retranslate(self) -> None:
        catalogue = self.catalogue
        name = folder_name(catalogue.folder)
        title = pick(catalogue.title_vi, catalogue.title_en)
        self.name.setText(f"{name} · {title}" if title else name)
        self.place.setText(catalogue.folder)
        self.facts.setText(self._facts())
        self.facts.setVisible(bool(self.facts.text()))
        sentence = " ".join(filter(None, (self._trouble(), self._handing_over())))
        self.state.setText(sentence)
        self.state.setVisible(bool(sentence))
        self.state.setProperty("look", "error" if self._trouble() else "")
        self.open.setText(_("Open"))
        self.open.setAccessibleName(_("Open {name}").format(name=name))
        self.forget.setText(_("Remove from this list"))

    def _facts(self) -> str:
        catalogue, locale = self.catalogue, QLocale()
        parts = []
        if catalogue.opened_at:
            when = shown_instant(datetime.fromisoformat(catalogue.opened_at))
            parts.append(_("opened {when}").format(when=when))
        if catalogue.byte_count:
            parts.append(locale.formattedDataSize(catalogue.byte_count))
        if catalogue.is_sample:
            parts.append(_("SAMPLE data"))
        return " · ".join(parts)

    def _handing_over(self) -> str:
        if not self.catalogue.own_saves:
            return ""
        return _("{count} saves of this laptop are not handed over to any colleague yet.").format(
            count=self.catalogue.own_saves
        )

    def _trouble(self) -> str:
        match self._presence:
            case Presence.THERE:
                return ""
            case Presence.DRIVE_MISSING:
                return _("The stick or drive is not there. Plug it in and come back to this page.")
            case Presence.FOLDER_MISSING:
                return _("The folder is not there any more. It may have been moved or renamed.")
            case Presence.NO_CATALOGUE:
                return _("The folder is there, but no catalogue lies in it any more.")


def _line(look: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if look:
        label.setProperty("look", look)
    return label

"""The rows above the gallery: search words, choices that narrow, order, size of the pictures."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.kinds import Route
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.choice_box import ChoiceBox
from geopark_app.gui.forms.editor import Option
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.photos.gallery_tile import LARGEST_PX, NORMAL_PX, SMALLEST_PX
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.photo_gallery import NO_SITE, PhotoPlaces, PhotoQuery, read_places

_TYPING_MS = 180
_LEAST_LETTERS = 9
_FOR_DOSSIER, _CHAT = "dossier", "chat"
_COLUMNS = 6


class GalleryFilters(LanguageAware, QWidget):
    """Gives what a person wants to see.

    Attributes
    ----------
    count, size_sign, slider : QWidget
        How many photos and how large; the room has them below the gallery.

    Signals
    -------
    changed()
        Another filter or order is set; see `query`.
    side_changed(int)
        The pictures shall be so wide.
    """

    changed = Signal()
    side_changed = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._places = PhotoPlaces()
        self._found_routes: list[Route] = []
        self.search = QLineEdit()
        self.search.setObjectName("photo-search")
        self.search.setClearButtonEnabled(True)
        self.boxes = {
            "site": ChoiceBox(self._sites, lambda: _("All sites")),
            "route": ChoiceBox(self._routes, lambda: _("All routes")),
            "day": ChoiceBox(self._days, lambda: _("All days")),
            "stars": ChoiceBox(_stars, lambda: _("Any stars")),
            "use": ChoiceBox(_uses, lambda: _("Any use")),
            "lacks": ChoiceBox(_gaps, lambda: _("Missing…")),
        }
        self.order = ChoiceBox(_orders, lambda: _("Newest first"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(SMALLEST_PX, LARGEST_PX)
        self.slider.setSingleStep(16)
        self.slider.setPageStep(48)
        self.slider.setValue(NORMAL_PX)
        self.slider.setMinimumWidth(60)
        self.slider.setMaximumWidth(theme.scaled(140))
        self.count = QLabel()
        self.count.setProperty("look", "muted")
        self.clear = QPushButton()
        self.size_sign = QLabel()
        self.size_sign.setPixmap(icon("image-size-select-large").pixmap(18, 18))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING_MS)
        self._timer.timeout.connect(self._tell)
        self._lay_out()
        self.search.textChanged.connect(self._timer.start)
        for name, box in (*self.boxes.items(), ("order", self.order)):
            box.setObjectName(f"photo-filter-{name}")
            box.setMinimumContentsLength(_LEAST_LETTERS)
            box.currentIndexChanged.connect(self._tell)
        self.slider.valueChanged.connect(self.side_changed)
        self.clear.clicked.connect(self.clear_all)
        self.retranslate()
        self.refill()

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.addWidget(self.search, 1)
        first.addWidget(self.clear)
        first.addWidget(self.order)
        self._grid = QGridLayout()
        self._grid.setSpacing(6)
        self._columns = 0
        self._arrange()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(first)
        column.addLayout(self._grid)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Put the choices in one row, or in two where large text needs it."""
        widest = max(box.minimumSizeHint().width() for box in self.boxes.values())
        columns = _COLUMNS if self.width() >= _COLUMNS * (widest + 6) else _COLUMNS // 2
        if columns == self._columns:
            return
        self._columns = columns
        for at, box in enumerate(self.boxes.values()):
            self._grid.addWidget(box, at // columns, at % columns)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def query(self) -> PhotoQuery:
        """Give what is wanted."""
        use = self.boxes["use"].key()
        return PhotoQuery(
            site=self.boxes["site"].key(),
            route=self.boxes["route"].key(),
            day=self.boxes["day"].key(),
            least_rating=int(self.boxes["stars"].key() or 0),
            for_dossier=use == _FOR_DOSSIER,
            chat_copies=use == _CHAT,
            lacks=self.boxes["lacks"].key(),
            text=self.search.text().strip(),
            order=self.order.key() or "date",
        )

    def show_query(self, wanted: PhotoQuery) -> None:
        """Set every filter from outside."""
        use = _FOR_DOSSIER if wanted.for_dossier else _CHAT if wanted.chat_copies else ""
        stars = str(wanted.least_rating) if wanted.least_rating else ""
        values = {
            "site": wanted.site,
            "route": wanted.route,
            "day": wanted.day,
            "stars": stars,
            "use": use,
            "lacks": wanted.lacks,
        }
        for name, box in self.boxes.items():
            was_blocked = box.blockSignals(True)
            box.choose(values[name])
            box.blockSignals(was_blocked)
        self.search.setText(wanted.text)
        self._tell()

    def clear_all(self) -> None:
        """Show every photo again."""
        self.show_query(PhotoQuery())
        self.search.setFocus()

    def _tell(self) -> None:
        self._timer.stop()
        self.clear.setEnabled(self.query() != PhotoQuery(order=self.order.key() or "date"))
        self.changed.emit()

    def show_count(self, shown: int, chosen: int) -> None:
        """Say how many photos are shown, and how many of them are selected."""
        words = _("{count} photos").format(count=self._session.language.locale.toString(shown))
        if chosen > 1:
            words = _("{chosen} of {photos} selected").format(chosen=chosen, photos=words)
        self.count.setText(words)

    def refill(self) -> None:
        """Read beside the window which sites and days have photos, and offer them."""
        context = self._session.context

        def work(_: ReportProgress, __: CancelToken) -> tuple[PhotoPlaces, list[Route]]:
            return read_places(context), context.catalogue.records(Route)

        self._session.run_beside(work, while_alive(self, self._take_places))

    def _take_places(self, read: tuple[PhotoPlaces, list[Route]]) -> None:
        if read != (self._places, self._found_routes):
            self._places, self._found_routes = read
            for name in ("site", "route", "day"):
                self.boxes[name].refill()

    def _sites(self) -> Sequence[Option]:
        counts = {site: count for site, _code, _name, count in self._places.sites}
        words = _("No site ({count})").format(count=counts.get("", 0))
        return [
            Option(key=NO_SITE, label_vi=words),
            *(
                Option(key=site, label_vi=f"{code} {name} ({count})".strip())
                for site, code, name, count in self._places.sites
                if site
            ),
        ]

    def _routes(self) -> Sequence[Option]:
        return [
            Option(
                key=route.uuid,
                label_vi=f"{route.number}. {route.name_vi or ''}",
                label_en=f"{route.number}. {route.name_en or route.name_vi or ''}",
            )
            for route in sorted(self._found_routes, key=lambda route: route.number or 0)
        ]

    def _days(self) -> Sequence[Option]:
        return [
            Option(key=day, label_vi=f"{day[8:10]}/{day[5:7]}/{day[:4]} ({count})")
            for day, count in self._places.days
        ]

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.search.setPlaceholderText(_("Search, with or without accents"))
        self.search.setAccessibleName(_("Search photos"))
        self.clear.setText(_("Show all"))
        self.slider.setAccessibleName(_("Size of the pictures"))
        self.slider.setToolTip(_("Size of the pictures"))
        names = {
            "site": _("Site"),
            "route": _("Route"),
            "day": _("Day"),
            "stars": _("Stars"),
            "use": _("Use"),
            "lacks": _("Missing"),
        }
        for name, box in self.boxes.items():
            box.setAccessibleName(names[name])
            box.setToolTip(names[name])
            box.refill()
        self.order.setAccessibleName(_("Order"))
        self.order.setToolTip(_("Order"))
        self.order.refill()


def _stars() -> Sequence[Option]:
    return [
        Option(key=str(number), label_vi=_("{stars} and more").format(stars="★" * number))
        for number in range(1, 6)
    ]


def _uses() -> Sequence[Option]:
    return [
        Option(key=_FOR_DOSSIER, label_vi=_("For the dossier")),
        Option(key=_CHAT, label_vi=_("Copies from a chat")),
    ]


def _gaps() -> Sequence[Option]:
    return [
        Option(key="caption", label_vi=_("Without caption")),
        Option(key="credit", label_vi=_("Without credit line")),
        Option(key="licence", label_vi=_("Without licence")),
        Option(key="alt", label_vi=_("Without alternative text")),
        Option(key="photographer", label_vi=_("Without photographer")),
        Option(key="site", label_vi=_("Without site")),
        Option(key="date", label_vi=_("Without date")),
    ]


def _orders() -> Sequence[Option]:
    return [
        Option(key="site", label_vi=_("By site")),
        Option(key="rating", label_vi=_("Best first")),
        Option(key="name", label_vi=_("By file name")),
    ]

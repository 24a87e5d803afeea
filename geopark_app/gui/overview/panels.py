"""The panels of the overview: counts with bars, figures, and dates."""

from collections.abc import Sequence
from datetime import date
from html import escape

from PySide6.QtCore import QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from geopark_app.gui import theme
from geopark_app.gui.formats import shown_date
from geopark_app.gui.overview.facts import ProcessDate, Share
from geopark_app.i18n import gettext as _

_LEAST_WIDTH = 150


class Panel(QFrame):
    """A titled frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(14, 10, 14, 12)
        self.body.setSpacing(6)
        self.title = QLabel()
        self.title.setProperty("look", "heading")
        self.title.setWordWrap(True)
        self.body.addWidget(self.title)


class Bar(QWidget):
    """A share of the whole as a bar; the number stands beside it in words."""

    def __init__(self, share: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = share
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(60), theme.scaled(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.selection))
        whole = QRectF(self.rect())
        radius = whole.height() / 2
        painter.drawRoundedRect(whole, radius, radius)
        painter.setBrush(QColor(colours.primary))
        part = QRectF(whole)
        part.setWidth(max(whole.width() * self._share, whole.height()))
        painter.drawRoundedRect(part, radius, radius)
        painter.end()


class SharesPanel(Panel):
    """Counts of sites; a click on one shows these sites.

    Signals
    -------
    share_chosen(Share)
        The person wants to see the sites counted.
    """

    share_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(2)
        self._grid.setHorizontalSpacing(10)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self.buttons: list[QPushButton] = []

    def show_shares(self, shares: Sequence[Share], *, total: int, empty: str = "") -> None:
        """Show the counts, each as a part of `total`."""
        _clear(self._grid)
        self.buttons = []
        for row, share in enumerate(shares):
            button = ShareButton(share)
            button.clicked.connect(lambda _=False, share=share: self.share_chosen.emit(share))
            self.buttons.append(button)
            self._grid.addWidget(button, row, 0)
            self._grid.addWidget(Bar(share.count / total if total else 0.0), row, 1)
            number = QLabel(QLocale().toString(share.count))
            number.setProperty("look", "strong")
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(number, row, 2)
        if not shares and empty:
            label = QLabel(empty)
            label.setProperty("look", "muted")
            label.setWordWrap(True)
            self._grid.addWidget(label, 0, 0, 1, 3)


class LinkButton(QPushButton):
    """A link that shortens its words to the room there is; the tip has them all."""

    def __init__(self, words: str, tip: str) -> None:
        super().__init__()
        self._words = words
        self.setProperty("look", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tip)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.scaled(90))

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.width() - theme.scaled(14)
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        if shown != self.text():
            self.setText(shown)
        super().paintEvent(event)


class WrappedLink(QLabel):
    """A link whose words may take several lines.

    Signals
    -------
    chosen()
        It was clicked, or Enter was pressed on it.
    """

    chosen = Signal()

    def __init__(self, words: str, tip: str = "") -> None:
        super().__init__()
        colour = theme.colours().primary
        style = f"color: {colour}; text-decoration: none"
        self.setText(f'<a href="#" style="{style}">{escape(words)}</a>')
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        # A wrapped label without a least width reckons with many short lines.
        self.setMinimumWidth(theme.scaled(_LEAST_WIDTH))
        self.setToolTip(tip)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.linkActivated.connect(lambda _href: self.chosen.emit())


class ShareButton(LinkButton):
    """A link to the sites of one count."""

    def __init__(self, share: Share) -> None:
        tip = _("Show these {count} sites: {label}").format(count=share.count, label=share.label)
        super().__init__(share.label, tip)
        self.setAccessibleName(f"{share.label}: {share.count}")


class FigurePanel(QFrame):
    """One big number with its words; a click or Enter opens the list behind it.

    Signals
    -------
    chosen()
        The person wants the list.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setProperty("deed", "open")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 8)
        layout.setSpacing(0)
        self.figure, self.words = QLabel(), QLabel()
        self.figure.setProperty("look", "figure")
        self.words.setProperty("look", "muted")
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.figure)
        layout.addWidget(self.words, 1)

    def show_figure(self, figure: str, words: str) -> None:
        """Show a number and what it counts."""
        self.figure.setText(figure)
        self.words.setText(words)
        self.setAccessibleName(f"{figure} {words}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.chosen.emit()
        else:
            super().keyPressEvent(event)


class DatesPanel(Panel):
    """The dates of the process with the days left; a deadline leads to its plan.

    Signals
    -------
    date_chosen(str)
        Name of a deadline, or empty for the plan as a whole.
    """

    date_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)
        self.plan = QPushButton()
        self.plan.setProperty("look", "link")
        self.plan.setCursor(Qt.CursorShape.PointingHandCursor)
        self.plan.clicked.connect(lambda _=False: self.date_chosen.emit(""))
        self.body.addWidget(self.plan, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)

    def show_dates(self, dates: Sequence[ProcessDate], *, today: date) -> None:
        """Show the dates; the next one stands out."""
        _clear(self._grid)
        upcoming = next(
            (item for item in dates if item.is_followed and (item.start or item.end) >= today), None
        )
        for row, item in enumerate(dates):
            words = self._words_of(item)
            when = QLabel(_span(item))
            left = QLabel(_left(item, today))
            left.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for label in (when, left):
                label.setProperty("look", "strong" if item is upcoming else "")
            if not item.is_followed:
                when.setProperty("look", "muted")
                left.setProperty("look", "muted")
            if item.days_left(today) < 0:
                left.setProperty("look", "muted")
            self._grid.addWidget(words, row, 0)
            self._grid.addWidget(when, row, 1)
            self._grid.addWidget(left, row, 2)
        if not dates:
            label = QLabel(_("The profile of this catalogue names no dates yet."))
            label.setProperty("look", "muted")
            label.setWordWrap(True)
            self._grid.addWidget(label, 0, 0, 1, 3)

    def _words_of(self, item: ProcessDate) -> QLabel:
        if not item.key:
            words = QLabel(item.label)
            words.setWordWrap(True)
            words.setMinimumWidth(theme.scaled(_LEAST_WIDTH))
            return words
        link = WrappedLink(item.label)
        link.chosen.connect(lambda: self.date_chosen.emit(item.key))
        return link


def _span(item: ProcessDate) -> str:
    end = shown_date(item.end)
    words = end if item.start is None else f"{shown_date(item.start)} – {end}"
    return _("{words} (provisional)").format(words=words) if item.is_provisional else words


def _left(item: ProcessDate, today: date) -> str:
    days = item.days_left(today)
    if days < 0:
        return _("past")
    if item.start is not None and item.start <= today:
        return _("running, {days} days left").format(days=QLocale().toString(days))
    until = (item.start or item.end) - today
    return _("{days} days left").format(days=QLocale().toString(until.days))


def _clear(grid: QGridLayout) -> None:
    while (item := grid.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()

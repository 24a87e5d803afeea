"""Draws the span of a step into the last column of the table of steps."""

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from geopark_app.gui import theme
from geopark_app.rules.planning import StepState

SpanRole = int(Qt.ItemDataRole.UserRole) + 1
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What is drawn in one row: a bar between two days on a line of days.

    Attributes
    ----------
    first, last : date
        The whole line.
    starts, ends, today : date
        The bar, and the line of today.
    state : StepState
        Colour of the bar.
    """

    first: date
    last: date
    starts: date
    ends: date
    today: date
    state: StepState

    def place(self, day: date) -> float:
        """Give where a day lies on the line, 0 to 1."""
        whole = max(1, (self.last - self.first).days)
        return min(1.0, max(0.0, (day - self.first).days / whole))


class TimelineDelegate(QStyledItemDelegate):
    """Paints `Span`s; the words of the row say the same dates."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        span = index.data(SpanRole)
        if not isinstance(span, Span):
            return
        box = QRectF(option.rect).adjusted(4, 0, -4, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_months(painter, box, span)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_colour(span.state))
        left = box.left() + span.place(span.starts) * box.width()
        right = box.left() + span.place(span.ends + timedelta(days=1)) * box.width()
        height = min(box.height() * 0.5, theme.scaled(14))
        top = box.center().y() - height / 2
        painter.drawRoundedRect(QRectF(left, top, max(4.0, right - left), height), 2, 2)
        if span.first <= span.today <= span.last:
            at = box.left() + span.place(span.today) * box.width()
            painter.fillRect(QRectF(at, box.top(), 2, box.height()), QColor(theme.colours().error))
        painter.restore()


def _draw_months(painter: QPainter, box: QRectF, span: Span) -> None:
    painter.setPen(QColor(theme.colours().border))
    day = date(span.first.year, span.first.month, 1)
    while day <= span.last:
        if day >= span.first:
            at = int(box.left() + span.place(day) * box.width())
            painter.drawLine(at, int(box.top()), at, int(box.bottom()))
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _colour(state: StepState) -> QColor:
    colours = theme.colours()
    name = {
        StepState.DONE: colours.faint,
        StepState.LATE: colours.error,
        StepState.RUNNING: colours.focus,
        StepState.COMING: colours.primary,
    }[state]
    return QColor(name)

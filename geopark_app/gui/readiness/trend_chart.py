"""Readiness over time, painted: score as a thick line, coverage dashed; arrow keys read it out."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from geopark_app.gui import theme
from geopark_app.i18n import gettext as _
from geopark_app.rules.readiness import TrendPoint
from geopark_app.wording.readiness import percent

_LEVELS = (0.0, 0.25, 0.5, 0.75, 1.0)
_NEAR = 24.0


class TrendChart(QWidget):
    """Shows points; one of them is read out below the chart and to the screen reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: tuple[TrendPoint, ...] = ()
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(160)
        self.describe()

    def show_points(self, points: Sequence[TrendPoint]) -> None:
        """Show these points, the newest chosen."""
        self._points = tuple(points)
        self._at = len(self._points) - 1
        self.describe()
        self.update()

    @property
    def chosen(self) -> TrendPoint | None:
        """Give the point read out, or None."""
        return self._points[self._at] if 0 <= self._at < len(self._points) else None

    def describe(self) -> None:
        """Say the chosen point to the screen reader."""
        self.setAccessibleName(_("Readiness over time"))
        self.setAccessibleDescription(self.words())

    def words(self) -> str:
        """Say the chosen point."""
        point = self.chosen
        if point is None:
            return _("Nothing was answered yet.")
        result = point.readiness
        words = _("{day}: score {score}, coverage {coverage}").format(
            day=point.day.strftime("%d/%m/%Y"),
            score=percent(result.score),
            coverage=percent(result.coverage),
        )
        return f"{words} · {_('red')}" if result.is_red else words

    def sizeHint(self) -> QSize:
        return QSize(640, 300)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        last = len(self._points) - 1
        if event.key() in steps and self._points:
            self._choose(min(last, max(0, self._at + steps[Qt.Key(event.key())])))
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End} and self._points:
            self._choose(0 if event.key() == Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self._points:
            x = event.position().x()
            nearest = min(
                range(len(self._points)), key=lambda at: abs(self._x(self._points[at].day) - x)
            )
            if abs(self._x(self._points[nearest].day) - x) < _NEAR:
                self._choose(nearest)

    def _choose(self, at: int) -> None:
        self._at = at
        self.describe()
        self.update()

    # Painting -------------------------------------------------------------------------------

    def _area(self) -> QRectF:
        metrics = self.fontMetrics()
        left = metrics.horizontalAdvance("100 %") + 12
        return QRectF(
            left, 12, self.width() - left - 20, self.height() - 24 - 2.6 * metrics.height()
        )

    def _x(self, day: date) -> float:
        area, first, last = self._area(), self._points[0].day, self._points[-1].day
        span = (last - first).days
        return area.left() + ((day - first).days / span * area.width() if span else 0.0)

    def _y(self, share: float) -> float:
        area = self._area()
        return area.bottom() - share * area.height()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours, area = theme.colours(), self._area()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(colours.panel))
        for level in _LEVELS:
            y = self._y(level)
            painter.setPen(QPen(QColor(colours.border), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(colours.muted))
            side = QRectF(0, y - 10, area.left() - 6, 20)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(side, int(right), f"{round(level * 100)} %")
        if self._points:
            self._paint_lines(painter)
        painter.setPen(QColor(colours.text))
        foot = QRectF(area.left(), self.height() - 1.4 * self.fontMetrics().height(), area.width(),
                      1.4 * self.fontMetrics().height())  # fmt: skip
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignLeft), self.words())
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.focus), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_lines(self, painter: QPainter) -> None:
        colours, area = theme.colours(), self._area()
        score, coverage = QColor(colours.primary), QColor(colours.muted)
        for colour, width, style, name in (
            (coverage, 2, Qt.PenStyle.DashLine, "coverage"),
            (score, 3, Qt.PenStyle.SolidLine, "score"),
        ):
            spots = [
                QPointF(self._x(point.day), self._y(share))
                for point in self._points
                if (share := getattr(point.readiness, name)) is not None
            ]
            painter.setPen(QPen(colour, width, style))
            painter.drawPolyline(QPolygonF(spots))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            for spot in spots:
                painter.drawEllipse(spot, width + 0.5, width + 0.5)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        chosen = self.chosen
        if chosen is not None:
            x = self._x(chosen.day)
            painter.setPen(QPen(QColor(colours.focus), 1.4, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        painter.setPen(QColor(colours.muted))
        below = area.bottom() + 2
        height = 1.2 * self.fontMetrics().height()
        first, last = (self._points[at].day.strftime("%d/%m/%Y") for at in (0, -1))
        line = QRectF(area.left() - 20, below, area.width() + 40, height)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft), first)
        if first != last:
            painter.drawText(line, int(Qt.AlignmentFlag.AlignRight), last)

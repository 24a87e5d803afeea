"""A cell that shows a total as a bar with its number, readable without colours."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from geopark_app.gui import theme
from geopark_app.rules.scoring import HIGHEST

TotalRole = int(Qt.ItemDataRole.UserRole) + 1


class ScoreBar(QStyledItemDelegate):
    """Paints a bar as long as the share of the greatest total, under the number."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        total = index.data(TotalRole)
        if isinstance(total, int):
            rect: QRect = option.rect
            height = max(2, rect.height() // 10)
            width = (rect.width() - 8) * total // HIGHEST
            bar = QRect(rect.left() + 4, rect.bottom() - height, width, height)
            painter.fillRect(bar, QColor(theme.colours().primary))

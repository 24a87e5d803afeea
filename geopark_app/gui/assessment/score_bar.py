"""A cell that shows a total as a bar with its number, readable without colours."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from geopark_app.gui import theme

ShareRole = int(Qt.ItemDataRole.UserRole) + 1
"""Share of the greatest total, 0 to 1."""


class ScoreBar(QStyledItemDelegate):
    """Paints a bar as long as the share of the greatest total, under the number."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        share = index.data(ShareRole)
        if isinstance(share, float):
            rect: QRect = option.rect
            height = max(2, rect.height() // 10)
            width = int((rect.width() - 8) * min(1.0, max(0.0, share)))
            bar = QRect(rect.left() + 4, rect.bottom() - height, width, height)
            painter.fillRect(bar, QColor(theme.colours().primary))

"""Draws a hit: its name and a piece of its text, the words that were found marked in both."""

import html
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter, QTextDocument
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from geopark_app.gui import theme
from geopark_app.i18n import pick
from geopark_app.store.search import SearchHit
from geopark_app.wording.attached import place_words

HitRole = int(Qt.ItemDataRole.UserRole) + 1
HeadingRole = HitRole + 1


def marked(text: str, marks: Sequence[tuple[int, int]]) -> str:
    """Give a text as HTML with the marks in bold."""
    parts, at = [], 0
    for begin, end in marks:
        parts.append(html.escape(text[at:begin]))
        parts.append(f"<b><u>{html.escape(text[begin:end])}</u></b>")
        at = end
    parts.append(html.escape(text[at:]))
    return "".join(parts)


def hit_html(hit: SearchHit) -> str:
    """Give a hit as two lines of HTML."""
    from geopark_app.domain.kinds import KINDS

    kind = KINDS[hit.kind]
    label = html.escape(pick(kind.label_vi, kind.label_en))
    code = hit.ref.partition(":")[2]
    code = "" if code == hit.uuid else f"{html.escape(code)} · "
    muted = theme.colours().muted
    where = html.escape(place_words(hit.place))
    where = f" · {where}" if where else ""
    return (
        f"{code}{marked(hit.title, hit.title_marks)} "
        f'<span style="color:{muted}">· {label}{where}</span><br>'
        f'<span style="color:{muted}">{marked(hit.matched, hit.marks)}</span>'
    )


class HitPainter(QStyledItemDelegate):
    """Paints the rows of the hit list."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        style = QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter)
        document = self._document(index)
        document.setTextWidth(-1)
        rect = option.rect.adjusted(6, 2, -6, -2)
        painter.save()
        painter.translate(rect.topLeft())
        painter.setClipRect(0, 0, rect.width(), rect.height())
        document.drawContents(painter)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        size = self._document(index).size()
        return QSize(200, int(size.height()) + 4)

    def _document(self, index: QModelIndex | QPersistentModelIndex) -> QTextDocument:
        document = QTextDocument()
        document.setDocumentMargin(2)
        document.setDefaultFont(QApplication.font())
        hit = index.data(HitRole)
        words = html.escape(str(index.data(HeadingRole) or ""))
        heading = f'<b style="color:{theme.colours().muted}">{words}</b>'
        document.setHtml(hit_html(hit) if isinstance(hit, SearchHit) else heading)
        return document

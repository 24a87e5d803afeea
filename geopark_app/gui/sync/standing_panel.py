"""How the exchange stands: the last receipt, what to look after, who has what, who lacks what."""

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import PlainTable
from geopark_app.gui.editing.value_words import when_words
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.sync.receipt_words import receipt_lines, warning_lines
from geopark_app.i18n import gettext as _
from geopark_app.operations.exchanging import Receipt
from geopark_app.operations.sync_status import Status

_RECEIPT_PX = 190


class StandingPanel(LanguageAware, QWidget):
    """Shows a status and the receipt of the last exchange; it changes nothing.

    Attributes
    ----------
    colleagues, lacked : PlainTable
        Who was last heard of when; what is here and not with everybody, by person and place.
    receipt, warnings : QLabel
        What the last exchange did; what to look after.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status: Status | None = None
        self._lacked: list[tuple[str, str, int]] = []
        self._receipt: Receipt | None = None
        self.colleagues, self.lacked = PlainTable("colleagues"), PlainTable("lacked")
        self.receipt, self.warnings = QLabel(), QLabel()
        self._colleagues_label, self._lacked_label = QLabel(), QLabel()
        self._receipt_label = QLabel()
        for label in (self._colleagues_label, self._lacked_label, self._receipt_label):
            label.setProperty("look", "heading")
        self._receipt_area = _scrolling(self.receipt)
        self._receipt_frame = framed("panel", self._receipt_label, self._receipt_area)
        self._warning_frame = framed("banner", self.warnings)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._receipt_frame)
        column.addWidget(self._warning_frame)
        column.addWidget(self._colleagues_label)
        column.addWidget(self.colleagues, 1)
        column.addWidget(self._lacked_label)
        column.addWidget(self.lacked, 1)
        self._receipt_frame.hide()
        self._warning_frame.hide()
        self.retranslate()

    def show_standing(
        self, status: Status, lacked: list[tuple[str, str, int]], receipt: Receipt | None
    ) -> None:
        """Show this."""
        self._status, self._lacked, self._receipt = status, lacked, receipt
        self.fill()

    def retranslate(self) -> None:
        self._colleagues_label.setText(_("Colleagues"))
        self._lacked_label.setText(_("Here, and not yet with every colleague"))
        self._receipt_label.setText(_("The last exchange"))
        self.colleagues.setAccessibleName(self._colleagues_label.text())
        self.lacked.setAccessibleName(self._lacked_label.text())
        self.fill()

    def fill(self) -> None:
        """Write everything anew, in the language and text size of now."""
        status = self._status
        if status is None:
            return
        self.colleagues.show_rows(
            (_("Person"), _("Laptop"), _("Last heard of"), _("Lacks saves"), _("Lacks photos")),
            [
                (
                    at,
                    (
                        one.person,
                        one.device,
                        when_words(one.heard_at) if one.heard_at else _("never"),
                        QLocale().toString(one.lacks_saves),
                        QLocale().toString(one.lacks_photos),
                    ),
                )
                for at, one in enumerate(status.colleagues)
            ],
        )
        self.lacked.show_rows(
            (_("Person"), _("Place"), _("Records")),
            [
                (at, (person, place or _("no place"), QLocale().toString(count)))
                for at, (person, place, count) in enumerate(self._lacked)
            ],
        )
        _show_lines(self.warnings, self._warning_frame, warning_lines(status))
        lines = receipt_lines(self._receipt, status) if self._receipt is not None else []
        _show_lines(self.receipt, self._receipt_frame, lines)
        # A team of twenty writes a long receipt; the tables below stay in sight.
        wanted = self.receipt.heightForWidth(max(1, self._receipt_area.viewport().width()))
        self._receipt_area.setFixedHeight(min(theme.scaled(_RECEIPT_PX), wanted + 4))


def framed(look: str, *parts: QWidget) -> QFrame:
    """Give a frame of this look around widgets, one below the other."""
    frame = QFrame()
    frame.setProperty("look", look)
    column = QVBoxLayout(frame)
    column.setContentsMargins(14, 10, 14, 10)
    for part in parts:
        if isinstance(part, QLabel):
            _make_readable(part)
        column.addWidget(part)
    return frame


def _make_readable(label: QLabel) -> None:
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)


def _scrolling(label: QLabel) -> QScrollArea:
    _make_readable(label)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    label.setProperty("look", "page")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(label)
    return area


def _show_lines(label: QLabel, frame: QFrame, lines: list[str]) -> None:
    label.setText("\n".join(f"• {line}" for line in lines))
    frame.setVisible(bool(lines))

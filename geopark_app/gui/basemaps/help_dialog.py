"""How QGIS and Protomaps make a base map lawfully."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from geopark_app.gui import theme
from geopark_app.i18n import gettext as _
from geopark_app.wording.basemap_help import help_parts


class BasemapHelpDialog(QDialog):
    """Shows the steps; they can be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("How to make a base map"))
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("How to make a base map"))
        self.text.setHtml(
            "".join(
                f"<h3>{escape(title)}</h3><ul>{_items(steps)}</ul>" for title, steps in help_parts()
            )
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.text, 1)
        column.addWidget(buttons)
        self.resize(theme.scaled(640), theme.scaled(560))


def _items(steps: Sequence[str]) -> str:
    return "".join(f"<li>{escape(step)}</li>" for step in steps)

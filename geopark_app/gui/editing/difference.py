"""Two texts side by side with what differs marked, word by word."""

import html
import re
from difflib import SequenceMatcher

from PySide6.QtWidgets import QTextBrowser, QWidget

from geopark_app.gui import theme
from geopark_app.i18n import gettext as _

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_MOST_WORDS = 4_000
_LINES_HIGH = 120


def difference_html(before: str, after: str) -> tuple[str, str]:
    """Give both texts as HTML: what goes struck out, what comes underlined."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > _MOST_WORDS:
        return _plain(before), _plain(after)
    left, right = [], []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for sign, first, last, start, end in matcher.get_opcodes():
        gone, come = _plain("".join(old[first:last])), _plain("".join(new[start:end]))
        if sign == "equal":
            left.append(gone)
            right.append(come)
        else:
            left.append(f"<s>{gone}</s>" if gone else "")
            right.append(f"<b><u>{come}</u></b>" if come else "")
    return "".join(left), "".join(right)


def _plain(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


class DifferenceView(QTextBrowser):
    """Shows one change in full, below a list whose cells are too short for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setObjectName("difference")
        self.setAccessibleName(_("The change in full"))
        self.setMaximumHeight(theme.scaled(_LINES_HIGH))
        self.hide()

    def show_texts(self, before: str, after: str, remark: str = "") -> None:
        """Show what stood there, what would stand there, and why it cannot be taken."""
        left, right = difference_html(before, after) if not remark else ("", _plain(after))
        rows = ((_("Before"), left), (_("After"), right), (_("Remark"), _plain(remark)))
        muted = theme.colours().muted
        lines = [
            f'<tr><td style="color:{muted}; padding-right:10px">{html.escape(name)}</td>'
            f"<td>{words}</td></tr>"
            for name, words in rows
            if words
        ]
        self.setHtml(f"<table cellspacing='2'>{''.join(lines)}</table>")
        self.setVisible(bool(lines))

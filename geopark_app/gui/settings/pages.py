"""Pages to read: about the data, about the program, third-party notices."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from geopark_app import paths, version
from geopark_app.gui.language import LanguageAware
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _

PAGES = ("about-data", "about", "notices")


def page_title(name: str) -> str:
    """Give the title of a page."""
    return {
        "about-data": _("About the data"),
        "about": _("About this program"),
        "notices": _("Third-party notices"),
    }[name]


def page_text(name: str) -> str:
    """Give the page in the language of the window, as Markdown."""
    match name:
        case "about-data":
            return _file(paths.bundled("resources", "starter", f"ABOUT_DATA.{active()}.md"))
        case "notices":
            return _file(_notices())
        case _unused:
            return _about()


class PageView(LanguageAware, QTextBrowser):
    """Shows one page; links to the web open in the browser, if the person asks for it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setOpenLinks(False)
        self.anchorClicked.connect(_open_link)
        self.retranslate()

    def retranslate(self) -> None:
        self.setMarkdown(page_text(self._name))
        self.setAccessibleName(page_title(self._name))


class PageDialog(QDialog):
    """One page in a window of its own, for the Help menu."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(page_title(name))
        self.resize(760, 560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.addWidget(PageView(name))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)


def _about() -> str:
    title = _("Geopark inventory")
    words = _(
        "Offline inventory of a UNESCO Global Geopark: sites, photos, readiness, map and dossier. "
        "Nothing is sent anywhere unless you export it."
    )
    licence = _("Free software under the MIT licence.")
    qt = _("The window uses Qt and PySide6 under the LGPL version 3.")
    number = _("Version {version}").format(version=version())
    return f"# {title}\n\n{number}\n\n{words}\n\n{licence} {qt}\n"


def _notices() -> Path:
    """Give the notices: beside the wheel's other files, or in the checkout's docs."""
    shipped = paths.bundled("resources", "third-party-notices.md")
    return shipped if shipped.is_file() else paths.bundled("docs", "third-party-notices.md")


def _file(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return _("The file {name} is missing from this installation.").format(name=path.name)


def _open_link(url: QUrl) -> None:
    if url.scheme() in {"http", "https", "mailto"}:
        QDesktopServices.openUrl(url)

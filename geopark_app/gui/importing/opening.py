"""Opens the import wizard, and says which dropped files it takes."""

from pathlib import Path

from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from geopark_app.gui.session import Session

_SUFFIXES = {".csv", ".txt", ".tsv", ".xlsx", ".xls", ".geojson", ".json", ".gpkg", ".shp",
             ".zip", ".kml", ".kmz", ".gpx", ".tab", ".mif", ".bib", ".ris"}  # fmt: skip


def open_import(session: Session, parent: QWidget, path: Path | None = None) -> None:
    """Show the wizard, with a file when one was dropped."""
    if session.is_read_only:
        return
    from geopark_app.gui.importing.dialog import ImportDialog

    dialog = ImportDialog(session, parent)
    dialog.open()
    if path is not None:
        dialog.file_page.choose(path)


def dropped_list(event: QDropEvent) -> Path | None:
    """Give the one file dropped, when its name is that of a list."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() in _SUFFIXES else None

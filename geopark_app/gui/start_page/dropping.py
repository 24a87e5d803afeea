"""What may be dropped onto the window: one catalogue folder or `.geopark` file."""

from pathlib import Path

from PySide6.QtGui import QDropEvent


def dropped_catalogue(event: QDropEvent) -> Path | None:
    """Give the path of what is dropped, or None when it cannot be a catalogue."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix == ".geopark" or path.is_dir() else None

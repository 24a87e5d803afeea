"""Files from the file manager: dropped on a widget, or pasted from the clipboard."""

from pathlib import Path

from PySide6.QtCore import QMimeData


def local_paths(data: QMimeData) -> list[Path]:
    """Give the files and folders of a drop or of the clipboard; also paths as plain text."""
    if data.hasUrls():
        return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if not data.hasText():
        return []
    lines = [line.strip().strip('"') for line in data.text().splitlines()]
    paths = [Path(line) for line in lines if line]
    # Any text can be on the clipboard: only what is there counts.
    return [path for path in paths if path.is_absolute() and path.exists()]

"""Files from the file manager: dropped on a widget, or pasted from the clipboard."""

import contextlib
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from geopark_app.gui.session import Session

_DAY_S = 86_400


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


def pasted_paths(session: Session, data: QMimeData | None) -> list[Path]:
    """Give the files of the clipboard; a bare picture becomes a file in the disposable cache.

    An empty clipboard has no data at all on some desktops.
    """
    if data is None:
        return []
    paths = local_paths(data)
    if paths or not data.hasImage():
        return paths
    image = data.imageData()
    if not isinstance(image, QImage) or image.isNull():
        return []
    folder = session.context.catalogue.folder.cache_dir / "clipboard"
    folder.mkdir(parents=True, exist_ok=True)
    _clear_old(folder, session.context.now())
    path = folder / clipboard_name(session.context.now())
    # Only a bare picture has no file: a chat program or a screenshot gives it like this.
    return [path] if image.save(str(path)) else []


def _clear_old(folder: Path, now: datetime) -> None:
    """Remove what was pasted on earlier days: it is in the catalogue or was not wanted."""
    for path in folder.iterdir():
        with contextlib.suppress(OSError):
            if now.timestamp() - path.stat().st_mtime > _DAY_S:
                path.unlink()


def clipboard_name(now: datetime) -> str:
    """Give the name of a pasted picture; without colons, which Windows forbids."""
    return f"clipboard {now.astimezone():%Y-%m-%d %H-%M-%S}.png"


PICTURE_PATTERNS = "*.jpg *.jpeg *.heic *.heif *.png *.tif *.tiff *.webp"
"""What a file dialog shows first; the content decides what is taken."""

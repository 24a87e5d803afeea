"""The window's map page, kept on disk: importing folium takes longer than showing the map."""

import hashlib
import os
import tempfile
from pathlib import Path

from geopark_app import version
from geopark_app.maps.basemap import Basemap
from geopark_app.paths import bundled

_PREFIX = "map-page-"
_PAGE_PARTS = (
    "page.py", "page_texts.py", "view_texts.py", "page_security.py", "symbols.py", "classes.py",
)  # fmt: skip


def cached_window_page(folder: Path | None, language: str, basemap: Basemap) -> str:
    """Give the page for the window, from the folder where an equal one was kept before.

    None as folder, and a folder that cannot be written, only cost the time to make it again.
    """
    if folder is None:
        return _make(language, basemap)
    path = folder / f"{_PREFIX}{language}-{_key(language, basemap)}.html"
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        html = _make(language, basemap)
    _keep(path, html, language)
    return html


def _make(language: str, basemap: Basemap) -> str:
    # Imported here and not above, because this is what the cache saves.
    from geopark_app.maps.page import window_page

    return window_page(language, basemap)


def _key(language: str, basemap: Basemap) -> str:
    body = basemap.body.wkb if basemap.body is not None else b""
    digest = hashlib.sha256(f"{version()} {language} ".encode() + body)
    sources = [
        *sorted(Path(__file__).with_name("web").glob("*.[jc]s*")),
        *(Path(__file__).with_name(name) for name in _PAGE_PARTS),
        bundled("resources", "web", "files.json"),
        bundled("resources", "map", "outline.json"),
        bundled("resources", "map", "towns.json"),
        bundled("resources", "i18n", "vi", "LC_MESSAGES", "geopark.mo"),
    ]
    for path in sources:
        digest.update(path.read_bytes() if path.is_file() else b"-")
    return digest.hexdigest()[:24]


def _keep(path: Path, html: str, language: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in path.parent.glob(f"{_PREFIX}{language}-*.html"):
            old.unlink(missing_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(html)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError:
        # A cache on a full or read-only disk is no reason to show no map.
        return

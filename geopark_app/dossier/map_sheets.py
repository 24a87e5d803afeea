"""Sheets of a printed map as one PDF/A, or each as a picture."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from geopark_app import paths
from geopark_app.domain.progress import CancelToken
from geopark_app.store.writing_files import translated_os_errors
from geopark_app.typeset.documents import TypesetJob, TypesetResult, compile_pdf, draw_pages

TEMPLATE = "map-sheets.typ"


@dataclass(frozen=True, slots=True, kw_only=True)
class MapSheet:
    """One page: its drawing, its size on paper, and what it shows in words."""

    svg: str
    width_mm: float
    height_mm: float
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapBook:
    """The pages of one map.

    Attributes
    ----------
    title, author, language : str
        Of the document.
    made_at : datetime
        Instant that stands in it; the same data gives the same bytes.
    sheets : tuple of MapSheet
        The pages.
    """

    title: str
    author: str
    language: str
    made_at: datetime
    sheets: tuple[MapSheet, ...]


def typeset_sheets(
    book: MapBook, *, folder: Path, output: Path, cancel: CancelToken
) -> TypesetResult:
    """Write the PDF; `folder` is an empty folder for its source.

    Raises
    ------
    Cancelled, GeoparkError
        See `compile_pdf`.
    """
    return compile_pdf(write_sources(book, folder, output), cancel)


def picture_sheets(book: MapBook, *, folder: Path, ppi: int, cancel: CancelToken) -> list[Path]:
    """Draw each page as a PNG in the empty folder; gives the files.

    Raises
    ------
    Cancelled, GeoparkError
        See `compile_pdf`.
    """
    draw_pages(write_sources(book, folder, folder / "page-{n}.png"), ppi, cancel)
    return [folder / f"page-{number}.png" for number in range(1, len(book.sheets) + 1)]


def write_sources(book: MapBook, folder: Path, output: Path) -> TypesetJob:
    """Write drawings, words and template into the folder, and give the job that compiles them."""
    with translated_os_errors(folder):
        shutil.copyfile(paths.bundled("resources", "templates", TEMPLATE), folder / TEMPLATE)
        text = json.dumps(_content(book, folder, book.sheets), ensure_ascii=False)
        (folder / "map.json").write_text(text, encoding="utf-8")
    return TypesetJob(root=folder, source=TEMPLATE, output=output, made_at=book.made_at)


def _content(book: MapBook, folder: Path, sheets: Sequence[MapSheet]) -> dict[str, object]:
    listed = []
    for number, sheet in enumerate(sheets, start=1):
        name = f"sheet-{number}.svg"
        (folder / name).write_text(sheet.svg, encoding="utf-8")
        listed.append(
            {"path": name, "width": sheet.width_mm, "height": sheet.height_mm, "alt": sheet.alt}
        )
    return {"title": book.title, "author": book.author, "language": book.language, "sheets": listed}

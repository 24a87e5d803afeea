"""Fixed-point photos before and after, as one PDF in both languages."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from geopark_app import paths
from geopark_app.domain.progress import CancelToken
from geopark_app.dossier.bilingual import Bilingual
from geopark_app.dossier.bilingual import both as _
from geopark_app.store.writing_files import translated_os_errors
from geopark_app.typeset.documents import TypesetJob, compile_pdf
from geopark_app.typeset.fonts import printable

TEMPLATE = "photo-pairs.typ"


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """One picture of a series.

    Attributes
    ----------
    picture : bytes
        A finished JPEG.
    width, height : int
        Its size in pixels.
    date : Bilingual
        When it was taken.
    credit, change, alt : Bilingual
        By whom; the change seen; what it shows, for people who cannot see it.
    is_sample : bool
        Whether it is no real photo and must be marked.
    """

    picture: bytes
    width: int
    height: int
    date: Bilingual
    credit: Bilingual
    change: Bilingual
    alt: Bilingual
    is_sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PairSheet:
    """One photo point: its heading, its facts, its pictures from the oldest to the newest."""

    heading: Bilingual
    facts: Bilingual
    guide: Bilingual
    views: tuple[PairView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairBook:
    """The whole document."""

    title: Bilingual
    geopark: Bilingual
    body: Bilingual
    footer: Bilingual
    languages: tuple[str, ...]
    made_at: datetime
    sheets: tuple[PairSheet, ...]


def typeset_pairs(book: PairBook, *, folder: Path, output: Path, cancel: CancelToken) -> int:
    """Write the document as PDF and give how many pages it has; `folder` is empty.

    Raises
    ------
    Cancelled, GeoparkError
        See `compile_pdf`.
    """
    with translated_os_errors(folder):
        template = paths.bundled("resources", "templates", TEMPLATE).read_bytes()
        (folder / TEMPLATE).write_bytes(template)
        sheets = []
        for number, sheet in enumerate(book.sheets):
            names = []
            for at, view in enumerate(sheet.views):
                names.append(f"view-{number:03d}-{at:03d}.jpg")
                (folder / names[-1]).write_bytes(view.picture)
            sheets.append(_sheet(sheet, names))
        text = json.dumps(_content(book, sheets), ensure_ascii=False)
        (folder / "pairs.json").write_text(text, encoding="utf-8")
    job = TypesetJob(
        root=folder,
        source=TEMPLATE,
        output=output,
        made_at=book.made_at,
        queries={"last_page": "<last-page>"},
    )
    return int(compile_pdf(job, cancel).found["last_page"][0])


def _content(book: PairBook, sheets: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "languages": list(book.languages),
        "region": "VN" if book.languages[0] == "vi" else "GB",
        "title": _words(book.title),
        "geopark": _words(book.geopark),
        "body": _words(book.body),
        "footer": _words(book.footer),
        "labels": {
            "before": _words(_("Before")),
            "after": _words(_("After")),
            "series": _words(_("The whole series")),
            "photo": _words(_("Photo")),
            "sample": _words(_("SAMPLE")),
            "page": _words(_("Page")),
        },
        "sheets": sheets,
    }


def _sheet(sheet: PairSheet, names: list[str]) -> dict[str, Any]:
    return {
        "heading": _words(sheet.heading),
        "facts": _words(sheet.facts),
        "guide": _words(sheet.guide),
        "views": [
            {
                "path": name,
                "aspect": view.width / view.height,
                "date": _words(view.date),
                "credit": _words(view.credit),
                "change": _words(view.change),
                "alt": _words(view.alt),
                "sample": view.is_sample,
            }
            for view, name in zip(sheet.views, names, strict=True)
        ],
    }


def _words(text: Bilingual) -> dict[str, str]:
    return {"vi": printable(text.vi), "en": printable(text.en)}

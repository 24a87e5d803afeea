"""The list for departure or return as one printed page."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from geopark_app import paths
from geopark_app.domain.progress import CancelToken
from geopark_app.store.writing_files import translated_os_errors
from geopark_app.typeset.documents import TypesetJob, compile_pdf
from geopark_app.typeset.fonts import printable

TEMPLATE = "travel-check.typ"


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelSheet:
    """The list in words of one language.

    Attributes
    ----------
    words : mapping of str to str
        `title`, `subtitle`, `sum`, `author`, `footer`, `language`.
    headings : tuple of str
        Of the three columns.
    lines : tuple of (str, str, str, str)
        Title, sentence, mark and the word for the mark.
    signatures : tuple of str
        Who signs.
    made_at : datetime
        Instant that stands in the document.
    """

    words: Mapping[str, str]
    headings: tuple[str, ...]
    lines: tuple[tuple[str, str, str, str], ...]
    signatures: tuple[str, ...]
    made_at: datetime


def typeset_travel(sheet: TravelSheet, *, folder: Path, output: Path, cancel: CancelToken) -> None:
    """Write the PDF; `folder` is an empty folder for its source.

    Raises
    ------
    Cancelled, GeoparkError
        See `compile_pdf`.
    """
    content = {
        **{name: printable(words) for name, words in sheet.words.items()},
        "headings": list(sheet.headings),
        "lines": [
            {"title": title, "words": printable(words), "mark": mark, "found": found}
            for title, words, mark, found in sheet.lines
        ],
        "signatures": list(sheet.signatures),
    }
    with translated_os_errors(folder):
        shutil.copyfile(paths.bundled("resources", "templates", TEMPLATE), folder / TEMPLATE)
        text = json.dumps(content, ensure_ascii=False)
        (folder / "travel-check.json").write_text(text, encoding="utf-8")
    compile_pdf(
        TypesetJob(root=folder, source=TEMPLATE, output=output, made_at=sheet.made_at), cancel
    )

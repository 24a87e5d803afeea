"""The list of works by commune as one PDF for the steering committee's meeting."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from geopark_app import paths
from geopark_app.domain.progress import CancelToken
from geopark_app.store.writing_files import translated_os_errors
from geopark_app.typeset.documents import TypesetJob, compile_pdf
from geopark_app.typeset.fonts import printable

TEMPLATE = "works.typ"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksSheet:
    """The list in words of one language.

    Attributes
    ----------
    words : mapping of str to str
        `title`, `subtitle`, `author`, `footer`, `page`, `late`, `language`.
    headings : tuple of str
        Of the columns.
    due_column : int
        Where the date stands; a late one is marked.
    groups : tuple of (str, str, tuple of (tuple of str, bool))
        Commune, its sums, and rows of cells with whether they are late.
    made_at : datetime
        Instant that stands in the document.
    """

    words: Mapping[str, str]
    headings: tuple[str, ...]
    due_column: int
    groups: tuple[tuple[str, str, tuple[tuple[tuple[str, ...], bool], ...]], ...]
    made_at: datetime


def typeset_works(sheet: WorksSheet, *, folder: Path, output: Path, cancel: CancelToken) -> None:
    """Write the PDF; `folder` is an empty folder for its source.

    Raises
    ------
    Cancelled, GeoparkError
        See `compile_pdf`.
    """
    with translated_os_errors(folder):
        shutil.copyfile(paths.bundled("resources", "templates", TEMPLATE), folder / TEMPLATE)
        text = json.dumps(_content(sheet), ensure_ascii=False)
        (folder / "works.json").write_text(text, encoding="utf-8")
    job = TypesetJob(root=folder, source=TEMPLATE, output=output, made_at=sheet.made_at)
    compile_pdf(job, cancel)


def _content(sheet: WorksSheet) -> dict[str, Any]:
    return {
        **{name: printable(words) for name, words in sheet.words.items()},
        "headings": list(sheet.headings),
        "due_column": sheet.due_column,
        "groups": [
            {
                "name": printable(name),
                "sums": sums,
                "rows": [
                    {"cells": [printable(cell) for cell in cells], "late": late}
                    for cells, late in rows
                ],
            }
            for name, sums, rows in sheet.groups
        ],
    }

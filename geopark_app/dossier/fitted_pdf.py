"""A sheet for a meeting: one page where its text may stay large enough to be read."""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from geopark_app import paths
from geopark_app.domain.progress import CancelToken
from geopark_app.store.writing_files import translated_os_errors
from geopark_app.typeset.documents import TypesetJob, compile_pdf
from geopark_app.typeset.fonts import printable

DATA = "data.json"
_QUERIES = {"last_page": "<last-page>"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedSheet:
    """What is printed.

    Attributes
    ----------
    template : str
        Name of the typst file below resources/templates; it reads `data.json`, takes `size` from
        it and marks its last page with the label `last-page`.
    content : mapping
        What the file reads; every text in it is made printable here.
    sizes : sequence of float
        Sizes of the text in points, the wanted one first, the smallest that can be read last.
    made_at : datetime
        Instant that stands in the document.
    """

    template: str
    content: Mapping[str, Any]
    sizes: Sequence[float]
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedResult:
    """How it came out: pages, and the size of the text in points."""

    pages: int
    size: float


def typeset_fitted(
    sheet: FittedSheet, *, folder: Path, output: Path, cancel: CancelToken
) -> FittedResult:
    """Write the PDF at the largest size at which it is one page.

    Where even the smallest size needs more pages, the wanted size is taken: people who turn pages
    may at least read them. `folder` is an empty folder for the source.

    Raises
    ------
    Cancelled, GeoparkError
        See `compile_pdf`.
    """
    with translated_os_errors(folder):
        template = paths.bundled("resources", "templates", sheet.template)
        shutil.copyfile(template, folder / sheet.template)
    chosen = sheet.sizes[0]
    for size in sheet.sizes:
        if _compile(sheet, size, folder=folder, output=None, cancel=cancel) == 1:
            chosen = size
            break
    pages = _compile(sheet, chosen, folder=folder, output=output, cancel=cancel)
    return FittedResult(pages=pages, size=chosen)


def _compile(
    sheet: FittedSheet, size: float, *, folder: Path, output: Path | None, cancel: CancelToken
) -> int:
    content = {**_printable(sheet.content), "size": size}
    with translated_os_errors(folder):
        (folder / DATA).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    job = TypesetJob(
        root=folder, source=sheet.template, output=output, made_at=sheet.made_at, queries=_QUERIES
    )
    return int(compile_pdf(job, cancel).found["last_page"][0])


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    return value

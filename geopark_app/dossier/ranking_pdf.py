"""The ranking of sites by one result as a PDF: places, bars, and the terms of every total."""

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

TEMPLATE = "ranking.typ"


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingRow:
    """One site on paper.

    Attributes
    ----------
    place, code, name : str
        Its place, empty without a total.
    totals : tuple of str
        Every result with its class in words.
    share : float
        Length of the bar, 0 to 1.
    level : float
        How high the class is among those of the result, 0 to 1; -1 without a class.
    standing : str
        Who assessed it when, and whether it is accepted.
    terms : str
        The terms of the total it is ranked by; empty without one.
    """

    place: str
    code: str
    name: str
    totals: tuple[str, ...]
    share: float
    level: float
    standing: str
    terms: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingSheet:
    """The ranking in words of one language.

    Attributes
    ----------
    words : mapping of str to str
        `title`, `subtitle`, `state`, `author`, `footer`, `page`, `terms`, `note`, `language`.
    headings : tuple of str
        Of the columns: place, code, name, one for each result, bar, standing.
    rows : tuple of RankingRow
        In their order.
    made_at : datetime
        Instant that stands in the document.
    """

    words: Mapping[str, str]
    headings: tuple[str, ...]
    rows: tuple[RankingRow, ...]
    made_at: datetime


def typeset_ranking(
    sheet: RankingSheet, *, folder: Path, output: Path, cancel: CancelToken
) -> None:
    """Write the PDF; `folder` is an empty folder for its source.

    Raises
    ------
    Cancelled, GeoparkError
        See `compile_pdf`.
    """
    with translated_os_errors(folder):
        shutil.copyfile(paths.bundled("resources", "templates", TEMPLATE), folder / TEMPLATE)
        text = json.dumps(_content(sheet), ensure_ascii=False)
        (folder / "ranking.json").write_text(text, encoding="utf-8")
    job = TypesetJob(root=folder, source=TEMPLATE, output=output, made_at=sheet.made_at)
    compile_pdf(job, cancel)


def _content(sheet: RankingSheet) -> dict[str, Any]:
    return {
        **{name: printable(words) for name, words in sheet.words.items()},
        "headings": [printable(one) for one in sheet.headings],
        "rows": [
            {
                "place": one.place,
                "code": printable(one.code),
                "name": printable(one.name),
                "totals": [printable(words) for words in one.totals],
                "share": one.share,
                "level": one.level,
                "standing": printable(one.standing),
                "terms": printable(one.terms),
            }
            for one in sheet.rows
        ],
    }

"""The recovery sheet of the office key as one page to print and lock away."""

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

TEMPLATE = "recovery.typ"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySheet:
    """The sheet in words of one language.

    Attributes
    ----------
    words : mapping of str to str
        `title`, `team`, `warning`, `how`, `fingerprint`, `author`, `footer`, `language`.
    lines : tuple of str
        The digits.
    made_at : datetime
        Instant that stands in the document.
    """

    words: Mapping[str, str]
    lines: tuple[str, ...]
    made_at: datetime


def typeset_recovery(
    sheet: RecoverySheet, *, folder: Path, output: Path, cancel: CancelToken
) -> None:
    """Write the PDF; `folder` is an empty folder for its source.

    Raises
    ------
    Cancelled, GeoparkError
        See `compile_pdf`.
    """
    content = {name: printable(words) for name, words in sheet.words.items()}
    with translated_os_errors(folder):
        shutil.copyfile(paths.bundled("resources", "templates", TEMPLATE), folder / TEMPLATE)
        text = json.dumps({**content, "lines": list(sheet.lines)}, ensure_ascii=False)
        (folder / "recovery.json").write_text(text, encoding="utf-8")
    compile_pdf(
        TypesetJob(root=folder, source=TEMPLATE, output=output, made_at=sheet.made_at), cancel
    )

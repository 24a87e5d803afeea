"""A register as one PDF: A4 landscape, one table for each group."""

import json
import shutil
from pathlib import Path
from typing import Any

from geopark_app import paths
from geopark_app.domain.progress import CancelToken
from geopark_app.dossier.bilingual import Bilingual
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.register import PrintedRegister, RegisterCell
from geopark_app.store.writing_files import translated_os_errors
from geopark_app.typeset.documents import TypesetJob, compile_pdf
from geopark_app.typeset.fonts import printable

TEMPLATE = "register.typ"


def typeset_register(
    register: PrintedRegister, *, folder: Path, output: Path, cancel: CancelToken
) -> int:
    """Write the PDF and give how many pages it has; `folder` is an empty folder for its source.

    Raises
    ------
    Cancelled, GeoparkError
        See `compile_pdf`.
    """
    with translated_os_errors(folder):
        shutil.copyfile(paths.bundled("resources", "templates", TEMPLATE), folder / TEMPLATE)
        names = _copy_pictures(register, folder)
        text = json.dumps(_content(register, names), ensure_ascii=False)
        (folder / "register.json").write_text(text, encoding="utf-8")
    job = TypesetJob(
        root=folder,
        source=TEMPLATE,
        output=output,
        made_at=register.made_at,
        queries={"last_page": "<last-page>"},
    )
    return int(compile_pdf(job, cancel).found["last_page"][0])


def _copy_pictures(register: PrintedRegister, folder: Path) -> dict[Path, str]:
    names: dict[Path, str] = {}
    for photo in register.pictures:
        if photo.path not in names:
            names[photo.path] = f"photo-{len(names) + 1:04d}.jpg"
            shutil.copyfile(photo.path, folder / names[photo.path])
    return names


def _content(register: PrintedRegister, names: dict[Path, str]) -> dict[str, Any]:
    return {
        "languages": list(register.languages),
        "region": "VN" if register.languages[0] == "vi" else "GB",
        "title": words(register.title),
        "subtitle": words(register.subtitle),
        "geopark": words(register.geopark),
        "body": words(register.body),
        "footer": words(register.footer),
        "notes": [words(note) for note in register.notes],
        "page": words(_("Page")),
        "sample": words(_("SAMPLE")) if register.is_sample else None,
        "groups": [
            {
                "heading": words(group.heading),
                "shares": [column.share for column in register.columns_of(group)],
                "headings": [words(column.label) for column in register.columns_of(group)],
                "rows": [[_cell(cell, names) for cell in row] for row in group.rows],
            }
            for group in register.groups
        ],
    }


def _cell(cell: RegisterCell, names: dict[Path, str]) -> dict[str, Any]:
    return {
        "lines": [words(line) for line in cell.lines],
        "alarm": cell.is_alarm,
        "pictures": [
            {
                "path": names[photo.path],
                "aspect": min(6.0, max(0.3, photo.width / photo.height)),
                "alt": words(photo.alt),
                "caption": words(photo.caption),
                "credit": words(photo.credit),
                "sample": words(_("SAMPLE")) if photo.is_sample else None,
            }
            for photo in cell.pictures
        ],
    }


def words(text: Bilingual) -> dict[str, str]:
    """Give both languages with only what the fonts can print."""
    return {"vi": printable(text.vi), "en": printable(text.en)}

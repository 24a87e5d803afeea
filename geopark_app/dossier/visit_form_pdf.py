"""Blank forms for visits, as one PDF with the QR code of each place."""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from geopark_app import paths
from geopark_app.domain.progress import CancelToken
from geopark_app.dossier.bilingual import Bilingual
from geopark_app.dossier.qr_code import qr_svg
from geopark_app.store.writing_files import translated_os_errors
from geopark_app.typeset.documents import TypesetJob, compile_pdf
from geopark_app.typeset.fonts import printable

TEMPLATE = "visit-form.typ"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One item: its number in the edition, its code, what is asked and under which condition."""

    number: int
    code: str
    label: Bilingual
    critical: bool
    measured: bool
    unit: Bilingual
    condition: Bilingual
    last: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankForm:
    """The form of one place.

    Attributes
    ----------
    heading : str
        Code and name.
    about : Bilingual
        Where it lies, which edition.
    qr : tuple of (str, str) or None
        Scope and key for the QR code.
    groups : tuple of (Bilingual, tuple of FormRow)
        In order.
    """

    heading: str
    about: Bilingual
    qr: tuple[str, str] | None
    groups: tuple[tuple[Bilingual, tuple[FormRow, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormBook:
    """All forms of one file.

    Attributes
    ----------
    title, footer : Bilingual
        Of the document.
    author : str
        Who prints it.
    languages : tuple of str
        In which the items are printed.
    labels : mapping of str to Bilingual
        Words of the form.
    forms : tuple of BlankForm
        In order.
    made_at : datetime
        Instant that stands in the document.
    """

    title: Bilingual
    footer: Bilingual
    author: str
    languages: tuple[str, ...]
    labels: Mapping[str, Bilingual]
    forms: tuple[BlankForm, ...]
    made_at: datetime


def typeset_forms(book: FormBook, *, folder: Path, output: Path, cancel: CancelToken) -> None:
    """Write the PDF; `folder` is an empty folder for its source.

    Raises
    ------
    Cancelled, GeoparkError
        See `compile_pdf`.
    """
    with translated_os_errors(folder):
        shutil.copyfile(paths.bundled("resources", "templates", TEMPLATE), folder / TEMPLATE)
        text = json.dumps(_content(book), ensure_ascii=False)
        (folder / "form.json").write_text(text, encoding="utf-8")
    job = TypesetJob(root=folder, source=TEMPLATE, output=output, made_at=book.made_at)
    compile_pdf(job, cancel)


def _content(book: FormBook) -> dict[str, Any]:
    return {
        "title": _words(book.title),
        "footer": _words(book.footer),
        "author": printable(book.author),
        "languages": list(book.languages),
        "labels": {name: _words(words) for name, words in book.labels.items()},
        "forms": [_form(form, book.labels["qr"]) for form in book.forms],
    }


def _form(form: BlankForm, qr_alt: Bilingual) -> dict[str, Any]:
    return {
        "heading": printable(form.heading),
        "about": _words(form.about),
        "qr": "" if form.qr is None else qr_svg(form.qr[1], scope=form.qr[0]),
        "qr_alt": _words(qr_alt),
        "groups": [{"name": _words(name), "rows": _rows(rows)} for name, rows in form.groups],
    }


def _rows(rows: Sequence[FormRow]) -> list[dict[str, Any]]:
    return [
        {
            "number": str(row.number),
            "code": printable(row.code),
            "label": _words(row.label),
            "critical": row.critical,
            "measured": row.measured,
            "unit": _words(row.unit),
            "condition": _words(row.condition),
            "last": _words(row.last),
        }
        for row in rows
    ]


def _words(words: Bilingual) -> dict[str, str]:
    return {"vi": printable(words.vi), "en": printable(words.en)}

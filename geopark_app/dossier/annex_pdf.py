"""The geosite annex as one PDF: its data as JSON, its pictures, and the check of its pages."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geopark_app import paths
from geopark_app.domain.finding import Severity
from geopark_app.domain.progress import CancelToken
from geopark_app.dossier import annex_words
from geopark_app.dossier.annex import Annex, GeositeSheet, SheetPhoto
from geopark_app.dossier.annex_maps import AnnexMaps, marker_of
from geopark_app.dossier.bilingual import Bilingual
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.problems import Problem
from geopark_app.dossier.qr_code import qr_svg
from geopark_app.store.writing_files import translated_os_errors
from geopark_app.typeset.documents import TypesetJob, TypesetResult, compile_pdf
from geopark_app.typeset.fonts import printable

TEMPLATE = "annex-geosites.typ"
_QUERIES = {"sheets": "<sheet>", "last_page": "<last-page>"}
_WIDEST, _NARROWEST = 6.0, 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexPdf:
    """A typeset annex.

    Attributes
    ----------
    pages : int
        Number of pages.
    problems : tuple of Problem
        Sheets whose text had to be shortened or did not fit.
    result : TypesetResult
        What it took.
    """

    pages: int
    problems: tuple[Problem, ...]
    result: TypesetResult


def typeset_annex(
    annex: Annex, maps: AnnexMaps, *, folder: Path, output: Path | None, cancel: CancelToken
) -> AnnexPdf:
    """Write the annex as PDF, or only find out how it falls on pages where `output` is None.

    `folder` is an empty folder for the source and its pictures.

    Raises
    ------
    Cancelled, GeoparkError
        See `compile_pdf`.
    """
    write_sources(annex, maps, folder)
    result = compile_pdf(
        TypesetJob(
            root=folder, source=TEMPLATE, output=output, made_at=annex.made_at, queries=_QUERIES
        ),
        cancel,
    )
    return AnnexPdf(
        pages=int(result.found["last_page"][0]),
        problems=tuple(_page_problems(result.found["sheets"])),
        result=result,
    )


def write_sources(annex: Annex, maps: AnnexMaps, folder: Path) -> None:
    """Put template, data, maps and photos into a folder, ready for any typst."""
    with translated_os_errors(folder):
        shutil.copyfile(paths.bundled("resources", "templates", TEMPLATE), folder / TEMPLATE)
        (folder / "locator.svg").write_text(maps.locator.svg, encoding="utf-8")
        if maps.overview is not None:
            (folder / "overview.svg").write_text(maps.overview.svg, encoding="utf-8")
        names = _copy_photos(annex, folder)
        text = json.dumps(_annex(annex, maps, names), ensure_ascii=False)
        (folder / "annex.json").write_text(text, encoding="utf-8")


def _copy_photos(annex: Annex, folder: Path) -> dict[Path, str]:
    names: dict[Path, str] = {}
    for sheet in annex.sheets:
        for photo in sheet.photos:
            if photo.path not in names:
                names[photo.path] = f"photo-{len(names) + 1:04d}.jpg"
                shutil.copyfile(photo.path, folder / names[photo.path])
    return names


def _annex(annex: Annex, maps: AnnexMaps, names: dict[Path, str]) -> dict[str, Any]:
    overview = None
    if maps.overview is not None:
        overview = {
            "path": "overview.svg",
            "alt": _words(annex_words.overview_alt(len(annex.sheets), annex.boundary)),
            "caption": _words(annex_words.overview_caption()),
        }
    labels = annex_words.labels(annex.boundary)
    return {
        "languages": list(annex.languages),
        "region": "VN" if annex.languages[0] == "vi" else "GB",
        "labels": {name: _words(label) for name, label in labels.items()},
        "title": _words(annex.title),
        "short_title": _words(annex.title),
        "subtitle": _words(annex.subtitle),
        "geopark": _words(annex.geopark),
        "body": _words(annex.managing_body),
        "keywords": ["geosite", "geopark", "inventory"],
        "footer_note": _words(annex.footer),
        "cover": _rows(annex.cover),
        "notes": [_words(note) for note in annex.notes],
        "credits": [_words(credit) for credit in annex.credits],
        "is_sample": annex.is_sample,
        "locator": {
            "path": "locator.svg",
            "width": maps.locator.width_mm,
            "height": maps.locator.height_mm,
        },
        "overview": overview,
        "sites": [_sheet(sheet, annex, maps, names) for sheet in annex.sheets],
    }


def _sheet(
    sheet: GeositeSheet, annex: Annex, maps: AnnexMaps, names: dict[Path, str]
) -> dict[str, Any]:
    return {
        "code": printable(sheet.code),
        "heading": printable(f"{sheet.code} · {sheet.name.joined(annex.languages)}"),
        "name": _words(sheet.name),
        "local_name": printable(sheet.local_name),
        "kind": _words(sheet.kind),
        "provisional": sheet.is_provisional,
        "rows": _rows(sheet.rows),
        "photos": [_photo(photo, names) for photo in sheet.photos],
        "marker": marker_of(sheet.place, maps),
        "place_note": _words(sheet.place.note),
        "map_alt": _words(annex_words.map_alt(sheet.name, sheet.place.note, annex.boundary)),
        "texts": [
            {
                "title": _words(text.title),
                "vi": _paragraphs(text.body.vi),
                "en": _paragraphs(text.body.en),
            }
            for text in sheet.texts
        ],
        "readiness": _readiness(sheet),
        "qr": qr_svg(sheet.uuid),
        "qr_alt": _words(annex_words.qr_alt(sheet.code)),
    }


def _photo(photo: SheetPhoto, names: dict[Path, str]) -> dict[str, Any]:
    return {
        "path": names[photo.path],
        "aspect": min(_WIDEST, max(_NARROWEST, photo.width / photo.height)),
        "caption": _words(photo.caption),
        "alt": _words(photo.alt),
        "credit": _words(photo.credit),
        "licence": _words(photo.licence),
        "sample": photo.is_sample,
    }


def _readiness(sheet: GeositeSheet) -> dict[str, Any] | None:
    state = sheet.readiness
    if state is None:
        return None
    return {
        "score": state.score_percent,
        "score_text": _words(state.score),
        "coverage_text": _words(state.coverage),
        "visit_text": _words(state.visit),
        "red": state.is_red,
        "sample": state.is_sample,
    }


def _rows(rows: Sequence[Any]) -> list[dict[str, Any]]:
    return [{"label": _words(row.label), "value": _words(row.value)} for row in rows]


def _words(text: Bilingual) -> dict[str, str]:
    return {"vi": printable(text.vi), "en": printable(text.en)}


def _paragraphs(text: str) -> list[str]:
    return [line for line in (part.strip() for part in printable(text).splitlines()) if line]


def _page_problems(sheets: Sequence[Any]) -> list[Problem]:
    problems = []
    for sheet in sheets:
        if sheet["share"] < 1:
            problems.append(
                Problem(
                    code="text-shortened",
                    severity=Severity.WARNING,
                    site=sheet["code"],
                    field="summary",
                    message=_(
                        "The texts are too long for one page: the first {percent}% are printed."
                    ).format(percent=round(sheet["share"] * 100)),
                )
            )
        if not sheet["fits"]:
            problems.append(
                Problem(
                    code="sheet-overfull",
                    severity=Severity.ERROR,
                    site=sheet["code"],
                    field="",
                    message=_("The facts are too long for one page: the end is cut off."),
                )
            )
    return problems

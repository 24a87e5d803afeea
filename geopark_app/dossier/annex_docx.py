"""The Word twin of the geosite annex: the same sheets, to be edited by the office."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from docx.table import _Cell

from geopark_app.domain.progress import CancelToken, Progress, ReportProgress
from geopark_app.dossier import annex_words
from geopark_app.dossier.annex import Annex, GeositeSheet, SheetPhoto, SheetRow
from geopark_app.dossier.annex_maps import LOCATOR_MM
from geopark_app.dossier.bilingual import Bilingual
from geopark_app.dossier.locator_pictures import LocatorPictures
from geopark_app.dossier.qr_code import qr_png
from geopark_app.dossier.word_document import (
    ACCENT,
    OCHRE,
    QUIET,
    RED,
    WordDocument,
    column_widths,
    field,
    repeat_header,
    rule_rows,
    run,
    shade,
)
from geopark_app.store.writing_files import translated_os_errors

_BODY_MM = 176.0
_LABEL_MM, _VALUE_MM = 31.0, 81.0
_SIDE_MM = _BODY_MM - _LABEL_MM - _VALUE_MM
_TALLEST_PHOTO_MM = 52.0
_GAP_MM = 4.0
_OVERVIEW_WIDTH_MM = 172.0
_CONTENTS_PER_PAGE = 44


@dataclass(frozen=True, slots=True)
class _Job:
    word: WordDocument
    annex: Annex
    locators: LocatorPictures
    labels: dict[str, Bilingual]

    @property
    def languages(self) -> tuple[str, ...]:
        return self.annex.languages


def write_docx(
    annex: Annex,
    locators: LocatorPictures,
    path: Path,
    *,
    progress: ReportProgress,
    cancel: CancelToken,
) -> None:
    """Write the annex as DOCX.

    Raises
    ------
    Cancelled
        Between two sheets; no file is left.
    GeoparkError
        An environment code when the file cannot be written.
    """
    word = WordDocument(language=annex.languages[0])
    job = _Job(word, annex, locators, annex_words.labels(annex.boundary))
    word.set_properties(
        title=annex.title.joined(annex.languages),
        subject=annex.subtitle.joined(annex.languages),
        author=annex.managing_body.joined(annex.languages)[:250],
        keywords="geosite, geopark, inventory",
        made_at=annex.made_at,
    )
    _running_lines(job)
    _title_page(job)
    _contents(job)
    _overview(job)
    for number, sheet in enumerate(annex.sheets, start=1):
        cancel.check()
        _sheet(job, sheet)
        progress(Progress(done=number, total=len(annex.sheets), current=sheet.code))
    with translated_os_errors(path):
        word.save(path, annex.made_at)


def _bilingual(
    paragraph: Any,
    words: Bilingual,
    languages: Sequence[str],
    *,
    between: str = " / ",
    **style: Any,
) -> None:
    """Write "vi / en", English in italics and each in its language, once where both are equal."""
    used = [language for language in languages if getattr(words, language)]
    if len(used) == 2 and words.vi == words.en:
        used = used[:1]
    for index, language in enumerate(used):
        if index > 0:
            run(paragraph, between, **style)
        run(
            paragraph,
            getattr(words, language),
            language=language,
            **{**style, "italic": index > 0 or style.get("italic", False)},
        )
    if not used:
        run(paragraph, "–", **style)


def _running_lines(job: _Job) -> None:
    section = job.word.document.sections[0]
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    for paragraph in (header, footer):
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(Mm(_BODY_MM), WD_TAB_ALIGNMENT.RIGHT)
    geopark, title = job.annex.geopark, job.annex.title
    for index, language in enumerate(job.languages):
        words = f"{getattr(geopark, language)} · {getattr(title, language)}"
        run(header, "\t" * index + words, language=language, size=7)
    run(footer, job.annex.footer.joined(job.languages) + "\t")
    run(footer, job.labels["page"].joined(job.languages) + " ")
    field(footer, "PAGE", "2")
    run(footer, " / ")
    field(footer, "NUMPAGES", str(_first_sheet_page(job) + len(job.annex.sheets) - 1))


def _title_page(job: _Job) -> None:
    document, annex = job.word.document, job.annex
    top = document.add_paragraph()
    top.paragraph_format.space_before = Pt(110)
    _bilingual(top, annex.geopark, job.languages, size=13, bold=True, colour=ACCENT)
    title = document.add_paragraph(style="Title")
    _bilingual(title, annex.title, job.languages, between="\n")
    _bilingual(document.add_paragraph(style="Subtitle"), annex.subtitle, job.languages)
    if annex.is_sample:
        mark = document.add_paragraph()
        _bilingual(mark, job.labels["sample_catalogue"], job.languages, bold=True, colour=OCHRE)
    table = document.add_table(rows=len(annex.cover) + 1, cols=2)
    column_widths(table, (60, _BODY_MM - 60))
    _header_row(job, table)
    for index, row in enumerate(annex.cover, start=1):
        _fact(job, table, index, row)
    for words in (*annex.notes, *annex.credits):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(4)
        _bilingual(paragraph, words, job.languages, size=7.5, colour=QUIET)


def _contents(job: _Job) -> None:
    word, annex = job.word, job.annex
    heading = word.document.add_paragraph()
    heading.paragraph_format.page_break_before = True
    _bilingual(heading, job.labels["contents"], job.languages, size=14, bold=True, colour=ACCENT)
    first = _first_sheet_page(job)
    entries = [
        (_heading(job, sheet)[:105], _bookmark(number), first + number)
        for number, sheet in enumerate(annex.sheets)
    ]
    if job.locators.overview is not None:
        title = job.labels["overview"].joined(job.languages)
        entries.insert(0, (title, _bookmark(len(annex.sheets)), first - 1))
    if entries:
        word.contents(entries)


def _overview(job: _Job) -> None:
    png, annex = job.locators.overview, job.annex
    if png is None:
        return
    title = job.labels["overview"].joined(job.languages)
    job.word.heading(title, 1, bookmark=_bookmark(len(annex.sheets)), new_page=True)
    job.word.picture(
        job.word.document.add_paragraph(),
        png,
        key="overview",
        width_mm=_OVERVIEW_WIDTH_MM,
        alt=annex_words.overview_alt(len(annex.sheets)).joined(job.languages),
    )
    caption = job.word.document.add_paragraph(style="Caption")
    _bilingual(caption, annex_words.overview_caption(), job.languages)


def _first_sheet_page(job: _Job) -> int:
    # Every sheet begins a page and is made to fill one; the office updates the field after edits.
    overview_pages = int(job.locators.overview is not None)
    contents_lines = len(job.annex.sheets) + overview_pages
    return 2 + max(1, -(-contents_lines // _CONTENTS_PER_PAGE)) + overview_pages


def _heading(job: _Job, sheet: GeositeSheet) -> str:
    return f"{sheet.code} · {sheet.name.joined(job.languages)}"


def _bookmark(number: int) -> str:
    return f"_Toc{number + 1:08d}"


def _sheet(job: _Job, sheet: GeositeSheet) -> None:
    word, languages = job.word, job.languages
    number = job.annex.sheets.index(sheet)
    word.heading(_heading(job, sheet), 1, bookmark=_bookmark(number), new_page=True)
    line = word.document.add_paragraph()
    _bilingual(line, sheet.kind, languages, size=8.5, colour=QUIET)
    if sheet.local_name:
        run(line, f" · {sheet.local_name}", size=8.5, colour=QUIET)
    if sheet.is_provisional:
        mark = job.labels["provisional"].joined(languages)
        run(line, f"   [{mark}]", size=8, bold=True, colour=OCHRE)
    _photos(job, sheet)
    _facts(job, sheet)
    _texts(job, sheet)


def _photos(job: _Job, sheet: GeositeSheet) -> None:
    photos = sheet.photos
    if not photos:
        _bilingual(
            job.word.document.add_paragraph(),
            job.labels["no_photo"],
            job.languages,
            size=8,
            italic=True,
            colour=QUIET,
        )
        return
    usable = _BODY_MM - _GAP_MM * len(photos)
    aspects = [photo.width / photo.height for photo in photos]
    height = min(_TALLEST_PHOTO_MM, usable / sum(aspects))
    table = job.word.document.add_table(rows=1, cols=len(photos))
    widths = [aspect * height for aspect in aspects]
    spare = (_BODY_MM - sum(widths)) / len(widths)
    column_widths(table, [width + spare for width in widths])
    for index, (photo, width) in enumerate(zip(photos, widths, strict=True)):
        _photo(job, _cell(table, 0, index), photo, width)


def _photo(job: _Job, cell: Any, photo: SheetPhoto, width_mm: float) -> None:
    paragraph = cell.paragraphs[0]
    job.word.picture(
        paragraph,
        photo.path,
        key=str(photo.path),
        width_mm=width_mm,
        alt=photo.alt.joined(job.languages),
    )
    caption = cell.add_paragraph(style="Caption")
    if photo.is_sample:
        run(caption, f"[{job.labels['sample'].joined(job.languages)}] ", bold=True, colour=OCHRE)
    _bilingual(caption, photo.caption, job.languages)
    credit = cell.add_paragraph(style="Caption")
    by = f"{job.labels['photo'].joined(job.languages)}: {photo.credit.joined(job.languages)}"
    parts = (by, photo.licence.joined(job.languages))
    run(credit, " · ".join(part for part in parts if part), size=6.5, colour=QUIET)


def _facts(job: _Job, sheet: GeositeSheet) -> None:
    table = job.word.document.add_table(rows=len(sheet.rows) + 1, cols=3)
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    column_widths(table, (_LABEL_MM, _VALUE_MM, _SIDE_MM))
    for index, row in enumerate(sheet.rows, start=1):
        _fact(job, table, index, row)
    _header_row(job, table)
    rule_rows(table, 2)
    side = _cell(table, 0, 2).merge(_cell(table, len(sheet.rows), 2))
    for empty in side.paragraphs[1:]:
        side._tc.remove(empty._p)
    _side(job, side, sheet)


def _side(job: _Job, cell: Any, sheet: GeositeSheet) -> None:
    key, png = job.locators.of(sheet.place)
    alt = annex_words.map_alt(sheet.name, sheet.place.note, job.annex.boundary).joined(
        job.languages
    )
    job.word.picture(cell.paragraphs[0], png, key=key, width_mm=LOCATOR_MM[0], alt=alt)
    caption = cell.add_paragraph(style="Caption")
    _bilingual(caption, sheet.place.note, job.languages, size=7)
    run(caption, " " + job.labels["sketch"].joined(job.languages), size=7, colour=QUIET)
    _readiness(job, cell, sheet)
    paragraph = cell.add_paragraph()
    job.word.picture(
        paragraph,
        qr_png(sheet.uuid),
        key=f"qr-{sheet.uuid}",
        width_mm=16.0,
        alt=annex_words.qr_alt(sheet.code).joined(job.languages),
    )


def _readiness(job: _Job, cell: Any, sheet: GeositeSheet) -> None:
    title = cell.add_paragraph()
    _bilingual(title, job.labels["readiness"], job.languages, size=8, bold=True, colour=ACCENT)
    state = sheet.readiness
    if state is None:
        _bilingual(
            cell.add_paragraph(), job.labels["not_visited"], job.languages, size=7.5, colour=QUIET
        )
        return
    if state.is_sample:
        run(
            title,
            f" [{job.labels['sample'].joined(job.languages)}]",
            size=7.5,
            bold=True,
            colour=OCHRE,
        )
    for words in (state.score, state.coverage, state.visit):
        _bilingual(cell.add_paragraph(), words, job.languages, size=7.5)
    if state.is_red:
        _bilingual(
            cell.add_paragraph(),
            job.labels["red_flag"],
            job.languages,
            size=8,
            bold=True,
            colour=RED,
        )


def _texts(job: _Job, sheet: GeositeSheet) -> None:
    if not sheet.texts:
        return
    table = job.word.document.add_table(rows=1, cols=len(job.languages))
    column_widths(table, [_BODY_MM / len(job.languages)] * len(job.languages))
    for index, language in enumerate(job.languages):
        _text_column(job, _cell(table, 0, index), sheet, language)


def _text_column(job: _Job, cell: Any, sheet: GeositeSheet, language: str) -> None:
    is_first = True
    for text in sheet.texts:
        title = cell.paragraphs[0] if is_first else cell.add_paragraph()
        title.style, is_first = "Heading 2", False
        run(title, getattr(text.title, language), language=language)
        body = getattr(text.body, language)
        lines = [line.strip() for line in body.splitlines() if line.strip()]
        for line in lines:
            run(cell.add_paragraph(), line, language=language, size=8.5)
        if not lines:
            missing = getattr(job.labels["no_text"], language)
            run(cell.add_paragraph(), missing, language=language, size=8.5, colour=OCHRE)


def _header_row(job: _Job, table: Any) -> None:
    for index, name in enumerate(("item", "content")):
        cell = _cell(table, 0, index)
        shade(cell, "EEF3F0")
        _bilingual(
            cell.paragraphs[0], job.labels[name], job.languages, size=7.5, bold=True, colour=ACCENT
        )
    repeat_header(table.rows[0])


def _fact(job: _Job, table: Any, index: int, row: SheetRow) -> None:
    label, value = _cell(table, index, 0), _cell(table, index, 1)
    _bilingual(label.paragraphs[0], row.label, job.languages, size=7.5, colour=QUIET)
    _bilingual(value.paragraphs[0], row.value, job.languages, size=8)
    for cell in (label, value):
        cell.paragraphs[0].paragraph_format.space_after = Pt(1)


def _cell(table: Any, row: int, column: int) -> Any:
    # Table.cell lists every cell of the table at each call.
    return _Cell(table._tbl.tr_lst[row].tc_lst[column], table)

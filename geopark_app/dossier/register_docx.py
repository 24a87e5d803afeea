"""A register as a Word document to be edited: entries with headings, or tables as on paper."""

from pathlib import Path
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Mm
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from geopark_app.dossier.annex import SheetPhoto
from geopark_app.dossier.bilingual import Bilingual
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.register import PrintedRegister, RegisterCell, RegisterGroup
from geopark_app.dossier.word_document import (
    OCHRE,
    QUIET,
    RED,
    WordDocument,
    column_widths,
    field,
    repeat_header,
    run,
    shade,
)
from geopark_app.store.writing_files import translated_os_errors

_BODY_MM = 176.0
_LANDSCAPE_MM = 263.0
_PICTURE_MM = 60.0
_HEAD_COLOUR = "EEF3F0"
_SIZE = 8


def write_register_docx(register: PrintedRegister, path: Path) -> None:
    """Write the register as DOCX.

    Raises
    ------
    GeoparkError
        An environment code when the file cannot be written.
    """
    languages = register.languages
    word = WordDocument(language=languages[0])
    word.set_properties(
        title=register.title.joined(languages),
        subject=register.subtitle.joined(languages),
        author=register.body.joined(languages)[:250],
        keywords="geopark, register",
        made_at=register.made_at,
    )
    document = word.document
    section = document.sections[0]
    section.different_first_page_header_footer = False
    if register.is_table:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    _running_lines(register, section)
    document.add_paragraph(register.title.joined(languages), style="Title")
    document.add_paragraph(register.subtitle.joined(languages), style="Subtitle")
    if register.is_sample:
        run(document.add_paragraph(), _("SAMPLE").joined(languages), bold=True, colour=OCHRE)
    for note in register.notes:
        run(document.add_paragraph(), note.joined(languages), colour=OCHRE)
    for number, group in enumerate(register.groups, start=1):
        if not group.heading.is_empty:
            word.heading(group.heading.joined(languages), 1)
        if register.is_table:
            _table(register, word, group, number)
            continue
        for row in group.rows:
            _entry(register, word, group, row)
    with translated_os_errors(path):
        word.save(path, register.made_at)


def _running_lines(register: PrintedRegister, section: Any) -> None:
    header = section.header.paragraphs[0]
    run(header, register.geopark.joined(register.languages))
    footer = section.footer.paragraphs[0]
    width = _LANDSCAPE_MM if register.is_table else _BODY_MM
    footer.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
    run(footer, register.footer.joined(register.languages) + "\t")
    field(footer, "PAGE", "1")


def _table(
    register: PrintedRegister, word: WordDocument, group: RegisterGroup, number: int
) -> None:
    """Add a group as a table with its caption; the header row repeats on every page."""
    languages = register.languages
    caption = word.document.add_paragraph(style="Caption")
    caption.paragraph_format.keep_with_next = True
    run(caption, _("Table").joined(languages) + " ", bold=True)
    field(caption, "SEQ Table \\* ARABIC", str(number))
    words = register.title if group.heading.is_empty else group.heading
    run(caption, f". {words.joined(languages)}")
    columns = register.columns_of(group)
    table = word.document.add_table(rows=len(group.rows) + 1, cols=len(columns))
    table.style = word.document.styles["Table Grid"]
    shares = sum(column.share for column in columns)
    column_widths(table, [column.share / shares * _LANDSCAPE_MM for column in columns])
    # By its elements: `table.cell` counts the whole table again for every cell.
    rows = [[_Cell(cell, table) for cell in row.tc_lst] for row in table._tbl.tr_lst]
    for cell, column in zip(rows[0], columns, strict=True):
        run(cell.paragraphs[0], column.label.joined(languages), bold=True, size=_SIZE)
        shade(cell, _HEAD_COLOUR)
    repeat_header(table.rows[0])
    for row in table._tbl.tr_lst:
        row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cells, printed in zip(rows[1:], group.rows, strict=True):
        for cell, one in zip(cells, printed, strict=True):
            _fill(register, word, cell, one)
    word.document.add_paragraph()


def _fill(register: PrintedRegister, word: WordDocument, cell: Any, printed: RegisterCell) -> None:
    paragraph = cell.paragraphs[0]
    for at, line in enumerate(printed.lines):
        if at:
            paragraph = cell.add_paragraph()
        _twin(paragraph, line, register.languages, RED if printed.is_alarm else None, size=_SIZE)
    for picture in printed.pictures:
        _picture(register, word, cell.add_paragraph(), cell.add_paragraph(style="Caption"), picture)


def _entry(
    register: PrintedRegister,
    word: WordDocument,
    group: RegisterGroup,
    row: tuple[RegisterCell, ...],
) -> None:
    languages = register.languages
    heading = " ".join(line.joined(languages) or line.of(languages[0]) for line in row[0].lines)
    word.heading(heading or "–", 2)
    columns = register.columns_of(group)
    for column, cell in zip(columns[1:], row[1:], strict=True):
        lines = [line for line in cell.lines if not line.is_empty]
        if not lines and not cell.pictures:
            continue
        paragraph = word.document.add_paragraph()
        run(paragraph, f"{column.label.joined(register.languages)}: ", bold=True, colour=QUIET)
        for at, line in enumerate(lines):
            if at:
                paragraph = word.document.add_paragraph()
                paragraph.paragraph_format.left_indent = Mm(6)
            _twin(paragraph, line, register.languages, RED if cell.is_alarm else None)
        for picture in cell.pictures:
            place = word.document.add_paragraph()
            caption = word.document.add_paragraph(style="Caption")
            _picture(register, word, place, caption, picture)


def _picture(
    register: PrintedRegister,
    word: WordDocument,
    place: Paragraph,
    caption: Paragraph,
    photo: SheetPhoto,
) -> None:
    languages = register.languages
    # A tall picture is made narrower, so that no row is higher than its page.
    width = min(_PICTURE_MM, _PICTURE_MM * photo.width / max(photo.height, 1))
    word.picture(
        place, photo.path, key=str(photo.path), width_mm=width, alt=photo.alt.joined(languages)
    )
    if photo.is_sample:
        run(caption, f"[{_('SAMPLE').joined(languages)}] ", bold=True, colour=OCHRE)
    _twin(caption, photo.caption, languages, None)
    run(caption, f" · {photo.credit.joined(languages)}", colour=QUIET)


def _twin(
    paragraph: Any, words: Bilingual, languages: tuple[str, ...], colour: Any, *, size: float = 0
) -> None:
    used = [language for language in languages if getattr(words, language)]
    if not used and not words.is_empty:
        used = ["vi" if words.vi else "en"]
    if len(used) == 2 and words.vi == words.en:
        used = used[:1]
    for at, language in enumerate(used):
        text = getattr(words, language)
        run(
            paragraph,
            f" / {text}" if at else text,
            italic=at > 0,
            language=language,
            colour=colour,
            size=size,
        )

"""A register as a Word document: a heading for each entry, its facts below, to be edited."""

from pathlib import Path
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm

from geopark_app.dossier.bilingual import Bilingual
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.register import PrintedRegister, RegisterCell
from geopark_app.dossier.word_document import OCHRE, QUIET, RED, WordDocument, field, run
from geopark_app.store.writing_files import translated_os_errors

_BODY_MM = 176.0


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
    document.sections[0].different_first_page_header_footer = False
    _running_lines(register, document.sections[0])
    document.add_paragraph(register.title.joined(languages), style="Title")
    document.add_paragraph(register.subtitle.joined(languages), style="Subtitle")
    if register.is_sample:
        run(document.add_paragraph(), _("SAMPLE").joined(languages), bold=True, colour=OCHRE)
    for note in register.notes:
        run(document.add_paragraph(), note.joined(languages), colour=OCHRE)
    for group in register.groups:
        if not group.heading.is_empty:
            word.heading(group.heading.joined(languages), 1)
        for row in group.rows:
            _entry(register, word, row)
    with translated_os_errors(path):
        word.save(path, register.made_at)


def _running_lines(register: PrintedRegister, section: Any) -> None:
    header = section.header.paragraphs[0]
    run(header, register.geopark.joined(register.languages))
    footer = section.footer.paragraphs[0]
    footer.paragraph_format.tab_stops.add_tab_stop(Mm(_BODY_MM), WD_TAB_ALIGNMENT.RIGHT)
    run(footer, register.footer.joined(register.languages) + "\t")
    field(footer, "PAGE", "1")


def _entry(register: PrintedRegister, word: WordDocument, row: tuple[RegisterCell, ...]) -> None:
    heading = " ".join(line.joined(register.languages) for line in row[0].lines)
    word.heading(heading or "–", 2)
    for column, cell in zip(register.columns[1:], row[1:], strict=True):
        lines = [line for line in cell.lines if not line.is_empty]
        if not lines:
            continue
        paragraph = word.document.add_paragraph()
        run(paragraph, f"{column.label.joined(register.languages)}: ", bold=True, colour=QUIET)
        for at, line in enumerate(lines):
            if at:
                paragraph = word.document.add_paragraph()
                paragraph.paragraph_format.left_indent = Mm(6)
            _twin(paragraph, line, register.languages, RED if cell.is_alarm else None)


def _twin(paragraph: Any, words: Bilingual, languages: tuple[str, ...], colour: Any) -> None:
    used = [language for language in languages if getattr(words, language)]
    if len(used) == 2 and words.vi == words.en:
        used = used[:1]
    for at, language in enumerate(used):
        text = getattr(words, language)
        run(
            paragraph, f" / {text}" if at else text, italic=at > 0, language=language, colour=colour
        )

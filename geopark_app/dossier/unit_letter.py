"""A letter to a commune or department in the layout of Vietnamese administration, as DOCX.

Number, date and signature stay blank: the office fills them when it sends the letter. The layout
(margins, sizes, places of the parts) follows Nghị định 30/2020/NĐ-CP as commonly used.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from geopark_app.dossier.word_document import (
    WordDocument,
    column_widths,
    field,
    repeat_header,
    run,
    shade,
)
from geopark_app.store.writing_files import translated_os_errors

_FONT = "Times New Roman"
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER
_HEAD = (70, 95)
_TABLE = (11, 58, 40, 56)
_FOOT = (75, 90)
_INDENT_MM = 10
_RULE_INDENT = 1300  # twentieths of a point at either side


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTable:
    """Rows of one kind: name, place, what is stated now."""

    title: str
    rows: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLetter:
    """The letter in words.

    Attributes
    ----------
    above, sender : str
        The body above the sender, and the sender.
    words : mapping of str to str
        Fixed parts by name; see resources/letters/unit-request.json.
    body, copies : sequence of str
        Paragraphs; lines below the text at the left.
    headings : sequence of str
        Of the tables.
    tables : sequence of LetterTable
        The rows of the unit.
    author : str
        In the properties.
    """

    above: str
    sender: str
    words: Mapping[str, str]
    body: Sequence[str]
    copies: Sequence[str]
    headings: Sequence[str]
    tables: Sequence[LetterTable]
    author: str


def write_letter(letter: UnitLetter, path: Path, made_at: datetime) -> None:
    """Write the letter.

    Raises
    ------
    GeoparkError
        An environment code when the file cannot be written.
    """
    made = WordDocument(language="vi")
    about = letter.words["about"]
    made.set_properties(
        title=about, subject=letter.words["to"], author=letter.author, keywords="", made_at=made_at
    )
    document = made.document
    _set_layout(document)
    _write_head(document, letter)
    _paragraph(document, letter.words["to"], align=_CENTRE, before=12, after=12)
    for line in letter.body:
        paragraph = _paragraph(document, line, align=WD_ALIGN_PARAGRAPH.JUSTIFY, after=6)
        paragraph.paragraph_format.first_line_indent = Mm(_INDENT_MM)
    for table in letter.tables:
        _write_table(document, letter, table)
    last = _paragraph(document, letter.words["end"], before=8, after=8)
    last.paragraph_format.first_line_indent = Mm(_INDENT_MM)
    last.paragraph_format.keep_with_next = True
    _write_foot(document, letter)
    with translated_os_errors(path):
        made.save(path, made_at)


def _set_layout(document: Any) -> None:
    section = document.sections[0]
    section.left_margin, section.right_margin = Mm(28), Mm(17)
    section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance = Mm(10)
    for name in ("Normal", "Header"):
        style = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(13)
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            style.element.get_or_add_rPr().get_or_add_rFonts().set(qn(f"w:{script}"), _FONT)
        style.font.color.rgb = None
    # The number of a page stands above its text, from the second page on.
    above = section.header.paragraphs[0]
    above.alignment = _CENTRE
    field(above, "PAGE", "2")


def _write_head(document: Any, letter: UnitLetter) -> None:
    left, right = _bare_row(document, _HEAD)
    if letter.above:
        _say(left.paragraphs[0], letter.above.upper(), size=12)
    own = left.add_paragraph() if letter.above else left.paragraphs[0]
    _say(own, letter.sender.upper(), size=12, bold=True)
    _rule(own)
    _say(left.add_paragraph(), letter.words["number"], size=13, before=6)
    _say(left.add_paragraph(), letter.words["about"], size=12)
    _say(right.paragraphs[0], letter.words["state"], size=12, bold=True)
    motto = right.add_paragraph()
    _say(motto, letter.words["motto"], size=13, bold=True)
    _rule(motto)
    _say(right.add_paragraph(), letter.words["place_and_day"], size=13, italic=True, before=6)


def _write_table(document: Any, letter: UnitLetter, table: LetterTable) -> None:
    title = _paragraph(document, f"{table.title} ({len(table.rows)})", bold=True, before=6, after=3)
    title.paragraph_format.keep_with_next = True
    made = document.add_table(rows=1, cols=len(_TABLE))
    made.style = "Table Grid"
    for cell, words in zip(made.rows[0].cells, letter.headings, strict=True):
        _say(cell.paragraphs[0], words, size=11, bold=True)
        shade(cell, "E9EEEC")
    repeat_header(made.rows[0])
    for number, row in enumerate(table.rows, start=1):
        cells = made.add_row().cells
        for cell, words in zip(cells, (str(number), *row), strict=True):
            paragraph = cell.paragraphs[0]
            run(paragraph, words, size=11)
            paragraph.paragraph_format.space_after = Pt(1)
        cells[0].paragraphs[0].alignment = _CENTRE
    for row in made.rows:
        kept = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(kept)
    column_widths(made, _TABLE)


def _write_foot(document: Any, letter: UnitLetter) -> None:
    left, right = _bare_row(document, _FOOT)
    first = left.paragraphs[0]
    run(first, letter.words["copies_title"], size=12, bold=True, italic=True)
    first.paragraph_format.space_after = Pt(0)
    for line in letter.copies:
        paragraph = left.add_paragraph()
        run(paragraph, line, size=11)
        paragraph.paragraph_format.space_after = Pt(0)
    _say(right.paragraphs[0], letter.words["signature"], size=13, bold=True)
    _say(right.add_paragraph(), letter.words["signature_name"], size=12, italic=True, before=66)


def _bare_row(document: Any, widths: Sequence[float]) -> tuple[Any, Any]:
    table = document.add_table(rows=1, cols=len(widths))
    column_widths(table, widths)
    row = table.rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    left, right = row.cells
    return left, right


def _paragraph(
    document: Any,
    words: str,
    *,
    align: Any = None,
    bold: bool = False,
    before: float = 0,
    after: float = 2,
) -> Any:
    paragraph = document.add_paragraph()
    run(paragraph, words, bold=bold)
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)
    return paragraph


def _say(
    paragraph: Any,
    words: str,
    *,
    size: float,
    bold: bool = False,
    italic: bool = False,
    before: float = 0,
) -> None:
    run(paragraph, words, size=size, bold=bold, italic=italic)
    paragraph.alignment = _CENTRE
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(0)


def _rule(paragraph: Any) -> None:
    """Draw the short line below the name of the sender and the motto."""
    line = OxmlElement("w:p")
    paragraph._p.addnext(line)
    properties = OxmlElement("w:pPr")
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    spacing = OxmlElement("w:spacing")
    for name, value in (("before", "60"), ("after", "0"), ("line", "60"), ("lineRule", "exact")):
        spacing.set(qn(f"w:{name}"), value)
    indent = OxmlElement("w:ind")
    for name in ("left", "right"):
        indent.set(qn(f"w:{name}"), str(_RULE_INDENT))
    for element in (borders, spacing, indent):
        properties.append(element)
    line.append(properties)

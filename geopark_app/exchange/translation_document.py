"""Texts for the translator as one Word document: Vietnamese at the left, English to be written.

Each English text stands in a content control that cannot be deleted; its tag, and a hidden word
beside the Vietnamese text for programs that drop such controls, say whose text it is.
"""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from geopark_app.domain.text import clean
from geopark_app.store.writing_files import write_atomically

MARK = "gp1"
PLACEHOLDER = "[English]"
_ALIAS_LENGTH = 60
_GREY = "6B6B6B"
_SHADE = "EEF3F0"
_WIDTH_CM = 13.2


@dataclass(frozen=True, slots=True, kw_only=True)
class TextToTranslate:
    """One text.

    Attributes
    ----------
    key : str
        Whose text it is, as `key_of` gives it.
    label : str
        Name of the field and the state of the text, for the translator.
    vi, en : str
        The texts.
    """

    key: str
    label: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextsOfRecord:
    """The texts of one record under its name."""

    title: str
    texts: tuple[TextToTranslate, ...]


def key_of(uuid: str, field: str, english: str) -> str:
    """Give the key of a text; Word keeps at most 64 letters of it, so names are shortened."""
    return ":".join((MARK, uuid, short(field), short(english)))


def short(text: str) -> str:
    """Give six letters that stand for a text."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8")).hexdigest()[:6]


def write_document(
    path: Path,
    records: Sequence[TextsOfRecord],
    *,
    title: str,
    lines: Sequence[str],
    author: str,
    made_at: datetime,
) -> None:
    """Write the document.

    Parameters
    ----------
    path
        The file.
    records
        What to translate.
    title, lines
        Heading, and what the translator should know.
    author, made_at
        Properties of the document.

    Raises
    ------
    GeoparkError
        An environment code when the file cannot be written.
    """
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    document = docx.Document()
    document.core_properties.author = author
    document.core_properties.title = title
    document.core_properties.created = made_at.replace(tzinfo=None)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(10)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.6)
    section.top_margin = section.bottom_margin = Cm(1.6)
    document.add_heading(clean(title), level=1)
    for line in lines:
        document.add_paragraph(clean(line))
    number = 0
    for record in records:
        document.add_heading(clean(record.title), level=2)
        table = document.add_table(rows=1, cols=2, style="Table Grid")
        table.autofit = False
        _head(table.rows[0])
        for text in record.texts:
            number += 1
            _fill(table.add_row(), text, number)
        for row in table.rows:
            for cell in row.cells:
                cell.width = Cm(_WIDTH_CM)
    held = io.BytesIO()
    document.save(held)
    write_atomically(path, held.getvalue())


def _head(row: Any) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    for cell, words in zip(row.cells, ("Tiếng Việt", "English"), strict=True):
        cell.paragraphs[0].add_run(words).bold = True
        cell._tc.get_or_add_tcPr().append(
            parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{_SHADE}"/>')
        )
    properties = row._tr.get_or_add_trPr()
    properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def _fill(row: Any, text: TextToTranslate, number: int) -> None:
    from docx.shared import Pt, RGBColor

    left, right = row.cells
    label = left.paragraphs[0].add_run(clean(text.label))
    label.font.size, label.font.color.rgb = Pt(8), RGBColor.from_string(_GREY)
    key = left.paragraphs[0].add_run(f" [{text.key}]")
    key.font.hidden = True
    for line in clean(text.vi).split("\n"):
        left.add_paragraph(line)
    right.paragraphs[0]._p.append(_control(text, number))


def _control(text: TextToTranslate, number: int) -> Any:
    """Give the content control that holds the English text, with lines as line breaks."""
    from docx.oxml import OxmlElement, parse_xml
    from docx.oxml.ns import nsdecls, qn

    is_empty = not text.en.strip()
    holder = "<w:showingPlcHdr/>" if is_empty else ""
    control = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr>"
        f"<w:alias w:val={quoteattr(clean(text.label)[:_ALIAS_LENGTH])}/>"
        f"<w:tag w:val={quoteattr(text.key)}/><w:id w:val={quoteattr(str(number))}/>"
        f'<w:lock w:val="sdtLocked"/>{holder}<w:text w:multiLine="1"/></w:sdtPr>'
        "<w:sdtContent><w:r/></w:sdtContent></w:sdt>"
    )
    run: Any = control.find(f".//{qn('w:r')}")
    for at, line in enumerate((PLACEHOLDER if is_empty else clean(text.en)).split("\n")):
        if at:
            run.append(OxmlElement("w:br"))
        piece = OxmlElement("w:t")
        piece.text = line
        piece.set(qn("xml:space"), "preserve")
        run.append(piece)
    return control

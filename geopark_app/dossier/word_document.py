"""A Word document with what python-docx leaves out: fields, languages, alternative texts, contents.

Pictures are added here in constant time each: python-docx hashes every earlier picture, searches a
free name and reads every id of the document for each new one, which is quadratic.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.image.image import Image
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.parts.image import ImagePart
from docx.shared import Emu, Mm, Pt, RGBColor

FONT = "Arial"
INK = RGBColor(0x1D, 0x27, 0x30)
ACCENT = RGBColor(0x1F, 0x5A, 0x4C)
QUIET = RGBColor(0x55, 0x60, 0x6A)
OCHRE = RGBColor(0x8A, 0x4B, 0x08)
RED = RGBColor(0xA8, 0x1C, 0x1C)
LOCALES = {"vi": "vi-VN", "en": "en-GB"}

_FIRST_PICTURE_ID = 1000


class WordDocument:
    """A document being built.

    Attributes
    ----------
    document : docx.document.Document
        The document of python-docx.
    """

    def __init__(self, *, language: str) -> None:
        """Start an empty A4 document whose text is in `language` unless a run says otherwise."""
        self.document: Any = docx.Document()
        self._pictures: dict[Path | str, tuple[str, Image]] = {}
        self._picture_count = 0
        self._bookmark_count = 0
        self._set_page()
        _set_styles(self.document.styles, language)

    def _set_page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(17)
        section.top_margin, section.bottom_margin = Mm(20), Mm(16)
        section.header_distance = section.footer_distance = Mm(8)
        section.different_first_page_header_footer = True

    def set_properties(
        self, *, title: str, subject: str, author: str, keywords: str, made_at: datetime
    ) -> None:
        """Fill the document properties."""
        properties = self.document.core_properties
        properties.title, properties.subject, properties.author = title, subject, author
        properties.keywords, properties.comments = keywords, ""
        properties.last_modified_by = author
        properties.created = properties.modified = made_at.astimezone(UTC).replace(tzinfo=None)

    def picture(
        self, paragraph: Any, source: Path | bytes, *, key: str, width_mm: float, alt: str
    ) -> None:
        """Add a picture to a paragraph; the same `key` stores its bytes once."""
        relation, image = self._stored(source, key)
        width = Mm(width_mm)
        height = Emu(round(width * image.px_height / image.px_width))
        self._picture_count += 1
        number = _FIRST_PICTURE_ID + self._picture_count
        inline = CT_Inline.new_pic_inline(number, relation, f"picture{number}", width, height)
        for described in inline.iter(qn("wp:docPr"), qn("pic:cNvPr")):
            described.set("descr", alt)
            described.set("name", f"picture{number}")
        paragraph.add_run()._r.add_drawing(inline)

    def _stored(self, source: Path | bytes, key: str) -> tuple[str, Image]:
        if key not in self._pictures:
            content = source if isinstance(source, bytes) else source.read_bytes()
            image = Image.from_blob(content)
            number = len(self._pictures) + 1
            name = PackURI(f"/word/media/annex{number}.{image.ext}")
            part = self.document.part
            relation = f"rIdPicture{number}"
            part.rels.add_relationship(
                RELATIONSHIP_TYPE.IMAGE,
                ImagePart(name, image.content_type, content, part.package),
                relation,
            )
            self._pictures[key] = (relation, image)
        return self._pictures[key]

    def heading(self, text: str, level: int, *, bookmark: str = "", new_page: bool = False) -> Any:
        """Add a heading, with a bookmark the contents point to."""
        paragraph = self.document.add_paragraph(style=f"Heading {level}")
        paragraph.paragraph_format.page_break_before = new_page
        if bookmark:
            self._bookmark_count += 1
            start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
            for element in (start, end):
                element.set(qn("w:id"), str(self._bookmark_count))
            start.set(qn("w:name"), bookmark)
            paragraph._p.append(start)
            paragraph.add_run(text)
            paragraph._p.append(end)
        else:
            paragraph.add_run(text)
        return paragraph

    def contents(self, entries: Sequence[tuple[str, str, int]]) -> None:
        """Add the table of contents: (text, bookmark, page), shown at once and updatable by F9."""
        for index, (text, bookmark, page) in enumerate(entries):
            paragraph = self.document.add_paragraph(style="TOC 1")
            if index == 0:
                _begin_field(paragraph, 'TOC \\o "1-1" \\h \\z')
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), bookmark)
            paragraph._p.append(link)
            before = len(paragraph.runs)
            paragraph.add_run(text)
            paragraph.add_run("\t")
            field(paragraph, f"PAGEREF {bookmark} \\h", str(page))
            for run in paragraph._p.findall(qn("w:r"))[before:]:
                link.append(run)
            if index == len(entries) - 1:
                _field_part(paragraph, "end")

    def save(self, path: Path, made_at: datetime) -> None:
        """Write the file; the same content gives the same bytes."""
        buffer = io.BytesIO()
        self.document.save(buffer)
        stamp = made_at.astimezone(UTC).timetuple()[:6]
        with (
            zipfile.ZipFile(buffer) as source,
            path.open("wb") as file,
            zipfile.ZipFile(file, "w") as target,
        ):
            for name in source.namelist():
                entry = zipfile.ZipInfo(name, date_time=stamp)
                is_packed = name.endswith((".jpg", ".jpeg", ".png"))
                entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
                target.writestr(entry, source.read(name))


def run(
    paragraph: Any,
    text: str,
    *,
    language: str = "",
    size: float = 0,
    bold: bool = False,
    italic: bool = False,
    colour: RGBColor | None = None,
) -> Any:
    """Add text to a paragraph, in a language of its own if one is given."""
    added = paragraph.add_run(text)
    added.bold, added.italic = bold or None, italic or None
    if size:
        added.font.size = Pt(size)
    if colour is not None:
        added.font.color.rgb = colour
    if language:
        tongue = OxmlElement("w:lang")
        tongue.set(qn("w:val"), LOCALES[language])
        added._r.get_or_add_rPr().append(tongue)
    return added


def field(paragraph: Any, instruction: str, shown: str) -> None:
    """Add a field with the result readers see before it is updated."""
    _begin_field(paragraph, instruction)
    paragraph.add_run(shown)
    _field_part(paragraph, "end")


def column_widths(table: Any, millimetres: Sequence[float]) -> None:
    """Set the widths of the columns: Word reads the grid, LibreOffice every single cell."""
    table.autofit = False
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, millimetres, strict=True):
        column.w = Mm(width)
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, millimetres, strict=True):
            cell.width = Mm(width)


def repeat_header(row: Any) -> None:
    """Mark a table row as the header row."""
    header = OxmlElement("w:tblHeader")
    row._tr.get_or_add_trPr().append(header)


def shade(cell: Any, colour: str) -> None:
    """Give a cell a background."""
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:color"), "auto")
    shading.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shading)


def rule_rows(table: Any, columns: int) -> None:
    """Draw a thin line under the first columns of every row and no other lines."""
    for row in table._tbl.tr_lst:
        for cell in row.tc_lst[:columns]:
            borders, bottom = OxmlElement("w:tcBorders"), OxmlElement("w:bottom")
            for name, value in (("val", "single"), ("sz", "4"), ("color", "C3CDC8")):
                bottom.set(qn(f"w:{name}"), value)
            borders.append(bottom)
            cell.get_or_add_tcPr().append(borders)


def _begin_field(paragraph: Any, instruction: str) -> None:
    _field_part(paragraph, "begin")
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    paragraph.add_run()._r.append(code)
    _field_part(paragraph, "separate")


def _field_part(paragraph: Any, kind: str) -> None:
    part = OxmlElement("w:fldChar")
    part.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(part)


def _set_styles(styles: Any, language: str) -> None:
    defaults = styles.element.find(qn("w:docDefaults"))
    for tongue in defaults.iter(qn("w:lang")):
        tongue.set(qn("w:val"), LOCALES[language])
        tongue.set(qn("w:eastAsia"), LOCALES[language])
    _style(styles["Normal"], size=9, after=2)
    _style(styles["Title"], size=24, after=6, bold=True, colour=INK)
    _style(styles["Subtitle"], size=14, after=8, colour=QUIET)
    _style(styles["Heading 1"], size=14, after=2, bold=True, colour=ACCENT)
    _style(styles["Heading 2"], size=9, after=1, bold=True, colour=ACCENT, before=4)
    _style(styles["Caption"], size=7.5, after=2, bold=False, colour=INK)
    _style(styles["Header"], size=7.5, after=0, colour=QUIET)
    _style(styles["Footer"], size=7.5, after=0, colour=QUIET)
    for name in ("Header", "Footer"):
        # Word's own stops stand in the middle and at another page width.
        for tabs in styles[name].element.findall(f".//{qn('w:tabs')}"):
            tabs.getparent().remove(tabs)
    contents = styles.add_style("TOC 1", WD_STYLE_TYPE.PARAGRAPH)
    contents.base_style = styles["Normal"]
    _style(contents, size=9, after=2)
    contents.paragraph_format.tab_stops.add_tab_stop(
        Mm(176), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )


def _style(
    style: Any,
    *,
    size: float,
    after: float,
    before: float = 0,
    bold: bool | None = None,
    colour: RGBColor | None = None,
) -> None:
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if "Theme" in name:
            del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    if colour is not None:
        style.font.color.rgb = colour
    style.paragraph_format.space_after = Pt(after)
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.line_spacing = 1.0

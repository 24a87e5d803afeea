"""Workbooks and Word documents as an office's copy of a form comes: merged, locked, computed."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import docx
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

ROWS = ("1.1.1.a", "1.1.2.a", "1.2.2.b")


def make_workbook(path: Path) -> None:
    """Write a form: codes in A, own points in D, evaluators in E, evidence in F, count in G."""
    book = xlsxwriter.Workbook(str(path))
    book.set_calc_mode("auto")
    sheet = book.add_worksheet("Form A")
    free = book.add_format({"locked": False, "border": 1})
    sheet.merge_range("A1:G1", "Self-evaluation", book.add_format({"bold": True}))
    for at, words in enumerate(("Code", "Item", "Max", "Self", "Evaluator", "Evidence", "Count")):
        sheet.write(2, at, words)
    for row, code in enumerate(ROWS, start=3):
        sheet.write_string(row, 0, code)
        sheet.write_string(row, 1, f"Item {code} & <more>")
        sheet.write_number(row, 2, 100)
        sheet.write_blank(row, 3, None, free)
        sheet.write_blank(row, 4, None, free)
        sheet.write_blank(row, 6, None, free)
    sheet.write_string("F4", "see annex", free)
    sheet.merge_range("F5:F6", "", free)
    sheet.write_string("A8", "Total")
    sheet.write_formula("D8", "=SUM(D4:D6)", None, 0)
    sheet.data_validation("D4", {"validate": "integer", "criteria": ">=", "value": 0})
    sheet.protect("geheim")
    other = book.add_worksheet("Notes")
    other.write_string("A1", "Applicant")
    book.add_worksheet("Lists").hide()
    book.close()


def with_parts(source: Path, out: Path, parts: Mapping[str, bytes | None]) -> None:
    """Copy an archive with some parts replaced, added, or (None) left out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, data in parts.items():
            if data is not None:
                new.writestr(name, data)


def part(path: Path, name: str) -> bytes:
    """Give the bytes of one part."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def parts(path: Path) -> dict[str, bytes]:
    """Give the bytes of all parts."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


_CONTROL = """<w:sdt {ns}><w:sdtPr><w:tag w:val="{tag}"/>{more}</w:sdtPr><w:sdtContent>{content}
</w:sdtContent></w:sdt>"""
_RUN = '<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>Click here</w:t></w:r>'
_BOX = """<w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">
<w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>
<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>"""


def make_document(path: Path) -> None:
    """Write a form of a table, content controls, a box and a bookmark."""
    document = docx.Document()
    document.add_heading("Self-evaluation")
    table = document.add_table(rows=4, cols=4)
    for cell, words in zip(table.rows[0].cells, ("Code", "Item", "Self", "Evidence"), strict=True):
        cell.text = words
    for row, code in zip(table.rows[1:], ROWS, strict=True):
        row.cells[0].text = code
        row.cells[1].text = f"Item {code}"
    run = table.rows[1].cells[2].paragraphs[0].add_run("old")
    run.bold = True
    table.rows[1].cells[2].paragraphs[0].add_run(" value")
    field = '<w:fldSimple %s w:instr="DATE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    table.rows[3].cells[3].paragraphs[0]._p.append(parse_xml(field % nsdecls("w")))
    ns = nsdecls("w")
    for tag, more in (
        ("score", "<w:showingPlcHdr/>"),
        ("locked", '<w:lock w:val="contentLocked"/>'),
    ):
        control = _CONTROL.format(ns=ns, tag=tag, more=more, content=_RUN)
        document.add_paragraph("Value: ")._p.append(parse_xml(control))
    box = _CONTROL.format(ns=ns, tag="box", more=_BOX, content="<w:r><w:t>\u2610</w:t></w:r>")
    document.add_paragraph("Yes ")._p.append(parse_xml(box))
    paragraph = document.add_paragraph("Total: ")
    paragraph._p.append(parse_xml(f'<w:bookmarkStart {ns} w:id="7" w:name="total"/>'))
    paragraph.add_run("0")
    paragraph._p.append(parse_xml(f'<w:bookmarkEnd {ns} w:id="7"/>'))
    document.save(str(path))

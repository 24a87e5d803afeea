"""Files as people attach them, and as nobody should: made by hand, small, without a network."""

import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pikepdf

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
)


def pdf(*pages: str, password: str | None = None, owner: str = "") -> bytes:
    """Give a PDF with one line on each page; an empty line makes a page of a picture only."""
    made = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
        ToUnicode=pikepdf.Stream(made, _to_unicode("".join(pages))),
    )  # fmt: skip
    letters = sorted(set("".join(pages)))
    for text in pages:
        page = made.add_blank_page(page_size=(300, 200))
        codes = "".join(f"{letters.index(char) + 1:02x}" for char in text)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        drawn = f"BT /F1 12 Tf 20 100 Td <{codes}> Tj ET" if text else "0 0 50 50 re f"
        page.Contents = pikepdf.Stream(made, drawn.encode())
    held = io.BytesIO()
    if password is None:
        made.save(held)
    else:
        made.save(held, encryption=pikepdf.Encryption(user=password, owner=owner or "o", R=6))
    return held.getvalue()


def _to_unicode(text: str) -> bytes:
    letters = sorted(set(text))
    rows = "\n".join(
        f"<{at:02x}> <{char.encode('utf-16-be').hex()}>" for at, char in enumerate(letters, 1)
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{rows}\nendbfchar\nendcmap end end"
    ).encode()


def word(path: Path, *paragraphs: str) -> Path:
    """Write a Word document with a page break between its paragraphs."""
    document = docx.Document()
    for at, text in enumerate(paragraphs):
        if at:
            document.add_page_break()
        document.add_paragraph(text)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Ô trái", "Ô phải"
    document.sections[0].footer.paragraphs[0].text = "Chân trang Ban quản lý"
    document.save(str(path))
    return path


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    """Write a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def word_of(body: str, *, head: str = "") -> bytes:
    """Give a bare Word document with this XML as its body."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", _TYPES)
        parts.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?>{head}<w:document xmlns:w="http://schemas.openxmlformats.org/'
            f'wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>',
        )
    return held.getvalue()


def looping_pdf() -> bytes:
    """Give a PDF whose tree of pages contains itself."""
    made = pikepdf.new()
    made.add_blank_page()
    made.Root.Pages.Kids.append(made.Root.Pages)
    held = io.BytesIO()
    made.save(held, static_id=True)
    return held.getvalue()


def inflating_pdf(megabytes: int = 2_000) -> bytes:
    """Give a PDF whose page unpacks to far more than any page holds."""
    import zlib

    packer = zlib.compressobj(9)
    piece = b" " * 2**20
    packed = b"".join(packer.compress(piece) for _ in range(megabytes)) + packer.flush()
    made = pikepdf.new()
    page = made.add_blank_page()
    stream = pikepdf.Stream(made, b"")
    stream.write(packed, filter=pikepdf.Name.FlateDecode)
    page.Contents = stream
    held = io.BytesIO()
    made.save(held, compress_streams=False)
    return held.getvalue()

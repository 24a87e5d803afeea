"""Runs inside the worker: the text of Word documents and Excel workbooks, and nothing else."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from geopark_app.exchange.file_trouble import refused
from geopark_app.exchange.raw_table import EMPTY_ROWS_THAT_END, MOST_COLUMNS
from geopark_app.exchange.safe_archives import MOST_BYTES, check_archive
from geopark_app.exchange.safe_xml import refuse_entities

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml", "word/comments.xml")
_MARGINS = ("word/header", "word/footer")
_SHEET_CHARACTERS = 6_000
_CHUNK = 65_536
_DEEPEST = 300
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError,
)  # fmt: skip
_NO_SHEET = (
    ValueError, KeyError, TypeError, IndexError, AttributeError, SyntaxError, *_UNREADABLE,
)  # fmt: skip


def document_parts(path: Path) -> Iterator[tuple[str, str]]:
    """Give the pages of a Word document, as its last saving broke them; then its margins."""
    names = [member.filename for member in check_archive(path)]
    wanted = [name for name in _PARTS if name in names]
    wanted += [name for name in names if name.startswith(_MARGINS) and name.endswith(".xml")]
    with zipfile.ZipFile(path) as archive:
        for name in wanted:
            try:
                with archive.open(name) as stream:
                    refuse_entities(stream)
                with archive.open(name) as stream:
                    pages = WordText().read(stream)
            except _UNREADABLE as error:
                raise refused("damaged") from error
            for number, text in enumerate(pages, start=1):
                yield f"page:{number}" if name == _PARTS[0] else "note:", text


class WordText:
    """Collects the text of one part of a Word document, parted where its pages end."""

    def __init__(self) -> None:
        """Start with an empty page."""
        self._pages: list[list[str]] = [[]]
        self._by_hand: list[list[str]] = [[]]
        self._is_text = False
        self._depth = 0

    def read(self, stream: IO[bytes]) -> list[str]:
        """Give the pages: those Word drew, or those parted by hand where it drew none."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._take
        read = 0
        try:
            while chunk := stream.read(_CHUNK):
                read += len(chunk)
                if read > MOST_BYTES:
                    raise refused("bomb")
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise refused("damaged") from error
        pages = self._pages if len(self._pages) > 1 else self._by_hand
        return ["".join(page) for page in pages]

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise refused("damaged")
        name = tag.removeprefix(f"{_WORD} ")
        if name == "t":
            self._is_text = True
        elif name in {"tab", "cr"}:
            self._add("\t" if name == "tab" else "\n")
        elif name == "br":
            self._add("\n")
            if attributes.get(f"{_WORD} type") == "page":
                self._by_hand.append([])
        elif name == "lastRenderedPageBreak":
            self._pages.append([])

    def _end(self, tag: str) -> None:
        self._depth -= 1
        name = tag.removeprefix(f"{_WORD} ")
        if name == "t":
            self._is_text = False
        elif name == "p":
            self._add("\n")
        elif name == "tc":
            self._add("\t")

    def _take(self, text: str) -> None:
        if self._is_text:
            self._add(text)

    def _add(self, text: str) -> None:
        self._pages[-1].append(text)
        self._by_hand[-1].append(text)


def workbook_parts(path: Path) -> Iterator[tuple[str, str]]:
    """Give the rows of every sheet, so many together; values only, nothing is worked out."""
    for member in check_archive(path):
        if member.filename.lower().endswith((".xml", ".rels")):
            try:
                with zipfile.ZipFile(path) as archive, archive.open(member) as stream:
                    refuse_entities(stream)
            except _UNREADABLE as error:
                raise refused("damaged") from error
    import openpyxl

    # As an open file: the name in the store has no suffix, which openpyxl would refuse.
    with path.open("rb") as file:
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except _NO_SHEET as error:
            raise refused("damaged") from error
        yield from _sheets(book)


def _sheets(book: Any) -> Iterator[tuple[str, str]]:
    try:
        for sheet in book.worksheets:
            # What the sheet says of its size may be a lie that costs hours.
            sheet.reset_dimensions()
            for text in _rows(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)):
                yield f"sheet:{sheet.title}", text
    except _NO_SHEET as error:
        raise refused("damaged") from error
    finally:
        book.close()


def _rows(rows: Iterator[tuple[object, ...]]) -> Iterator[str]:
    piece: list[str] = []
    size = empty = 0
    for values in rows:
        line = "\t".join(str(value) for value in values if value is not None)
        empty = 0 if line else empty + 1
        if empty > EMPTY_ROWS_THAT_END:
            break
        if line:
            piece.append(line)
            size += len(line)
        if size >= _SHEET_CHARACTERS:
            yield "\n".join(piece)
            piece, size = [], 0
    yield "\n".join(piece)

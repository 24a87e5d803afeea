"""Runs inside the worker: takes the text out of one attached file, page by page."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from geopark_app.domain.errors import GeoparkError
from geopark_app.exchange.attached_office import document_parts, workbook_parts
from geopark_app.exchange.file_trouble import refused
from geopark_app.exchange.raw_table import MOST_FILE_BYTES, tidy
from geopark_app.exchange.safe_archives import check_archive
from geopark_app.exchange.text_encodings import decode, mend_cells

MOST_CHARACTERS = 20_000_000
MOST_PARTS = 20_000
PART_CHARACTERS = 6_000
_HEAD = 65_536
_PDF_MARK_WITHIN = 1024
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_SUFFIXES = {".txt", ".md", ".csv", ".tsv", ".log"}
_PAGE_TROUBLES = (
    ArithmeticError, AttributeError, LookupError, NotImplementedError, OSError, RecursionError,
    TypeError, ValueError, AssertionError,
)  # fmt: skip

Part = tuple[str, str]
"""Where a piece of text stands (`page:3`, `sheet:Tên`, `line:120`), and the text."""


def read_attached(job: Mapping[str, Any]) -> dict[str, Any]:
    """Give the text of a file with what can be said of it.

    Keys of the job: path; name (its file name, of which only the suffix counts, and only for
    plain text). The answer: `form` (pdf, docx, xlsx, text or empty), `state` (`text`, `scan`,
    `locked`, `damaged`, `too-much`, `old-office` or `no-text`), `parts` as `[place, text]`,
    `silent` (pages without a letter).
    """
    path = Path(job["path"])
    form = _form_of(path, str(job.get("name", "")))
    read = _READERS.get(form)
    if read is None:
        state = "old-office" if form == "old-office" else "no-text"
        return {"form": "", "state": state, "parts": [], "silent": 0}
    try:
        if path.stat().st_size > MOST_FILE_BYTES:
            raise refused("too-large")
        parts, silent = _tidied(read(path))
    except GeoparkError as error:
        state = _STATES.get(error.details.get("reason", ""), "damaged")
        return {"form": form, "state": state, "parts": [], "silent": 0}
    state = "text" if parts else "scan" if form == "pdf" and silent else "no-text"
    return {"form": form, "state": state, "parts": parts, "silent": silent}


_STATES = {"password": "locked", "bomb": "too-much", "too-large": "too-much"}


def _form_of(path: Path, name: str) -> str:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if b"%PDF-" in head[:_PDF_MARK_WITHIN]:
        return "pdf"
    if head.startswith(_OLD_OFFICE):
        # A workbook or document under a password is wrapped so too; it cannot be read either.
        return "locked-office" if "EncryptedPackage".encode("utf-16-le") in head else "old-office"
    if head.startswith(b"PK"):
        return _form_of_archive(path)
    is_binary = b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return "text" if Path(name).suffix.lower() in _TEXT_SUFFIXES and not is_binary else ""


def _form_of_archive(path: Path) -> str:
    try:
        names = {member.filename for member in check_archive(path)}
    except GeoparkError:
        return "bad-archive"
    for name, form in (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx")):
        if name in names:
            return form
    return ""


def _tidied(parts: Iterator[Part]) -> tuple[list[Part], int]:
    """Clean the texts, convert old fonts, and count pages without a letter."""
    found: list[Part] = []
    silent = characters = 0
    for place, raw in parts:
        text = tidy(raw)[0]
        if not any(char.isalnum() for char in text):
            silent += 1
            continue
        characters += len(text)
        if characters > MOST_CHARACTERS or len(found) >= MOST_PARTS:
            raise refused("too-large")
        found.append((place, text))
    ((*texts,), *_), _font = mend_cells([[text for _place, text in found]])
    return [(place, text) for (place, _raw), text in zip(found, texts, strict=True)], silent


def _pdf_parts(path: Path) -> Iterator[Part]:
    import pypdf
    from pypdf.errors import PyPdfError

    troubles = (*_PAGE_TROUBLES, PyPdfError)
    try:
        reader = pypdf.PdfReader(path, strict=False)
        # Many papers carry only the owner's password: everybody may read them.
        if reader.is_encrypted and not reader.decrypt(""):
            raise refused("password")
        pages = len(reader.pages)
    except troubles as error:
        raise refused("damaged") from error
    for number in range(pages):
        if number >= MOST_PARTS:
            raise refused("too-large")
        try:
            text = reader.pages[number].extract_text()
        except troubles:
            # One broken page must not hide the others.
            text = ""
        yield f"page:{number + 1}", text


def _text_parts(path: Path) -> Iterator[Part]:
    lines = decode(path.read_bytes()).text.splitlines()
    start, piece, size = 1, [], 0
    for number, line in enumerate(lines, start=1):
        piece.append(line)
        size += len(line)
        if size >= PART_CHARACTERS:
            yield f"line:{start}", "\n".join(piece)
            start, piece, size = number + 1, [], 0
    yield f"line:{start}", "\n".join(piece)


def _refuse_locked(_path: Path) -> Iterator[Part]:
    raise refused("password")


def _refuse_archive(path: Path) -> Iterator[Part]:
    check_archive(path)
    raise refused("damaged")


_READERS: dict[str, Callable[[Path], Iterator[Part]]] = {
    "pdf": _pdf_parts,
    "docx": document_parts,
    "xlsx": workbook_parts,
    "text": _text_parts,
    "locked-office": _refuse_locked,
    "bad-archive": _refuse_archive,
}

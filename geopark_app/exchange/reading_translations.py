"""Runs inside the worker: the translator's Word document as keys with the texts beside them."""

import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from geopark_app.exchange.file_trouble import refused
from geopark_app.exchange.safe_archives import MOST_BYTES, check_archive
from geopark_app.exchange.safe_xml import refuse_entities
from geopark_app.exchange.translation_document import MARK, PLACEHOLDER

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PART = "word/document.xml"
_CHUNK = 65_536
_DEEPEST = 300
_MOST_ROWS = 50_000
_LONGEST = 100_000
_HIDDEN = re.compile(rf"\[({MARK}:[^\]\s]{{1,80}})\]")


def read_translation(job: Mapping[str, Any]) -> dict[str, Any]:
    """Give `rows`: key and English text of each row that carries a key; key of the job: path.

    Raises
    ------
    GeoparkError
        REFUSED_FILE with a reason.
    """
    path = Path(job["path"])
    if _PART not in {member.filename for member in check_archive(path)}:
        raise refused("unknown-format")
    try:
        with zipfile.ZipFile(path) as archive:
            with archive.open(_PART) as stream:
                refuse_entities(stream)
            with archive.open(_PART) as stream:
                rows = _Rows().read(stream)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError,
            RuntimeError) as error:  # fmt: skip
        raise refused("damaged") from error
    if not rows:
        raise refused("unknown-format")
    return {"rows": rows}


class _Rows:
    """Collects the rows of tables: the key in them, and the text of their last cell."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str]] = []
        self._open: list[str] = []
        self._tables = 0
        self._key = ""
        self._cells: list[list[str]] = []

    def read(self, stream: IO[bytes]) -> list[tuple[str, str]]:
        """Give key and text of every row with a key."""
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
        return self.rows

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.removeprefix(f"{_WORD} ")
        self._open.append(name)
        if len(self._open) > _DEEPEST:
            raise refused("damaged")
        if name == "tbl":
            self._tables += 1
        if self._tables != 1:
            return
        if name == "tr":
            self._key, self._cells = "", []
        elif name == "tc":
            self._cells.append([])
        elif name == "tag":
            value = attributes.get(f"{_WORD} val", "")
            self._key = value if value.startswith(f"{MARK}:") else self._key
        elif name in {"br", "cr"}:
            self._add("\n")

    def _end(self, tag: str) -> None:
        name = tag.removeprefix(f"{_WORD} ")
        self._open.pop()
        if self._tables == 1:
            if name == "p":
                self._add("\n")
            elif name == "tr":
                self._take_row()
        if name == "tbl":
            self._tables -= 1

    def _take(self, text: str) -> None:
        # What was moved away in a tracked change stands here too; what was deleted does not.
        if self._tables == 1 and self._open[-1] == "t" and "moveFrom" not in self._open:
            self._add(text)

    def _add(self, text: str) -> None:
        if self._cells:
            self._cells[-1].append(text)

    def _take_row(self) -> None:
        if len(self._cells) < 2:
            return
        key = self._key
        if not key:
            hidden = _HIDDEN.search("".join(self._cells[0]))
            key = hidden.group(1) if hidden else ""
        text = "".join(self._cells[-1]).strip()
        if not key:
            return
        if len(text) > _LONGEST or len(self.rows) >= _MOST_ROWS:
            raise refused("too-large")
        self.rows.append((key, "" if text == PLACEHOLDER else text))

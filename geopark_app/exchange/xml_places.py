"""Runs inside the worker: where elements stand in the bytes of an XML part, to replace values only.

The bytes between the places that are replaced stay exactly as they are: no writer makes them anew.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

from geopark_app.exchange.file_trouble import refused

_TAG = re.compile(rb"<[^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*>")
_ENCODINGS = frozenset({"utf-8", "us-ascii", "ascii"})
_MOST_NODES = 500_000
_DEEPEST = 300


@dataclass(slots=True)
class Node:
    """An element: its name with namespace, attributes, and its places in the bytes.

    `start` and `end` are those of the whole element; `inner` and `inner_end` of what is in it,
    equal to `end` for an element without content and closing tag.
    """

    tag: str
    attributes: dict[str, str]
    start: int
    inner: int = 0
    inner_end: int = 0
    end: int = 0
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    @property
    def is_closed(self) -> bool:
        """Say whether it is written as `<name/>`."""
        return self.inner == self.end

    def below(self, *path: str) -> Iterator["Node"]:
        """Give the elements below by a path of names."""
        if not path:
            yield self
            return
        for child in self.children:
            if child.tag == path[0]:
                yield from child.below(*path[1:])

    def first(self, *path: str) -> "Node | None":
        """Give the first element by a path of names, or None."""
        return next(self.below(*path), None)

    def all(self, tag: str) -> Iterator["Node"]:
        """Give all elements of a name, however deep, in their order."""
        for child in self.children:
            if child.tag == tag:
                yield child
            yield from child.all(tag)

    def whole_text(self) -> str:
        """Give the text of it and all below it."""
        return self.text + "".join(child.whole_text() for child in self.children)


def read_places(data: bytes) -> Node:
    """Read a part and give its root.

    Raises
    ------
    GeoparkError
        REFUSED_FILE: entities, another encoding than UTF-8, too many or too deep elements, damage.
    """
    builder = _Builder(data)
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise refused("damaged") from error
    return builder.root()


class _Builder:
    """Builds the tree from what the parser meets."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._open: list[Node] = []
        self._root: Node | None = None
        self._count = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = _refuse
        self.parser.EntityDeclHandler = _refuse
        self.parser.XmlDeclHandler = _check_encoding
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._take

    def root(self) -> Node:
        assert self._root is not None
        return self._root

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > _MOST_NODES or len(self._open) > _DEEPEST:
            raise refused("too-large")
        start = self.parser.CurrentByteIndex
        found = _TAG.match(self._data, start)
        if found is None:
            raise refused("damaged")
        node = Node(tag=tag, attributes=attributes, start=start, inner=found.end())
        if found.group().endswith(b"/>"):
            node.inner_end = node.end = node.inner
        if self._open:
            self._open[-1].children.append(node)
        else:
            self._root = node
        self._open.append(node)

    def _end(self, _tag: str) -> None:
        node = self._open.pop()
        if not node.end:
            node.inner_end = self.parser.CurrentByteIndex
            node.end = self._data.index(b">", node.inner_end) + 1

    def _take(self, text: str) -> None:
        self._open[-1].text += text


def _refuse(*_: object) -> None:
    raise refused("xml-entities")


def _check_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.casefold() not in _ENCODINGS:
        raise refused("unknown-encoding", encoding=encoding)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Bytes that take the place of others; an insertion when start and end are the same."""

    start: int
    end: int
    new: bytes


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Give the bytes with the edits made; they may not overlap."""
    pieces = []
    at = 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        assert edit.start >= at, "edits overlap"
        pieces += [data[at : edit.start], edit.new]
        at = edit.end
    return b"".join([*pieces, data[at:]])


def prefix_of(data: bytes, node: Node) -> bytes:
    """Give the prefix an element is written with, such as `w:`, or nothing."""
    name = re.match(rb"<([^\s/>]+)", data[node.start : node.start + 200])
    assert name is not None
    before, colon, _after = name.group(1).rpartition(b":")
    return before + colon


def written(text: str) -> bytes:
    """Give a text as it may stand in XML; what XML cannot hold is left out."""
    kept = "".join(sign for sign in text if sign >= " " or sign in "\n\t")
    return escape(kept).encode("utf-8", "xmlcharrefreplace")

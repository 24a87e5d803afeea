"""Runs inside the worker: table cells, content controls and bookmarks of a Word document filled.

A place is `T2.R5.C3` (table, row, cell, from 1, in the order of the document), `SDT:name` (tag or
title of a content control) or `BM:name` (a bookmark inside one paragraph). Of what is there only
the runs of one paragraph are replaced; how they look is kept.
"""

import re
from collections.abc import Iterator, Sequence

from geopark_app.exchange.file_trouble import refused
from geopark_app.exchange.office_package import OfficePackage
from geopark_app.exchange.sheet_filling import Value, Written
from geopark_app.exchange.xml_places import Edit, Node, edited, prefix_of, written

_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_CELL = re.compile(r"T([1-9][0-9]{0,3})\.R([1-9][0-9]{0,4})\.C([1-9][0-9]{0,3})")
_CHECKED, _UNCHECKED = "2612", "2610"


class WordForm:
    """A Word document with its tables, content controls and bookmarks."""

    def __init__(self, package: OfficePackage) -> None:
        """Read the main part."""
        self.package = package
        self.data = package.read(package.main)
        self.root = package.tree(package.main)
        self.ns = self.root.tag.partition(" ")[0]
        if self.ns not in {_WORD, _STRICT}:
            raise refused("no-office")
        self.tables = [self._cells(one) for one in self.root.all(f"{self.ns} tbl")]

    def _cells(self, table: Node) -> list[list[Node]]:
        return [list(self._through(row, "tc")) for row in self._through(table, "tr")]

    def _through(self, node: Node, name: str) -> Iterator[Node]:
        """Give the children of a name, also those a content control is wrapped around."""
        for child in node.children:
            if child.tag == f"{self.ns} {name}":
                yield child
            elif child.tag == f"{self.ns} sdt":
                for content in child.below(f"{self.ns} sdtContent"):
                    yield from self._through(content, name)

    def text_of(self, node: Node) -> str:
        """Give the text of an element, its paragraphs one below the other."""
        lines = [
            "".join(one.text for one in paragraph.all(f"{self.ns} t"))
            for paragraph in node.all(f"{self.ns} p")
        ]
        if node.tag == f"{self.ns} p" or not lines:
            lines = ["".join(one.text for one in node.all(f"{self.ns} t"))]
        return "\n".join(lines).strip()

    def controls(self) -> Iterator[tuple[str, Node]]:
        """Give the content controls that have a tag or title, by it."""
        for control in self.root.all(f"{self.ns} sdt"):
            about = control.first(f"{self.ns} sdtPr")
            for name in ("tag", "alias"):
                one = about.first(f"{self.ns} {name}") if about else None
                if one is not None and (said := self.value(one)):
                    yield said, control
                    break

    def bookmarks(self) -> Iterator[tuple[str, Node, Node]]:
        """Give the bookmarks that lie in one paragraph: name, paragraph, begin."""
        for paragraph in self.root.all(f"{self.ns} p"):
            for one in paragraph.below(f"{self.ns} bookmarkStart"):
                name = one.attributes.get(f"{self.ns} name", "")
                if name and not name.startswith("_"):
                    yield name, paragraph, one

    def value(self, node: Node) -> str:
        """Give the attribute `val` of an element."""
        return node.attributes.get(f"{self.ns} val", "")

    def cell(self, place: str) -> Node | None:
        """Give the table cell of a place, or None."""
        found = _CELL.fullmatch(place)
        if found is None:
            return None
        table, row, column = (int(one) - 1 for one in found.groups())
        try:
            return self.tables[table][row][column]
        except IndexError:
            return None


def fill_word(
    form: WordForm, values: Sequence[tuple[str, str, Value]]
) -> tuple[dict[str, bytes], list[Written]]:
    """Give the changed part and what became of each (target, place, value)."""
    told: list[Written] = []
    edits: list[Edit] = []
    for target, place, value in values:
        after = "" if value is None else str(value)
        before, found = _place_edits(form, place, after)
        state = found if isinstance(found, str) else "written"
        if state == "written" and before == after:
            state = "same"
        elif not isinstance(found, str):
            overlaps = any(
                one.start < old.end and old.start < one.end for one in found for old in edits
            )
            state = "complex" if overlaps else "written"
            edits += [] if overlaps else found
        kept = after if state in {"written", "same"} else before
        told.append(Written(target=target, place=place, state=state, before=before, after=kept))
    if not edits:
        return {}, told
    return {form.package.main: edited(form.data, edits)}, told


def _place_edits(form: WordForm, place: str, text: str) -> tuple[str, list[Edit] | str]:
    """Give what stands at a place, and the edits that write there or why it is left."""
    if place.startswith("SDT:"):
        control = next((one for name, one in form.controls() if name == place[4:]), None)
        return ("", "no-place") if control is None else _control_edits(form, control, text)
    if place.startswith("BM:"):
        marks = ((one, at) for name, one, at in form.bookmarks() if name == place[3:])
        found = next(marks, None)
        return ("", "no-place") if found is None else _bookmark_edits(form, *found, text)
    cell = form.cell(place)
    if cell is None:
        return "", "no-place"
    paragraph = cell.first(f"{form.ns} p")
    if paragraph is None:
        return form.text_of(cell), "complex"
    return form.text_of(paragraph), _paragraph_edits(form, paragraph, text)


def _paragraph_edits(form: WordForm, paragraph: Node, text: str) -> list[Edit] | str:
    """Replace all runs of a paragraph that holds nothing but properties and runs of text."""
    plain = {
        f"{form.ns} {name}" for name in ("pPr", "r", "bookmarkStart", "bookmarkEnd", "proofErr")
    }
    if any(one.tag not in plain for one in paragraph.children):
        return "complex"
    runs = list(paragraph.below(f"{form.ns} r"))
    if any(_is_complex(form, run) for run in runs):
        return "complex"
    prefix = prefix_of(form.data, paragraph)
    new = _run(form, prefix, text, runs[0] if runs else None)
    if not runs:
        if paragraph.is_closed:
            tag = form.data[paragraph.start : paragraph.end].rstrip(b"/>").rstrip()
            new = tag + b">" + new + b"</" + prefix + b"p>"
            return [Edit(start=paragraph.start, end=paragraph.end, new=new)]
        return [Edit(start=paragraph.inner_end, end=paragraph.inner_end, new=new)]
    first = Edit(start=runs[0].start, end=runs[0].end, new=new)
    return [first, *(Edit(start=run.start, end=run.end, new=b"") for run in runs[1:])]


def _is_complex(form: WordForm, run: Node) -> bool:
    plain = {f"{form.ns} {name}" for name in ("rPr", "t", "tab", "br", "lastRenderedPageBreak")}
    return any(one.tag not in plain for one in run.children)


def _run(form: WordForm, prefix: bytes, text: str, like: Node | None) -> bytes:
    """Give a run with the text that looks like another one; nothing for no text."""
    if not text:
        return b""
    look = like.first(f"{form.ns} rPr") if like else None
    properties = form.data[look.start : look.end] if look else b""
    if look and (style := look.first(f"{form.ns} rStyle")) and "laceholder" in form.value(style):
        # What is written is no placeholder any more and does not look like one.
        properties = properties.replace(form.data[style.start : style.end], b"")
    lines = (b"<" + prefix + b"br/>").join(
        b"<" + prefix + b't xml:space="preserve">' + written(line) + b"</" + prefix + b"t>"
        for line in text.split("\n")
    )
    return b"<" + prefix + b"r>" + properties + lines + b"</" + prefix + b"r>"


def _bookmark_edits(
    form: WordForm, paragraph: Node, begin: Node, text: str
) -> tuple[str, list[Edit] | str]:
    number = begin.attributes.get(f"{form.ns} id", "")
    ends = [
        one
        for one in paragraph.below(f"{form.ns} bookmarkEnd")
        if one.attributes.get(f"{form.ns} id") == number
    ]
    if not ends:
        return "", "complex"
    inside = [one for one in paragraph.children if begin.end <= one.start < ends[0].start]
    runs = [one for one in inside if one.tag == f"{form.ns} r"]
    before = "".join(form.text_of(run) for run in runs)
    if len(runs) != len(inside) or any(_is_complex(form, run) for run in runs):
        return before, "complex"
    around = list(paragraph.below(f"{form.ns} r"))
    like = runs[0] if runs else around[0] if around else None
    new = _run(form, prefix_of(form.data, paragraph), text, like)
    return before, [
        Edit(start=begin.end, end=begin.end, new=new),
        *(Edit(start=run.start, end=run.end, new=b"") for run in runs),
    ]


def _control_edits(form: WordForm, control: Node, text: str) -> tuple[str, list[Edit] | str]:
    about = control.first(f"{form.ns} sdtPr")
    content = control.first(f"{form.ns} sdtContent")
    if about is None or content is None:
        return "", "complex"
    lock = about.first(f"{form.ns} lock")
    before = form.text_of(content)
    if lock is not None and form.value(lock) in {"contentLocked", "sdtContentLocked"}:
        return before, "locked"
    box = about.first(f"{_W14} checkbox")
    if box is not None:
        return before, _box_edits(form, box, content, is_checked=bool(text))
    made = _content_edits(form, content, text)
    placeholder = about.first(f"{form.ns} showingPlcHdr")
    if isinstance(made, list) and placeholder is not None:
        before = ""
        made = [*made, Edit(start=placeholder.start, end=placeholder.end, new=b"")]
    return before, made


def _content_edits(form: WordForm, content: Node, text: str) -> list[Edit] | str:
    paragraphs = list(content.below(f"{form.ns} p"))
    if paragraphs:
        return _paragraph_edits(form, paragraphs[0], text)
    runs = list(content.below(f"{form.ns} r"))
    if len(runs) != len(content.children) or any(_is_complex(form, run) for run in runs):
        return "complex"
    new = _run(form, prefix_of(form.data, content), text, runs[0] if runs else None)
    if not runs:
        if content.is_closed:
            return "complex"
        return [Edit(start=content.inner, end=content.inner, new=new)]
    first = Edit(start=runs[0].start, end=runs[0].end, new=new)
    return [first, *(Edit(start=run.start, end=run.end, new=b"") for run in runs[1:])]


def _box_edits(form: WordForm, box: Node, content: Node, *, is_checked: bool) -> list[Edit] | str:
    state = box.first(f"{_W14} checked")
    name = "checkedState" if is_checked else "uncheckedState"
    looks = box.first(f"{_W14} {name}")
    letter = next(content.all(f"{form.ns} t"), None)
    if state is None or letter is None:
        return "complex"
    code = looks.attributes.get(f"{_W14} val", "") if looks else ""
    number = int(code or (_CHECKED if is_checked else _UNCHECKED), 16)
    tag = form.data[state.start : state.inner]
    new = re.sub(rb"(val\s*=\s*)(?:\"[^\"]*\"|'[^']*')", b'\\1"%d"' % is_checked, tag)
    return [
        Edit(start=state.start, end=state.inner, new=new),
        Edit(start=letter.inner, end=letter.inner_end, new=written(chr(number))),
    ]

"""Runs inside the worker: BibTeX, RIS and CSL-JSON as one table, a row for each publication."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from geopark_app.domain.text import fold
from geopark_app.exchange.citing import citation_of, cite_key_of
from geopark_app.exchange.file_trouble import refused
from geopark_app.exchange.latex_letters import without_latex
from geopark_app.exchange.raw_table import Budget, RawRow, RawTable
from geopark_app.exchange.text_encodings import decode

HEADER = (
    "cite_key", "reference_kind", "authors", "year", "title", "container", "volume", "issue",
    "pages", "publisher", "doi", "url", "language", "is_main_international", "citation", "note",
)  # fmt: skip
MAIN_PAPER = "main international paper"
_HEAD = 65_536
_BIBTEX = re.compile(r"^\s*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE)
_RIS = re.compile(r"^TY  ?- ?[A-Z]", re.MULTILINE)
_CSL = re.compile(r'\s*(\[\s*\{|\{\s*"(items|references)"\s*:)')
_RIS_LINE = re.compile(r"([A-Z][A-Z0-9])  ?- ?(.*)")
_YEAR = re.compile(r"(1[5-9]|20)\d\d")
_DEEPEST = 60
Found = dict[str, str]


def bibliography_form(path: Path) -> str:
    """Give bibtex, ris or csl, told from the content; empty for anything else."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    text = head.decode("utf-8", "replace").lstrip("\ufeff")
    if _CSL.match(text) and '"title"' in text:
        return "csl"
    if _RIS.search(text[:4096]):
        return "ris"
    first = text.lstrip()[:1]
    return "bibtex" if first in {"@", "%"} and _BIBTEX.search(text) else ""


def read_bibliography(content: bytes, form: str, encoding: str | None) -> RawTable:
    """Read the publications of a file; those that cannot be told are counted in a warning."""
    decoded = decode(content, encoding)
    text = decoded.text.lstrip("\ufeff").replace("\0", "")
    entries, broken = _READERS[form](text)
    budget = Budget()
    rows = []
    keys: dict[str, int] = {}
    for number, entry in enumerate(entries, start=1):
        cells = _cells(entry, keys)
        if budget.take(cells):
            rows.append(RawRow(number=number, cells=cells))
    if not rows:
        raise refused("empty")
    table = RawTable(format=form, header=list(HEADER), rows=rows, encoding=decoded.encoding)
    if broken:
        table.warnings.append(["broken-entries", str(broken)])
    return table


def _cells(entry: Found, keys: dict[str, int]) -> list[str]:
    entry = {name: value.strip() for name, value in entry.items() if value.strip()}
    year = _YEAR.search(entry.get("year", ""))
    entry["year"] = year.group() if year else ""
    entry["doi"] = _doi(entry.get("doi", "") or entry.get("url", ""))
    if "cite_key" not in entry:
        entry["cite_key"] = cite_key_of(entry, keys)
    is_main = fold(MAIN_PAPER) in fold(entry.get("keywords", ""))
    entry["is_main_international"] = "true" if is_main else ""
    if entry.get("title"):
        entry.setdefault("citation", citation_of(entry))
    return [entry.get(name, "") for name in HEADER]


def _doi(text: str) -> str:
    found = re.search(r"10\.\d{4,9}/\S+", text)
    return found.group().rstrip(".,;)") if found else ""


# BibTeX ---------------------------------------------------------------------------------------

_BIBTEX_KINDS = {
    "article": "article", "book": "book", "booklet": "book", "mvbook": "book",
    "collection": "book", "inbook": "chapter", "incollection": "chapter",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "techreport": "report",
    "report": "report", "manual": "report", "inproceedings": "conference",
    "conference": "conference", "proceedings": "conference", "online": "web", "www": "web",
    "electronic": "web",
}  # fmt: skip
_BIBTEX_FIELDS = {
    "year": ("year", "date"), "title": ("title",), "volume": ("volume",),
    "container": ("journal", "journaltitle", "booktitle", "series"),
    "issue": ("number", "issue"), "pages": ("pages",), "doi": ("doi",), "url": ("url",),
    "publisher": ("publisher", "institution", "school", "organization"),
    "language": ("language", "langid"), "keywords": ("keywords",), "note": ("note",),
}  # fmt: skip


def _read_bibtex(text: str) -> tuple[list[Found], int]:
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import Entry, ParsingFailedBlock

    library = parse_string(text)
    entries, broken = [], 0
    for block in library.blocks:
        # A key used twice is still a publication; the rows say that the key is double.
        entry = getattr(block, "ignore_error_block", None) or block
        if not isinstance(entry, Entry):
            broken += isinstance(block, ParsingFailedBlock)
            continue
        raw = {name.lower(): str(field.value) for name, field in entry.fields_dict.items()}
        found = {
            name: without_latex(next((raw[one] for one in ways if raw.get(one)), ""))
            for name, ways in _BIBTEX_FIELDS.items()
        }
        found["cite_key"] = without_latex(entry.key)
        found["reference_kind"] = _BIBTEX_KINDS.get(entry.entry_type.lower(), "other")
        names = _names(raw.get("author", "") or raw.get("editor", ""))
        found["authors"] = "; ".join(map(without_latex, names))
        entries.append(found)
    return entries, broken


def _names(text: str) -> list[str]:
    """Part a list of names at each "and" outside braces; no name is turned round."""
    names, depth, start = [], 0, 0
    for found in re.finditer(r"[{}]|\s+and\s+", text):
        sign = found.group()
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif depth <= 0:
            names.append(text[start : found.start()])
            start = found.end()
    return [name for name in (*names, text[start:]) if name.strip()]


# RIS ------------------------------------------------------------------------------------------

_RIS_KINDS = {
    "JOUR": "article", "MGZN": "article", "EJOUR": "article", "BOOK": "book", "EBOOK": "book",
    "CHAP": "chapter", "ECHAP": "chapter", "THES": "thesis", "RPRT": "report", "MAP": "map",
    "CONF": "conference", "CPAPER": "conference", "ELEC": "web", "WEB": "web",
}  # fmt: skip
_RIS_FIELDS = {
    "cite_key": ("ID",), "year": ("PY", "Y1", "DA"), "title": ("TI", "T1"),
    "container": ("JO", "JF", "T2", "BT", "JA"), "volume": ("VL",), "issue": ("IS",),
    "publisher": ("PB",), "doi": ("DO",), "url": ("UR",), "language": ("LA",), "note": ("N1",),
}  # fmt: skip


def _read_ris(text: str) -> tuple[list[Found], int]:
    entries: list[Found] = []
    tags: dict[str, list[str]] = {}
    last = ""
    for line in text.splitlines():
        found = _RIS_LINE.match(line)
        if found is None:
            # A long text goes on in the next line.
            if last and line.strip():
                tags[last][-1] += f" {line.strip()}"
            continue
        last, value = found.group(1), found.group(2).strip()
        if last == "TY":
            _take_ris(entries, tags)
            tags = {}
        tags.setdefault(last, []).append(value)
        if last == "ER":
            _take_ris(entries, tags)
            tags, last = {}, ""
    _take_ris(entries, tags)
    return entries, 0


def _take_ris(entries: list[Found], tags: Mapping[str, list[str]]) -> None:
    if "TY" not in tags:
        return
    found = {
        name: next((tags[tag][0] for tag in ways if tags.get(tag)), "")
        for name, ways in _RIS_FIELDS.items()
    }
    found["reference_kind"] = _RIS_KINDS.get(tags["TY"][0].upper(), "other")
    found["authors"] = "; ".join(tags.get("AU") or tags.get("A1") or tags.get("ED") or ())
    first, last = tags.get("SP", [""])[0], tags.get("EP", [""])[0]
    found["pages"] = f"{first}–{last}" if first and last else first or last
    found["keywords"] = "; ".join(tags.get("KW", ()))
    entries.append(found)


# CSL-JSON -------------------------------------------------------------------------------------

_CSL_KINDS = {
    "article-journal": "article", "article-magazine": "article", "article": "article",
    "book": "book", "chapter": "chapter", "thesis": "thesis", "report": "report", "map": "map",
    "paper-conference": "conference", "webpage": "web", "post-weblog": "web",
}  # fmt: skip
_CSL_FIELDS = {
    "cite_key": "id", "title": "title", "container": "container-title", "volume": "volume",
    "issue": "issue", "pages": "page", "publisher": "publisher", "doi": "DOI", "url": "URL",
    "language": "language", "keywords": "keyword", "note": "note",
}  # fmt: skip


def _read_csl(text: str) -> tuple[list[Found], int]:
    if _depth(text) > _DEEPEST:
        raise refused("damaged")
    try:
        content = json.loads(text, parse_constant=lambda _name: None, parse_int=str)
    except (ValueError, RecursionError) as error:
        raise refused("damaged") from error
    if isinstance(content, dict):
        content = content.get("items") or content.get("references")
    if not isinstance(content, list):
        raise refused("unknown-format")
    items = [item for item in content if isinstance(item, dict) and item.get("title")]
    return [_csl_entry(item) for item in items], len(content) - len(items)


def _depth(text: str) -> int:
    depth = most = 0
    for sign in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(sign.group(), 0)
        most = max(most, depth)
    return most


def _csl_entry(item: Mapping[str, Any]) -> Found:
    found = {name: _plain(item.get(key)) for name, key in _CSL_FIELDS.items()}
    found["reference_kind"] = _CSL_KINDS.get(_plain(item.get("type")), "other")
    people = item.get("author") or item.get("editor") or []
    found["authors"] = "; ".join(_csl_names(people if isinstance(people, list) else []))
    issued = item.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    raw = issued.get("raw") or issued.get("literal") if isinstance(issued, dict) else issued
    found["year"] = json.dumps(parts) if parts else _plain(raw)
    return found


def _csl_names(people: Iterable[Any]) -> list[str]:
    names = []
    for person in people:
        if not isinstance(person, dict):
            continue
        family = " ".join(filter(None, (_plain(person.get("non-dropping-particle")),
                                        _plain(person.get("family")))))  # fmt: skip
        given = _plain(person.get("given"))
        whole = _plain(person.get("literal")) or ", ".join(filter(None, (family, given)))
        if whole:
            names.append(whole)
    return names


def _plain(value: Any) -> str:
    return str(value) if isinstance(value, str | int | float) else ""


_READERS: dict[str, Callable[[str], tuple[list[Found], int]]] = {
    "bibtex": _read_bibtex,
    "ris": _read_ris,
    "csl": _read_csl,
}

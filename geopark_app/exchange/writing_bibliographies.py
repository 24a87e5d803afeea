"""Writes publications as BibTeX, RIS or CSL-JSON, so that reading them again gives the same."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from geopark_app.exchange.reading_bibliographies import MAIN_PAPER

FORMS = {"bibtex": ".bib", "ris": ".ris", "csl": ".json"}
Entry = Mapping[str, str]

_BIBTEX = {
    "article": "article", "book": "book", "chapter": "incollection", "thesis": "phdthesis",
    "report": "techreport", "map": "misc", "conference": "inproceedings", "web": "online",
}  # fmt: skip
_RIS = {
    "article": "JOUR", "book": "BOOK", "chapter": "CHAP", "thesis": "THES", "report": "RPRT",
    "map": "MAP", "conference": "CONF", "web": "ELEC",
}  # fmt: skip
_CSL = {
    "article": "article-journal", "book": "book", "chapter": "chapter", "thesis": "thesis",
    "report": "report", "map": "map", "conference": "paper-conference", "web": "webpage",
}  # fmt: skip
_TEX_SIGNS = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
}  # fmt: skip
_PAGES = re.compile(r"(\w+)\s*[-–—]+\s*(\w+)")


def bibliography_text(entries: Sequence[Entry], form: str) -> str:
    """Give the publications as one text in `bibtex`, `ris` or `csl`."""
    if form == "csl":
        return json.dumps([_csl(entry) for entry in entries], ensure_ascii=False, indent=2) + "\n"
    write = _bibtex if form == "bibtex" else _ris
    return "".join(write(entry) for entry in entries)


def _authors(entry: Entry) -> list[str]:
    return [name for name in entry.get("authors", "").split("; ") if name]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _bibtex(entry: Entry) -> str:
    kind = entry.get("reference_kind", "")
    inside = "booktitle" if kind in {"chapter", "conference"} else "journal"
    maker = {"thesis": "school", "report": "institution"}.get(kind, "publisher")
    names = [_tex(name) if "," in name else f"{{{_tex(name)}}}" for name in _authors(entry)]
    fields = {
        "author": " and ".join(names),
        **{name: _tex(entry.get(name, "")) for name in ("title", "year")},
        inside: _tex(entry.get("container", "")),
        "volume": _tex(entry.get("volume", "")),
        "number": _tex(entry.get("issue", "")),
        "pages": _tex(entry.get("pages", "")).replace("–", "--"),
        maker: _tex(entry.get("publisher", "")),
        **{name: _tex(entry.get(name, "")) for name in ("doi", "url", "language")},
        "keywords": MAIN_PAPER if entry.get("is_main_international") else "",
    }
    key = re.sub(r"[^\w:.+/-]", "", entry.get("cite_key", "")) or "x"
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{_BIBTEX.get(kind, 'misc')}{{{key},\n{lines}}}\n\n"


def _tex(text: str) -> str:
    return "".join(_TEX_SIGNS.get(char, char) for char in _one_line(text))


def _ris(entry: Entry) -> str:
    pages = _PAGES.fullmatch(entry.get("pages", ""))
    first, last = pages.groups() if pages else (entry.get("pages", ""), "")
    rows = [
        ("TY", _RIS.get(entry.get("reference_kind", ""), "GEN")),
        ("ID", entry.get("cite_key", "")),
        *(("AU", name) for name in _authors(entry)),
        ("PY", entry.get("year", "")),
        ("TI", entry.get("title", "")),
        ("T2", entry.get("container", "")),
        ("VL", entry.get("volume", "")),
        ("IS", entry.get("issue", "")),
        ("SP", first),
        ("EP", last),
        ("PB", entry.get("publisher", "")),
        ("DO", entry.get("doi", "")),
        ("UR", entry.get("url", "")),
        ("LA", entry.get("language", "")),
        ("KW", MAIN_PAPER if entry.get("is_main_international") else ""),
    ]
    lines = "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in rows if value)
    return f"{lines}ER  - \r\n\r\n"


def _csl(entry: Entry) -> dict[str, Any]:
    people = [name.partition(", ") for name in _authors(entry)]
    item: dict[str, Any] = {
        "id": entry.get("cite_key", ""),
        "type": _CSL.get(entry.get("reference_kind", ""), "document"),
        "title": entry.get("title", ""),
        "author": [
            {"family": family, "given": given} if given else {"literal": family}
            for family, _sign, given in people
        ],
        "container-title": entry.get("container", ""),
        "volume": entry.get("volume", ""),
        "issue": entry.get("issue", ""),
        "page": entry.get("pages", ""),
        "publisher": entry.get("publisher", ""),
        "DOI": entry.get("doi", ""),
        "URL": entry.get("url", ""),
        "language": entry.get("language", ""),
        "keyword": MAIN_PAPER if entry.get("is_main_international") else "",
    }
    if entry.get("year", "").isdigit():
        item["issued"] = {"date-parts": [[int(entry["year"])]]}
    return {name: value for name, value in item.items() if value}

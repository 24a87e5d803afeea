"""Chapters, annexes and parts of the dossier, from the editions that ship with the program."""

import json
from dataclasses import dataclass
from functools import lru_cache

from geopark_app.paths import bundled

EDITION = "dossier-2026.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter or annex of the dossier.

    Attributes
    ----------
    code : str
        Such as `E.1.1` or `annex2`.
    parent : str
        Code of the chapter above, or empty.
    title_vi, title_en : str
        Its title.
    status : str
        How well the title is known: V read, S second hand, R recalled.
    is_annex : bool
        Whether it is an annex.
    """

    code: str
    parent: str
    title_vi: str
    title_en: str
    status: str
    is_annex: bool


@lru_cache(maxsize=1)
def chapters() -> tuple[Chapter, ...]:
    """Give the chapters in their order, then the annexes."""
    path = bundled("resources", "dossier", "structure-2026.1.json")
    content = json.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Chapter(
            code=one["code"],
            parent=one.get("parent") or "",
            title_vi=one["title_vi"],
            title_en=one["title_en"],
            status=one["status"],
            is_annex=part == "annexes",
        )
        for part in ("chapters", "annexes")
        for one in content[part]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the package that can be built.

    Attributes
    ----------
    code : str
        Its word in commands, such as `bibliography`.
    title_vi, title_en : str
        Its title.
    folder : str
        Where its files lie, below `data`.
    files : tuple of str
        Stems of the files it may have.
    formats : tuple of str
        Formats it can be written in.
    feeds : tuple of str
        Kinds of records it is made from.
    chapter : str
        Chapter or annex it belongs to; empty where none asks for it.
    """

    code: str
    title_vi: str
    title_en: str
    folder: str
    files: tuple[str, ...]
    formats: tuple[str, ...]
    feeds: tuple[str, ...]
    chapter: str


@lru_cache(maxsize=1)
def parts() -> tuple[Part, ...]:
    """Give the parts in the order of the package."""
    path = bundled("resources", "dossier", "parts-2026.1.json")
    content = json.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Part(
            code=one["code"],
            title_vi=one["title_vi"],
            title_en=one["title_en"],
            folder=one["folder"],
            files=tuple(one["files"]),
            formats=tuple(one["formats"]),
            feeds=tuple(one["feeds"]),
            chapter=one["chapter"],
        )
        for one in content["parts"]
    )


def part_of(code: str) -> Part:
    """Give a part by its word, which must be known."""
    return next(part for part in parts() if part.code == code)

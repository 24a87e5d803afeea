"""Chapters and annexes of the dossier, from the edition that ships with the program."""

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

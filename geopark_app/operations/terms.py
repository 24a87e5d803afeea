"""The Vietnamese–English term list, and the texts that do not follow it."""

import json
from functools import cache

from geopark_app import paths
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import Site
from geopark_app.domain.text import nfc
from geopark_app.operations.freshness import text_pairs
from geopark_app.rules.term_pairs import TermPair, other_terms


@cache
def term_list() -> tuple[TermPair, ...]:
    """Give the term list that ships with the program."""
    path = paths.bundled("resources", "terms", "vi_en.json")
    content = json.loads(path.read_text(encoding="utf-8"))
    return tuple(TermPair(vi=nfc(item["vi"]), en=tuple(item["en"])) for item in content["terms"])


def term_findings(site: Site) -> list[tuple[str, TermPair]]:
    """Give each English field of a site that does not use the agreed word for a term."""
    return [
        (pair.en, term)
        for pair in text_pairs(kind_of(Site))
        if (vi := getattr(site, pair.vi)) and (en := getattr(site, pair.en))
        for term in other_terms(vi, en, term_list())
    ]

"""What feeds the evaluation form and the dossier: every source is a record kind that exists."""

import json
from pathlib import Path
from typing import Any

import pytest

from geopark_app import paths
from geopark_app.domain.declaration import FieldType
from geopark_app.domain.kinds import KINDS
from geopark_app.operations.editions import later_editions, vocabulary_edition

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "reference"
FIELD_WORDS = {"has", "count_distinct", "count_by", "of_geosites"}


def feeds() -> dict[str, list[Any]]:
    text = paths.bundled("resources", "forms", "fed_by.json").read_text(encoding="utf-8")
    content: dict[str, list[Any]] = json.loads(text)["feeds"]
    return content


def sources() -> list[tuple[str, dict[str, Any]]]:
    return [(name, one) for name, found in feeds().items() for one in found if one != "text"]


def test_every_source_is_a_kind_with_the_fields_it_is_filtered_by() -> None:
    editions = (vocabulary_edition(), *later_editions())
    terms = {
        (getattr(term, "vocabulary", None), getattr(term, "code", None))
        for edition in editions
        for term in edition.records
    }
    for phrase, source in sources():
        kind = KINDS[source["kind"]]
        for name, wanted in source.get("filter", {}).items():
            spec = kind.field(wanted if name in FIELD_WORDS else name)
            assert spec is not None, (phrase, name, wanted)
            if name not in FIELD_WORDS and spec.type is FieldType.CHOICE:
                assert (spec.vocabulary, wanted) in terms, (phrase, name, wanted)


def test_no_source_is_empty() -> None:
    assert len(feeds()) > 90
    assert all(feeds().values())


def named(content: Any) -> set[str]:
    """Give every `fed_by` of a file of the research."""
    if isinstance(content, list):
        return {text for part in content for text in named(part)}
    if not isinstance(content, dict):
        return set()
    mine = {content["fed_by"]} if content.get("fed_by") else set()
    return mine | {text for part in content.values() for text in named(part)}


@pytest.mark.parametrize("file", ["form_a.json", "dossier_structure.json"])
def test_every_fed_by_of_the_research_is_known(file: str) -> None:
    path = SHARED / file
    if not path.is_file():
        pytest.skip("the research is not here")
    phrases = named(json.loads(path.read_text(encoding="utf-8")))
    assert phrases
    assert phrases <= feeds().keys()

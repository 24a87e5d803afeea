"""What ships enters every catalogue as the very same saves, and changed files are refused."""

import re
import shutil
from pathlib import Path

import pytest

from geopark_app import paths
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import (
    KINDS,
    Checklist,
    ChecklistItem,
    Commune,
    FormerCommune,
    FormerDistrict,
    Route,
    Site,
    Stop,
)
from geopark_app.domain.trusted_editions import TRUSTED_EDITIONS
from geopark_app.operations.catalogues import create_new, profile_of
from geopark_app.operations.editions import (
    checklist_edition,
    later_editions,
    seed,
    starter_edition,
    vocabulary_edition,
)
from geopark_app.operations.records import set_fields
from geopark_app.operations.safety import check_catalogue
from geopark_app.store.catalogue import create_catalogue
from tests.builders import SteppingClock, fixed_clock, raw, rows
from tests.conftest import OpenCatalogue

PROFILES = Path(__file__).resolve().parents[1] / "data" / "profiles"


def synced_content(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Give all that a sync would carry: the log of the editions, and every row."""
    log = "author LIKE 'edition:%'"
    content = {
        "op": rows(folder, f"SELECT * FROM op WHERE {log} ORDER BY author, seq"),
        "txn": rows(folder, f"SELECT * FROM txn WHERE {log} ORDER BY author, first"),
        "author": rows(folder, f"SELECT * FROM author WHERE {log.replace('author', 'author_id')}"),
    }
    for name in KINDS:
        content[name] = rows(folder, f"SELECT * FROM {name} ORDER BY uuid")
    return content


def test_two_catalogues_of_the_starter_differ_in_nothing_a_sync_would_carry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for laptop, clock in (("A", fixed_clock), ("B", SteppingClock())):
        monkeypatch.setenv("GEOPARK_PROFILE", str(tmp_path / f"profile-{laptop}"))
        context = create_new(tmp_path / laptop, person=laptop, device=laptop, clock=clock)
        context.catalogue.close()
        made.append(context.catalogue.folder)
    first, second = (synced_content(folder.root) for folder in made)
    assert first == second
    assert len(first["site"]) == 96
    assert made[0].catalogue_id != made[1].catalogue_id
    assert rows(made[0].root, "SELECT count(*) FROM txn WHERE sig <> ''") == [(0,)]


def test_the_starter_has_what_the_geopark_has(langson: Path, opened: OpenCatalogue) -> None:
    context = opened(langson)
    count = {
        kind: len(context.catalogue.records(kind))
        for kind in (Site, Commune, FormerCommune, FormerDistrict, Route, Stop, ChecklistItem)
    }
    assert list(count.values()) == [96, 65, 194, 11, 4, 38, 80]
    assert len(context.catalogue.records(Checklist)) == 1
    assert profile_of(context)["bounds"]
    assert check_catalogue(context) == []


def test_an_unknown_position_of_the_starter_stays_unknown(
    langson: Path, opened: OpenCatalogue
) -> None:
    positions = [site.position for site in opened(langson).catalogue.records(Site)]
    known = [position for position in positions if position and position.is_known]
    assert 0 < len(known) < 96
    assert all(position.quality and position.source for position in known)
    assert all(position.lon != 0 for position in known)


@pytest.mark.parametrize("starter", ["langson", "empty"])
def test_every_shipped_edition_is_listed_with_its_hash(tmp_path: Path, starter: str) -> None:
    with create_catalogue(tmp_path / "c", catalogue_id="0") as catalogue:
        editions = (vocabulary_edition(), *later_editions(), checklist_edition())
        for edition in (*editions, starter_edition(starter)):
            assert edition.id in TRUSTED_EDITIONS
            assert seed(catalogue, edition) == TRUSTED_EDITIONS[edition.id]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("starter/langson/sites.csv", "LS-002,", "LS-200,"),
        ("starter/langson/sites.csv", "106.3740", "106.3741"),
        ("starter/langson/routes.csv", "cotton rose", "cotton rows"),
        ("starter/langson/profile.json", "2026.1", "2026.2"),
        ("checklists/readiness.json", '"critical": true', '"critical": false'),
        ("forms/form_a.json", '"points": 200', '"points": 300'),
        ("vocabularies/coord_quality.json", '"order": 1', '"order": 9'),
    ],
)
def test_a_changed_starter_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, old: str, new: str
) -> None:
    resources = tmp_path / "program" / "resources"
    shutil.copytree(paths.bundled("resources"), resources, ignore=shutil.ignore_patterns("dist"))
    changed = resources / file
    text = changed.read_text(encoding="utf-8")
    if old not in text:
        old, new = _any_name(text), "Another name"
    changed.write_text(text.replace(old, new, 1), encoding="utf-8")
    shutil.copytree(paths.bundled("db"), tmp_path / "program" / "db")
    monkeypatch.setattr(paths, "bundled", lambda *parts: (tmp_path / "program").joinpath(*parts))
    folder = tmp_path / "catalogue"
    if file.endswith("profile.json"):
        # another name makes it another edition, taken as it is and never mistaken for ours
        context = create_new(folder, person="Hà", device="A")
        context.catalogue.close()
        authors = rows(folder, "SELECT author_id FROM author WHERE author_id LIKE '%langson%'")
        assert authors[0][0] not in TRUSTED_EDITIONS
        return
    with pytest.raises(GeoparkError) as caught:
        create_new(folder, person="Hà", device="A")
    assert caught.value.code is ErrorCode.DAMAGED_CATALOGUE
    assert not folder.exists()


def _any_name(text: str) -> str:
    found = re.search(r",([A-Z][a-z]+ [a-z]+)", text)
    assert found is not None
    return found.group(1)


def test_a_catalogue_of_another_geopark_in_another_zone(tmp_path: Path) -> None:
    context = create_new(
        tmp_path / "south", profile=PROFILES / "southern.json", person="Hà", device="A"
    )
    with context.catalogue as catalogue:
        assert catalogue.records(Site) == []
        assert catalogue.records(Commune) == []
        assert len(catalogue.records(ChecklistItem)) == 80
        profile = profile_of(context)
        assert profile["crs"] != profile_of_langson()["crs"]
        assert check_catalogue(context) == []


def profile_of_langson() -> dict[str, object]:
    import json

    path = paths.bundled("resources", "starter", "langson", "profile.json")
    content = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def test_a_starter_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(GeoparkError) as caught:
        create_new(tmp_path / "c", starter="atlantis", person="Hà", device="A")
    assert caught.value.code is ErrorCode.NOT_FOUND
    assert not (tmp_path / "c").exists()


def test_edits_of_starter_rows_are_people_s_saves(langson: Path, opened: OpenCatalogue) -> None:
    context = opened(langson)
    site = context.catalogue.records(Site, where={"code": "LS-001"})[0]
    before = synced_content(langson)["op"]
    set_fields(context, "site", site.uuid, {"village": "Bắc Lệ"})
    assert synced_content(langson)["op"] == before
    assert context.catalogue.pending_saves() == 1
    assert check_catalogue(context) == []


def test_a_later_version_knows_the_edition_an_earlier_one_wrote(langson: Path) -> None:
    """The hash of an edition must not hang on the revision of the tables it was written into."""
    versions = rows(langson, "SELECT DISTINCT schema_version FROM txn")
    assert versions == [("",)]


def test_a_trusted_edition_changed_in_the_database_is_found(
    langson: Path, opened: OpenCatalogue
) -> None:
    context = opened(langson)
    with raw(langson) as foreign:
        foreign.execute(
            "UPDATE op SET value = replace(value, 'LS-002', 'LS-200') WHERE tbl = 'site'"
        )
    assert "broken-chain" in {finding.code for finding in check_catalogue(context)}

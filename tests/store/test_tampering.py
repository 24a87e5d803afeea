"""Whoever changes the log behind the program's back is found by `check`, and never crashes it."""

import json
from pathlib import Path

import pytest

from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import Site
from geopark_app.operations.context import AppContext
from geopark_app.operations.records import set_fields
from geopark_app.operations.safety import check_catalogue
from tests.builders import make_site, put, raw, rows

OWN = "author = (SELECT author_id FROM author WHERE public_key <> '')"


@pytest.fixture
def folder_with_saves(context: AppContext) -> Path:
    """Give a catalogue with three own saves: a new site, two edits, a trip to the trash."""
    site = make_site(name_vi="Hang Gió", village="Nà Mò")
    put(context, site)
    set_fields(context, "site", site.uuid, {"village": "Nà Sầm", "altitude_m": "300"})
    with context.work("delete") as work:
        work.delete(kind_of(Site), site.uuid)
    assert check_catalogue(context) == []
    return context.catalogue.folder.root


def found_by_check(context: AppContext) -> set[str]:
    return {finding.code for finding in check_catalogue(context)}


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE op SET value = '{{\"village\":\"giả\"}}' WHERE {OWN} AND field = 'village'",
        f"UPDATE op SET salt = '{{\"village\":\"00\"}}' WHERE {OWN} AND field = 'village'",
        f"UPDATE op SET digest = '{{\"village\":\"00\"}}' WHERE {OWN} AND field = 'village'",
        f"UPDATE op SET field = 'manager' WHERE {OWN} AND field = 'village'",
        f"UPDATE op SET row_uuid = 'other' WHERE {OWN} AND seq = 1",
        f"UPDATE op SET kind = 'R' WHERE {OWN} AND kind = 'D'",
        f"UPDATE op SET replaces = '[]' WHERE {OWN} AND field = 'village'",
        f"UPDATE op SET seen = '{{}}' WHERE {OWN} AND kind = 'D'",
        f"UPDATE op SET tbl = 'photo' WHERE {OWN} AND seq = 1",
        f"DELETE FROM op WHERE {OWN} AND seq = 2",
        f"UPDATE txn SET note = 'another step' WHERE {OWN} AND first = 1",
        f"UPDATE txn SET user = 'somebody else' WHERE {OWN} AND first = 1",
        f"UPDATE txn SET wall = '2020-01-01T00:00:00+07:00' WHERE {OWN} AND first = 2",
        f"UPDATE txn SET hlc = hlc + 1 WHERE {OWN} AND first = 2",
        f"UPDATE txn SET schema_version = 'none' WHERE {OWN} AND first = 2",
        f"UPDATE txn SET prev_hash = '' WHERE {OWN} AND first = 2",
        f"UPDATE txn SET hash = upper(hash) WHERE {OWN} AND first = 2",
        f"UPDATE txn SET sig = '' WHERE {OWN} AND first = 2",
        f"UPDATE txn SET sig = (SELECT sig FROM txn WHERE {OWN} AND first = 1) "
        f"WHERE {OWN} AND first = 2",
        f"UPDATE txn SET n = n + 1 WHERE {OWN} AND first = 2",
        f"UPDATE txn SET n = 1000000000000 WHERE {OWN} AND first = 2",
        f"UPDATE txn SET n = 'two' WHERE {OWN} AND first = 2",
        f"DELETE FROM txn WHERE {OWN} AND first = 1",
        "UPDATE author SET public_key = lower(hex(randomblob(32))) WHERE public_key <> ''",
        "UPDATE author SET public_key = '' WHERE public_key <> ''",
        "DELETE FROM author WHERE public_key <> ''",
    ],
)
def test_each_change_of_the_log_is_a_broken_chain(
    context: AppContext, folder_with_saves: Path, statement: str
) -> None:
    with raw(folder_with_saves) as foreign:
        assert foreign.execute(statement).rowcount > 0
    assert "broken-chain" in found_by_check(context)


def test_saves_in_another_order_are_found(context: AppContext, folder_with_saves: Path) -> None:
    with raw(folder_with_saves) as foreign:
        # the edits of the second save change places
        foreign.execute(f"UPDATE op SET seq = 99 WHERE {OWN} AND seq = 2")
        foreign.execute(f"UPDATE op SET seq = 2 WHERE {OWN} AND seq = 3")
        foreign.execute(f"UPDATE op SET seq = 3 WHERE {OWN} AND seq = 99")
    assert "broken-chain" in found_by_check(context)


def test_the_last_save_cut_off_is_found(context: AppContext, folder_with_saves: Path) -> None:
    with raw(folder_with_saves) as foreign:
        foreign.execute(f"DELETE FROM txn WHERE {OWN} AND first = 4")
        foreign.execute(f"DELETE FROM op WHERE {OWN} AND seq = 4")
    assert {"broken-chain", "log-differs"} <= found_by_check(context)


def test_an_operation_no_save_covers_is_found(context: AppContext, folder_with_saves: Path) -> None:
    with raw(folder_with_saves) as foreign:
        foreign.execute(
            "INSERT INTO op SELECT author, 77, tbl, row_uuid, kind, field, value, salt, digest, "
            f"replaces, seen FROM op WHERE {OWN} AND field = 'village'"
        )
    assert "broken-chain" in found_by_check(context)


@pytest.mark.parametrize(
    "assignment",
    [
        "value = 'not json'",
        "value = '[1]'",
        "value = NULL",
        'value = \'{"village":"x","extra":1}\'',
        "salt = '{}'",
        "salt = 'null'",
        "digest = ''",
        "replaces = '[1]'",
        "replaces = '{}'",
        "kind = 'X'",
        "seen = '{'",
        "seq = 'three'",
    ],
)
def test_rubbish_in_the_log_is_found_and_does_not_crash(
    context: AppContext, folder_with_saves: Path, assignment: str
) -> None:
    with raw(folder_with_saves) as foreign:
        foreign.execute(f"UPDATE op SET {assignment} WHERE {OWN} AND field = 'village'")
    assert "broken-chain" in found_by_check(context)


def test_a_row_changed_with_capture_switched_off_is_found(
    context: AppContext, folder_with_saves: Path
) -> None:
    with raw(folder_with_saves) as foreign:
        foreign.execute("DROP TRIGGER capture_site_name_vi")
        foreign.execute("UPDATE site SET name_vi = 'Tên giả'")
    findings = check_catalogue(context)
    assert [(item.code, item.field) for item in findings] == [("log-differs", "name_vi")]


def test_a_row_the_log_does_not_know_is_found(context: AppContext, folder_with_saves: Path) -> None:
    with raw(folder_with_saves) as foreign:
        foreign.execute("DROP TRIGGER capture_site__new")
        foreign.execute("INSERT INTO site(uuid, name_vi) VALUES ('smuggled', 'Điểm lậu')")
    findings = check_catalogue(context)
    assert {item.uuid for item in findings} == {"smuggled"}


def test_a_value_removed_by_law_leaves_the_chain_whole(
    context: AppContext, folder_with_saves: Path
) -> None:
    """The signature covers the salted digest; without value and salt it tells nothing."""
    with raw(folder_with_saves) as foreign:
        foreign.execute(f"UPDATE op SET value='{{}}', salt='{{}}' WHERE {OWN} AND field='village'")
    assert "broken-chain" not in found_by_check(context)
    (digest,) = rows(folder_with_saves, f"SELECT digest FROM op WHERE {OWN} AND field='village'")[0]
    assert set(json.loads(digest)) == {"village"}


def test_a_value_in_an_insert_can_be_removed_by_law_too(
    context: AppContext, folder_with_saves: Path
) -> None:
    query = f"SELECT value, salt FROM op WHERE {OWN} AND kind = 'I'"
    value, salt = (json.loads(text) for text in rows(folder_with_saves, query)[0])
    del value["village"], salt["village"]
    with raw(folder_with_saves) as foreign:
        foreign.execute(
            f"UPDATE op SET value = ?, salt = ? WHERE {OWN} AND kind = 'I'",
            (json.dumps(value), json.dumps(salt)),
        )
    assert check_catalogue(context) == []


def test_equal_values_have_unequal_digests(context: AppContext) -> None:
    """Else a removed name could be guessed by trying names."""
    put(context, make_site(manager="Hà", surveyors="Hà"), make_site(manager="Hà"))
    query = f"SELECT digest FROM op WHERE {OWN}"
    texts = [json.loads(text) for (text,) in rows(context.catalogue.folder.root, query)]
    digests = [text[field] for text in texts for field in ("manager", "surveyors") if field in text]
    assert len(digests) == 3
    assert len(set(digests)) == 3


def test_a_changed_edition_is_found(context: AppContext, folder_with_saves: Path) -> None:
    """An edition has no signature: the hash listed in the program stands in its place."""
    with raw(folder_with_saves) as foreign:
        foreign.execute("UPDATE txn SET note = 'changed' WHERE author LIKE 'edition:readiness%'")
    assert "broken-chain" in found_by_check(context)

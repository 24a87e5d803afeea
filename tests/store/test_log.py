"""Every write becomes a signed save of the log, whoever wrote and however."""

import json
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import Photo, Site
from geopark_app.operations.context import AppContext
from geopark_app.operations.records import set_fields
from geopark_app.operations.safety import check_catalogue
from geopark_app.store.checking import check_log
from geopark_app.store.schema_version import HEAD_REVISION
from geopark_app.store.tables import RECORD_TABLES
from tests.builders import (
    NOON,
    SteppingClock,
    make_photo,
    make_position,
    make_site,
    op_count,
    put,
    raw,
    rows,
)
from tests.conftest import OpenCatalogue

SITE = kind_of(Site)


def own_saves(context: AppContext) -> list[tuple[str, int, int, str, str]]:
    """Give author, first, n, note and signature of the signed saves, in order."""
    return rows(
        context.catalogue.folder.root,
        "SELECT author, first, n, note, sig FROM txn WHERE sig <> '' ORDER BY first",
    )


def test_a_save_is_one_signed_link_of_the_author_s_chain(context: AppContext) -> None:
    site = make_site(position=make_position(quality="exact"))
    put(context, site, reason="Thêm điểm")
    set_fields(context, "site", site.uuid, {"name_vi": "Hang Gió mới", "village": "Nà Mò"})
    saves = own_saves(context)
    author = context.author.author_id
    assert [save[:3] for save in saves] == [(author, 1, 1), (author, 2, 2)]
    assert saves[0][3] == "Thêm điểm"
    assert all(len(bytes.fromhex(save[4])) == 64 for save in saves)
    root = context.catalogue.folder.root
    hashes = rows(root, "SELECT prev_hash, hash FROM txn WHERE sig <> '' ORDER BY first")
    assert hashes[0][0] == ""
    assert hashes[1][0] == hashes[0][1]
    assert rows(root, "SELECT have, tail_hash FROM author WHERE author_id = ?", author) == [
        (3, hashes[1][1])
    ]
    assert check_log(context.catalogue) == []


def test_a_save_says_who_where_and_when(context: AppContext) -> None:
    put(context, make_site())
    root = context.catalogue.folder.root
    (wall, user, version) = rows(
        root, "SELECT wall, user, schema_version FROM txn WHERE sig <> ''"
    )[0]
    assert (wall, user, version) == ("2026-11-20T12:00:00.000+07:00", "Hà", HEAD_REVISION)
    author = rows(root, "SELECT device, user, incarnation FROM author WHERE public_key <> ''")
    assert author == [("laptop-1", "Hà", 1)]


def test_a_composite_position_is_logged_as_one_value(context: AppContext) -> None:
    site = make_site(position=make_position(106.1, 21.1, quality="exact", source="GNSS"))
    put(context, site)
    set_fields(context, "site", site.uuid, {"lon": "106.2", "lat": "21.2"})
    ops = rows(
        context.catalogue.folder.root,
        "SELECT kind, field, value FROM op WHERE row_uuid = ? ORDER BY seq",
        site.uuid,
    )
    assert [(kind, field) for kind, field, _ in ops] == [("I", ""), ("U", "position")]
    value = json.loads(ops[1][2])["position"]
    assert (value["lon"], value["lat"]) == (106.2, 21.2)
    # what was said of the old point is not said of the new one
    assert (value["quality"], value["source"]) == (None, None)


def test_a_value_that_stays_is_not_logged(context: AppContext) -> None:
    site = make_site(name_vi="Hang Gió")
    put(context, site)
    before = op_count(context.catalogue.folder.root)
    changes = set_fields(context, "site", site.uuid, {"name_vi": "Hang Gió"})
    assert changes.save is None
    assert op_count(context.catalogue.folder.root) == before
    assert len(own_saves(context)) == 1


def test_a_write_names_the_write_it_replaces(context: AppContext) -> None:
    site = make_site()
    put(context, site)
    for name in ("một", "hai"):
        set_fields(context, "site", site.uuid, {"village": name})
    author = context.author.author_id
    replaces = rows(
        context.catalogue.folder.root,
        "SELECT replaces FROM op WHERE row_uuid = ? ORDER BY seq",
        site.uuid,
    )
    assert [json.loads(text) for (text,) in replaces] == [[], [[author, 1]], [[author, 2]]]


def test_a_delete_carries_what_its_author_had_seen(context: AppContext) -> None:
    site = make_site()
    put(context, site)
    with context.work("delete") as work:
        work.delete(SITE, site.uuid)
    root = context.catalogue.folder.root
    (seen,) = rows(root, "SELECT seen FROM op WHERE kind = 'D'")[0]
    assert json.loads(seen)[context.author.author_id] == 1
    with context.work("restore") as work:
        work.restore(SITE, site.uuid)
    assert rows(root, "SELECT count(*) FROM tomb") == [(0,)]
    assert check_log(context.catalogue) == []


def test_a_bulk_update_is_captured_row_by_row(context: AppContext) -> None:
    sites = [make_site(village="cũ") for _ in range(5)]
    put(context, *sites)
    with context.work("bulk") as work:
        table = RECORD_TABLES["site"]
        work.connection.execute(table.update().values(village="mới"))
    assert work.changes.touched == {("site", site.uuid) for site in sites}
    ops = rows(context.catalogue.folder.root, "SELECT field, value FROM op WHERE kind = 'U'")
    assert ops == [("village", '{"village":"mới"}')] * 5
    assert check_log(context.catalogue) == []


def test_raw_sql_in_a_save_is_captured(context: AppContext) -> None:
    site = make_site()
    put(context, site)
    with context.work("raw") as work:
        work.connection.exec_driver_sql("UPDATE site SET altitude_m = 300, code = 'X-1'")
    fields = rows(context.catalogue.folder.root, "SELECT field FROM op WHERE kind = 'U'")
    assert sorted(fields) == [("altitude_m",), ("code",)]
    assert check_log(context.catalogue) == []


def test_another_program_s_write_becomes_a_save_of_its_own(context: AppContext) -> None:
    site = make_site()
    put(context, site)
    with raw(context.catalogue.folder.root) as foreign:
        foreign.execute("UPDATE site SET name_vi = 'Tên từ QGIS'")
        foreign.execute("INSERT INTO site(uuid, name_vi) VALUES ('0190-new', 'Điểm QGIS')")
    set_fields(context, "site", site.uuid, {"village": "Nà Mò"}, reason="Sửa thôn")
    notes = [(save[2], save[3]) for save in own_saves(context)]
    assert notes == [(1, "test step"), (2, "external change"), (1, "Sửa thôn")]
    assert rows(context.catalogue.folder.root, "SELECT count(*) FROM dirty") == [(0,)]
    assert check_log(context.catalogue) == []
    assert [hit.title for hit in context.catalogue.search("qgis")] == ["Điểm QGIS", "Tên từ QGIS"]


def test_check_takes_another_program_s_write_into_the_log_first(context: AppContext) -> None:
    site = make_site()
    put(context, site)
    with raw(context.catalogue.folder.root) as foreign:
        foreign.execute("UPDATE site SET name_vi = 'Tên từ QGIS'")
    assert check_catalogue(context) == []
    assert [save[3] for save in own_saves(context)] == ["test step", "external change"]


@pytest.mark.parametrize(
    "written", ["9e999", "-9e999", "x'ff00'"], ids=["infinity", "minus infinity", "bytes"]
)
def test_what_json_cannot_hold_does_not_block_later_saves(
    context: AppContext, written: str
) -> None:
    site = make_site()
    put(context, site)
    with raw(context.catalogue.folder.root) as foreign:
        foreign.execute(f"UPDATE site SET area_ha = {written}")
    set_fields(context, "site", site.uuid, {"village": "Nà Mò"})
    assert check_log(context.catalogue) == []


@pytest.mark.parametrize("change", ["position_lon = NULL", "position_lat = 'bắc'"])
def test_half_a_point_from_another_program_is_kept_as_typed(
    context: AppContext, change: str
) -> None:
    site = make_site(position=make_position(106.761, 21.853, quality="exact"))
    put(context, site)
    with raw(context.catalogue.folder.root) as foreign:
        foreign.execute(f"UPDATE site SET {change}")
    found = context.catalogue.get(Site, site.uuid)
    assert found is not None
    assert found.position is not None
    assert not found.position.is_known
    assert check_catalogue(context) == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM site",
        "UPDATE site SET uuid = 'another-key'",
        "INSERT OR REPLACE INTO site(uuid) SELECT uuid FROM site",
    ],
)
def test_rows_are_never_removed_nor_given_another_key(context: AppContext, statement: str) -> None:
    site = make_site()
    put(context, site)
    with raw(context.catalogue.folder.root) as foreign, pytest.raises(sqlite3.IntegrityError):
        foreign.execute(statement)
    assert context.catalogue.get(Site, site.uuid) == site
    assert check_catalogue(context) == []


def test_a_save_that_fails_leaves_nothing(context: AppContext) -> None:
    def save_and_fail() -> None:
        with context.work("fails") as work:
            work.put(make_site())
            message = "a bug after the write"
            raise RuntimeError(message)

    before = op_count(context.catalogue.folder.root)
    with pytest.raises(RuntimeError):
        save_and_fail()
    assert context.catalogue.records(Site) == []
    assert op_count(context.catalogue.folder.root) == before
    assert rows(context.catalogue.folder.root, "SELECT count(*) FROM dirty") == [(0,)]


def test_a_reference_to_nothing_is_refused_at_the_end_of_the_save(context: AppContext) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        put(context, make_photo(site_uuid="nowhere"))
    assert context.catalogue.records(Photo) == []


def test_records_that_refer_to_each_other_are_saved_in_any_order(context: AppContext) -> None:
    photo = make_photo()
    site = make_site(cover_photo_uuid=photo.uuid)
    with context.work("both") as work:
        work.put(site)
        work.put(make_photo(uuid=photo.uuid, site_uuid=site.uuid))
    assert check_log(context.catalogue) == []


def test_text_is_stored_in_nfc_without_control_characters(context: AppContext) -> None:
    decomposed = "Đồng Đăng\x00\x1b[31m".encode().decode()
    import unicodedata

    site = make_site(name_vi=unicodedata.normalize("NFD", decomposed))
    put(context, site)
    found = context.catalogue.get(Site, site.uuid)
    assert found is not None
    assert found.name_vi == "Đồng Đăng[31m"


def test_adding_and_removing_in_one_save_is_an_insert_and_a_delete(context: AppContext) -> None:
    site = make_site()
    with context.work("both") as work:
        work.put(site)
        work.delete(SITE, site.uuid)
    kinds = rows(context.catalogue.folder.root, "SELECT kind FROM op WHERE row_uuid=?", site.uuid)
    assert kinds == [("I",), ("D",)]
    assert check_log(context.catalogue) == []


def test_two_saves_in_one_instant_keep_their_order(context: AppContext) -> None:
    site = make_site()
    put(context, site)
    for name in ("một", "hai", "ba"):
        set_fields(context, "site", site.uuid, {"village": name})
    clocks = rows(context.catalogue.folder.root, "SELECT hlc FROM txn WHERE sig<>'' ORDER BY first")
    assert len(set(clocks)) == 4
    assert clocks == sorted(clocks)


def test_the_newest_value_counts_however_wrong_the_clocks_are(
    folder: Path, opened: OpenCatalogue
) -> None:
    """Causality never reads a clock: what a save replaces is replaced."""
    fast, slow = SteppingClock(NOON.replace(year=2031)), SteppingClock(NOON.replace(year=2019))
    site = make_site(village="đầu")
    put(opened(folder), site)
    set_fields(opened(folder, clock=fast), "site", site.uuid, {"village": "năm 2031"})
    context = opened(folder, clock=slow)
    set_fields(context, "site", site.uuid, {"village": "năm 2019"})
    found = context.catalogue.get(Site, site.uuid)
    assert found is not None
    assert found.village == "năm 2019"
    assert check_log(context.catalogue) == []
    (newest,) = rows(folder, "SELECT hlc FROM txn ORDER BY first DESC LIMIT 1")[0]
    assert newest < rows(folder, "SELECT max(hlc) FROM txn")[0][0]


def test_a_profile_that_cannot_be_written_does_not_undo_what_was_saved(
    context: AppContext, profile: Path
) -> None:
    put(context, make_site())
    tails = profile / "tails"
    for file in tails.iterdir():
        file.unlink()
    tails.rmdir()
    tails.write_text("a file where the folder was", encoding="utf-8")
    put(context, make_site())
    assert len(context.catalogue.records(Site)) == 2
    assert check_log(context.catalogue) == []

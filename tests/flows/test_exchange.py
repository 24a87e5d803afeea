"""Laptops meet over a stick: everybody ends with the same catalogue and nothing typed is lost."""

from collections.abc import Callable
from pathlib import Path

from geopark_app.operations.records import set_fields
from geopark_app.store.checking import check_log
from geopark_app.store.engine import reading
from geopark_app.store.fold import writes_in_force
from tests.builders import rows
from tests.laptops import Laptop

Team = Callable[..., list[Laptop]]


def state(laptop: Laptop) -> list[tuple[object, ...]]:
    return [
        *rows(laptop.folder, "SELECT * FROM site ORDER BY uuid"),
        *rows(laptop.folder, "SELECT * FROM head ORDER BY tbl, row_uuid, field, author, seq"),
        *rows(laptop.folder, "SELECT * FROM conflict ORDER BY tbl, row_uuid, field"),
        *rows(laptop.folder, "SELECT tbl, row_uuid, author, seq FROM tomb ORDER BY 1, 2, 3, 4"),
    ]


def assert_alike(*laptops: Laptop) -> None:
    first = state(laptops[0])
    for laptop in laptops:
        assert state(laptop) == first, laptop.name
        assert check_log(laptop.context.catalogue) == [], laptop.name


def test_what_one_types_the_other_reads(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    site = field.add(code="LS-1", name_vi="Hang Gió")
    office.exchange(tmp_path / "stick")
    receipt = field.exchange(tmp_path / "stick")
    assert receipt.sent == 1
    receipt = office.exchange(tmp_path / "stick")
    assert (receipt.received, receipt.conflicts) == (1, 0)
    assert office.site(site).name_vi == "Hang Gió"
    assert [hit.uuid for hit in office.context.catalogue.search("hang gio")] == [site]
    assert_alike(office, field)


def test_an_exchange_again_does_nothing(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    field.add(code="LS-1")
    for laptop in (field, office, field, office):
        laptop.exchange(tmp_path / "stick")
    log = sorted((tmp_path / "stick").rglob("*.gsb"))
    receipt = field.exchange(tmp_path / "stick")
    assert (receipt.sent, receipt.received) == (0, 0)
    assert sorted((tmp_path / "stick").rglob("*.gsb")) == log


def test_both_values_of_a_double_edit_are_kept(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    site = office.add(code="LS-1", name_vi="Hang Gió")
    for laptop in (office, field):
        laptop.exchange(tmp_path / "stick")
    office.edit(site, village="Nà Mò", manager="UBND xã")
    field.edit(site, village="Nà Sầm", name_en="Wind Cave")
    for laptop in (office, field, office):
        laptop.exchange(tmp_path / "stick")
    assert_alike(office, field)
    found = office.site(site)
    assert (found.name_en, found.manager) == ("Wind Cave", "UBND xã")
    assert rows(office.folder, "SELECT tbl, row_uuid, field FROM conflict") == [
        ("site", site, "village")
    ]


def test_an_edit_wins_over_a_delete_and_is_listed(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    site = office.add(code="LS-1", name_vi="Hang Gió")
    for laptop in (office, field):
        laptop.exchange(tmp_path / "stick")
    office.delete(site)
    field.edit(site, village="Nà Sầm")
    for laptop in (office, field, office):
        laptop.exchange(tmp_path / "stick")
    assert_alike(office, field)
    assert not office.site(site).deleted
    assert rows(office.folder, "SELECT field, kind FROM conflict") == [("", "deleted")]
    field.delete(site)
    for laptop in (field, office):
        laptop.exchange(tmp_path / "stick")
    assert_alike(office, field)
    assert field.site(site).deleted
    assert office.site(site).deleted


def test_a_photo_added_below_a_deleted_site_brings_it_back(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    site = office.add(code="LS-1", name_vi="Hang Gió")
    for laptop in (office, field):
        laptop.exchange(tmp_path / "stick")
    office.delete(site)
    photo = field.add("photo", site_uuid=site, caption_vi="Cửa hang")
    for laptop in (office, field, office):
        laptop.exchange(tmp_path / "stick")
    assert_alike(office, field)
    assert not office.site(site).deleted
    field.delete(photo, "photo")
    for laptop in (field, office):
        laptop.exchange(tmp_path / "stick")
    assert_alike(office, field)
    assert office.site(site).deleted


def test_a_form_open_since_before_the_exchange_overwrites_nothing(
    team: Team, tmp_path: Path
) -> None:
    office, field = team("office", "field")
    site = office.add(code="LS-1", village="Nà Mò")
    for laptop in (office, field):
        laptop.exchange(tmp_path / "stick")
    form = office.site(site)
    field.edit(site, village="Nà Sầm")
    for laptop in (field, office):
        laptop.exchange(tmp_path / "stick")
    assert office.site(site).village == "Nà Sầm"
    with office.at_work() as context:
        set_fields(context, "site", site, {"village": "Nà Pàn"}, saw=form)
    for laptop in (office, field):
        laptop.exchange(tmp_path / "stick")
    assert_alike(office, field)
    with reading(field.context.catalogue.engine) as connection:
        writes = writes_in_force(connection, ("site", site), "village")
    assert [write.value for write in writes] == ["Nà Pàn", "Nà Sầm"]

"""What goes wrong between laptops: half files, doubled files, restored disks, old programs."""

import os
import random
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.operations.exchanging import exchange_folder
from geopark_app.operations.safety import back_up_catalogue
from geopark_app.operations.sync_status import sync_status
from geopark_app.store.checking import check_log
from geopark_app.store.engine import writing
from geopark_app.store.fold import rebuild, understands_more_now
from geopark_app.store.peers import peers_of
from tests.builders import rows
from tests.laptops import Laptop, add_pictures
from tests.store.killing import run_and_kill

pytestmark = pytest.mark.slow

Team = Callable[..., list[Laptop]]
SEED = 20261123
SITES = "SELECT uuid, code, village, manager, deleted FROM site ORDER BY uuid"


# Folders ---------------------------------------------------------------------------------------


def test_half_and_foreign_files_are_harmless_and_named(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    stick = tmp_path / "stick"
    site = field.add(code="LS-1")
    field.exchange(stick)
    (bundle,) = [path for path in stick.rglob("*.gsb") if path.stat().st_size < 5000] or sorted(
        stick.rglob("*.gsb")
    )[:1]
    whole = bundle.read_bytes()
    bundle.write_bytes(whole[: len(whole) // 2])
    shutil.copy(bundle, bundle.with_name(f"{bundle.stem} (1).gsb"))
    (bundle.parent / "._thu.gsb").write_bytes(b"macOS")
    (bundle.parent.parent / "holiday.mov").write_bytes(b"film")
    receipt = office.exchange(stick)
    assert receipt.half == (bundle.name,)
    assert set(receipt.foreign) == {f"log/{bundle.stem} (1).gsb", "log/._thu.gsb", "holiday.mov"}
    assert receipt.received == 0
    bundle.write_bytes(whole)
    assert office.exchange(stick).received == 1
    assert office.site(site).code == "LS-1"


def test_a_lost_bundle_is_written_again_by_whoever_has_it(team: Team, tmp_path: Path) -> None:
    office, field, late = team("office", "field", "late")
    stick = tmp_path / "stick"
    site = field.add(code="LS-1")
    for laptop in (field, office):
        laptop.exchange(stick)
    for path in stick.rglob("*.gsb"):
        path.unlink()
    assert office.exchange(stick).sent > 0
    late.exchange(stick)
    assert late.site(site).code == "LS-1"


def test_an_early_bundle_waits_for_what_it_builds_on(team: Team, tmp_path: Path) -> None:
    office, field, late = team("office", "field", "late")
    first, second = tmp_path / "first", tmp_path / "second"
    site = field.add(code="LS-1")
    field.exchange(first)
    office.exchange(first)
    before = set(first.rglob("*.gsb"))
    office.edit(site, village="Nà Mò")
    office.exchange(first)
    shutil.copytree(first, second)
    for path in before:
        (second / path.relative_to(first)).unlink()
    receipt = late.exchange(second)
    assert (receipt.received, receipt.parked) == (0, 1)
    late.add(code="LS-2")
    late.exchange(second)
    office.exchange(second)
    # what only waits on a laptop does not count as handed over to it
    (peer,) = [one for one in peers_of(office.context.catalogue) if one.said["device"] == "late"]
    assert field.context.author.author_id not in {
        author for author, number in peer.have.items() if number
    }
    with late.at_work() as context:
        assert [one.device for one in sync_status(context).waiting] != []
    late.exchange(first)
    assert late.site(site).village == "Nà Mò"
    assert rows(late.folder, "SELECT count(*) FROM parked") == [(0,)]


def test_several_laptops_and_a_lazy_sync_tool_end_alike(team: Team, tmp_path: Path) -> None:
    """Each sees a random part of the folder, some files cut, some doubled."""
    laptops = team(*(f"L{number}" for number in range(6)))
    cloud, chance = tmp_path / "cloud", random.Random(SEED)
    cloud.mkdir()
    sites = [laptops[0].add(code=f"LS-{number}") for number in range(3)]
    for _round in range(14):
        laptop = chance.choice(laptops)
        own = laptop.root / "mirror"
        own.mkdir(exist_ok=True)
        _sync_some(cloud, own, chance)
        laptop.exchange(own)
        known = [
            uuid for uuid in sites if rows(laptop.folder, "SELECT 1 FROM site WHERE uuid=?", uuid)
        ]
        if known:
            laptop.edit(chance.choice(known), village=f"thôn {chance.random()}")
        laptop.exchange(own)
        _sync_all(own, cloud)
    for _round in range(2):
        for laptop in laptops:
            laptop.exchange(cloud)
    states = {tuple(rows(laptop.folder, SITES)) for laptop in laptops}
    assert len(states) == 1
    assert all(check_log(laptop.context.catalogue) == [] for laptop in laptops)


def _sync_some(source: Path, target: Path, chance: random.Random) -> None:
    for path in sorted(source.rglob("*")):
        if not path.is_file() or chance.random() < 0.5:
            continue
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        raw = path.read_bytes()
        copy.write_bytes(raw[: len(raw) // 2] if chance.random() < 0.15 else raw)
        if chance.random() < 0.15:
            copy.with_name(f"{copy.stem} (1){copy.suffix}").write_bytes(raw)


def _sync_all(source: Path, target: Path) -> None:
    """Carry what is whole to the cloud; half files stay where they are."""
    import hashlib

    for path in sorted(source.rglob("*")):
        if path.is_file() and "(1)" not in path.name:
            raw = path.read_bytes()
            if path.suffix != ".gsb" or hashlib.sha256(raw).hexdigest() == path.stem:
                copy = target / path.relative_to(source)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(raw)


# Restored, cloned and copied disks -------------------------------------------------------------


def test_a_restored_catalogue_gets_its_own_saves_back_and_writes_as_another_author(
    team: Team, tmp_path: Path
) -> None:
    office, field = team("office", "field")
    stick = tmp_path / "stick"
    site = field.add(code="LS-1")
    with field.at_work() as context:
        backup = back_up_catalogue(context)
    field.edit(site, village="sau bản sao")
    field.exchange(stick)
    field.close()
    for path in field.folder.glob("catalogue.sqlite*"):
        path.unlink()
    shutil.copy2(backup, field.folder / "catalogue.sqlite")
    field.open()
    assert field.site(site).village is None
    field.edit(site, manager="sau khi phục hồi")
    assert field.context.author.incarnation == 2
    for laptop in (field, office, field):
        laptop.exchange(stick)
    for laptop in (office, field):
        found = laptop.site(site)
        assert (found.village, found.manager) == ("sau bản sao", "sau khi phục hồi")
        assert check_log(laptop.context.catalogue) == []


def test_a_disk_set_back_as_a_whole_is_refused_loudly(team: Team, tmp_path: Path) -> None:
    """Catalogue and profile come from an image: the same author writes two histories."""
    office, field = team("office", "field")
    stick = tmp_path / "stick"
    site = field.add(code="LS-1")
    field.close()
    image = tmp_path / "image"
    shutil.copytree(field.root, image)
    field.open()
    field.edit(site, village="first history")
    field.exchange(stick)
    office.exchange(stick)
    field.close()
    shutil.rmtree(field.root)
    shutil.copytree(image, field.root)
    field.open()
    field.edit(site, village="second history")
    receipt = field.exchange(stick)
    assert [one.error.code for one in receipt.refused] == [ErrorCode.FORKED_CHAIN]
    receipt = office.exchange(stick)
    assert office.site(site).village == "first history"
    assert check_log(office.context.catalogue) == []


# Programs of another version -------------------------------------------------------------------


def test_an_old_laptop_keeps_and_relays_what_it_does_not_know(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A field and a kind that only newer programs have pass through an older laptop."""
    new, old, other = team("new", "old", "other")
    first, second = tmp_path / "first", tmp_path / "second"
    site = new.add(code="LS-1", village="Nà Mò", manager="UBND xã")
    fund = new.add("facility", name_vi="Nhà chờ")
    new.exchange(first)
    _with_older_program(monkeypatch, lambda: old.exchange(first))
    assert old.site(site).manager is None
    assert rows(old.folder, "SELECT count(*) FROM facility") == [(0,)]
    assert check_kept(old)
    old.edit(site, village="Nà Sầm")
    _with_older_program(monkeypatch, lambda: old.exchange(second))
    other.exchange(second)
    assert (other.site(site).manager, other.site(site).village) == ("UBND xã", "Nà Sầm")
    assert rows(other.folder, "SELECT uuid FROM facility") == [(fund,)]
    old.close()
    old.open()
    assert rows(old.folder, SITES) == rows(other.folder, SITES)
    assert rows(old.folder, "SELECT uuid, name_vi FROM facility") == [(fund, "Nhà chờ")]
    assert check_log(old.context.catalogue) == []


def check_kept(laptop: Laptop) -> bool:
    """Say whether the laptop noted that it did not understand everything."""
    with writing(laptop.context.catalogue.engine) as connection:
        return understands_more_now(connection)


def _with_older_program(monkeypatch: pytest.MonkeyPatch, deed: Callable[[], Any]) -> None:
    """Do something as a program whose declarations lack a field and a kind."""
    import dataclasses

    from geopark_app.domain import kinds
    from geopark_app.store import fold
    from geopark_app.sync import op_lines

    fold._vocabulary.cache_clear()
    fold.parent_fields.cache_clear()
    site = kinds.KINDS["site"]
    older = {name: kind for name, kind in kinds.KINDS.items() if name != "facility"}
    fields = tuple(spec for spec in site.fields if spec.name != "manager")
    older["site"] = dataclasses.replace(site, fields=fields)
    with monkeypatch.context() as patch:
        for module in (fold, op_lines):
            patch.setattr(module, "KINDS", older)
        deed()
    fold._vocabulary.cache_clear()
    fold.parent_fields.cache_clear()


def test_rebuild_makes_the_same_state(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    site = office.add(code="LS-1", village="a")
    office.exchange(tmp_path / "s")
    field.exchange(tmp_path / "s")
    office.edit(site, village="b")
    field.edit(site, village="c")
    field.exchange(tmp_path / "s")
    office.exchange(tmp_path / "s")
    tables = ("site", "head", "insert_of", "tomb", "conflict")
    before = [rows(office.folder, f"SELECT * FROM {name} ORDER BY 1, 2, 3") for name in tables]
    with writing(office.context.catalogue.engine) as connection:
        rebuild(connection)
    after = [rows(office.folder, f"SELECT * FROM {name} ORDER BY 1, 2, 3") for name in tables]
    assert after == before


# Kills -----------------------------------------------------------------------------------------

EXCHANGE = """
import os, sys
from pathlib import Path
from geopark_app.operations.context import open_context
from geopark_app.operations.exchanging import exchange_folder
context = open_context(Path(sys.argv[1]), person="x", device="x")
print("ready", flush=True)
exchange_folder(context, Path(sys.argv[2]))
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a signal of Unix")
def test_an_exchange_killed_at_any_moment_goes_on_later(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    stick = tmp_path / "stick"
    add_pictures(field, 3)
    sites = [field.add(code=f"LS-{number}", village="a" * 500) for number in range(40)]
    chance = random.Random(SEED)
    stick.mkdir()
    for number in range(10):
        laptop = (field, office)[number % 2]
        with laptop.at_work():
            command = [sys.executable, "-c", EXCHANGE, laptop.folder, stick]
            run_and_kill(command, after_ms=chance.uniform(0, 300), ready=True)
        assert check_log(laptop.context.catalogue) == []
        found = len(rows(office.folder, "SELECT uuid FROM site"))
        assert found in {0, len(sites)}
    for laptop in (field, office, field):
        receipt = laptop.exchange(stick)
    assert receipt.half == ()
    assert rows(office.folder, SITES) == rows(field.folder, SITES)
    assert office.exchange(stick).photos.missing == 0


def test_a_stick_that_is_gone_or_read_only_changes_nothing(team: Team, tmp_path: Path) -> None:
    office, _field = team("office", "field")
    office.add(code="LS-1")
    with office.at_work() as context, pytest.raises(GeoparkError) as caught:
        exchange_folder(context, tmp_path / "pulled out")
    assert caught.value.code is ErrorCode.NOT_FOUND
    (tmp_path / "file").write_bytes(b"")
    with office.at_work() as context, pytest.raises(GeoparkError):
        exchange_folder(context, tmp_path / "file")
    assert check_log(office.context.catalogue) == []

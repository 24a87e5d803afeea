"""Who signs: the key stays on the machine, and two branches never share one author."""

import json
import shutil
from pathlib import Path

import pytest

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Site
from geopark_app.operations.safety import check_catalogue
from tests.builders import SteppingClock, make_site, put, rows
from tests.conftest import OpenCatalogue


def signed_authors(folder: Path) -> list[str]:
    found = rows(folder, "SELECT author FROM txn WHERE sig <> '' ORDER BY hlc, first")
    return [author for (author,) in found]


def copy_of(folder: Path, target: Path) -> Path:
    return Path(shutil.copytree(folder, target))


def test_the_same_person_goes_on_as_the_same_author(folder: Path, opened: OpenCatalogue) -> None:
    for _ in range(2):
        context = opened(folder)
        put(context, make_site())
        context.catalogue.close()
    first, second = signed_authors(folder)
    assert first == second
    assert first.endswith(".1")


def test_a_restored_old_copy_gets_a_new_incarnation(
    folder: Path, opened: OpenCatalogue, tmp_path: Path
) -> None:
    context = opened(folder)
    put(context, make_site())
    context.catalogue.close()
    backup = copy_of(folder, tmp_path / "backup")
    context = opened(folder)
    put(context, make_site())
    context.catalogue.close()

    restored = opened(backup)
    put(restored, make_site())
    first, second = signed_authors(backup)
    assert first.endswith(".1")
    assert second == first.replace(".1", ".2")
    assert check_catalogue(restored) == []


def test_the_original_after_its_copy_was_used_gets_a_third_life(
    folder: Path, opened: OpenCatalogue, tmp_path: Path
) -> None:
    """Else original and copy would both write as life 2."""
    clock = SteppingClock()
    put(opened(folder, clock=clock), make_site())
    opened(folder).catalogue.close()
    backup = copy_of(folder, tmp_path / "backup")
    put(opened(folder, clock=clock), make_site())
    put(opened(backup, clock=clock), make_site())
    put(opened(folder, clock=clock), make_site())
    lives = [author.rpartition(".")[2] for author in signed_authors(folder)]
    assert lives == ["1", "1", "3"]


def test_another_profile_is_another_author(
    folder: Path, opened: OpenCatalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(opened(folder, device="office"), make_site())
    monkeypatch.setenv("GEOPARK_PROFILE", str(tmp_path / "another-laptop"))
    put(opened(folder, device="field"), make_site())
    assert len({author.partition(".")[0] for author in signed_authors(folder)}) == 2
    devices = rows(folder, "SELECT device FROM author WHERE public_key <> '' ORDER BY device")
    assert devices == [("field",), ("office",)]


def test_another_person_on_the_same_laptop_is_the_same_author_and_another_user(
    folder: Path, opened: OpenCatalogue
) -> None:
    put(opened(folder, person="Hà"), make_site())
    put(opened(folder, person="Minh"), make_site())
    found = rows(folder, "SELECT author, user FROM txn WHERE sig <> '' ORDER BY first")
    assert [user for _, user in found] == ["Hà", "Minh"]
    assert len({author for author, _ in found}) == 1


def test_the_key_never_lies_in_the_catalogue(
    folder: Path, opened: OpenCatalogue, profile: Path
) -> None:
    context = opened(folder)
    put(context, make_site())
    context.catalogue.close()
    secrets = [
        file.read_bytes().strip() for file in profile.rglob("*") if file.is_file()
        if file.suffix == ".key"
    ]  # fmt: skip
    assert secrets
    for file in folder.rglob("*"):
        if file.is_file():
            assert not any(secret in file.read_bytes() for secret in secrets), file


def test_only_its_owner_may_read_the_key(
    folder: Path, opened: OpenCatalogue, profile: Path
) -> None:
    put(opened(folder), make_site())
    modes = [file.stat().st_mode & 0o777 for file in profile.rglob("*.key")]
    assert modes == [0o600]


@pytest.mark.parametrize(
    "tail", ["", "{", "[]", "{}", '{"author": "x", "hash": ""}', '{"author": 1}', "\x00"]
)
def test_a_damaged_tail_file_begins_a_new_life(
    folder: Path, opened: OpenCatalogue, profile: Path, tail: str
) -> None:
    put(opened(folder), make_site())
    (file,) = (profile / "tails").iterdir()
    file.write_text(tail, encoding="utf-8")
    put(opened(folder), make_site())
    first, second = signed_authors(folder)
    assert (first[-2:], second[-2:]) == (".1", ".2")


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"public_key": "zz"}', "\x00"])
def test_a_damaged_key_is_said_and_nothing_is_written(
    folder: Path, opened: OpenCatalogue, profile: Path, content: str
) -> None:
    """It is not replaced in silence: a colleague's list of keys names the old one."""
    put(opened(folder), make_site())
    (profile / "device.json").write_text(content, encoding="utf-8")
    with pytest.raises(GeoparkError) as caught:
        opened(folder)
    assert caught.value.code is ErrorCode.MISSING_PART
    assert len(signed_authors(folder)) == 1


def test_a_lost_private_key_cannot_sign(folder: Path, opened: OpenCatalogue, profile: Path) -> None:
    put(opened(folder), make_site())
    (key,) = profile.glob("*.key")
    key.unlink()
    context = opened(folder)
    with pytest.raises(GeoparkError) as caught:
        put(context, make_site())
    assert caught.value.code is ErrorCode.MISSING_PART
    assert len(signed_authors(folder)) == 1
    assert len(context.catalogue.records(Site)) == 1


def test_an_older_tail_is_harmless(folder: Path, opened: OpenCatalogue, profile: Path) -> None:
    """A kill between the save and its tail file leaves the tail of the save before."""
    context = opened(folder)
    put(context, make_site())
    (file,) = (profile / "tails").iterdir()
    older = file.read_bytes()
    put(context, make_site())
    file.write_bytes(older)
    put(opened(folder), make_site())
    assert len(set(signed_authors(folder))) == 1


def test_a_window_and_a_command_share_one_chain(folder: Path, opened: OpenCatalogue) -> None:
    window, command = opened(folder), opened(folder)
    for context in (window, command, window, command):
        put(context, make_site())
    assert len(set(signed_authors(folder))) == 1
    assert check_catalogue(window) == []


@pytest.mark.parametrize("catalogue_id", ["../../escaped", "..", "a/b", "", "x" * 300, "a\\b"])
def test_a_catalogue_id_cannot_lead_out_of_the_profile(
    folder: Path, opened: OpenCatalogue, catalogue_id: str
) -> None:
    (marker,) = folder.glob("*.geopark")
    content = json.loads(marker.read_text(encoding="utf-8"))
    marker.write_text(json.dumps({**content, "catalogue_id": catalogue_id}), encoding="utf-8")
    with pytest.raises(GeoparkError) as caught:
        opened(folder)
    assert caught.value.code is ErrorCode.DAMAGED_CATALOGUE

"""An encrypted stick: readable by the team alone, also as laptops come and as others go."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.operations.bundles import export_bundle, import_bundle
from geopark_app.operations.teams import current_team, keep_membership
from geopark_app.store.office_key import office_key
from geopark_app.sync.membership import sign_membership
from geopark_app.sync.team_cipher import new_folder_key, wrap
from tests.builders import rows
from tests.laptops import Laptop, add_pictures, welcome

Team = Callable[..., list[Laptop]]
NAME = "Hang Gió Bí Mật"


def names(laptop: Laptop) -> list[str]:
    return [str(row[0]) for row in rows(laptop.folder, "SELECT name_vi FROM site ORDER BY 1")]


def test_nothing_typed_and_no_picture_can_be_read_on_the_stick(team: Team, tmp_path: Path) -> None:
    office, lan = team("office", "lan")
    stick = tmp_path / "stick"
    originals = add_pictures(office, 2)
    office.add(code="LS-1", name_vi=NAME)
    office.exchange(stick, encrypt=True)
    receipt = lan.exchange(stick)
    assert names(lan) == [NAME]
    assert (receipt.photos.received, receipt.refused) == (6, ())
    assert all(lan.context.catalogue.files.is_whole(sha256) for sha256 in originals)
    lan.add(code="LS-2", name_vi=f"{NAME} 2")
    assert lan.exchange(stick).sent == 1
    assert office.exchange(stick).received == 1
    again = office.exchange(stick)
    assert (again.sent, again.received, again.photos.sent) == (0, 0, 0)
    files = [path for path in stick.rglob("*") if path.is_file()]
    assert files
    assert {path.suffix for path in files} == {".age"}
    content = b"".join(path.read_bytes() for path in files)
    for secret in (NAME.encode(), b"office", b"JFIF", b"geopark-bundle"):
        assert secret not in content


def test_a_new_laptop_reads_what_was_there_once_a_colleague_met_the_stick(
    team: Team, empty_folder: Path, tmp_path: Path
) -> None:
    office, lan = team("office", "lan")
    stick = tmp_path / "stick"
    office.add(code="LS-1", name_vi=NAME)
    office.exchange(stick, encrypt=True)
    minh = Laptop(tmp_path, empty_folder, "minh")
    welcome(office, minh)
    early = minh.exchange(stick)
    assert early.received == 0
    assert {one.error.details["reason"] for one in early.refused} == {"encrypted"}
    office.exchange(stick)
    minh.exchange(stick)
    assert names(minh) == [NAME]
    for laptop in (lan, minh):
        laptop.exchange(stick)
    assert names(lan) == [NAME]
    minh.close()


def test_who_left_reads_nothing_that_is_written_later(team: Team, tmp_path: Path) -> None:
    office, lan, minh = team("office", "lan", "minh")
    stick = tmp_path / "stick"
    for laptop in (office, lan, minh):
        laptop.exchange(stick, encrypt=True)
    _leave(office, minh)
    office.add(code="LS-9", name_vi=NAME)
    office.exchange(stick)
    lan.exchange(stick)
    assert names(lan) == [NAME]
    late = minh.exchange(stick)
    assert NAME not in names(minh)
    assert "encrypted" in {one.error.details.get("reason") for one in late.refused}


def _leave(office: Laptop, gone: Laptop) -> None:
    with office.at_work() as context:
        team = current_team(context)
        assert team is not None
        key = office_key(team.membership.office_key)
        assert key is not None
        others = tuple(
            one for one in team.membership.members if gone.context.author.public_key not in one.keys
        )
        following = replace(team.membership, number=team.membership.number + 1, members=others)
        keep_membership(context, sign_membership(following, key.sign))


def test_a_key_slipped_in_by_a_stranger_is_not_used(team: Team, tmp_path: Path) -> None:
    office, lan = team("office", "lan")
    stick = tmp_path / "stick"
    members = frozenset(one.context.author.public_key for one in (office, lan))
    office.exchange(stick)
    (keys,) = stick.glob("team/*/keys")
    slipped = new_folder_key(members)
    stranger = "a" * 64
    sealed = wrap(slipped, members, me=stranger, sign=lambda _message: "b" * 128)
    (keys / f"{slipped.name}-{'0' * 16}.age").write_bytes(sealed)
    office.add(code="LS-1", name_vi=NAME)
    office.exchange(stick)
    assert len(list(keys.iterdir())) == 2
    lan.exchange(stick)
    assert names(lan) == [NAME]


def test_a_cut_encrypted_photo_is_written_again(team: Team, tmp_path: Path) -> None:
    office, lan = team("office", "lan")
    stick = tmp_path / "stick"
    (original,) = add_pictures(office, 1)
    office.exchange(stick, encrypt=True)
    (blob,) = stick.rglob(f"{original}.age")
    blob.write_bytes(blob.read_bytes()[:5000])
    assert lan.exchange(stick).photos.damaged == (original,)
    office.exchange(stick)
    lan.exchange(stick)
    assert lan.context.catalogue.files.is_whole(original)


def test_an_encrypted_bundle_goes_by_mail_to_members_only(
    team: Team, empty_folder: Path, tmp_path: Path
) -> None:
    office, lan = team("office", "lan")
    office.add(code="LS-1", name_vi=NAME)
    mail = tmp_path / "day.gsb"
    with office.at_work() as context:
        export_bundle(context, mail, encrypt=True)
    assert NAME.encode() not in mail.read_bytes()
    late = Laptop(tmp_path, empty_folder, "late")
    welcome(office, late)
    with late.at_work() as context, pytest.raises(GeoparkError) as caught:
        import_bundle(context, mail)
    assert caught.value.code is ErrorCode.BAD_BUNDLE
    with lan.at_work() as context:
        import_bundle(context, mail)
    assert names(lan) == [NAME]
    late.close()

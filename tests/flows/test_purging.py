"""A value or photo an administrator removes is gone from every replica; the log still verifies."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Removal
from geopark_app.domain.roles import Role
from geopark_app.operations.purging import (
    drop_backups,
    named_record,
    removal_states,
    remove_for_good,
)
from geopark_app.operations.safety import back_up_catalogue
from geopark_app.operations.team_roles import give_role
from geopark_app.store.checking import check_log
from geopark_app.store.exchange_log import version_vector
from geopark_app.store.new_keys import new_uuid
from tests.builders import rows
from tests.flows.test_exchange import assert_alike
from tests.laptops import Laptop, add_pictures, welcome

Team = Callable[..., list[Laptop]]
SECRET = "Hoàng Văn Bí Mật"


def meet(stick: Path, *laptops: Laptop) -> None:
    for laptop in (*laptops, *laptops):
        laptop.exchange(stick)


def remove(laptop: Laptop, ref: str, field: str = "", reason: str = "theo đơn") -> None:
    with laptop.at_work() as context:
        remove_for_good(context, named_record(context, ref), field, reason=reason, step="remove")


def bytes_of(root: Path) -> bytes:
    """Give all that lies in a folder, bundles opened."""
    found = []
    for path in root.rglob("*"):
        if path.is_file():
            found.append(path.read_bytes())
            if path.suffix == ".gsb":
                with zipfile.ZipFile(path) as archive:
                    found += [archive.read(name) for name in archive.namelist()]
    return b"".join(found)


def test_a_value_is_gone_everywhere_and_every_save_still_verifies(
    team: Team, tmp_path: Path, empty_folder: Path
) -> None:
    office, field, away = team("office", "field", "away")
    stick, secret = tmp_path / "stick", SECRET.encode()
    site = field.add(code="LS-1", name_vi="Hang Gió", surveyors=SECRET)
    field.edit(site, surveyors=f"{SECRET} 2", village="Nà Mò")
    meet(stick, field, office, away)
    with office.at_work() as context:
        back_up_catalogue(context)
    assert secret in bytes_of(stick)
    with pytest.raises(GeoparkError) as trouble:
        remove(field, "site:LS-1", "surveyors")
    assert trouble.value.code is ErrorCode.BEYOND_ROLE
    with pytest.raises(GeoparkError):
        remove(office, "site:LS-1", "surveyors", reason=" ")
    remove(office, "site:LS-1", "surveyors")
    assert office.site(site).surveyors is None
    meet(stick, office, field)
    assert_alike(office, field)
    assert (field.site(site).surveyors, field.site(site).village) == (None, "Nà Mò")
    assert secret not in bytes_of(stick)
    for laptop in (office, field):
        laptop.close()
        database = (laptop.folder / "catalogue.sqlite").read_bytes()
        assert secret not in database, laptop.name
        laptop.open()
    with office.at_work() as context:
        (state,) = removal_states(context)
        assert state.laptops == ("Người away (away)",)
        assert len(state.backups) >= 1
        assert drop_backups(context) == len(state.backups)
        assert removal_states(context)[0].backups == ()
    away.edit(site, surveyors="Lan")  # another value, written meanwhile
    meet(stick, away, office, field)
    assert_alike(office, field, away)
    assert office.site(site).surveyors == "Lan"
    new = Laptop(tmp_path, empty_folder, "new")
    welcome(office, new)
    office.exchange(stick)
    new.exchange(stick)
    assert_alike(office, new)
    assert secret not in bytes_of(stick)
    new.close()


def test_a_photo_goes_with_its_files(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    stick = tmp_path / "stick"
    (original,) = add_pictures(field, 1)
    meet(stick, field, office)
    assert office.context.catalogue.files.has(original)
    (photo,) = rows(office.folder, "SELECT uuid, thumb_sha256 FROM photo")
    remove(office, f"photo:{photo[0]}")
    assert not office.context.catalogue.files.has(original)
    meet(stick, office, field)
    assert not field.context.catalogue.files.names() & {original, photo[1]}
    assert [path.name for path in stick.rglob("*") if path.name.startswith(original)] == []
    assert rows(field.folder, "SELECT deleted, sha256, caption_vi FROM photo") == [(1, None, None)]
    assert check_log(field.context.catalogue) == []
    assert_alike(office, field)


def test_an_editor_cannot_smuggle_a_removal(team: Team, tmp_path: Path) -> None:
    office, other = team("office", "other")
    site = office.add(code="LS-1", surveyors=SECRET)
    with office.at_work() as context:
        give_role(context, "other", Role.ADMINISTRATOR)
    meet(tmp_path / "stick", office, other)
    with office.at_work() as context:
        give_role(context, "other", Role.EDITOR)
    with pytest.raises(GeoparkError):
        remove(other, "site:LS-1", "surveyors")  # without the office key
    covers = json.dumps(version_vector(other.context.catalogue))
    with other.at_work() as context, context.work("past the door", is_ruling=True) as work:
        # it does not know yet that it is no administrator any more
        work.put(
            Removal(
                uuid=new_uuid(),
                kind_name="site",
                target=site,
                field_name="surveyors",
                covers=covers,
            )
        )
    meet(tmp_path / "stick", other, office)
    assert office.site(site).surveyors == SECRET
    assert check_log(office.context.catalogue) == []

"""Real catalogues of earlier versions open: a backup, the new tables, every edit still there."""

import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import (
    Answer,
    Assessment,
    FormAnswer,
    MissionNote,
    MissionStop,
    Photo,
    Route,
    ScoringMethod,
    Site,
    Term,
    Visit,
    Work,
)
from geopark_app.operations.context import AppContext
from geopark_app.operations.records import history, set_fields
from geopark_app.operations.safety import check_catalogue
from geopark_app.operations.sites import find_site
from geopark_app.store.migrations import current_revision
from geopark_app.store.schema_version import HEAD_REVISION

INVENTORIES = Path(__file__).resolve().parents[1] / "data" / "inventories"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Give a catalogue the first version made: an empty starter with a few edits."""
    folder = tmp_path / "old"
    with zipfile.ZipFile(INVENTORIES / "v0001.zip") as packed:
        packed.extractall(folder)
    return folder


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """Give a catalogue of the second version: an empty starter with a site and a photo."""
    folder = tmp_path / "second"
    with zipfile.ZipFile(INVENTORIES / "v0002.zip") as packed:
        packed.extractall(folder)
    return folder


@pytest.fixture
def ninth(tmp_path: Path) -> Path:
    """Give a catalogue of the ninth version: a visit, works, points, an answer, a team."""
    folder = tmp_path / "ninth"
    with zipfile.ZipFile(INVENTORIES / "v0009.zip") as packed:
        packed.extractall(folder)
    return folder


@pytest.fixture
def eighteenth(tmp_path: Path) -> Path:
    """Give a catalogue of version 18: a route line, a mission, a method, a team with roles."""
    folder = tmp_path / "eighteenth"
    with zipfile.ZipFile(INVENTORIES / "v0018.zip") as packed:
        packed.extractall(folder)
    return folder


def revision(database: Path) -> str:
    with closing(sqlite3.connect(database)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def test_a_catalogue_of_the_first_version_opens_whole(
    old: Path, opened: Callable[..., AppContext]
) -> None:
    assert revision(old / "catalogue.sqlite") == "0001"
    context = opened(old)
    with context.catalogue.engine.connect() as connection:
        assert current_revision(connection) == HEAD_REVISION
    (backup,) = (old / "backups").glob("*.sqlite")
    assert revision(backup) == "0001"
    assert check_catalogue(context) == []
    site = find_site(context, "LS-901")
    assert (site.name_vi, site.village, site.manager) == ("Hang Cũ", "Nà Mò", "UBND xã")
    assert site.significance_vi == "Ý nghĩa cũ"
    assert site.workflow_status == "submitted"
    assert site.position is not None
    assert site.position.lat == 21.85
    assert {"village", "manager"} <= {entry.field for entry in history(context, "site", site.uuid)}
    (trashed,) = context.catalogue.records(
        Site, where={"code": "LS-902", "deleted": 1}, include_deleted=True
    )
    assert trashed.name_vi == "Điểm đã xoá"


def test_a_catalogue_of_the_second_version_keeps_its_photo(
    second: Path, opened: Callable[..., AppContext]
) -> None:
    assert revision(second / "catalogue.sqlite") == "0002"
    context = opened(second)
    assert check_catalogue(context) == []
    site = find_site(context, "LS-903")
    (photo,) = context.catalogue.records(Photo)
    assert (photo.site_uuid, photo.photographer) == (site.uuid, "Lê C")
    assert (photo.rating, photo.chat_copy, photo.original_photo_uuid) == (None, None, None)
    set_fields(context, "photo", photo.uuid, {"rating": "4", "children_shown": "yes"})
    (again,) = context.catalogue.records(Photo)
    assert (again.rating, again.children_shown) == (4, True)
    assert check_catalogue(context) == []


def test_it_receives_the_later_vocabularies_once(
    old: Path, opened: Callable[..., AppContext]
) -> None:
    first = opened(old)
    count = len(first.catalogue.records(Term))
    permian = first.catalogue.records(
        Term, where={"vocabulary": "geological_time", "code": "Permian"}
    )
    assert [(term.begin_ma, term.parent) for term in permian] == [(298.9, "Paleozoic")]
    first.catalogue.close()
    assert len(opened(old).catalogue.records(Term)) == count


def test_new_fields_are_edited_in_an_old_catalogue(
    old: Path, opened: Callable[..., AppContext]
) -> None:
    context = opened(old)
    site = find_site(context, "LS-901")
    typed = {"age_oldest": "Permian", "interpretation": "Biển nông"}
    set_fields(context, "site", site.uuid, typed)
    again = find_site(context, "LS-901")
    assert (again.age_oldest, again.interpretation_vi) == ("Permian", "Biển nông")
    assert check_catalogue(context) == []


def test_an_old_catalogue_on_read_only_media_says_so(
    old: Path, opened: Callable[..., AppContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    from geopark_app.store.folder import CatalogueFolder

    monkeypatch.setattr(CatalogueFolder, "is_writable", property(lambda _self: False))
    with pytest.raises(GeoparkError) as caught:
        opened(old)
    assert caught.value.code is ErrorCode.READ_ONLY


def test_a_catalogue_of_the_ninth_version_keeps_what_was_judged(
    ninth: Path, opened: Callable[..., AppContext]
) -> None:
    assert revision(ninth / "catalogue.sqlite") == "0009"
    context = opened(ninth)
    assert check_catalogue(context) == []
    site = find_site(context, "LS-904")
    (visit,) = context.catalogue.records(Visit)
    answers = context.catalogue.records(Answer, where={"visit_uuid": visit.uuid})
    assert sorted(answer.status or "" for answer in answers) == ["met", "not_met", "partly"]
    assert len(context.catalogue.records(Work)) == 2
    (assessment,) = context.catalogue.records(Assessment)
    assert assessment.site_uuid == site.uuid
    (answered,) = context.catalogue.records(FormAnswer)
    assert answered.note == "Thử"
    assert len(context.catalogue.records(Photo)) == 1


def test_a_catalogue_of_version_18_keeps_its_mission(
    eighteenth: Path, opened: Callable[..., AppContext]
) -> None:
    assert revision(eighteenth / "catalogue.sqlite") == "0018"
    context = opened(eighteenth)
    assert check_catalogue(context) == []
    site = find_site(context, "LS-905")
    stops = context.catalogue.records(MissionStop)
    assert site.uuid in {stop.site_uuid for stop in stops}
    assert len(stops) == 2
    (route,) = context.catalogue.records(Route)
    assert route.geojson is not None
    assert "106.8" in route.geojson
    (method,) = context.catalogue.records(ScoringMethod, where={"code": "sev"})
    assert method.definition
    (note,) = context.catalogue.records(MissionNote)
    assert note.answer_vi == "Hợp tác xã"
    assert len(context.catalogue.records(Visit)) == 2

"""The catalogue folder: opened wherever it lies, refused untouched when it is not ours."""

import contextlib
import hashlib
import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Site
from geopark_app.operations.catalogues import create_new
from geopark_app.operations.safety import check_catalogue
from geopark_app.store.folder import ascii_name
from tests.builders import make_site, put, raw
from tests.conftest import OpenCatalogue


def fingerprint(folder: Path) -> dict[str, str]:
    """Give the SHA-256 of each file, to see that nothing was touched or left behind."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def refusal(opened: OpenCatalogue, path: Path) -> ErrorCode:
    with pytest.raises(GeoparkError) as caught:
        opened(path)
    return caught.value.code


def marker_of(folder: Path) -> Path:
    (marker,) = folder.glob("*.geopark")
    return marker


def test_a_new_catalogue_has_its_folders_and_its_small_file(tmp_path: Path) -> None:
    context = create_new(tmp_path / "Lạng Sơn 2026", starter="empty", person="Hà", device="A")
    with context.catalogue as catalogue:
        root = catalogue.folder.root
        names = {path.name for path in root.iterdir() if not path.name.startswith("catalogue.sq")}
        assert names == {"files", "layers", "backups", "exports", "cache", "Lang-Son-2026.geopark"}
        marker = json.loads(marker_of(root).read_text(encoding="utf-8"))
        assert marker == {
            "format": "geopark-catalogue",
            "version": 1,
            "catalogue_id": catalogue.folder.catalogue_id,
            "sample": False,
        }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Đồng Đăng", "Dong-Dang"),
        ("a/b\\c:d*e", "a-b-c-d-e"),
        ("", "catalogue"),
        ("地質", "catalogue"),
        ("x" * 200, "x" * 60),
    ],
)
def test_the_file_is_named_in_plain_letters(name: str, expected: str) -> None:
    assert ascii_name(name) == expected


def test_it_is_opened_by_its_folder_and_by_its_small_file(
    folder: Path, opened: OpenCatalogue
) -> None:
    by_folder, by_file = opened(folder), opened(marker_of(folder))
    assert by_folder.catalogue.folder == by_file.catalogue.folder


def test_a_moved_and_renamed_folder_keeps_everything(
    folder: Path, opened: OpenCatalogue, tmp_path: Path
) -> None:
    context = opened(folder)
    site = make_site(name_vi="Hang Gió")
    put(context, site)
    sha256 = context.catalogue.files.add_bytes(b"a picture")
    context.catalogue.close()
    moved = tmp_path / "thẻ nhớ USB" / "Danh mục # 100% ?"
    moved.parent.mkdir()
    folder.rename(moved)
    context = opened(moved)
    assert context.catalogue.get(Site, site.uuid) == site
    assert context.catalogue.files.is_whole(sha256)
    put(context, make_site())
    assert check_catalogue(context) == []


def test_a_renamed_small_file_still_opens(folder: Path, opened: OpenCatalogue) -> None:
    marker_of(folder).rename(folder / "Của tôi.geopark")
    assert opened(folder).catalogue.folder.marker.name == "Của tôi.geopark"


def test_what_macos_leaves_on_a_stick_is_passed_over(folder: Path, opened: OpenCatalogue) -> None:
    (folder / "._catalogue.geopark").write_bytes(b"\x00\x05\x16\x07")
    (folder / "a folder.geopark").mkdir()
    assert opened(folder).catalogue.records(Site) == []


@pytest.mark.parametrize("name", ["missing", "missing/deeper", "missing.geopark"])
def test_what_is_not_there_is_not_found(opened: OpenCatalogue, tmp_path: Path, name: str) -> None:
    assert refusal(opened, tmp_path / name) is ErrorCode.NOT_FOUND


def test_a_folder_without_a_small_file_is_not_a_catalogue(
    opened: OpenCatalogue, tmp_path: Path
) -> None:
    assert refusal(opened, tmp_path) is ErrorCode.NOT_A_CATALOGUE
    (tmp_path / "letter.txt").write_text("Kính gửi", encoding="utf-8")
    assert refusal(opened, tmp_path / "letter.txt") is ErrorCode.NOT_A_CATALOGUE
    assert list(tmp_path.iterdir()) == [tmp_path / "letter.txt"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", ErrorCode.DAMAGED_CATALOGUE),
        (b"{", ErrorCode.DAMAGED_CATALOGUE),
        (b"\xff\xfe\x00", ErrorCode.DAMAGED_CATALOGUE),
        (b"[" * 60_000, ErrorCode.DAMAGED_CATALOGUE),
        (b" " * 2_000_000, ErrorCode.DAMAGED_CATALOGUE),
        (b"[]", ErrorCode.NOT_A_CATALOGUE),
        (b"null", ErrorCode.NOT_A_CATALOGUE),
        (b'{"format": "something-else"}', ErrorCode.NOT_A_CATALOGUE),
        (b'{"format": "geopark-catalogue"}', ErrorCode.DAMAGED_CATALOGUE),
        (
            b'{"format": "geopark-catalogue", "version": "1", "catalogue_id": "x"}',
            ErrorCode.DAMAGED_CATALOGUE,
        ),
        (
            b'{"format": "geopark-catalogue", "version": 0, "catalogue_id": "x"}',
            ErrorCode.DAMAGED_CATALOGUE,
        ),
        (
            b'{"format": "geopark-catalogue", "version": 1, "catalogue_id": 5.5}',
            ErrorCode.DAMAGED_CATALOGUE,
        ),
        (
            b'{"format": "geopark-catalogue", "version": 2, "catalogue_id": "x"}',
            ErrorCode.NEWER_FORMAT,
        ),
        (
            b'{"format": "geopark-catalogue", "version": 2, "catalogue": "of another kind"}',
            ErrorCode.NEWER_FORMAT,
        ),
    ],
)
def test_a_small_file_with_nonsense(
    folder: Path, opened: OpenCatalogue, content: bytes, code: ErrorCode
) -> None:
    marker_of(folder).write_bytes(content)
    before = fingerprint(folder)
    assert refusal(opened, folder) is code
    assert fingerprint(folder) == before


def test_a_missing_database(folder: Path, opened: OpenCatalogue) -> None:
    (folder / "catalogue.sqlite").unlink()
    before = fingerprint(folder)
    assert refusal(opened, folder) is ErrorCode.DAMAGED_CATALOGUE
    assert fingerprint(folder) == before


def foreign_database(path: Path) -> None:
    path.unlink()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE places (name TEXT)")
        connection.execute("INSERT INTO places VALUES ('Hà Giang')")
        connection.commit()


def foreign_alembic(path: Path) -> None:
    foreign_database(path)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
        connection.commit()


def truncated(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def garbage_inside(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (path.stat().st_size - 4096))


@pytest.mark.parametrize(
    ("damage", "codes"),
    [
        (foreign_database, {ErrorCode.NOT_A_CATALOGUE}),
        (foreign_alembic, {ErrorCode.NOT_A_CATALOGUE}),
        (lambda path: path.write_bytes(b""), {ErrorCode.NOT_A_CATALOGUE}),
        (lambda path: path.write_bytes(b"not a database" * 999), {ErrorCode.DAMAGED_CATALOGUE}),
        (lambda path: path.write_bytes(path.read_bytes()[:100]), {ErrorCode.DAMAGED_CATALOGUE}),
        (truncated, {ErrorCode.DAMAGED_CATALOGUE}),
        (garbage_inside, {ErrorCode.DAMAGED_CATALOGUE}),
    ],
    ids=["foreign", "foreign-alembic", "empty", "garbage", "header-only", "truncated", "inside"],
)
def test_a_foreign_or_damaged_database_is_refused_untouched(
    folder: Path, opened: OpenCatalogue, damage: object, codes: set[ErrorCode]
) -> None:
    assert callable(damage)
    damage(folder / "catalogue.sqlite")
    before = fingerprint(folder)
    assert refusal(opened, folder) in codes
    assert fingerprint(folder) == before


def test_a_database_of_a_newer_version_is_refused_untouched(
    folder: Path, opened: OpenCatalogue
) -> None:
    with raw(folder) as foreign:
        foreign.execute("UPDATE alembic_version SET version_num = '9999'")
    before = fingerprint(folder)
    assert refusal(opened, folder) is ErrorCode.NEWER_FORMAT
    assert fingerprint(folder) == before


def test_a_newer_database_with_a_journal_is_refused_too(
    folder: Path, opened: OpenCatalogue
) -> None:
    """A catalogue just written by the newer program: its revision is still in the journal."""
    writer = sqlite3.connect(folder / "catalogue.sqlite")
    writer.execute("UPDATE alembic_version SET version_num = '9999'")
    writer.commit()
    try:
        assert refusal(opened, folder) is ErrorCode.NEWER_FORMAT
    finally:
        writer.close()


def test_a_folder_with_anything_in_it_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"jpeg")
    with pytest.raises(GeoparkError) as caught:
        create_new(tmp_path, starter="empty", person="Hà", device="A")
    assert caught.value.code is ErrorCode.FOLDER_NOT_EMPTY
    assert fingerprint(tmp_path).keys() == {"photo.jpg"}


def test_a_file_in_the_place_of_the_folder_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"jpeg")
    with pytest.raises(GeoparkError) as caught:
        create_new(tmp_path / "photo.jpg", starter="empty", person="Hà", device="A")
    assert caught.value.code is ErrorCode.FOLDER_NOT_EMPTY
    assert (tmp_path / "photo.jpg").read_bytes() == b"jpeg"


def test_a_new_catalogue_is_not_made_over_another(folder: Path, tmp_path: Path) -> None:
    before = fingerprint(folder)
    with pytest.raises(GeoparkError):
        create_new(folder, starter="empty", person="Hà", device="A")
    assert fingerprint(folder) == before


def test_a_creation_that_fails_leaves_no_catalogue(tmp_path: Path, profile: Path) -> None:
    shutil.rmtree(profile)
    profile.write_text("no folder: no key can be kept", encoding="utf-8")
    with pytest.raises((GeoparkError, OSError)):
        create_new(tmp_path / "c", starter="empty", person="Hà", device="A")
    assert not (tmp_path / "c").exists()


def test_a_copy_made_while_it_is_open_has_the_same_content(
    folder: Path, opened: OpenCatalogue, tmp_path: Path
) -> None:
    context = opened(folder)
    site = make_site()
    put(context, site)
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    assert opened(copy).catalogue.get(Site, site.uuid) == site

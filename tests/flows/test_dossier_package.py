"""The dossier folder: whole or not at all, and nothing of other people's is touched."""

import contextlib
import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.dossier.package import package, settle

pytestmark = pytest.mark.slow

MADE_AT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def build(out: Path, content: str = "một") -> Path | None:
    with package(out) as built:
        (built.data / "a.txt").write_text(content, encoding="utf-8")
        return settle(built, title="T", organisation="O", made_at=MADE_AT)[1]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_folder_is_a_bag(tmp_path: Path) -> None:
    out = tmp_path / "dossier"
    assert build(out) is None
    assert names(out) == ["bag-info.txt", "bagit.txt", "data", "manifest-sha256.txt"]
    digest = hashlib.sha256("một".encode()).hexdigest()
    manifest = (out / "manifest-sha256.txt").read_text(encoding="utf-8")
    assert manifest == f"{digest}  data/a.txt\n"
    assert "Payload-Oxum: 5.1" in (out / "bag-info.txt").read_text(encoding="utf-8")
    assert names(tmp_path) == ["dossier"]


def test_an_older_dossier_is_replaced_whole(tmp_path: Path) -> None:
    out = tmp_path / "dossier"
    build(out)
    assert build(out, "hai") is None
    assert (out / "data" / "a.txt").read_text(encoding="utf-8") == "hai"
    assert names(tmp_path) == ["dossier"]


@pytest.mark.parametrize("name", ["a.txt", "ghi-chu.txt"])
def test_what_a_person_changed_is_kept(tmp_path: Path, name: str) -> None:
    out = tmp_path / "dossier"
    build(out)
    (out / "data" / name).write_text("ghi tay", encoding="utf-8")
    kept = build(out, "hai")
    assert kept == tmp_path / "dossier-kept-20261123-083000"
    assert (kept / "data" / name).read_text(encoding="utf-8") == "ghi tay"
    assert names(tmp_path) == ["dossier", kept.name]


@pytest.mark.parametrize("is_file", [True, False])
def test_a_foreign_place_is_refused(tmp_path: Path, is_file: bool) -> None:
    out = tmp_path / "thu-muc"
    note = out if is_file else out / "quan-trong.txt"
    note.parent.mkdir(exist_ok=True)
    note.write_text("giữ", encoding="utf-8")
    with pytest.raises(GeoparkError) as caught:
        build(out)
    assert caught.value.code is ErrorCode.FOLDER_NOT_EMPTY
    assert note.read_text(encoding="utf-8") == "giữ"
    assert names(tmp_path) == ["thu-muc"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    build(tmp_path / "out")
    assert (tmp_path / "out" / "bagit.txt").is_file()


def test_a_failure_leaves_the_older_dossier(tmp_path: Path) -> None:
    out = tmp_path / "dossier"
    build(out)
    with contextlib.suppress(RuntimeError), package(out) as built:
        (built.data / "a.txt").write_text("nửa", encoding="utf-8")
        raise RuntimeError
    assert (out / "data" / "a.txt").read_text(encoding="utf-8") == "một"
    assert names(tmp_path) == ["dossier"]


def test_two_builders_do_not_meet(tmp_path: Path) -> None:
    out = tmp_path / "dossier"
    with package(out), pytest.raises(GeoparkError) as caught, package(out):
        pass
    assert caught.value.code is ErrorCode.LOCKED


def test_a_crash_between_two_renames_is_healed(tmp_path: Path) -> None:
    out = tmp_path / "dossier"
    build(out)
    out.replace(tmp_path / ".dossier.0a1b2c3d.old")
    (tmp_path / ".dossier.0a1b2c3d.part" / "data").mkdir(parents=True)
    with package(out):
        assert (out / "data" / "a.txt").is_file()
    assert names(tmp_path) == ["dossier"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_forbidden_folder_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(GeoparkError) as caught:
            build(tmp_path / "dossier")
    finally:
        tmp_path.chmod(0o700)
    assert caught.value.code is ErrorCode.NO_PERMISSION

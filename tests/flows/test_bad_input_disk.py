"""Full and read-only disks: a sentence, exit code 30, nothing changed, usable afterwards."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from geopark_app.cli import main
from tests.builders import content_of, make_site, put, rows
from tests.conftest import OpenCatalogue

pytestmark = pytest.mark.slow

Mount = Callable[..., Path]


def _mount(*arguments: str) -> None:
    outcome = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if outcome.returncode != 0:
        pytest.skip(f"no disk can be mounted here: {outcome.stderr.strip()}")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Mount]:
    """Give a function that mounts a disk of some megabytes; without root the test is skipped."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    mounted: list[Path] = []

    def mount(megabytes: float = 4, *, read_only_view_of: Path | None = None) -> Path:
        place = tmp_path / f"disk-{len(mounted)}"
        place.mkdir()
        if read_only_view_of is None:
            _mount("-t", "tmpfs", "-o", f"size={int(megabytes * 1024)}k", "tmpfs", str(place))
        else:
            _mount("--bind", str(read_only_view_of), str(place))
            mounted.append(place)
            _mount("-o", "remount,bind,ro", str(place))
            return place
        mounted.append(place)
        return place

    yield mount
    for place in mounted:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, dict[str, Any]]:
    code = main([*(str(argument) for argument in arguments), "--json"])
    content = json.loads(capsys.readouterr().out)
    assert isinstance(content, dict)
    return code, content


def fill(disk: Path, *, leave: int = 0) -> Path:
    """Fill a disk but for some bytes, and give the file that does it."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            pass
        file.truncate(max(0, file.tell() - leave))
    return filler


def test_a_new_catalogue_on_a_disk_too_small(
    capsys: pytest.CaptureFixture[str], small_disk: Mount
) -> None:
    disk = small_disk(1)
    code, answer = run(capsys, "new", disk / "c", "--author", "Hà")
    assert (code, answer["error"]["code"]) == (30, "disk-full")
    assert list(disk.iterdir()) == []


@pytest.mark.parametrize("leave", [0, 4096, 65536])
def test_a_save_on_a_full_disk(
    capsys: pytest.CaptureFixture[str], small_disk: Mount, folder: Path, leave: int
) -> None:
    disk = small_disk(24)
    place = Path(shutil.copytree(folder, disk / "c"))
    main(["--catalogue", str(place), "site", "set", "x", "-f", "code=x", "--quiet"])
    code, answer = run(capsys, "--catalogue", place, "record", "site", "add", "-f", "code=T-1")
    assert code == 0, answer
    before = content_of(place)
    filler = fill(disk, leave=leave)
    long_text = "Đá vôi " * 60_000
    code, answer = run(
        capsys, "--catalogue", place, "site", "set", "T-1", "-f", f"remarks={long_text}"
    )
    assert (code, answer["error"]["code"]) == (30, "disk-full")
    assert answer["error"]["safe"]
    filler.unlink()
    assert content_of(place) == before
    code, _ = run(capsys, "--catalogue", place, "site", "set", "T-1", "-f", "remarks=Đá vôi")
    assert code == 0
    assert rows(place, "SELECT remarks FROM site WHERE code = 'T-1'") == [("Đá vôi",)]
    assert run(capsys, "--catalogue", place, "check")[0] == 0


def test_a_long_sitting_on_a_full_disk_goes_on_after_space_was_freed(
    small_disk: Mount, folder: Path, opened: OpenCatalogue
) -> None:
    from geopark_app.domain.errors import ErrorCode, GeoparkError
    from geopark_app.domain.kinds import Site
    from geopark_app.store.checking import check_log

    disk = small_disk(24)
    context = opened(Path(shutil.copytree(folder, disk / "c")))
    first, second = make_site(), make_site(remarks="x" * 300_000)
    put(context, first)
    filler = fill(disk)
    with pytest.raises(GeoparkError) as caught:
        put(context, second)
    assert caught.value.code is ErrorCode.DISK_FULL
    assert context.catalogue.records(Site) == [first]
    filler.unlink()
    put(context, second)
    assert len(context.catalogue.records(Site)) == 2
    assert check_log(context.catalogue) == []
    fill(disk)
    context.catalogue.close()


def test_a_backup_on_a_full_disk(
    capsys: pytest.CaptureFixture[str], small_disk: Mount, folder: Path
) -> None:
    disk = small_disk(24)
    place = Path(shutil.copytree(folder, disk / "c"))
    fill(disk, leave=100_000)
    code, answer = run(capsys, "--catalogue", place, "backup")
    assert (code, answer["error"]["code"]) == (30, "disk-full")
    assert list((place / "backups").iterdir()) == []


def test_photos_on_a_full_disk(
    capsys: pytest.CaptureFixture[str], small_disk: Mount, folder: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    for number in range(4):
        noise = Image.effect_noise((900, 900), 90 + number)
        noise.convert("RGB").save(stick / f"{number}.jpg", quality=95)
    disk = small_disk(16)
    place = Path(shutil.copytree(folder, disk / "c"))
    before = content_of(place)
    filler = fill(disk, leave=400_000)
    code, answer = run(capsys, "--catalogue", place, "photos", "add", stick)
    assert (code, answer["error"]["code"]) == (30, "disk-full")
    filler.unlink()
    assert content_of(place) == before
    assert list((place / "files").rglob("*.part")) == []
    assert run(capsys, "--catalogue", place, "photos", "check")[1]["ok"] is True
    code, answer = run(capsys, "--catalogue", place, "photos", "add", stick)
    assert (code, answer["added"]) == (0, 4)
    assert run(capsys, "--catalogue", place, "check")[0] == 0


@pytest.fixture
def read_only(langson: Path, small_disk: Mount) -> Path:
    return small_disk(read_only_view_of=langson)


@pytest.mark.parametrize(
    "arguments",
    [
        ["site", "set", "LS-001", "-f", "village=x"],
        ["record", "site", "add", "-f", "code=x"],
        ["record", "site", "delete", "LS-001"],
        ["backup"],
    ],
    ids=" ".join,
)
def test_writing_to_a_read_only_disk(
    capsys: pytest.CaptureFixture[str], read_only: Path, langson: Path, arguments: list[str]
) -> None:
    before = content_of(langson)
    code, answer = run(capsys, "--catalogue", read_only, *arguments)
    assert (code, answer["error"]["code"]) == (30, "read-only")
    assert content_of(langson) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["site", "list"],
        ["site", "show", "LS-001"],
        ["search", "dong dang"],
        ["readiness"],
        ["check"],
        ["sync", "pending"],
    ],
    ids=" ".join,
)
def test_reading_from_a_read_only_disk(
    capsys: pytest.CaptureFixture[str], read_only: Path, arguments: list[str]
) -> None:
    code, answer = run(capsys, "--catalogue", read_only, *arguments)
    assert code == 0, answer


def test_a_backup_from_a_read_only_disk_to_another(
    capsys: pytest.CaptureFixture[str], read_only: Path, tmp_path: Path
) -> None:
    code, answer = run(capsys, "--catalogue", read_only, "backup", tmp_path / "copies")
    assert code == 0, answer
    assert Path(answer["file"]).stat().st_size == answer["bytes"]


def test_a_new_catalogue_on_a_read_only_disk(
    capsys: pytest.CaptureFixture[str], read_only: Path
) -> None:
    code, answer = run(capsys, "new", read_only / "new")
    assert (code, answer["error"]["code"]) == (30, "read-only")


def test_a_profile_on_a_read_only_disk(
    capsys: pytest.CaptureFixture[str],
    small_disk: Mount,
    langson: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A laptop whose home cannot be written has no key to sign with: said in a sentence."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("GEOPARK_PROFILE", str(small_disk(read_only_view_of=home)))
    code, answer = run(capsys, "--catalogue", langson, "site", "set", "LS-001", "-f", "village=x")
    assert (code, answer["error"]["code"]) == (30, "read-only")


def test_an_output_that_cannot_be_written(
    capsys: pytest.CaptureFixture[str], langson: Path, tmp_path: Path
) -> None:
    taken = tmp_path / "a file"
    taken.write_text("here", encoding="utf-8")
    code, answer = run(capsys, "--catalogue", langson, "backup", taken)
    assert code in {20, 30}
    assert "Traceback" not in json.dumps(answer)
    assert taken.read_text(encoding="utf-8") == "here"
    code, _ = run(capsys, "--catalogue", langson, "backup", tmp_path / "no" / "such" / "folder")
    assert code == 40

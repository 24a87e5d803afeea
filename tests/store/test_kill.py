"""`kill -9` at any moment: the catalogue opens, every acknowledged edit is there, none is half."""

import os
import random
import sys
from pathlib import Path

import pytest

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Site
from geopark_app.operations.catalogues import create_new
from geopark_app.operations.context import open_context
from geopark_app.operations.safety import check_catalogue
from tests.store.killing import draw_photos, kill_edits, kill_import, kill_photos, run_and_kill

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="kill -9 is a signal of Unix"),
]
SEED = 20261120


def test_no_acknowledged_edit_is_lost_over_several_kills(folder: Path) -> None:
    known: dict[str, str] = {}
    count = sum(kill_edits(folder, SEED + number, known) for number in range(6))
    assert count > 0
    left = [path.name for path in (folder / "files").rglob("*.part")]
    assert left == []


def test_no_half_photo_is_listed_after_kills(folder: Path) -> None:
    for number in range(3):
        kill_photos(folder, SEED + number)


@pytest.mark.parametrize(
    ("stage", "calls"),
    [("find", 5), ("hash", 9), ("decode", 4), ("rename", 20), ("record", 1), ("unlink", 0)],
)
def test_an_import_killed_at_any_stage_leaves_no_orphan_and_goes_on(
    folder: Path, tmp_path: Path, stage: str, calls: int
) -> None:
    """Half of the stages, for time's sake; `make soak` kills at every one."""
    photos = draw_photos(tmp_path / "stick", 20, SEED)
    stored = kill_import(folder, photos, stage, calls)
    assert stored < 20 or stage == "unlink"
    assert kill_import(folder, photos, "none", 0) == 20


def assert_whole_or_none(folder: Path) -> None:
    """Either nothing that opens, or all 96 sites and a log that verifies."""
    if not any(folder.glob("*.geopark")):
        with pytest.raises(GeoparkError) as caught:
            open_context(folder, person="Hà", device="after")
        assert caught.value.code in {ErrorCode.NOT_A_CATALOGUE, ErrorCode.NOT_FOUND}
        return
    context = open_context(folder, person="Hà", device="after")
    with context.catalogue as catalogue:
        assert len(catalogue.records(Site)) == 96
        assert check_catalogue(context) == []


@pytest.mark.parametrize("moment", range(3))
def test_a_catalogue_killed_in_the_making_is_whole_or_none(tmp_path: Path, moment: int) -> None:
    folder = tmp_path / "new"
    after = random.Random(SEED + moment).uniform(250, 900)
    command = [sys.executable, "main.py", "new", folder, "--author", "Hà", "--quiet"]
    run_and_kill(command, after_ms=after, ready=False)
    assert_whole_or_none(folder)


STEPS = """
import os, signal, sys
from pathlib import Path
from geopark_app.operations import catalogues
from geopark_app.operations.{module} import {function}

left = int(sys.argv[2])

def die_at(original):
    def call(*arguments, **named):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*arguments, **named)
    return call

# the calls by which anything reaches the disk
for name in ("mkdir", "replace", "rename", "link", "fsync", "open"):
    setattr(os, name, die_at(getattr(os, name)))
{function}(Path(sys.argv[1]), person="Ha", device="A").catalogue.close()
"""


@pytest.mark.parametrize("calls", [0, 1, 3, 5, 8, 12])
def test_a_creation_killed_at_any_call_to_the_disk_is_whole_or_none(
    tmp_path: Path, calls: int
) -> None:
    folder = tmp_path / "new"
    script = STEPS.format(module="catalogues", function="create_new")
    run_and_kill([sys.executable, "-c", script, folder, str(calls)], after_ms=60_000, ready=False)
    assert_whole_or_none(folder)


@pytest.mark.parametrize(
    "left_behind",
    [
        [],
        ["files"],
        ["files", "layers", "backups", "exports", "cache"],
        ["files", "layers", "backups", "exports", "cache", "catalogue.sqlite"],
    ],
    ids=len,
)
def test_a_demo_killed_in_the_making_is_made_anew(tmp_path: Path, left_behind: list[str]) -> None:
    from geopark_app.operations.catalogues import clear_unfinished

    folder = tmp_path / "demo"
    folder.mkdir()
    for name in left_behind:
        path = folder / name
        path.write_bytes(b"") if "." in name else path.mkdir()
    clear_unfinished(folder)
    assert not folder.exists() or not any(folder.iterdir())


def test_a_demo_never_removes_what_a_person_has(folder: Path, tmp_path: Path) -> None:
    """A catalogue whose small file was lost, or a folder that is something else."""
    from geopark_app.operations.catalogues import clear_unfinished
    from tests.builders import make_site, put

    context = open_context(folder, person="Hà", device="A")
    put(context, make_site())
    context.catalogue.close()
    for marker in folder.glob("*.geopark"):
        marker.unlink()
    other = tmp_path / "other"
    other.mkdir()
    (other / "catalogue.sqlite").write_bytes(b"another program's")
    (other / "letter.txt").write_text("Kính gửi", encoding="utf-8")
    photos = tmp_path / "photos"
    (photos / "files" / "ab").mkdir(parents=True)
    (photos / "files" / "ab" / "abc").write_bytes(b"jpeg")
    for place in (folder, other, photos):
        before = sorted(place.rglob("*"))
        clear_unfinished(place)
        assert sorted(place.rglob("*")) == before


def test_a_creation_can_be_done_after_one_was_killed(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    command = [sys.executable, "main.py", "new", folder, "--author", "Hà", "--quiet"]
    run_and_kill(command, after_ms=450, ready=False)
    with create_new(tmp_path / "second", person="Hà", device="A").catalogue as catalogue:
        assert len(catalogue.records(Site)) == 96

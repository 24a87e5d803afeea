"""Where originals are, backups with photos, and what is found again by its hash."""

import json
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from geopark_app.cli import main
from geopark_app.cli.exit_codes import LEFT_FOR_A_PERSON
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Photo
from geopark_app.domain.progress import CancelToken, Progress
from geopark_app.operations.backups import back_up_with_photos, backup_place
from geopark_app.operations.context import AppContext
from geopark_app.operations.documents import add_document
from geopark_app.operations.file_checking import check_files, files_due, needed_files
from geopark_app.operations.healing import heal_files
from geopark_app.operations.safety import check_catalogue
from geopark_app.operations.whereabouts import Here, forget_backup, whereabouts
from geopark_app.store.files import hash_of
from geopark_app.store.whereabouts import Whereabouts
from tests.builders import raw
from tests.conftest import OpenCatalogue
from tests.photo_files import site_with_photos

NAMES = ("a.jpg", "b.jpg", "c.png")


@pytest.fixture
def photos(context: AppContext, tmp_path: Path) -> list[Photo]:
    return site_with_photos(context, tmp_path / "camera", NAMES)[1]


def original(context: AppContext, photo: Photo) -> Path:
    return context.catalogue.files.path_of(photo.sha256 or "")


def flip_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, dict[str, Any]]:
    code = main([*(str(word) for word in words), "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert isinstance(answer, dict)
    return code, answer


# ------------------------------------------------------------------------- whereabouts


def test_a_photo_nobody_else_has_is_an_only_copy_until_it_is_backed_up(
    context: AppContext, photos: list[Photo], tmp_path: Path
) -> None:
    report = whereabouts(context)
    assert len(report.only_copies) == len(report.originals) == 3
    back_up_with_photos(context, tmp_path / "disk" / "backup")
    report = whereabouts(context)
    assert report.only_copies == ()
    (holding,) = report.holdings
    assert (holding.name, report.held_by(holding)) == ("backup", 3)
    forget_backup(context, holding.holder_id)
    assert len(whereabouts(context).only_copies) == 3


def test_laptops_are_counted_from_what_they_said_at_an_exchange(
    context: AppContext, photos: list[Photo]
) -> None:
    own = context.author.author_id
    with raw(context.catalogue.folder.root) as connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS peer_blob "
            "(author TEXT, sha256 TEXT, heard_at TEXT, PRIMARY KEY (author, sha256))"
        )
        connection.execute(
            "INSERT INTO author (author_id, device, user, have) VALUES ('ab12.1', 'B', 'Lan', 0)"
        )
        # The same laptop in two lives, and this laptop itself: one holder.
        for author in ("ab12.1", "ab12.2", own):
            connection.execute(
                "INSERT INTO peer_blob VALUES (?, ?, '2026-11-20')", (author, photos[0].sha256)
            )
    report = whereabouts(context)
    (holding,) = report.holdings
    assert holding.is_laptop
    assert holding.name == "B · Lan"
    assert {item.name for item in report.only_copies} == {"b.jpg", "c.png"}


def test_missing_and_damaged_originals_come_first_and_count_as_no_copy(
    context: AppContext, photos: list[Photo]
) -> None:
    original(context, photos[1]).unlink()
    flip_a_byte(original(context, photos[2]))
    assert whereabouts(context).originals[0].here is Here.MISSING
    report = check_files(context)
    assert [file.name for file in report.damaged] == ["c.png"]
    assert [file.name for file in report.missing] == ["b.jpg"]
    assert report.asked == report.whole + len(report.damaged) + len(report.missing)
    states = [(item.name, item.here, item.copies) for item in whereabouts(context).originals]
    assert states == [
        ("b.jpg", Here.MISSING, 0),
        ("c.png", Here.DAMAGED, 0),
        ("a.jpg", Here.WHOLE, 1),
    ]


def test_the_command_lists_only_copies(
    capsys: pytest.CaptureFixture[str], context: AppContext, photos: list[Photo], tmp_path: Path
) -> None:
    folder = context.catalogue.folder.root
    code, answer = run(capsys, "--catalogue", folder, "photos", "where", "--only-copies")
    assert (code, answer["only_copies"], len(answer["originals"])) == (0, 3, 3)
    code, answer = run(capsys, "--catalogue", folder, "backup", tmp_path / "bk", "--photos")
    assert (code, answer["copied"], answer["remembered"]) == (0, answer["files"], True)
    code, answer = run(capsys, "--catalogue", folder, "photos", "where", "--only-copies")
    assert (answer["only_copies"], answer["originals"]) == (0, [])
    holder = answer["holders"][0]["id"]
    code, answer = run(capsys, "--catalogue", folder, "photos", "where", "--forget", holder)
    assert (code, answer["only_copies"], answer["holders"]) == (0, 3, [])
    assert run(capsys, "--catalogue", folder, "backup", "--photos")[0] == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'{"format": 1}', b"[" * 100_000, b'{"format":"geopark-holding",'
     b'"version":1,"id":"x","name":1,"place":2,"seen_at":3,"files":["../../etc/passwd", 7]}'],
)  # fmt: skip
def test_a_have_list_of_rubbish_harms_nothing(
    context: AppContext, photos: list[Photo], content: bytes
) -> None:
    folder = context.catalogue.folder.root / "whereabouts"
    folder.mkdir(exist_ok=True)
    (folder / "x.json").write_bytes(content)
    (folder / "checked.txt").write_bytes(b"\xff\xfe rubbish\n" + content)
    assert len(whereabouts(context).only_copies) == 3
    assert check_files(context).whole == len(needed_files(context))
    assert len(Whereabouts(context.catalogue).checks()) == len(needed_files(context))


def test_documents_are_read_backed_up_and_found_again_too(
    context: AppContext, tmp_path: Path
) -> None:
    paper = tmp_path / "quyết định.pdf"
    paper.write_bytes(b"%PDF-1.7 " + b"x" * 5000)
    add_document(context, paper, {})
    back_up_with_photos(context, tmp_path / "disk")
    (file,) = needed_files(context).values()
    path = context.catalogue.files.path_of(file.sha256)
    flip_a_byte(path)
    assert [finding.code for finding in check_catalogue(context)] == ["document-file-damaged"]
    # Renamed: found by its content alone.
    (tmp_path / "papers").mkdir()
    paper.rename(tmp_path / "papers" / "scan 7")
    assert len(heal_files(context, tmp_path / "papers").healed) == 1
    path.unlink()
    assert [finding.code for finding in check_catalogue(context)] == ["document-file-missing"]
    assert len(heal_files(context, tmp_path / "disk").healed) == 1
    assert check_catalogue(context) == []


def test_only_what_is_due_is_read_in_the_background(
    context: AppContext, photos: list[Photo]
) -> None:
    month = timedelta(days=30)
    due = files_due(context, older_than=month)
    assert len(due) == len(needed_files(context))
    assert [file.is_original for file in due[:3]] == [True, True, True]
    check_files(context, due[:4])
    assert len(files_due(context, older_than=month)) == len(due) - 4
    assert len(files_due(context, older_than=timedelta(seconds=-1))) == len(due)


# ------------------------------------------------------------------------- backup


def test_a_backup_adds_up_and_copies_only_what_is_new(
    context: AppContext, photos: list[Photo], tmp_path: Path
) -> None:
    place = tmp_path / "disk"
    first = back_up_with_photos(context, place)
    assert (first.copied, first.there, first.not_reached) == (first.files, 0, 0)
    for name in needed_files(context):
        assert hash_of(place / "files" / name[:2] / name) == name
    second = back_up_with_photos(context, place)
    assert (second.copied, second.there) == (0, first.files)
    assert second.database.is_file()


def test_damage_in_the_backup_is_found_and_mended(
    context: AppContext, photos: list[Photo], tmp_path: Path
) -> None:
    place = tmp_path / "disk"
    back_up_with_photos(context, place)
    name = photos[0].sha256 or ""
    copy = place / "files" / name[:2] / name
    flip_a_byte(copy)
    # Of the same size: found by reading it, which is asked for.
    assert back_up_with_photos(context, place).mended == 0
    report = back_up_with_photos(context, place, verify=True)
    assert (report.mended, report.copied) == (1, 1)
    assert hash_of(copy) == name
    assert len(list((place / "files" / "damaged").iterdir())) == 1
    # Cut off: found without.
    copy.write_bytes(copy.read_bytes()[:100])
    assert back_up_with_photos(context, place).mended == 1
    assert hash_of(copy) == name


def test_what_is_damaged_here_never_gets_into_a_backup(
    context: AppContext, photos: list[Photo], tmp_path: Path
) -> None:
    flip_a_byte(original(context, photos[0]))
    original(context, photos[1]).unlink()
    report = back_up_with_photos(context, tmp_path / "disk")
    assert [file.name for file in report.damaged] == ["a.jpg"]
    assert [file.name for file in report.missing] == ["b.jpg"]
    assert report.copied + report.there + 2 == report.files
    (holding,) = whereabouts(context).holdings
    assert holding.files.isdisjoint({photos[0].sha256, photos[1].sha256})
    assert whereabouts(context).originals[1].here is Here.DAMAGED


def test_a_stopped_backup_is_known_as_far_as_it_came(
    context: AppContext, photos: list[Photo], tmp_path: Path
) -> None:
    cancel = CancelToken()

    def stop_after_two(progress: Progress) -> None:
        if progress.done == 1:
            cancel.cancel()

    report = back_up_with_photos(context, tmp_path / "disk", progress=stop_after_two, cancel=cancel)
    assert report.copied == 2
    assert report.not_reached == report.files - 2
    (holding,) = whereabouts(context).holdings
    assert len(holding.files) == 2
    assert back_up_with_photos(context, tmp_path / "disk").there == 2


def test_foreign_folders_and_the_catalogue_itself_are_no_place_for_a_backup(
    context: AppContext, photos: list[Photo], tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "letter.txt").write_text("Kính gửi", encoding="utf-8")
    for place, code in (
        (stick, ErrorCode.FOLDER_NOT_EMPTY),
        (context.catalogue.folder.backups_dir, ErrorCode.BAD_VALUE),
    ):
        with pytest.raises(GeoparkError) as caught:
            back_up_with_photos(context, place)
        assert caught.value.code is code
    inside = backup_place(context, stick)
    assert inside.parent == stick
    back_up_with_photos(context, inside)
    assert backup_place(context, inside) == inside
    (inside / "geopark-backup.json").write_text('{"format": "geopark-backup"}', encoding="utf-8")
    with pytest.raises(GeoparkError):
        back_up_with_photos(context, inside)


def test_a_catalogue_restored_from_a_backup_is_whole(
    context: AppContext, photos: list[Photo], tmp_path: Path, opened: OpenCatalogue
) -> None:
    report = back_up_with_photos(context, tmp_path / "disk")
    restored = tmp_path / "restored"
    for name in ("layers", "backups", "exports", "cache"):
        (restored / name).mkdir(parents=True)
    shutil.copytree(report.folder / "files", restored / "files")
    shutil.copy(report.database, restored / "catalogue.sqlite")
    shutil.copy(context.catalogue.folder.marker, restored / "restored.geopark")
    again = opened(restored)
    assert check_catalogue(again) == []
    assert len(again.catalogue.records(Photo)) == 3


# ------------------------------------------------------------------------- finding again


def test_moved_and_renamed_files_are_found_by_their_content(
    context: AppContext, photos: list[Photo], tmp_path: Path
) -> None:
    before = {photo.uuid: original(context, photo).read_bytes() for photo in photos}
    for photo in photos:
        original(context, photo).unlink()
    deep = tmp_path / "stick" / "năm 2026" / "x"
    deep.mkdir(parents=True)
    for number, name in enumerate(NAMES):
        shutil.copy(tmp_path / "camera" / name, deep / f"renamed {number}.bin")
    (deep / "noise.jpg").write_bytes(b"x" * len(before[photos[0].uuid]))
    report = heal_files(context, tmp_path / "stick")
    assert report.wanted == len(report.healed) == 3
    assert (report.missing, report.damaged, report.seen) == ((), (), 4)
    assert {photo.uuid: original(context, photo).read_bytes() for photo in photos} == before
    assert check_catalogue(context) == []
    assert heal_files(context, tmp_path / "stick").wanted == 0


def test_a_damaged_file_is_put_aside_and_healed_from_a_backup(
    context: AppContext, photos: list[Photo], tmp_path: Path
) -> None:
    back_up_with_photos(context, tmp_path / "disk")
    path = original(context, photos[0])
    flip_a_byte(path)
    bad = path.read_bytes()
    assert len(check_files(context).damaged) == 1
    report = heal_files(context, tmp_path / "disk")
    assert [file.name for file in report.healed] == ["a.jpg"]
    assert hash_of(path) == photos[0].sha256
    (aside,) = (context.catalogue.folder.files_dir / "damaged").iterdir()
    assert aside.read_bytes() == bad
    assert whereabouts(context).troubled == ()


def test_a_backup_that_is_damaged_too_heals_nothing(
    context: AppContext, photos: list[Photo], tmp_path: Path
) -> None:
    back_up_with_photos(context, tmp_path / "disk")
    name = photos[0].sha256 or ""
    flip_a_byte(tmp_path / "disk" / "files" / name[:2] / name)
    original(context, photos[0]).unlink()
    report = heal_files(context, tmp_path / "disk")
    assert (len(report.healed), [file.name for file in report.missing]) == (0, ["a.jpg"])
    assert not original(context, photos[0]).exists()


def test_small_pictures_are_drawn_again_from_whole_originals(
    context: AppContext, photos: list[Photo], tmp_path: Path
) -> None:
    lost = [photos[0].thumb_sha256 or "", photos[0].rendition_sha256 or ""]
    for name in lost:
        context.catalogue.files.path_of(name).unlink()
    (tmp_path / "empty").mkdir()
    report = heal_files(context, tmp_path / "empty")
    assert (report.wanted, report.remade, report.missing) == (2, 2, ())
    assert check_catalogue(context) == []


def test_links_and_the_own_store_are_not_followed(
    context: AppContext, photos: list[Photo], tmp_path: Path
) -> None:
    original(context, photos[0]).unlink()
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "loop").symlink_to(stick)
    (stick / "link.jpg").symlink_to(tmp_path / "camera" / "a.jpg")
    assert heal_files(context, stick).seen == 0
    report = heal_files(context, context.catalogue.folder.root)
    assert len(report.healed) == 0
    with pytest.raises(GeoparkError) as caught:
        heal_files(context, tmp_path / "gone")
    assert caught.value.code is ErrorCode.NOT_FOUND


def test_the_command_heals_and_says_what_is_left(
    capsys: pytest.CaptureFixture[str], context: AppContext, photos: list[Photo], tmp_path: Path
) -> None:
    folder = context.catalogue.folder.root
    flip_a_byte(original(context, photos[0]))
    original(context, photos[1]).unlink()
    (tmp_path / "camera" / "b.jpg").unlink()
    words = ("--catalogue", folder, "photos", "heal", tmp_path / "camera")
    # The damage is not known yet: nobody has read the file.
    code, answer = run(capsys, *words)
    assert (code, answer["wanted"], len(answer["missing"])) == (LEFT_FOR_A_PERSON, 1, 1)
    code, answer = run(capsys, *words, "--check")
    assert code == LEFT_FOR_A_PERSON
    assert [file["name"] for file in answer["healed"]] == ["a.jpg"]
    assert [file["name"] for file in answer["missing"]] == ["b.jpg"]
    assert answer["wanted"] == len(answer["healed"]) + len(answer["missing"])

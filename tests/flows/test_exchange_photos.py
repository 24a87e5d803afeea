"""Photos between laptops: whole, small ones first, and everybody knows who holds them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from geopark_app.domain.kinds import MapLayer, Photo
from geopark_app.domain.progress import CancelToken, Progress
from geopark_app.operations.file_checking import check_files
from geopark_app.operations.originals import wish_of, wish_originals
from geopark_app.operations.sync_status import sync_status
from geopark_app.operations.whereabouts import Here, whereabouts
from geopark_app.rules.originals import OriginalsWish
from geopark_app.store.new_keys import new_uuid
from geopark_app.store.peers import keep_damage
from tests.laptops import Laptop, add_pictures

Team = Callable[..., list[Laptop]]


def test_photos_arrive_whole_and_everybody_knows_who_holds_them(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    stick = tmp_path / "stick"
    originals = add_pictures(field, 3)
    with field.at_work() as context:
        assert sync_status(context).only_copies == 3
    field.exchange(stick)
    receipt = office.exchange(stick)
    assert receipt.photos.received == 9
    assert receipt.photos.missing == 0
    files = office.context.catalogue.files
    assert all(files.is_whole(sha256) for sha256 in originals)
    field.exchange(stick)
    with field.at_work() as context:
        status = sync_status(context)
        assert (status.only_copies, status.colleagues[0].lacks_files) == (0, 0)
        found = whereabouts(context)
    assert [one.name for one in found.holdings] == ["office · Người office"]
    assert all(one.copies == 2 for one in found.originals)


def test_the_shapes_of_a_map_layer_arrive_with_its_record(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    stick, content = tmp_path / "stick", b'{"type": "FeatureCollection", "features": []}'
    with office.at_work() as context:
        sha256 = context.catalogue.layer_files.add_bytes(content)
        layer = MapLayer(uuid=new_uuid(), name_vi="Ranh giới", sha256=sha256)
        with context.work("import layer") as work:
            work.put(layer)
    office.exchange(stick)
    assert field.exchange(stick).photos.missing == 0
    catalogue = field.context.catalogue
    assert catalogue.get(MapLayer, layer.uuid) == layer
    assert catalogue.layer_files.path_of(sha256).read_bytes() == content
    assert not catalogue.files.has(sha256)


def test_small_pictures_travel_first_when_room_is_short(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    stick = tmp_path / "stick"
    originals = add_pictures(field, 2)
    photos = field.context.catalogue.records(Photo)
    files = field.context.catalogue.files
    thumbs = sum(files.path_of(str(one.thumb_sha256)).stat().st_size for one in photos)
    receipt = field.exchange(stick, budget=thumbs)
    assert (receipt.photos.sent, receipt.photos.waiting) == (2, 4)
    office.exchange(stick)
    here = office.context.catalogue.files
    assert all(here.has(str(one.thumb_sha256)) for one in photos)
    assert not any(here.has(sha256) for sha256 in originals)
    field.exchange(stick)
    assert office.exchange(stick).photos.missing == 0


def test_a_damaged_photo_is_refused_and_comes_again(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    stick = tmp_path / "stick"
    (original,) = add_pictures(field, 1)
    field.exchange(stick)
    (blob,) = stick.rglob(original)
    whole = blob.read_bytes()
    blob.write_bytes(whole[:-1] + b"x")
    receipt = office.exchange(stick)
    assert receipt.photos.damaged == (original,)
    assert not office.context.catalogue.files.has(original)
    blob.write_bytes(whole)
    assert office.exchange(stick).photos.missing == 0


@pytest.mark.parametrize("encrypt", [False, True])
def test_a_damaged_photo_of_the_right_size_is_left_again(
    team: Team, tmp_path: Path, encrypt: bool
) -> None:
    """The one who cannot take it notes that; the next holder reads it again and believes nobody."""
    office, field, third = team("office", "field", "third")
    stick = tmp_path / "stick"
    (original,) = add_pictures(field, 1)
    for laptop in (office, field, third):
        laptop.exchange(stick, encrypt=encrypt)
    (blob,) = stick.rglob(f"{original}*")
    whole = blob.read_bytes()
    blob.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    # Nobody has noticed yet, so nobody reads every file again.
    assert field.exchange(stick).photos.sent == 0
    assert office.exchange(stick).photos.damaged == (original,)
    assert third.exchange(stick).photos.sent == 1
    assert field.exchange(stick).photos.sent == 0
    receipt = office.exchange(stick)
    assert (receipt.photos.damaged, receipt.photos.missing) == ((), 0)


def test_a_false_note_of_damage_changes_nothing(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    stick = tmp_path / "stick"
    (original,) = add_pictures(field, 1)
    field.exchange(stick)
    keep_damage(field.context.catalogue, "0123456789abcdef.1", [original, "no name", "../x"])
    (blob,) = stick.rglob(original)
    before = blob.stat().st_mtime_ns
    assert field.exchange(stick).photos.sent == 0
    assert blob.stat().st_mtime_ns == before
    assert office.exchange(stick).photos.missing == 0


def test_a_photo_cut_off_in_the_folder_is_left_there_again(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    stick = tmp_path / "stick"
    (original,) = add_pictures(field, 1)
    field.exchange(stick)
    (blob,) = stick.rglob(original)
    blob.write_bytes(blob.read_bytes()[:100])
    assert office.exchange(stick).photos.damaged == (original,)
    assert field.exchange(stick).photos.sent == 1
    assert office.exchange(stick).photos.missing == 0


def test_a_damaged_photo_is_healed_by_what_a_colleague_left(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    stick = tmp_path / "stick"
    (original,) = add_pictures(field, 1)
    field.exchange(stick)
    office.exchange(stick)
    files = office.context.catalogue.files
    files.path_of(original).write_bytes(b"x")
    with office.at_work() as context:
        check_files(context)
        assert [one.here for one in whereabouts(context).originals] == [Here.DAMAGED]
    assert office.exchange(stick).photos.received == 1
    assert files.is_whole(original)
    with office.at_work() as context:
        assert [one.here for one in whereabouts(context).originals] == [Here.WHOLE]


def test_nobody_counts_on_a_copy_that_is_damaged(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    stick = tmp_path / "stick"
    (original,) = add_pictures(field, 1)
    field.context.catalogue.files.path_of(original).write_bytes(b"x")
    assert field.exchange(stick).photos.damaged == (original,)
    office.exchange(stick)
    with office.at_work() as context:
        assert [one.copies for one in whereabouts(context).originals] == [0]
    with field.at_work() as context:
        assert [one.here for one in whereabouts(context).originals] == [Here.DAMAGED]


def test_a_stopped_copy_goes_on_where_it_ended(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    stick = tmp_path / "stick"
    add_pictures(field, 3)
    stop = CancelToken()
    seen: list[Progress] = []

    def report(progress: Progress) -> None:
        seen.append(progress)
        if len(seen) == 4:
            stop.cancel()

    from geopark_app.domain.errors import Cancelled

    with pytest.raises(Cancelled):
        field.exchange(stick, progress=report, cancel=stop)
    (part,) = list(stick.rglob("*.part")) or [None]
    field.exchange(stick)
    assert list(stick.rglob("*.part")) == []
    assert office.exchange(stick).photos.missing == 0
    assert part is None or not part.exists()


def test_a_part_of_other_bytes_is_thrown_away(team: Team, tmp_path: Path) -> None:
    office, field = team("office", "field")
    stick = tmp_path / "stick"
    (original,) = add_pictures(field, 1)
    field.exchange(stick)
    target = office.context.catalogue.files.path_of(original)
    target.parent.mkdir(exist_ok=True)
    target.with_name(f".{original}.part").write_bytes(b"rubbish of another copy")
    assert office.exchange(stick).photos.missing == 0
    assert office.context.catalogue.files.is_whole(original)


def test_a_laptop_gets_the_originals_it_wants_and_small_pictures_of_all(
    team: Team, tmp_path: Path
) -> None:
    office, field = team("office", "field")
    stick = tmp_path / "stick"
    originals = add_pictures(office, 3)
    photos = {one.sha256: one for one in office.context.catalogue.records(Photo)}
    wanted = originals[1]
    office.edit(photos[wanted].uuid, "photo", for_dossier="yes")
    with field.at_work() as context:
        wish_originals(context, wish_of(context, dossier=True))
    office.exchange(stick, budget=0)
    field.exchange(stick)
    office.exchange(stick)
    assert [sha for sha in originals if any(stick.rglob(sha))] == [wanted]
    receipt = field.exchange(stick)
    assert receipt.photos.missing == 0
    held = [sha for sha in originals if field.context.catalogue.files.has(sha)]
    assert held == [wanted]
    assert all(field.context.catalogue.files.has(str(one.thumb_sha256)) for one in photos.values())
    with field.at_work() as context:
        wish_originals(context, OriginalsWish())
    for laptop in (field, office, field):
        laptop.exchange(stick)
    assert all(field.context.catalogue.files.has(sha) for sha in originals)

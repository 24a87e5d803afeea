"""The gallery on the command line: filters, many at once, turn, crop, draw, duplicates, pairs."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageDraw

from geopark_app.cli import main
from geopark_app.domain.declaration import Audience
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.kinds import Photo, PhotoPoint, PhotoRepeat, Site
from geopark_app.operations.catalogues import create_new
from geopark_app.operations.context import AppContext, open_context
from geopark_app.operations.dossier import build_dossier
from geopark_app.operations.dossier_options import DossierOptions
from geopark_app.operations.export_reading import read_sites
from geopark_app.operations.photo_gallery import (
    LACKS,
    ORDERS,
    PhotoQuery,
    find_photos,
    set_photos,
    turn_photos,
)
from geopark_app.operations.photo_pairs import (
    accept_repeat,
    add_photo_point,
    photo_series,
    write_pairs_pdf,
)
from geopark_app.operations.photos import PhotoDefaults, add_photos, set_cover
from geopark_app.operations.undo import UndoStack
from geopark_app.store.new_keys import new_uuid
from geopark_app.wording.errors import error_sentence
from tests.builders import fixed_clock

ROOT = Path(__file__).resolve().parents[2]
needs_fonts = pytest.mark.skipif(
    not (ROOT / "resources/web/dist/print").is_dir(), reason="fonts come with `make setup`"
)


def scene(path: Path, seed: int, size: tuple[int, int] = (640, 480), quality: int = 92) -> Path:
    """Save a picture with something in it; another seed is another view."""
    picture = Image.new("RGB", (640, 480), (120, 150, 170))
    draw = ImageDraw.Draw(picture)
    for at in range(24):
        left, top = (at * 97 * seed) % 600, (at * 61 * (seed + 3)) % 440
        shade = (at * 37 * seed) % 255
        draw.rectangle((left, top, left + 90, top + 70), fill=(shade, shade, 255 - shade))
    picture.resize(size).save(path, quality=quality)
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a catalogue with two sites and four photos, one of them a recompressed copy."""
    monkeypatch.setenv("GEOPARK_PROFILE", str(tmp_path / "profile"))
    made = tmp_path / "catalogue"
    context = create_new(made, starter="empty", person="Hà", device="A", clock=fixed_clock)
    sites = [
        Site(uuid=new_uuid(), code="LS-001", name_vi="Hang Gió", site_kind="geosite"),
        Site(uuid=new_uuid(), code="LS-002", name_vi="Hồ Pa", site_kind="geosite"),
    ]
    with context.work("add sites") as work:
        for site in sites:
            work.put(site)
    stick = tmp_path / "stick"
    stick.mkdir()
    words = PhotoDefaults(photographer="Lan", credit="Ban quản lý", licence="cc-by-4.0")
    for name, seed, site in (("a", 3, sites[0]), ("b", 7, sites[0]), ("c", 11, sites[1])):
        path = scene(stick / f"{name}.jpg", seed)
        add_photos(context, [path], site_uuid=site.uuid, defaults=words)
    add_photos(context, [scene(stick / "d-zalo.jpg", 3, (320, 240), 60)])
    context.catalogue.close()
    return made


@pytest.fixture
def context(folder: Path) -> Iterator[AppContext]:
    opened = open_context(folder, person="Hà", device="A", clock=fixed_clock)
    yield opened
    opened.catalogue.close()


Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], folder: Path) -> Run:
    def call(*arguments: str) -> tuple[int, dict[str, Any]]:
        code = main(["--catalogue", str(folder), *arguments, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return call


def keys_by_name(context: AppContext) -> dict[str, str]:
    return {p.file_name or "": p.uuid for p in context.catalogue.records(Photo)}


def names(found: dict[str, Any]) -> list[str]:
    return [photo["file_name"] for photo in found["photos"]]


def test_filters(run: Run, context: AppContext) -> None:
    keys = keys_by_name(context)
    set_photos(context, [keys["b.jpg"]], {"rating": "4", "for_dossier": "true"}, reason="x")
    set_photos(context, [keys["d-zalo.jpg"]], {"chat_copy": "true"}, reason="x")
    set_photos(context, [keys["c.jpg"]], {"taken_at": "2026-03-15T08:30:00+07:00"}, reason="x")
    words = {"caption_vi": "Nhũ đá", "caption_en": "Dripstone", "alt_vi": "Nhũ", "alt_en": "Drip"}
    set_photos(context, [keys["a.jpg"]], words, reason="x")
    for arguments, expected in (
        ((), ["a.jpg", "b.jpg", "c.jpg", "d-zalo.jpg"]),
        (("--site", "LS-001"), ["a.jpg", "b.jpg"]),
        (("--no-site",), ["d-zalo.jpg"]),
        (("--rating", "3"), ["b.jpg"]),
        (("--for-dossier",), ["b.jpg"]),
        (("--chat-copies",), ["d-zalo.jpg"]),
        (("--day", "2026-03-15"), ["c.jpg"]),
        (("--day", "2025"), []),
        (("--lacks", "caption"), ["b.jpg", "c.jpg", "d-zalo.jpg"]),
        (("--lacks", "credit"), ["d-zalo.jpg"]),
        (("--lacks", "alt", "--site", "LS-001"), ["b.jpg"]),
        (("--text", "nhu da"), ["a.jpg"]),
        (("--text", "ho pa"), ["c.jpg"]),
        (("--text", "!!!"), []),
        (("--sort", "rating", "--limit", "1"), ["b.jpg"]),
    ):
        code, found = run("photos", "list", *arguments)
        assert (code, names(found)) == (0, expected), arguments
    assert found["truncated"] is True
    assert found["count"] == 4


def test_a_route_narrows_by_its_stops(run: Run) -> None:
    code, route = run("record", "route", "add", "-f", "number=1", "-f", "name_vi=Tuyến một")
    assert code == 0
    site = run("site", "show", "LS-002")[1]["sites"][0]["uuid"]
    uuid = route["record"]["uuid"]
    run("record", "stop", "add", "-f", f"route_uuid={uuid}", "-f", f"site_uuid={site}")
    code, found = run("photos", "list", "--route", "1")
    assert (code, names(found)) == (0, ["c.jpg"])
    assert run("photos", "list", "--route", "9")[0] == 40


def test_many_at_once_is_one_save(run: Run, context: AppContext) -> None:
    code, told = run("photos", "set", "--site", "LS-001", "-f", "credit=Lan", "-f", "rating=2")
    assert (code, told["count"], told["changed"]) == (0, 2, 2)
    code, told = run("photos", "set", "--no-site", "-f", "credit=X", "--dry-run")
    assert (code, told["count"], told["changed"]) == (0, 1, 0)
    keys = keys_by_name(context)
    code, told = run("photos", "rate", keys["a.jpg"], keys["b.jpg"], "--stars", "5")
    assert (code, told["changed"]) == (0, 2)
    assert [p.rating for p in context.catalogue.records(Photo, where={"rating": 5})] == [5, 5]
    assert run("photos", "set", keys["a.jpg"], "-f", "rating=9")[0] == 20
    assert run("photos", "set", "-f", "credit=all")[0] == 2
    assert run("photos", "set", keys["a.jpg"], "--no-site", "-f", "credit=X")[0] == 2
    assert run("photos", "set", "nothing", "-f", "credit=X")[0] == 40


def test_a_photo_that_leaves_its_site_is_no_longer_its_cover(run: Run, context: AppContext) -> None:
    keys = keys_by_name(context)
    site = context.catalogue.records(Site, where={"code": "LS-001"})[0]
    set_cover(context, site.uuid, keys["a.jpg"])
    assert run("photos", "set", keys["a.jpg"], "-f", "site=LS-002")[0] == 0
    left = context.catalogue.get(Site, site.uuid)
    assert left is not None
    assert left.cover_photo_uuid is None
    assert names(run("photos", "list", "--site", "LS-002")[1]) == ["a.jpg", "c.jpg"]


def test_turning_adds_up_and_is_undone_in_one_step(context: AppContext) -> None:
    keys = list(keys_by_name(context).values())
    turn_photos(context, keys[:1], 90, reason="turn")
    undo = UndoStack(context)
    undo.push(turn_photos(context, keys, 270, reason="turn all"))
    turns = [context.catalogue.get(Photo, key) for key in keys]
    assert [photo.turn_deg for photo in turns if photo] == [None, 270, 270, 270]
    undo.undo()
    back = [context.catalogue.get(Photo, key) for key in keys]
    assert [photo.turn_deg for photo in back if photo] == [90, None, None, None]


def test_turn_crop_and_draw(run: Run, context: AppContext, tmp_path: Path) -> None:
    key = keys_by_name(context)["a.jpg"]
    before = context.catalogue.get(Photo, key)
    assert before is not None
    original = context.catalogue.files.path_of(before.sha256 or "").read_bytes()
    assert run("photos", "turn", key, "--by", "180")[0] == 0
    assert run("photos", "crop", key, "--box", "0.1,0.1,0.5,0.5")[0] == 0
    drawing = tmp_path / "marks.json"
    marks = [{"shape": "text", "points": [[0.3, 0.3]], "text": "Đứt gãy", "colour": "red"}]
    drawing.write_text(json.dumps({"form": 1, "marks": marks}), encoding="utf-8")
    assert run("photos", "draw", key, "--drawing", str(drawing))[0] == 0
    photo = context.catalogue.get(Photo, key)
    assert photo is not None
    assert (photo.turn_deg, photo.crop) == (180, "0.1000,0.1000,0.5000,0.5000")
    assert "Đứt gãy" in (photo.drawing or "")
    assert context.catalogue.files.path_of(photo.sha256 or "").read_bytes() == original
    assert find_photos(context, PhotoQuery(text="shape")) == []  # JSON is no text of people
    for bad in (("--box", "0,0,2,2"), ("--box", "x")):
        assert run("photos", "crop", key, *bad)[0] == 20
    drawing.write_text("{" * 20_000, encoding="utf-8")
    assert run("photos", "draw", key, "--drawing", str(drawing))[0] == 20
    assert run("photos", "draw", key, "--drawing", str(tmp_path / "gone"))[0] == 40
    assert run("photos", "draw", key)[0] == 2
    assert run("photos", "crop", key, "--none")[0] == 0
    assert run("photos", "draw", key, "--none")[0] == 0
    whole = context.catalogue.get(Photo, key)
    assert whole is not None
    assert (whole.crop, whole.drawing) == (None, None)


def test_a_recompressed_copy_is_found(run: Run, context: AppContext) -> None:
    code, found = run("photos", "duplicates")
    assert (code, found["count"]) == (21, 1)
    group = [photo["file_name"] for photo in found["groups"][0]]
    assert group == ["a.jpg", "d-zalo.jpg"]  # the one with credit is the one to keep
    photos = context.catalogue.records(Photo)
    assert all(len(photo.likeness or "") == 16 for photo in photos)
    keys = keys_by_name(context)
    run("record", "photo", "delete", keys["d-zalo.jpg"])
    assert run("photos", "duplicates")[0] == 0


@pytest.fixture
def series(context: AppContext) -> dict[str, str]:
    """Make a photo point with one repeat."""
    keys = keys_by_name(context)
    for name, day in (("a.jpg", "2024-01-02"), ("b.jpg", "2026-03-04")):
        taken = {"taken_at": f"{day}T08:00:00+07:00"}
        set_photos(context, [keys[name]], taken, reason="x")
    add_photo_point(context, keys["a.jpg"], reason="point")
    point = context.catalogue.records(PhotoPoint)[0]
    accept_repeat(context, point.uuid, keys["b.jpg"], reason="repeat")
    return keys


def test_a_point_and_its_repeats(context: AppContext, series: dict[str, str]) -> None:
    (one,) = photo_series(context)
    assert (one.site_code, one.point.number) == ("LS-001", "1")
    assert [view.date for view in one.views] == ["2024-01-02", "2026-03-04"]
    changes = add_photo_point(context, series["a.jpg"], reason="again")
    assert changes.save is None
    assert len(context.catalogue.records(PhotoRepeat)) == 1


def test_the_dossier_takes_cover_flagged_and_best_first(context: AppContext) -> None:
    keys = keys_by_name(context)
    site = context.catalogue.records(Site, where={"code": "LS-001"})[0]
    everything = list(keys.values())
    set_photos(context, everything, {"site_uuid": site.uuid}, reason="x")
    set_photos(context, [keys["b.jpg"]], {"rating": "5"}, reason="x")
    set_photos(context, [keys["c.jpg"]], {"for_dossier": "true"}, reason="x")
    set_cover(context, site.uuid, keys["d-zalo.jpg"])
    (item,) = read_sites(context, Audience.INTERNAL, {"code": "LS-001"})
    names = [given.photo.file_name for given in item.photos]
    assert names == ["d-zalo.jpg", "c.jpg", "b.jpg", "a.jpg"]


@needs_fonts
def test_pairs_on_paper_and_in_the_dossier(
    run: Run, context: AppContext, series: dict[str, str], tmp_path: Path
) -> None:
    pdf, pictures = tmp_path / "pairs.pdf", tmp_path / "pictures"
    code, told = run(
        "photos", "pairs", "--site", "LS-001", "--pdf", str(pdf), "--pictures", str(pictures)
    )
    assert (code, told["count"], told["pdf"]["pages"]) == (0, 1, 1)
    assert told["points"][0]["repeats"][0]["taken_on"] == "2026-03-04"
    with pikepdf.open(pdf) as opened:
        assert len(opened.pages) == 1
    (picture,) = pictures.iterdir()
    assert picture.name == "LS-001_1_2024-01-02_2026-03-04.jpg"
    with Image.open(picture) as image:
        assert image.width > image.height
        assert not image.getexif()
    assert run("photos", "pairs", "--site", "LS-002", "--pdf", str(pdf))[0] == 40
    with pytest.raises(GeoparkError) as nothing:
        write_pairs_pdf(context, [], pdf, languages=("en",))
    assert error_sentence(nothing.value).message in {
        "Not found: Repeated photo.",
        "Không tìm thấy: Ảnh chụp lại.",
    }
    build_dossier(context, tmp_path / "out", DossierOptions(parts=("pairs",)))
    found = {path.name for path in (tmp_path / "out" / "data" / "photo-pairs").iterdir()}
    assert found == {"photo-pairs.pdf", picture.name}
    set_photos(context, [series["b.jpg"]], {"licence": "all_rights"}, reason="x")
    build_dossier(context, tmp_path / "less", DossierOptions(parts=("pairs",)))
    assert not (tmp_path / "less" / "data" / "photo-pairs").exists()


def test_every_gap_and_order_can_be_asked_for(run: Run) -> None:
    for name in LACKS:
        assert run("photos", "list", "--lacks", name)[0] == 0
    for name in ORDERS:
        assert run("photos", "list", "--sort", name)[1]["count"] == 4
    assert run("photos", "list", "--lacks", "anything")[0] == 2

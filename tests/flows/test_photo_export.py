"""Photos handed over: named, upright, captioned, and silent about what is secret."""

import io
import json
import re
import sqlite3
import zipfile
import zlib
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PIL import Image, ImageCms

from geopark_app.cli import main
from geopark_app.domain.declaration import Audience
from geopark_app.domain.errors import Cancelled, ErrorCode, GeoparkError
from geopark_app.domain.kinds import Photo, Route, Stop
from geopark_app.domain.progress import CancelToken
from geopark_app.operations.context import AppContext
from geopark_app.operations.dossier import build_dossier, check_dossier
from geopark_app.operations.dossier_options import DossierOptions
from geopark_app.operations.exporting import export_sites
from geopark_app.operations.photo_exporting import (
    PhotoExportOptions,
    PhotoSize,
    check_photo_export,
    export_photos,
)
from geopark_app.operations.photo_selection import PhotoSelection
from geopark_app.operations.photos import add_photos
from geopark_app.operations.records import set_fields
from geopark_app.photos.released import ReleasedFormat
from geopark_app.store.new_keys import new_uuid
from tests.builders import make_site, put
from tests.photo_files import LAT, LON, MAKE, OWNER, SECRETS, site_with_photos, write_picture

pytestmark = pytest.mark.slow

ALL = PhotoSelection()
NAMES = ("secret-name.jpg", "b.png", "c.webp")


def export(context: AppContext, out: Path, **options: Any) -> Any:
    selection = options.pop("selection", ALL)
    return export_photos(context, out, selection, PhotoExportOptions(**options))


def pictures_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix != ".xlsx")


def sheet(folder: Path) -> list[dict[str, Any]]:
    book = openpyxl.load_workbook(folder / "captions.xlsx")
    rows = list(book["photos"].iter_rows(values_only=True))
    return [dict(zip(rows[1], row, strict=True)) for row in rows[2:]]


def everything_in(path: Path) -> bytes:
    """Give the bytes of a file with what is packed inside it."""
    content = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                inside = archive.read(member)
                content += inside + bytes(member.filename, "utf-8")
    if path.suffix == ".pdf":
        for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
            with suppress(zlib.error):
                content += zlib.decompress(packed)
    return content + bytes(path.name, "utf-8")


def assert_silent(folder: Path) -> None:
    for path in (path for path in folder.rglob("*") if path.is_file()):
        content = everything_in(path)
        for secret in SECRETS:
            assert secret not in content, (path.name, secret)


# ------------------------------------------------------------------------- leaks


@pytest.mark.parametrize("level", ["A", "B", "C"])
@pytest.mark.parametrize("size", list(PhotoSize), ids=lambda size: size.value)
@pytest.mark.parametrize("form", list(ReleasedFormat), ids=lambda form: form.value)
def test_no_picture_outside_the_office_tells_camera_owner_or_place(
    context: AppContext, tmp_path: Path, level: str, size: PhotoSize, form: ReleasedFormat
) -> None:
    site_with_photos(context, tmp_path / "in", (*NAMES, "d.tif"), disclosure_level=level)
    for audience in (Audience.EVALUATORS, Audience.PUBLIC):
        out = tmp_path / audience.value
        report = export(context, out, audience=audience, size=size, form=form)
        assert len(report.written) == 4
        assert_silent(out)
        for path in pictures_of(out):
            with Image.open(path) as made:
                assert (made.format or "").lower() == form.value
                assert dict(made.getexif()) == {}
                assert "icc_profile" not in made.info
                assert "xmp" not in made.info


@pytest.mark.parametrize("level", ["B", "C"])
def test_of_a_sensitive_site_no_position_leaves_even_when_asked_for(
    context: AppContext, tmp_path: Path, level: str
) -> None:
    site_with_photos(context, tmp_path / "in", NAMES, disclosure_level=level)
    for audience in (Audience.EVALUATORS, Audience.PUBLIC):
        for size in (PhotoSize.ORIGINAL, PhotoSize.SCREEN):
            out = tmp_path / f"{audience.value}-{size.value}"
            report = export(
                context, out, audience=audience, size=size, with_position=True, with_credit=True
            )
            assert report.cleaned == (3 if size is PhotoSize.ORIGINAL else 0)
            assert_silent(out)
            assert "lon" not in str(sheet(out)[0]).lower().replace("longest", "")


def test_photos_without_a_site_are_treated_as_of_a_secret_place(
    context: AppContext, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    add_photos(context, [write_picture(tmp_path / "in" / "a.jpg")])
    out = tmp_path / "out"
    report = export(context, out, size=PhotoSize.ORIGINAL, with_position=True)
    assert report.cleaned == 1
    assert_silent(out)


def test_a_position_asked_for_is_as_coarse_as_its_reader_may_have_it(
    context: AppContext, tmp_path: Path
) -> None:
    site_with_photos(context, tmp_path / "in", NAMES, disclosure_level="A")
    for audience, expected in ((Audience.EVALUATORS, 4), (Audience.PUBLIC, 2)):
        out = tmp_path / audience.value
        export(context, out, audience=audience, with_position=True)
        for path in pictures_of(out):
            with Image.open(path) as made:
                place = made.getexif().get_ifd(0x8825)
                assert float(place[2][0]) == round(float(place[2][0]), expected)
                assert abs(float(place[2][0]) - 21.8765432) < 0.01
                assert [float(part) for part in place[2][1:]] == [0, 0]
                assert MAKE not in str(dict(made.getexif()))


def test_credit_is_written_into_the_pictures_when_asked_for(
    context: AppContext, tmp_path: Path
) -> None:
    _site, photos = site_with_photos(context, tmp_path / "in", ("a.jpg",))
    words = {"caption_en": "Cave", "photographer": "Hà", "credit": "© BQL", "licence": "cc-by-4.0"}
    set_fields(context, "photo", photos[0].uuid, words)
    export(context, tmp_path / "out", with_credit=True)
    (path,) = pictures_of(tmp_path / "out")
    with Image.open(path) as made:
        tags = made.getexif()
        assert tags[0x010E] == "Cave"
        assert tags[0x013B].encode("latin-1").decode() == "Hà"
        assert "BQL" in tags[0x8298]
        assert "CC BY 4.0" in tags[0x8298]
    assert OWNER.encode() not in path.read_bytes()


def test_colleagues_get_the_very_originals(context: AppContext, tmp_path: Path) -> None:
    _site, photos = site_with_photos(context, tmp_path / "in", NAMES, disclosure_level="C")
    out = tmp_path / "out"
    report = export(context, out, audience=Audience.INTERNAL, size=PhotoSize.ORIGINAL)
    assert report.cleaned == 0
    wanted = {(tmp_path / "in" / name).read_bytes() for name in NAMES}
    assert {path.read_bytes() for path in pictures_of(out)} == wanted
    assert {path.suffix for path in pictures_of(out)} == {".jpg", ".png", ".webp"}
    assert len(photos) == 3


def test_a_heic_leaves_as_a_cleaned_picture_of_its_full_size_jpeg(
    context: AppContext, tmp_path: Path
) -> None:
    _site, photos = site_with_photos(context, tmp_path / "in", ("a.jpg",), disclosure_level="C")
    heic = write_picture(tmp_path / "in" / "x.heic")
    files = context.catalogue.files
    # As an import of HEIC leaves it: the original is kept, a JPEG of full size stands for it.
    put(
        context,
        Photo(
            uuid=new_uuid(),
            site_uuid=photos[0].site_uuid,
            file_name="secret-name.heic",
            media_type="image/heic",
            sha256=files.add_file(heic),
            jpeg_sha256=photos[0].sha256,
        ),
    )
    out = tmp_path / "out"
    assert len(export(context, out, size=PhotoSize.ORIGINAL).written) == 2
    assert_silent(out)
    inside = tmp_path / "internal"
    export(context, inside, audience=Audience.INTERNAL, size=PhotoSize.ORIGINAL)
    (original,) = (path for path in pictures_of(inside) if path.suffix == ".heic")
    assert original.read_bytes() == heic.read_bytes()


def test_what_was_cut_off_stays_in_the_house(context: AppContext, tmp_path: Path) -> None:
    _site, photos = site_with_photos(context, tmp_path / "in", ("a.jpg",), disclosure_level="A")
    set_fields(context, "photo", photos[0].uuid, {"crop": "0,0,0.5,0.5"})
    crop = context.catalogue.records(Photo)[0].crop
    assert crop
    for size in (PhotoSize.SCREEN, PhotoSize.ORIGINAL):
        out = tmp_path / size.value
        export(context, out, size=size, with_position=True)
        with Image.open(pictures_of(out)[0]) as made:
            assert made.size == (60, 40)


@pytest.mark.parametrize("level", ["B", "C"])
def test_no_way_out_tells_where_a_sensitive_site_is(
    context: AppContext, tmp_path: Path, level: str
) -> None:
    """Map page, GIS files, workbooks, PDF and DOCX: neither the pin nor the camera's position."""
    site_with_photos(
        context, tmp_path / "in", ("secret-name.jpg",), disclosure_level=level, site_kind="geosite"
    )
    out = tmp_path / "out"
    out.mkdir()
    for audience in (Audience.EVALUATORS, Audience.PUBLIC):
        for form in ("xlsx", "gpkg", "geojson", "csv", "kml", "kmz", "gpx"):
            export_sites(context, form, out / f"{audience.value}.{form}", audience=audience)
        options = DossierOptions(
            parts=("geosites", "list", "credits", "pairs", "tables", "gis"),
            audience=audience,
            filters={"kind": "all"},
        )
        build_dossier(context, out / audience.value, options)
        page = out / f"{audience.value}.html"
        folder = str(context.catalogue.folder.root)
        words = ["--catalogue", folder, "map", str(page), "--audience", audience.value]
        assert main(words) == 0
    numbers = (b"106.7654", b"21.8765", b"106,7654", b"21,8765", OWNER.encode(), MAKE.encode())
    for path in (path for path in out.rglob("*") if path.is_file()):
        content = everything_in(path)
        for number in numbers:
            assert number not in content, (path, number)
    for path in out.glob("*.gpkg"):
        with closing(sqlite3.connect(path)) as connection:
            tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master")]
            assert tables
            for box in connection.execute("SELECT min_x, min_y FROM gpkg_contents"):
                assert box[0] is None or abs(box[0] - LON) > 1e-4
                assert box[1] is None or abs(box[1] - LAT) > 1e-4


# ------------------------------------------------------------------------- people


def test_people_without_consent_stay_in_the_house_and_are_named(
    context: AppContext, tmp_path: Path
) -> None:
    site, photos = site_with_photos(
        context, tmp_path / "in", ("a.jpg", "b.jpg", "c.jpg"), site_kind="geosite"
    )
    set_fields(context, "photo", photos[0].uuid, {"people_shown": "yes"})
    set_fields(context, "photo", photos[1].uuid, {"children_shown": "yes"})
    report = export(context, tmp_path / "out")
    assert len(report.written) == 1
    assert report.selected == len(report.written) + len(report.withheld)
    assert [
        (item.photo.uuid, item.site_code, [barrier.value for barrier in item.barriers])
        for item in report.withheld
    ] == [
        (photos[0].uuid, site.code, ["no-consent"]),
        (photos[1].uuid, site.code, ["no-guardian-consent"]),
    ]
    inside = export(context, tmp_path / "inside", audience=Audience.INTERNAL)
    assert len(inside.written) == 3
    consents = [row["Consent of people shown"] for row in sheet(tmp_path / "inside")]
    assert consents[0] == "chưa ghi nhận / not recorded"
    for audience, severity in ((Audience.PUBLIC, "error"), (Audience.INTERNAL, "warning")):
        options = DossierOptions(audience=audience, formats=("xlsx",), parts=("geosites", "tables"))
        problems = check_dossier(context, options).problems
        found = {item.code: item.severity.value for item in problems if "consent" in item.code}
        assert found == {"no-consent": severity, "no-guardian-consent": severity}


def test_the_annex_prints_nobody_who_did_not_agree(context: AppContext, tmp_path: Path) -> None:
    _site, photos = site_with_photos(
        context, tmp_path / "in", ("a.jpg", "b.jpg"), site_kind="geosite"
    )
    set_fields(
        context, "photo", photos[0].uuid, {"people_shown": "yes", "caption_en": "Lady at the well"}
    )
    for audience, is_there in ((Audience.EVALUATORS, False), (Audience.INTERNAL, True)):
        out = tmp_path / audience.value
        options = DossierOptions(audience=audience, formats=("docx",), parts=("geosites",))
        build_dossier(context, out, options)
        (annex,) = out.rglob("*.docx")
        with zipfile.ZipFile(annex) as archive:
            text = archive.read("word/document.xml").decode()
        assert ("Lady at the well" in text) is is_there


def test_licences_that_forbid_it_keep_photos_in_the_house(
    context: AppContext, tmp_path: Path
) -> None:
    _site, photos = site_with_photos(context, tmp_path / "in", ("a.jpg",))
    set_fields(context, "photo", photos[0].uuid, {"licence": "all_rights"})
    report = export(context, tmp_path / "out")
    assert report.out is None
    assert not (tmp_path / "out").exists()
    assert [item.barriers[0].value for item in report.withheld] == ["licence-forbids"]


# ------------------------------------------------------------------------- selection, names, list


def test_photos_are_chosen_by_site_route_day_flag_and_stars(
    context: AppContext, tmp_path: Path
) -> None:
    site, photos = site_with_photos(context, tmp_path / "in", ("a.jpg", "b.jpg"))
    other, _more = site_with_photos(context, tmp_path / "other", ("x.png",))
    route = Route(uuid=new_uuid(), number=7, name_vi="Tuyến 7")
    put(context, route, Stop(uuid=new_uuid(), route_uuid=route.uuid, site_uuid=other.uuid))
    set_fields(context, "photo", photos[0].uuid, {"rating": "4", "for_dossier": "yes"})

    def count(**conditions: Any) -> int:
        selection = PhotoSelection(**conditions)
        return check_photo_export(context, selection, PhotoExportOptions()).selected

    assert count() == 3
    assert count(site_uuid=site.uuid) == 2
    assert count(route=7) == 1
    assert count(route=8) == 0
    assert count(rating=4) == count(for_dossier=True) == 1
    assert count(rating=5) == 0
    assert count(day="2026-11-20") == 3
    assert count(day="2026-11-21") == 0
    assert count(uuids=frozenset({photos[1].uuid})) == 1
    assert count(site_uuid=site.uuid, route=7) == 0


def test_the_list_names_every_file_and_no_text_is_a_formula(
    context: AppContext, tmp_path: Path
) -> None:
    _site, photos = site_with_photos(
        context, tmp_path / "in", ("a.jpg", "b.jpg"), code="=A1", name_vi="Hang <Gió>: 1/2"
    )
    set_fields(context, "photo", photos[0].uuid, {"caption_vi": '=HYPERLINK("x")', "credit": "+84"})
    out = tmp_path / "out"
    export(context, out, pattern="{code}_{name}")
    rows = sheet(out)
    assert {row["File"] for row in rows} == {path.name for path in pictures_of(out)}
    assert rows[0]["File"] == "=A1_Hang Gió 1 2.jpg"
    assert rows[1]["File"] == "=A1_Hang Gió 1 2-2.jpg"
    book = openpyxl.load_workbook(out / "captions.xlsx")
    for row in book["photos"].iter_rows():
        assert all(cell.data_type != "f" for cell in row)
    assert rows[0]["Caption (Vietnamese)"] == '=HYPERLINK("x")'


def test_wide_colours_are_converted_and_pictures_stand_upright(
    context: AppContext, tmp_path: Path
) -> None:
    site = make_site()
    put(context, site)
    tags = Image.Exif()
    tags[0x0112] = 6
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    path = tmp_path / "a.jpg"
    Image.new("RGB", (120, 80), "red").save(path, exif=tags, icc_profile=swapped)
    add_photos(context, [path], site_uuid=site.uuid)
    export(context, tmp_path / "out", size=PhotoSize.FULL)
    (made,) = pictures_of(tmp_path / "out")
    with Image.open(made) as picture:
        assert picture.size == (80, 120)
        assert "icc_profile" not in picture.info


# ------------------------------------------------------------------------- whole or not at all


def test_a_folder_with_something_in_it_is_left_alone(context: AppContext, tmp_path: Path) -> None:
    site_with_photos(context, tmp_path / "in", ("a.jpg",))
    out = tmp_path / "out"
    out.mkdir()
    assert len(export(context, out).written) == 1
    before = sorted(path.name for path in out.iterdir())
    with pytest.raises(GeoparkError) as caught:
        export(context, out)
    assert caught.value.code is ErrorCode.FOLDER_NOT_EMPTY
    assert sorted(path.name for path in out.iterdir()) == before


def test_a_stopped_export_leaves_nothing(context: AppContext, tmp_path: Path) -> None:
    site_with_photos(context, tmp_path / "in", NAMES)
    cancel = CancelToken()
    place = tmp_path / "place"
    place.mkdir()
    with pytest.raises(Cancelled):
        export_photos(
            context,
            place / "out",
            ALL,
            PhotoExportOptions(),
            progress=lambda _progress: cancel.cancel(),
            cancel=cancel,
        )
    assert list(place.iterdir()) == []


def test_missing_and_damaged_files_are_named_and_the_rest_leaves(
    context: AppContext, tmp_path: Path
) -> None:
    _site, photos = site_with_photos(context, tmp_path / "in", ("a.jpg", "b.jpg", "c.jpg"))
    files = context.catalogue.files
    files.path_of(photos[0].sha256 or "").unlink()
    path = files.path_of(photos[1].sha256 or "")
    path.write_bytes(path.read_bytes()[:-20] + b"x" * 20)
    report = export(context, tmp_path / "full", size=PhotoSize.FULL)
    assert {photo.uuid for photo in report.unreadable} == {photos[0].uuid, photos[1].uuid}
    assert len(report.written) == 1
    assert report.selected == 3
    # The picture of 1,600 pixels is enough for the web.
    assert len(export(context, tmp_path / "web", size=PhotoSize.WEB).written) == 3


def test_the_command_exports_and_names_what_stays(
    capsys: pytest.CaptureFixture[str], context: AppContext, tmp_path: Path
) -> None:
    site, photos = site_with_photos(context, tmp_path / "in", ("a.jpg", "b.jpg"))
    set_fields(context, "photo", photos[0].uuid, {"people_shown": "yes"})
    words = ["--catalogue", str(context.catalogue.folder.root), "photos", "export"]

    def run(*more: str | Path) -> tuple[int, dict[str, Any]]:
        code = main([*words, *(str(word) for word in more), "--json"])
        return code, json.loads(capsys.readouterr().out)

    code, answer = run(tmp_path / "look", "--dry-run", "--site", site.code or "")
    assert (answer["selected"], answer["out"]) == (2, None)
    assert not (tmp_path / "look").exists()
    code, answer = run(tmp_path / "out", "--size", "web", "--pattern", "{code}_{number}")
    assert code not in {0, 2}
    assert [item["file"] for item in answer["written"]] == [f"{site.code}_001.jpg"]
    assert [item["reasons"] for item in answer["withheld"]] == [["no-consent"]]
    code, answer = run(tmp_path / "bad", "--pattern", "{gps}")
    assert answer["error"]["code"] == "bad-value"
    code, answer = run(tmp_path / "none", "--day", "2020-01-01")
    assert answer["error"]["code"] == "not-found"
    code, answer = run(tmp_path / "none", "--day", "31/12")
    assert answer["error"]["code"] == "bad-value"


def test_pictures_of_the_export_are_told_by_their_content(
    context: AppContext, tmp_path: Path
) -> None:
    site_with_photos(context, tmp_path / "in", ("a.jpg",))
    export(context, tmp_path / "out", form=ReleasedFormat.WEBP, size=PhotoSize.WEB)
    (path,) = pictures_of(tmp_path / "out")
    assert Image.open(io.BytesIO(path.read_bytes())).format == "WEBP"

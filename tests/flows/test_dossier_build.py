"""The geosite annex from a real catalogue: PDF, Word, workbook and GIS file, looked into."""

import json
import shutil
import sqlite3
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pikepdf
import pytest
from PIL import Image

from geopark_app.domain.declaration import Audience
from geopark_app.domain.errors import Cancelled, ErrorCode, GeoparkError
from geopark_app.domain.position import Position
from geopark_app.domain.progress import CancelToken, Progress
from geopark_app.operations.checklists import answer_item, checklist_for, start_visit
from geopark_app.operations.context import AppContext, open_context
from geopark_app.operations.dossier import build_dossier, check_dossier
from geopark_app.operations.dossier_options import DossierOptions, DossierReport
from geopark_app.operations.photos import PhotoDefaults, add_photos, list_photos
from geopark_app.operations.sites import find_site, list_sites
from tests.builders import fixed_clock, put

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(
    not (ROOT / "resources/web/dist/fonts").is_dir(), reason="fonts come with `make setup`"
)
LONG_VI = "Khối đá vôi Bắc Sơn dày hàng nghìn mét, lưu giữ nhiều hoá thạch trùng thoi. " * 80
SHEETS = ("geosites", "tables", "gis", "pairs")
SECRET_LON, SECRET_LAT = 106.987654, 21.712345


@dataclass(frozen=True)
class Built:
    """The dossier that all tests look into, and the catalogue it came from."""

    catalogue: Path
    out: Path
    report: DossierReport

    @property
    def pdf(self) -> Path:
        return self.out / "data" / "geosites" / "annex-geosites.pdf"

    def problems(self, code: str) -> list[str]:
        return [problem.site for problem in self.report.problems if problem.code == code]


def _pictures(folder: Path) -> list[Path]:
    folder.mkdir()
    sizes = {"ngang": (900, 600), "doc": (600, 900), "rong": (1200, 300)}
    for index, (name, size) in enumerate(sizes.items()):
        Image.new("RGB", size, (60 + 60 * index, 120, 90)).save(folder / f"{name}.jpg")
    return sorted(folder.iterdir())


def _fill(context: AppContext, folder: Path) -> None:
    """Give three sites photos, a visit, long texts, a secret and letters no font has."""
    pictures = _pictures(folder)
    first, second, third = (find_site(context, code) for code in ("LS-002", "LS-003", "LS-009"))
    owned = PhotoDefaults(photographer="Hà", credit="Trung tâm Xúc tiến", licence="own")
    add_photos(context, pictures, site_uuid=first.uuid, defaults=owned)
    barred = PhotoDefaults(photographer="?", licence="all_rights")
    Image.new("RGB", (400, 300), "red").save(folder / "cam.jpg")
    add_photos(context, [folder / "cam.jpg"], site_uuid=second.uuid, defaults=barred)
    visit, _changes = start_visit(context, "site", site_uuid=first.uuid, sample=True)
    items = checklist_for(context, "site").items
    for item in items[:10]:
        answer_item(context, visit.uuid, item.uuid, status="met")
    critical = next(item for item in items if item.critical)
    answer_item(context, visit.uuid, critical.uuid, status="not_met")
    secret = Position(lon=SECRET_LON, lat=SECRET_LAT, quality="exact", accuracy_m=3)
    put(
        context,
        replace(second, description_vi=LONG_VI, description_en=LONG_VI, name_en=None),
        replace(third, position=secret, disclosure_level="B", name_local="友谊关 ✓",
                summary_vi="=1+1"),
        replace(find_site(context, "LS-020"), position=Position(
            lon=106.7534, lat=21.8567, quality="exact", accuracy_m=5), disclosure_level="A"),
        replace(find_site(context, "LS-008"), position=Position(
            lon=106.6234, lat=21.8123, accuracy_m=5), disclosure_level="A"),
    )  # fmt: skip


@pytest.fixture(scope="module")
def built(langson_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("dossier")
    catalogue = Path(shutil.copytree(langson_folder, folder / "catalogue"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEOPARK_PROFILE", str(folder / "profile"))
        context = open_context(catalogue, person="Hà", device="A", clock=fixed_clock)
        with context.catalogue:
            _fill(context, folder / "pictures")
            report = build_dossier(context, folder / "out", DossierOptions())
    return Built(catalogue=catalogue, out=folder / "out", report=report)


@pytest.fixture
def again(built: Built) -> Iterator[AppContext]:
    context = open_context(built.catalogue, person="Hà", device="A", clock=fixed_clock)
    with context.catalogue:
        yield context


def _text(pdf: Path, *options: str) -> str:
    return subprocess.run(
        ["pdftotext", *options, str(pdf), "-"], capture_output=True, check=True
    ).stdout.decode("utf-8")


def _elements(pdf: pikepdf.Pdf, name: str) -> Iterator[Any]:
    waiting: list[Any] = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Array):
            waiting.extend(element)
        elif isinstance(element, pikepdf.Dictionary):
            if str(element.get("/S", "")) == name:
                yield element
            if "/K" in element:
                waiting.append(element.K)


# --- the PDF ------------------------------------------------------------------------------------


def test_one_file_is_pdf_a_and_pdf_ua(built: Built) -> None:
    with pikepdf.open(built.pdf) as pdf:
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
            assert metadata["pdfuaid:part"] == "1"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "vi-VN"


def test_each_site_has_one_page_and_a_bookmark(built: Built, again: AppContext) -> None:
    sites = list_sites(again, filters={"kind": "geosite"})
    with pikepdf.open(built.pdf) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        pages = len(pdf.pages)
    assert len(sites) == built.report.sites > 30
    assert [title.partition(" ")[0] for title in titles[1:]] == [item.site.code for item in sites]
    # title page, contents, overview map
    assert pages == len(sites) + 3
    for number, item in enumerate(sites, start=4):
        assert (item.site.code or "?") in _text(built.pdf, "-f", str(number), "-l", str(number))
    printed = {file.path: file.pages for file in built.report.files if file.path.endswith(".pdf")}
    assert printed["data/geosites/annex-geosites.pdf"] == pages
    assert all(printed.values())


def test_every_figure_is_described(built: Built) -> None:
    with pikepdf.open(built.pdf) as pdf:
        figures = list(_elements(pdf, "/Figure"))
        described = [figure for figure in figures if str(figure.get("/Alt", "")).strip()]
        assert len(list(_elements(pdf, "/H1"))) == built.report.sites + 2
    assert len(figures) == len(described) > 2 * built.report.sites


def test_the_text_is_vietnamese_in_nfc(built: Built) -> None:
    text = _text(built.pdf)
    assert unicodedata.is_normalized("NFC", text)
    assert "Công viên địa chất toàn cầu UNESCO Lạng Sơn" in text
    assert "TẠM TÍNH / PROVISIONAL" in text
    assert "MẪU / SAMPLE" in text
    assert "sơ đồ, không phải đường biên giới chính thức" in text
    assert "sketch, not an official boundary" in text
    assert "Trung tâm Xúc tiến" in text


def test_a_secret_place_is_nowhere(built: Built) -> None:
    told = "".join(_text(path) for path in built.out.rglob("*.pdf")) + "".join(
        zipfile.ZipFile(path).read(name).decode("utf-8", "replace")
        for path in built.out.rglob("*.[dx][ol][cs]x")
        for name in zipfile.ZipFile(path).namelist()
        if name.endswith(".xml")
    )
    told += (built.out / "data" / "problems.json").read_text(encoding="utf-8")
    for digits in ("106.98", "106,98", "21.712", "21,712", "106°59", "21°42"):
        assert digits not in told
    with closing(sqlite3.connect(built.out / "data" / "gis" / "sites.gpkg")) as layers:
        rows = layers.execute("SELECT placed_by FROM sites WHERE code = 'LS-009'").fetchall()
    assert rows == [("commune",)]
    assert built.problems("position-withheld").count("LS-009") == 1


def test_an_exact_position_has_both_systems(built: Built) -> None:
    text = " ".join(_text(built.pdf).split())
    assert "21°51′24,1″B" in text
    assert "VN-2000 / TM-3 107-15" in text


def test_a_position_of_unstated_quality_says_so_in_arc_minutes(built: Built) -> None:
    text = " ".join(_text(built.pdf).split())
    assert "21°49′B; 106°37′Đ – chưa ghi chất lượng, ±5 m" in text
    assert "quality not stated" in text
    assert built.problems("position-quality-missing") == ["LS-008"]


def test_former_units_are_english_in_english(built: Built) -> None:
    assert "Yên Thịnh commune, Hữu Lũng district (former)" in " ".join(_text(built.pdf).split())


def test_the_title_page_counts_positions_by_quality(built: Built) -> None:
    cover = " ".join(_text(built.pdf, "-l", "1").split())
    assert "Số ảnh của các điểm này" in cover
    assert "1 exact," in cover
    assert "1 of quality not stated" in cover


# --- the problems -------------------------------------------------------------------------------


def test_what_is_wrong_is_listed(built: Built) -> None:
    assert built.problems("licence-forbids") == ["LS-003"]
    assert set(built.problems("missing-glyph")) == {"LS-009"}
    assert built.problems("text-shortened") == ["LS-003"]
    assert "LS-003" in built.problems("missing-english")
    assert len(built.problems("alt-built")) == 3
    assert built.problems("unknown-position")
    assert built.problems("provisional") == [""]
    assert built.report.has_errors


def test_the_report_file_says_the_same(built: Built) -> None:
    content = json.loads((built.out / "data" / "problems.json").read_text(encoding="utf-8"))
    assert [item["code"] for item in content["problems"]] == [
        problem.code for problem in built.report.problems
    ]
    readme = (built.out / "data" / "README.txt").read_text(encoding="utf-8")
    assert "annex-geosites.pdf" in readme
    assert "MẪU: ảnh và lượt khảo sát có dấu này không có thật" in readme
    assert "SAMPLE: the photos and visits marked so are not real" in readme


def test_a_check_lists_the_same_and_writes_nothing(
    built: Built, again: AppContext, tmp_path: Path
) -> None:
    report = check_dossier(again, DossierOptions())
    assert report.problems == built.report.problems
    assert report.files == ()


def test_a_lost_picture_is_left_out_and_listed(again: AppContext, tmp_path: Path) -> None:
    photo = list_photos(again, site_uuid=find_site(again, "LS-002").uuid)[0]
    stored = again.catalogue.files.path_of(photo.rendition_sha256 or "")
    content = stored.read_bytes()
    stored.write_bytes(content[:500])
    try:
        report = build_dossier(
            again, tmp_path / "out",
            DossierOptions(parts=SHEETS, formats=("pdf",), filters={"code": "LS-002"}),
        )  # fmt: skip
    finally:
        stored.write_bytes(content)
    assert [problem.site for problem in report.problems if problem.code == "missing-file"] == [
        "LS-002"
    ]


# --- the other files ----------------------------------------------------------------------------


def test_the_word_file_has_the_same_sites(built: Built, again: AppContext) -> None:
    document = docx.Document(str(built.pdf.with_suffix(".docx")))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    codes = [item.site.code for item in list_sites(again, filters={"kind": "geosite"})]
    assert headings[0] == "Bản đồ các điểm / Map of the sites"
    assert [heading.partition(" ")[0] for heading in headings[1:]] == codes
    described = document.element.body.xpath(".//wp:docPr")
    assert len({item.get("id") for item in described}) == len(described)
    assert all(item.get("descr") for item in described)
    languages = set(document.element.body.xpath(".//w:lang/@w:val"))
    assert {"vi-VN", "en-GB"} <= languages


def test_the_workbook_has_no_formula_and_all_stops(built: Built) -> None:
    book = openpyxl.load_workbook(built.out / "data" / "tables" / "sites.xlsx")
    assert book.sheetnames == ["Sites", "Stops", "About"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    risky = next(cell for cell in cells if cell.value == "=1+1")
    assert risky.quotePrefix
    assert book["Stops"].max_row == 2 + 38
    assert book["Sites"].max_row == 2 + built.report.sites
    assert book["Sites"].freeze_panes == "C3"
    about = [cell.value for cell in book["About"]["A"]]
    assert "MẪU: ảnh và lượt khảo sát có dấu này không có thật" in about
    assert [cell.value for cell in cells].count("MẪU / SAMPLE") == 1


def test_the_gis_file_has_both_systems_and_no_unknown_place(built: Built) -> None:
    with closing(sqlite3.connect(built.out / "data" / "gis" / "sites.gpkg")) as layers:
        systems = dict(layers.execute("SELECT table_name, srs_id FROM gpkg_contents"))
        counts = [layers.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in systems]
        qualities = {row[0] for row in layers.execute("SELECT coord_quality FROM sites")}
        samples = layers.execute("SELECT code FROM sites WHERE sample = 'yes'").fetchall()
    assert systems == {"sites": 4326, "sites_vn2000": 9215}
    unknown = len(built.problems("unknown-position"))
    assert counts == [built.report.sites - unknown] * 2
    assert "unknown" not in qualities
    assert samples == [("LS-002",)]


def test_the_same_data_gives_the_same_bytes(
    built: Built, again: AppContext, tmp_path: Path
) -> None:
    report = build_dossier(again, tmp_path / "out", DossierOptions())
    assert {file.path: file.sha256 for file in report.files} == {
        file.path: file.sha256 for file in built.report.files
    }


# --- choices ------------------------------------------------------------------------------------


def test_one_language_prints_only_that(again: AppContext, tmp_path: Path) -> None:
    options = DossierOptions(
        parts=SHEETS, languages=("en",), formats=("pdf",), filters={"code": "LS-002"}
    )
    build_dossier(again, tmp_path / "out", options)
    text = _text(tmp_path / "out" / "data" / "geosites" / "annex-geosites.pdf")
    assert "Summary" in text
    assert "Tóm tắt" not in text


def test_the_office_may_print_the_exact_place(again: AppContext, tmp_path: Path) -> None:
    options = DossierOptions(
        parts=SHEETS, audience=Audience.INTERNAL, formats=("pdf",), filters={"code": "LS-009"}
    )
    build_dossier(again, tmp_path / "out", options)
    text = _text(tmp_path / "out" / "data" / "geosites" / "annex-geosites.pdf")
    assert "106°59′15" in text


def test_a_dossier_without_sites_is_not_written(again: AppContext, tmp_path: Path) -> None:
    options = DossierOptions(filters={"code": "không có"})
    assert [one.code for one in check_dossier(again, options).problems] == ["no-sites"]
    with pytest.raises(GeoparkError) as caught:
        build_dossier(again, tmp_path / "out", options)
    assert caught.value.code is ErrorCode.NOT_FOUND
    assert "không có" in caught.value.details["reference"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("field", ["kind", "parts", "formats", "languages"])
def test_unknown_words_are_refused(field: str) -> None:
    given: Any = {field: "x" if field == "kind" else ("x",)}
    with pytest.raises(GeoparkError) as caught:
        DossierOptions(**given)
    assert caught.value.code is ErrorCode.BAD_VALUE


def test_a_stop_between_two_photos_leaves_nothing(again: AppContext, tmp_path: Path) -> None:
    cancel = CancelToken()
    seen: list[Progress] = []

    def stop_at_once(progress: Progress) -> None:
        seen.append(progress)
        cancel.cancel()

    with pytest.raises(Cancelled):
        build_dossier(
            again, tmp_path / "out", DossierOptions(), progress=stop_at_once, cancel=cancel
        )
    assert seen[0].done == 1
    assert list(tmp_path.iterdir()) == []


def test_progress_ends_at_its_total(again: AppContext, tmp_path: Path) -> None:
    seen: list[Progress] = []
    options = DossierOptions(filters={"code": "LS-002"})
    build_dossier(again, tmp_path / "out", options, progress=seen.append)
    assert seen[-1].done == seen[-1].total
    assert [item.done for item in seen] == sorted(item.done for item in seen)


def test_a_catalogue_on_a_read_only_disk_is_printed(
    again: AppContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(again.catalogue, "is_read_only", True)
    report = build_dossier(
        again,
        tmp_path / "out",
        DossierOptions(parts=SHEETS, filters={"code": "LS-002"}, formats=("docx",)),
    )
    assert report.files


def test_the_secret_really_is_in_the_catalogue(again: AppContext) -> None:
    position = find_site(again, "LS-009").position
    assert position is not None
    assert (position.lon, position.lat) == (SECRET_LON, SECRET_LAT)

"""The lists of the dossier from a real catalogue: what stands in them, and what stays out."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from PIL import Image

from geopark_app.domain.errors import Cancelled, ErrorCode, GeoparkError
from geopark_app.domain.kinds import KINDS, Partner, Reference
from geopark_app.domain.position import Position
from geopark_app.domain.progress import CancelToken, Progress
from geopark_app.operations.checklists import (
    answer_item,
    attach_evidence,
    checklist_for,
    site_readiness,
    start_visit,
)
from geopark_app.operations.context import AppContext, open_context
from geopark_app.operations.documents import add_document
from geopark_app.operations.dossier import build_dossier, check_dossier
from geopark_app.operations.dossier_chapters import chapters, parts
from geopark_app.operations.dossier_options import DossierOptions, DossierReport
from geopark_app.operations.evidence import register_evidence
from geopark_app.operations.photos import PhotoDefaults, add_photos, list_photos
from geopark_app.operations.sites import find_site
from geopark_app.store.new_keys import new_uuid
from tests.builders import fixed_clock, put

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(
    not (ROOT / "resources/web/dist/fonts").is_dir(), reason="fonts come with `make setup`"
)
PHONE, CONTACT, OFFICE_ONLY = "0912345678", "Bà Nông Thị Kín", b"%PDF-1.4 for the office"
SCAN = b"%PDF-1.4 signed \x00\xff"
PARTS = ("list", "readiness", "partners", "bibliography", "evidence", "credits", "mission")
OPTIONS = DossierOptions(
    parts=PARTS, formats=("pdf", "xlsx"), filters={"kind": "geosite", "route": "1"}
)


@dataclass(frozen=True)
class Built:
    """The dossier all tests look into."""

    catalogue: Path
    data: Path
    report: DossierReport

    def text(self, name: str) -> str:
        told = subprocess.run(
            ["pdftotext", "-layout", str(self.data / name), "-"], capture_output=True, check=True
        ).stdout.decode("utf-8")
        return " ".join(told.split())

    def codes(self, part: str) -> set[str]:
        return {problem.code for problem in self.report.problems if problem.field == part}


def _fill(context: AppContext, folder: Path) -> None:
    folder.mkdir()
    site = find_site(context, "LS-002")
    Image.new("RGB", (900, 600), (60, 120, 90)).save(folder / "a.jpg")
    Image.new("RGB", (600, 900), (160, 120, 90)).save(folder / "b.jpg")
    owned = PhotoDefaults(photographer="Hà", credit="Trung tâm Xúc tiến", licence="own")
    add_photos(context, [folder / "a.jpg"], site_uuid=site.uuid, defaults=owned)
    barred = PhotoDefaults(credit="Người lạ", licence="all_rights")
    add_photos(context, [folder / "b.jpg"], site_uuid=site.uuid, defaults=barred)
    visit, _changes = start_visit(context, "site", site_uuid=site.uuid)
    first, second, *_more = checklist_for(context, "site").items
    answer_item(context, visit.uuid, first.uuid, status="met")
    answer_item(context, visit.uuid, second.uuid, status="not_met")
    answers = {item.uuid: answer for item, answer in site_readiness(context, site.uuid).items}
    answer = answers[first.uuid]
    assert answer is not None
    for photo in list_photos(context, site_uuid=site.uuid):
        attach_evidence(context, answer.uuid, photo.uuid)
    exact = Position(lon=106.7534, lat=21.8567, quality="exact", accuracy_m=5)
    put(
        context,
        replace(site, position=exact, disclosure_level="A", relevance_claimed="international"),
        Partner(
            uuid=new_uuid(), name_vi="Homestay Yên Thịnh", employees=12, contact=CONTACT,
            phone=PHONE, agreement_until="2025-01-02",
        ),
        Reference(uuid=new_uuid(), authors="Trần Đức Lương", year=1988, title="Bản đồ"),
        Reference(
            uuid=new_uuid(), authors="Smith, J.", year=2019, title="Bac Son limestone",
            is_main_international=True,
        ),
    )  # fmt: skip
    for name, content, readers in (
        ("Quyết định số 1.pdf", SCAN, "evaluators"),
        ("kin.pdf", OFFICE_ONLY, "office"),
    ):
        (folder / name).write_bytes(content)
        document, _changes = add_document(
            context, folder / name, {"title_vi": "Văn bản", "readers": readers}
        )
        register_evidence(context, "Văn bản", fields={"document_uuid": document.uuid})


@pytest.fixture(scope="module")
def built(langson_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("parts")
    catalogue = Path(shutil.copytree(langson_folder, folder / "catalogue"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEOPARK_PROFILE", str(folder / "profile"))
        context = open_context(catalogue, person="Hà", device="A", clock=fixed_clock)
        with context.catalogue:
            _fill(context, folder / "files")
            report = build_dossier(context, folder / "out", OPTIONS)
    return Built(catalogue=catalogue, data=folder / "out" / "data", report=report)


@pytest.fixture
def again(built: Built) -> Iterator[AppContext]:
    context = open_context(built.catalogue, person="Hà", device="A", clock=fixed_clock)
    with context.catalogue:
        yield context


def test_every_part_names_known_kinds_and_chapters() -> None:
    known = {chapter.code for chapter in chapters()}
    for part in parts():
        assert set(part.feeds) <= set(KINDS)
        assert part.chapter in known | {""}
        assert part.title_vi
        assert part.title_en


def test_every_pdf_is_pdf_a_and_pdf_ua_with_described_figures(built: Built) -> None:
    found = sorted(
        path.name for path in built.data.rglob("*.pdf") if not path.name.startswith("E-")
    )
    assert found == [
        "bibliography.pdf", "evidence-index.pdf", "partners-facilities-protection.pdf",
        "photo-credits.pdf", "readiness-report.pdf", "site-list.pdf",
    ]  # fmt: skip
    for name in found:
        path = next(built.data.rglob(name))
        with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
            assert metadata["pdfuaid:part"] == "1"
    assert {file.pages is not None for file in built.report.files if "/E-" not in file.path
            and file.path.endswith(".pdf")} == {True}  # fmt: skip


def test_geosites_stand_apart_from_other_stops(built: Built) -> None:
    text = built.text("list/site-list.pdf")
    geosites, _heading, others = text.partition("Other stops, not geosites")
    assert "LS-002" in geosites
    assert "N (X)" in geosites
    assert others.count("LS-") > 2
    assert "LS-002" not in others


def test_a_photo_proves_an_answer_only_where_it_may_leave(built: Built) -> None:
    with pikepdf.open(built.data / "readiness" / "readiness-report.pdf") as pdf:
        assert sum(len(page.get_images()) for page in pdf.pages) == 1
    for name in ("readiness/readiness-report.pdf", "credits/photo-credits.pdf"):
        assert "Trung tâm Xúc tiến" in built.text(name)
        assert "Người lạ" not in built.text(name)


def test_scans_travel_byte_for_byte_and_what_is_the_offices_stays(built: Built) -> None:
    folder = built.data / "evidence"
    scans = [path for path in folder.iterdir() if path.name.startswith("E-")]
    assert [path.name for path in scans] == ["E-001-Quyet-dinh-so-1.pdf"]
    assert scans[0].read_bytes() == SCAN
    assert "scan-kept" in built.codes("evidence")
    assert all(OFFICE_ONLY not in path.read_bytes() for path in built.data.rglob("*.*"))


def test_personal_data_stays_at_the_office(built: Built) -> None:
    book = openpyxl.load_workbook(built.data / "partners" / "partners-facilities-protection.xlsx")
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert 12 in cells
    told = " ".join(str(cell) for cell in cells)
    told += built.text("partners/partners-facilities-protection.pdf")
    assert CONTACT not in told
    assert PHONE not in told


def test_main_papers_come_first(built: Built) -> None:
    text = built.text("bibliography/bibliography.pdf")
    assert text.index("Bac Son limestone") < text.index("Trần Đức Lương")


def test_each_line_is_traced_to_its_records(built: Built, again: AppContext) -> None:
    content = json.loads((built.data / "sources.json").read_text(encoding="utf-8"))
    by_code = {part["code"]: part for part in content["parts"]}
    row = next(row for row in by_code["list"]["rows"] if row["row"] == "LS-002")
    assert f"site:{find_site(again, 'LS-002').uuid}" in row["records"]
    assert by_code["bibliography"]["files"] == [
        "bibliography/bibliography.pdf", "bibliography/bibliography.xlsx",
    ]  # fmt: skip
    readme = (built.data / "README.txt").read_text(encoding="utf-8")
    assert "evidence/E-001-Quyet-dinh-so-1.pdf" in readme


def test_problems_of_the_parts_are_listed(built: Built, again: AppContext) -> None:
    assert {"provisional-numbers", "scan-kept"} <= built.codes("evidence")
    assert "expired-paper" in built.codes("partners")
    assert "not-visited" in built.codes("readiness")
    assert built.codes("mission") == {"part-empty"}
    assert not (built.data / "mission").exists()
    assert check_dossier(again, OPTIONS).problems == built.report.problems


def test_a_final_dossier_with_something_unfinished_is_refused(
    again: AppContext, tmp_path: Path
) -> None:
    options = replace(OPTIONS, is_final=True)
    with pytest.raises(GeoparkError) as caught:
        build_dossier(again, tmp_path / "out", options)
    assert caught.value.code is ErrorCode.NOT_FINAL
    assert "PROVISIONAL" in caught.value.details["reasons"] or (
        "TẠM TÍNH" in caught.value.details["reasons"]
    )
    assert list(tmp_path.iterdir()) == []


def test_a_stop_between_two_lists_leaves_nothing(again: AppContext, tmp_path: Path) -> None:
    cancel = CancelToken()
    seen: list[Progress] = []

    def stop_after_first(progress: Progress) -> None:
        seen.append(progress)
        cancel.cancel()

    with pytest.raises(Cancelled):
        build_dossier(again, tmp_path / "out", OPTIONS, progress=stop_after_first, cancel=cancel)
    assert [one.current for one in seen] == ["site-list.pdf"]
    assert list(tmp_path.iterdir()) == []

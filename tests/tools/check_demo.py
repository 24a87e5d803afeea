"""Check the files that `make demo` made, with tools that are not ours; used by `.ci/run`."""

import hashlib
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pikepdf

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "demo"
BAG = DEMO / "dossier"
PDF = BAG / "data" / "geosites" / "annex-geosites.pdf"
DOCX = PDF.with_suffix(".docx")
XLSX = BAG / "data" / "tables" / "sites.xlsx"
GPKG = BAG / "data" / "gis" / "sites.gpkg"
SITES_IN_STARTER = 96
CHANGED_TEXT = "Ghi tay trước khi chạy lại"


def run(*command: str | Path) -> str:
    """Run a tool and give what it prints; a tool that fails fails the check."""
    outcome = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=300,
        check=False,
    )
    if outcome.returncode != 0:
        message = f"{command[0]} ended with {outcome.returncode}: {outcome.stdout}{outcome.stderr}"
        raise AssertionError(message)
    return outcome.stdout


def command_json(*arguments: str) -> dict[str, Any]:
    """Run one of our commands on the demo catalogue and give its JSON answer."""
    program = [sys.executable, "main.py", "--catalogue", str(DEMO)]
    answer: dict[str, Any] = json.loads(run(*program, *arguments, "--json"))
    return answer


def expect(outcome: object, sentence: str) -> None:
    """Fail with a sentence when something is not as it must be."""
    if not outcome:
        raise AssertionError(sentence)


# --- the annex as PDF ---------------------------------------------------------------------------


def check_pdf_is_sound() -> None:
    """Qpdf finds no damage and pdfinfo sees a tagged document with a title."""
    run("qpdf", "--check", PDF)
    told = run("pdfinfo", PDF)
    expect("Tagged:          yes" in told, f"not tagged: {told}")
    title = next((line for line in told.splitlines() if line.startswith("Title:")), "")
    expect(title.removeprefix("Title:").strip(), "the document has no title")


def check_pdf_says_pdf_a_and_pdf_ua() -> None:
    """The metadata name PDF/A-2a and PDF/UA-1; the catalogue is marked and has a language."""
    with pikepdf.open(PDF) as pdf:
        with pdf.open_metadata() as metadata:
            expect(str(metadata.get("pdfaid:part")) == "2", "pdfaid:part is not 2")
            expect(metadata.get("pdfaid:conformance") == "A", "pdfaid:conformance is not A")
            expect(str(metadata.get("pdfuaid:part")) == "1", "pdfuaid:part is not 1")
        expect(bool(pdf.Root.MarkInfo.Marked), "MarkInfo does not say marked")
        expect(str(pdf.Root.Lang), "no document language")
        expect("/OutputIntents" in pdf.Root, "no output intent")
        expect(not pdf.is_encrypted, "the document is encrypted")


def structure_elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Give every element of the structure tree."""
    waiting: list[Any] = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Array):
            waiting.extend(element)
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                yield element
            if "/K" in element:
                waiting.append(element.K)


def check_pdf_figures_have_alternative_texts() -> None:
    """There are figures, and each has an alternative text."""
    with pikepdf.open(PDF) as pdf:
        figures = [item for item in structure_elements(pdf) if str(item.S) == "/Figure"]
        described = [item for item in figures if str(item.get("/Alt", "")).strip()]
    expect(figures, "the annex has no figures")
    expect(len(figures) == len(described), f"{len(figures)} figures, {len(described)} described")


def check_pdf_has_a_bookmark_for_each_site() -> None:
    """Each geosite's Vietnamese name stands in the bookmarks, and there is a page for each."""
    with pikepdf.open(PDF) as pdf:
        pages = len(pdf.pages)
        with pdf.open_outline() as outline:
            titles = list(bookmark_titles(outline.root))
    names = [site["name_vi"] for site in geosites()]
    missing = [name for name in names if not any(name in title for title in titles)]
    expect(names, "the demo has no geosites")
    expect(not missing, f"{len(missing)} sites without a bookmark: {missing[:3]}")
    expect(pages >= len(names), f"{pages} pages for {len(names)} sites")


def bookmark_titles(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
    """Give the titles of bookmarks at every depth."""
    for item in items:
        yield unicodedata.normalize("NFC", item.title)
        yield from bookmark_titles(item.children)


def geosites() -> list[dict[str, Any]]:
    """Give the sites that the annex shows by default."""
    sites: list[dict[str, Any]] = command_json("site", "list")["sites"]
    return [site for site in sites if site["kind"] == "geosite"]


def check_pdf_text_is_vietnamese_in_nfc() -> None:
    """Pdftotext gives composed Vietnamese, and no glyph without a character."""
    text = run("pdftotext", "-layout", PDF, "-")
    expect(unicodedata.is_normalized("NFC", text), "the text is not NFC")
    expect("Lạng Sơn" in text, "no Lạng Sơn in the text")
    expect("\ufffd" not in text, "the text has glyphs without a character")
    expect("MẪU" in text, "the sample photos are not marked MẪU")


def check_pdf_fonts_are_embedded() -> None:
    """Every font is embedded and maps to Unicode."""
    lines = run("pdffonts", PDF).splitlines()[2:]
    expect(lines, "the annex has no fonts")
    for line in lines:
        embedded, _subset, unicode = line.split()[-5:-2]
        expect((embedded, unicode) == ("yes", "yes"), line)


# --- the other files ----------------------------------------------------------------------------


def check_docx_opens_in_libreoffice() -> None:
    """LibreOffice opens the DOCX, and it names the same sites as the PDF."""
    with tempfile.TemporaryDirectory() as folder:
        profile = (Path(folder) / "profile").as_uri()
        run(
            "soffice", f"-env:UserInstallation={profile}", "--headless",
            "--convert-to", "pdf", "--outdir", folder, DOCX,
        )  # fmt: skip
        text = run("pdftotext", Path(folder) / "annex-geosites.pdf", "-")
    told = unicodedata.normalize("NFC", " ".join(text.split()))
    missing = [site["name_vi"] for site in geosites() if site["name_vi"] not in told]
    expect(not missing, f"sites missing in the DOCX: {missing[:3]}")


def check_docx_pictures_have_alternative_texts() -> None:
    """Each picture of the DOCX has an alternative text."""
    body = docx.Document(str(DOCX)).element.body
    pictures = body.xpath(".//wp:docPr")
    expect(pictures, "the DOCX has no pictures")
    expect(all(picture.get("descr") for picture in pictures), "a picture has no description")


def check_xlsx_holds_text_and_no_formula() -> None:
    """The table of sites opens, and no cell of the sites is taken for a formula."""
    book = openpyxl.load_workbook(XLSX)
    rows = [row for sheet in book.worksheets for row in sheet.iter_rows()]
    expect(len(rows) > len(geosites()), f"only {len(rows)} rows")
    formulas = [cell.coordinate for row in rows for cell in row if cell.data_type == "f"]
    expect(not formulas, f"formulas in {formulas[:3]}")
    expect(zipfile.ZipFile(XLSX).testzip() is None, "damaged")


def check_geopackage_has_both_systems() -> None:
    """Ogrinfo reads a layer in WGS 84 and the same in VN-2000, with equal numbers of sites."""
    counts = {}
    # Debian 12's ogrinfo knows no -json. The last ID of a layer's text is that of its system.
    for layer in run("ogrinfo", "-so", "-al", GPKG).split("Layer name: ")[1:]:
        code = re.findall(r'ID\["EPSG",(\d+)\]\]', layer)[-1]
        counts[int(code)] = int(re.findall(r"Feature Count: (\d+)", layer)[0])
    expect({4326, 9215} <= set(counts), f"systems: {counts}")
    expect(counts[4326] == counts[9215] > 0, f"features: {counts}")


def check_manifest_agrees() -> None:
    """Every file of the dossier stands in the manifest with its SHA-256."""
    lines = (BAG / "manifest-sha256.txt").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split(maxsplit=1) for line in lines)}
    files = [path for path in (BAG / "data").rglob("*") if path.is_file()]
    found = {
        path.relative_to(BAG).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }
    expect(listed == found, f"differing: {sorted(set(listed.items()) ^ set(found.items()))[:3]}")
    expect((BAG / "data" / "README.txt").stat().st_size > 0, "README.txt is empty")
    json.loads((BAG / "data" / "problems.json").read_text(encoding="utf-8"))


# --- the catalogue ------------------------------------------------------------------------------


def check_catalogue_has_all_sites() -> None:
    """The demo holds the whole starter."""
    count = command_json("site", "list")["count"]
    expect(count == SITES_IN_STARTER, f"{count} sites")


def check_search_needs_no_accents() -> None:
    """The search finds the same with and without accents, composed or not."""
    spellings = ["dong dang", "ĐỒNG ĐĂNG", unicodedata.normalize("NFD", "Đồng Đăng")]
    found = [
        sorted(hit["ref"] for hit in command_json("search", text)["hits"]) for text in spellings
    ]
    expect(found[0], "nothing found")
    expect(found[0] == found[1] == found[2], f"different hits: {[len(hits) for hits in found]}")


def check_second_run_keeps_a_persons_change() -> None:
    """A second demo run succeeds and leaves a changed record as it is."""
    code = geosites()[0]["code"]
    command_json("site", "set", code, "--field", f"summary_vi={CHANGED_TEXT}")
    run(sys.executable, "main.py", "demo", str(DEMO))
    site = command_json("site", "show", code)["sites"][0]
    expect(site["summary_vi"] == CHANGED_TEXT, "the second run undid a change")
    check_catalogue_has_all_sites()


CHECKS: list[Callable[[], None]] = [
    check_pdf_is_sound,
    check_pdf_says_pdf_a_and_pdf_ua,
    check_pdf_figures_have_alternative_texts,
    check_pdf_has_a_bookmark_for_each_site,
    check_pdf_text_is_vietnamese_in_nfc,
    check_pdf_fonts_are_embedded,
    check_docx_opens_in_libreoffice,
    check_docx_pictures_have_alternative_texts,
    check_xlsx_holds_text_and_no_formula,
    check_geopackage_has_both_systems,
    check_manifest_agrees,
    check_catalogue_has_all_sites,
    check_search_needs_no_accents,
    check_second_run_keeps_a_persons_change,
]


def passes(check: Callable[[], None]) -> bool:
    """Run one check and print how it went."""
    name = check.__name__.removeprefix("check_").replace("_", " ")
    try:
        check()
    # Whatever goes wrong in one check, the others must still be run and told.
    except Exception as error:  # noqa: BLE001
        print(f"FAILED  {name}: {type(error).__name__}: {error}")
        return False
    print(f"ok      {name}")
    return True


def main() -> int:
    """Run every check; the exit code says whether all passed."""
    outcomes = [passes(check) for check in CHECKS]
    print(f"{sum(outcomes)} passed, {len(outcomes) - sum(outcomes)} failed")
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    raise SystemExit(main())

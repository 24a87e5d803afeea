"""`dossier` and `export` on the command line: JSON of the contract, exit codes, sentences."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from geopark_app.cli import main

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(
    not (ROOT / "resources/web/dist/fonts").is_dir(), reason="fonts come with `make setup`"
)
SHEETS = ("--parts", "geosites,tables,gis,pairs")
ONE_SITE = ("--filter", "code=LS-002", *SHEETS)


class Command:
    """Runs commands on one catalogue and reads their JSON."""

    def __init__(self, catalogue: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.catalogue, self._capsys = catalogue, capsys

    def __call__(self, *arguments: object) -> tuple[int, dict[str, Any]]:
        words = [str(argument) for argument in arguments]
        code = main(["--catalogue", str(self.catalogue), *words, "--json"])
        out = self._capsys.readouterr().out
        content = json.loads(out) if out else {}
        assert isinstance(content, dict)
        return code, content


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def command(langson: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(langson, capsys)


def test_build_answers_as_the_contract_says(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, answer = command("dossier", "build", out, *ONE_SITE)
    assert code == 0
    assert answer["out"] == str(out)
    assert sorted(file["path"] for file in answer["files"]) == [
        "data/README.txt",
        "data/geosites/annex-geosites.docx",
        "data/geosites/annex-geosites.pdf",
        "data/gis/sites.gpkg",
        "data/problems.json",
        "data/sources.json",
        "data/tables/sites.xlsx",
    ]
    for file in answer["files"]:
        assert (out / file["path"]).stat().st_size == file["bytes"]
        assert len(file["sha256"]) == 64
        assert (file["pages"] is not None) == file["path"].endswith(".pdf")
    assert {"severity", "site", "field", "message"} <= answer["problems"][0].keys()
    assert answer["seconds"] > 0
    assert not [name for name in names(tmp_path) if name.startswith(".")]


def test_messages_are_in_the_language_asked(command: Command) -> None:
    _code, vietnamese = command("dossier", "check", *ONE_SITE, "--lang", "vi")
    _code, english = command("dossier", "check", *ONE_SITE, "--lang", "en")
    assert vietnamese["problems"][0]["message"] != english["problems"][0]["message"]
    assert english["out"] is None
    assert english["files"] == []


def test_parts_and_formats_choose_the_files(command: Command, tmp_path: Path) -> None:
    code, answer = command(
        "dossier", "build", tmp_path / "out", "--parts", "tables,gis", "--formats", "pdf,xlsx",
        "--kind", "application", "--filter", "code=LS-002",
    )  # fmt: skip
    assert code == 0
    assert [file["path"] for file in answer["files"]] == [
        "data/README.txt",
        "data/problems.json",
        "data/sources.json",
        "data/tables/sites.xlsx",
    ]


@pytest.mark.parametrize(
    ("arguments", "sites"), [(("--filter", "all"), 96), (("--filter", "route=4"), 2)]
)
def test_filters(command: Command, tmp_path: Path, arguments: tuple[str, ...], sites: int) -> None:
    _code, answer = command("dossier", "build", tmp_path / "out", "--parts", "tables", *arguments)
    assert answer["sites"] == sites


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--filter", "không=có"), 20),
        (("--filter", "code"), 20),
        (("--parts", "lạ"), 20),
        (("--formats", "odt"), 20),
        (("--audience", "ai"), 2),
        (("--kind", "khác"), 2),
        (("--language", "fr"), 2),
    ],
)
def test_wrong_words_change_nothing(
    command: Command, tmp_path: Path, arguments: tuple[str, ...], expected: int
) -> None:
    code, _answer = command("dossier", "build", tmp_path / "out", *arguments)
    assert code == expected
    assert not (tmp_path / "out").exists()


def test_a_foreign_folder_is_refused(command: Command, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thu.txt").write_text("giữ", encoding="utf-8")
    code, answer = command("dossier", "build", tmp_path / "out", *ONE_SITE)
    assert code == 20
    assert answer["error"]["code"] == "folder-not-empty"
    assert names(tmp_path / "out") == ["thu.txt"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of 96 kB; only root can make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", str(disk)],
        capture_output=True,
        check=False,
    )
    if made.returncode != 0:
        pytest.skip("no right to mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx", "gpkg"])
def test_a_full_disk_is_said_and_left_clean(command: Command, small_disk: Path, form: str) -> None:
    code, answer = command(
        "dossier", "build", small_disk / "out", "--formats", form, "--filter", "all", *SHEETS
    )
    if form == "xlsx" and code == 0:
        pytest.skip("the workbook fits")
    assert (code, answer["error"]["code"]) == (30, "disk-full")
    assert names(small_disk) == []


@pytest.mark.parametrize("form", ["xlsx", "gpkg", "geojson", "csv"])
def test_export_writes_one_file(command: Command, tmp_path: Path, form: str) -> None:
    out = tmp_path / "new" / f"sites.{form}"
    code, answer = command("export", form, out)
    assert code == 0
    assert out.stat().st_size > 0
    assert names(out.parent) == [out.name]
    assert answer["sites"] + len(answer["left_out"]) == 96


def test_exported_geojson_has_no_unknown_place(command: Command, tmp_path: Path) -> None:
    _code, answer = command("export", "geojson", tmp_path / "a.geojson")
    content = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))
    assert len(content["features"]) == answer["sites"]
    first = content["features"][0]["properties"]
    assert first["name_vi"] == "Đền Bắc Lệ"
    assert first["coord_quality"] == "commune-centroid"


def test_exported_text_table_opens_in_a_spreadsheet(command: Command, tmp_path: Path) -> None:
    code, _answer = command("site", "set", "LS-001", "--field", "summary_vi==HYPERLINK(1)")
    assert code == 0
    command("export", "csv", tmp_path / "a.csv")
    text = (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 96
    assert rows[0]["summary_vi"] == "'=HYPERLINK(1)"


def test_the_public_gets_no_sources(command: Command, tmp_path: Path) -> None:
    command("export", "xlsx", tmp_path / "public.xlsx", "--audience", "public")
    command("export", "xlsx", tmp_path / "internal.xlsx", "--audience", "internal")
    labels = [
        [cell.value for cell in openpyxl.load_workbook(tmp_path / name)["Sites"][2]]
        for name in ("public.xlsx", "internal.xlsx")
    ]
    assert "Sources" not in labels[0]
    assert "Sources" in labels[1]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("dwg", "a.dwg"), 2),
        (("xlsx", "a.xlsx", "--filter", "x=1"), 20),
        (("gpkg", "a.gpkg", "--crs", "VN"), 20),
        (("gpkg", "a.gpkg", "--crs", "EPSG:999999"), 20),
    ],
)
def test_export_refuses_what_it_cannot(
    command: Command, tmp_path: Path, arguments: tuple[str, ...], expected: int
) -> None:
    form, name, *more = arguments
    code, _answer = command("export", form, tmp_path / name, *more)
    assert code == expected
    assert not (tmp_path / name).exists()


def test_an_unknown_system_is_said(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _code, answer = command("export", "gpkg", tmp_path / "a.gpkg", "--crs", "EPSG:99999")
    assert answer["error"]["code"] == "bad-value"
    assert "EPSG:99999" in answer["error"]["message"]
    assert "EPSG:9215" in answer["error"]["next"]


def test_export_replaces_a_file_only_when_asked(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    out.write_text("của người khác", encoding="utf-8")
    code, answer = command("export", "csv", out)
    assert (code, answer["error"]["code"]) == (20, "bad-value")
    assert out.read_text(encoding="utf-8") == "của người khác"
    code, _answer = command("export", "csv", out, "--overwrite")
    assert code == 0
    assert "LS-001" in out.read_text(encoding="utf-8-sig")


def test_a_dossier_without_sites_is_refused(command: Command, tmp_path: Path) -> None:
    code, answer = command("dossier", "build", tmp_path / "out", "--filter", "code=LS-XXX")
    assert (code, answer["error"]["code"]) == (40, "not-found")
    assert not (tmp_path / "out").exists()


def test_map_says_what_it_keeps_back(command: Command, tmp_path: Path) -> None:
    code, _answer = command("site", "set", "LS-001", "--field", "disclosure_level=C")
    assert code == 0
    _code, everything = command("map", tmp_path / "a.html", "--audience", "internal")
    _code, public = command("map", tmp_path / "b.html", "--audience", "public")
    assert everything["withheld"] == 0
    assert public["withheld"] > 0
    assert public["unknown"] == everything["unknown"]
    for answer in (everything, public):
        assert answer["drawn"] + answer["withheld"] + answer["unknown"] == answer["sites"] == 96


def test_kill_during_a_build_leaves_the_older_dossier(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command("dossier", "build", out, *ONE_SITE)
    before = (out / "manifest-sha256.txt").read_bytes()
    program = [sys.executable, str(ROOT / "main.py"), "--catalogue", str(command.catalogue)]
    build = subprocess.Popen(
        [*program, "dossier", "build", str(out), "--filter", "all", *SHEETS],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while build.poll() is None and not list(tmp_path.glob(".out.*.part/data/*/*")):
        pass
    build.kill()
    build.wait()
    assert (out / "manifest-sha256.txt").read_bytes() == before
    code, _answer = command("dossier", "build", out, *ONE_SITE)
    assert code == 0
    assert (out / "manifest-sha256.txt").is_file()
    assert not [name for name in names(tmp_path) if name.startswith(".")]

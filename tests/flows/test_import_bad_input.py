"""Bad files at the door: refused with a sentence in seconds, or read with a report by row."""

import functools
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geopark_app.cli import main
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken
from geopark_app.exchange.foreign_table import ForeignTable, read_foreign_table
from tests.builders import content_of
from tests.import_bombs import POLYGON, bombs, geojson, million_empty_rows, sheet_row, workbook

pytestmark = pytest.mark.slow

_SECONDS = 30  # a hang is minutes; this machine needs less than 5
_MOST_MB = 1024
Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], folder: Path) -> Run:
    def command(*arguments: object) -> tuple[int, dict[str, Any]]:
        code = main(["--catalogue", str(folder), "import", *map(str, arguments), "--json"])
        return code, json.loads(capsys.readouterr().out)

    return command


def read(path: Path, staging: Path) -> ForeignTable:
    return read_foreign_table(path, staging_in=staging, cancel=CancelToken())


@pytest.mark.parametrize("name", list(bombs(Path("/etc/hostname"))))
def test_a_bad_file_is_refused_and_leaves_nothing(
    run: Run, folder: Path, tmp_path: Path, name: str
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("code,name_vi\nS-1,SECRET\n", encoding="utf-8")
    file_name, make = bombs(secret)[name]
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / file_name).write_bytes(make())
    before = content_of(folder)
    outside = sorted(path for path in tmp_path.rglob("*") if folder not in path.parents)
    started = time.monotonic()
    code, answer = run(inbox / file_name)
    assert time.monotonic() - started < _SECONDS
    assert (code, answer["error"]["code"]) == (20, "refused-file")
    assert "SECRET" not in json.dumps(answer)
    assert content_of(folder) == before
    assert list((folder / "cache").glob("import-*")) == []
    assert outside == sorted(path for path in tmp_path.rglob("*") if folder not in path.parents)


def test_old_xls_is_refused_with_the_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000))
    code, answer = run(tmp_path / "a.xlsx", "--lang", "en")
    assert code == 20
    assert "save as .xlsx" in answer["error"]["next"]


def test_a_million_empty_rows_are_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(million_empty_rows())
    started = time.monotonic()
    table = read(tmp_path / "a.xlsx", tmp_path)
    assert time.monotonic() - started < _SECONDS
    assert len(table.rows) == 1
    assert table.peak_memory_mb < _MOST_MB
    (tmp_path / "a.csv").write_bytes(b"code,name_vi\nN-01,Hang\n" + b",\n" * 1_000_000)
    table = read(tmp_path / "a.csv", tmp_path)
    assert len(table.rows) == 1
    assert ("ends-early",) in table.warnings


def test_a_row_in_which_the_file_breaks_off_is_not_taken(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("code,name_vi,lon,lat\nN-01,Hang,106.7,21.8\nN-0")
    code, answer = run(tmp_path / "a.csv", "--lang", "en", "--take-good-rows", "--dry-run")
    assert (code, answer["added"], answer["refused"]) == (21, 1, 1)
    assert "breaks off" in answer["rows"][-1]["reason"]
    (tmp_path / "a.csv").write_text("code,name_vi,lon,lat\nN-01,Hang,106.7,21.8")
    assert run(tmp_path / "a.csv", "--dry-run")[0] == 0


ROWS = {
    "not a number": ("N-01,Hang,nan,21.8,", "refused"),
    "infinity": ("N-01,Hang,inf,21.8,", "refused"),
    "words": ("N-01,Hang,đông,bắc,", "refused"),
    "half a point": ("N-01,Hang,106.7,,", "refused"),
    "null island": ("N-01,Hang,0,0,", "refused"),
    "outside the world": ("N-01,Hang,206.7,21.8,", "refused"),
    "nameless": (",,106.7,21.8,x", "refused"),
    "name of 100 kB": (f"N-01,{'a' * 100_000},106.7,21.8,", "refused"),
    "summary of 100 kB": (f"N-01,Hang,106.7,21.8,{'a' * 100_000}", "refused"),
    "formula": ("N-01,=cmd|' /C calc'!A0,106.7,21.8,", "added"),
    "control characters": ("N-01,Ha\x07ng\x00,106.7,21.8,", "added"),
    "right to left": ("N-01,Hang \u202egnp.exe,106.7,21.8,", "added"),
    "far away": ("N-01,Hang,2.35,48.85,", "added"),
}


@pytest.mark.parametrize("name", ROWS)
def test_each_row_says_what_becomes_of_it(
    run: Run, folder: Path, tmp_path: Path, name: str
) -> None:
    line, status = ROWS[name]
    path = tmp_path / "a.csv"
    path.write_text(f"code,name_vi,lon,lat,summary_vi\n{line}\n", encoding="utf-8")
    code, report = run(path, "--lang", "en")
    assert code == (0 if status == "added" else 20)
    assert [row["status"] for row in report["rows"]] == [status]
    assert bool(report["rows"][0]["reason"]) == (status == "refused")
    if name in {"control characters", "right to left"}:
        assert any("nvisible" in warning for warning in report["warnings"])
        main(["--catalogue", str(folder), "site", "list", "--json"])


def test_shapes_that_are_no_shapes(run: Run, tmp_path: Path) -> None:
    bow = "[[106.7,21.8],[106.8,21.9],[106.8,21.8],[106.7,21.9],[106.7,21.8]]"
    around = "[[179,21],[-179,21],[-179,22],[179,22],[179,21]]"
    path = tmp_path / "a.geojson"
    path.write_bytes(
        geojson(
            POLYGON.format(code="BOW", ring=bow),
            POLYGON.format(code="AROUND", ring=around),
            '{"type":"Feature","properties":{"code":"NONE","name_vi":"x"},"geometry":null}',
            '{"type":"Feature","properties":{"code":"NAN","name_vi":"x"},'
            '"geometry":{"type":"Point","coordinates":[1e300,2]}}',
        )
    )
    _code, report = run(path, "--dry-run", "--lang", "en")
    found = {row["code"]: row["status"] for row in report["rows"]}
    assert found == {"BOW": "refused", "AROUND": "refused", "NONE": "added", "NAN": "refused"}
    assert "106.75 21.85" in report["rows"][0]["reason"]
    _code, report = run(path, "--take-good-rows", "--mend-shapes", "--lang", "en")
    found = {row["code"]: row["status"] for row in report["rows"]}
    assert found == {"BOW": "added", "AROUND": "refused", "NONE": "added", "NAN": "refused"}
    assert report["read"] == 4


@pytest.fixture(scope="module")
def samples(
    langson_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], bytes]:
    """Give a function that writes the starter in a format, once, and gives its bytes."""
    folder = tmp_path_factory.mktemp("samples")

    @functools.cache
    def sample(form: str) -> bytes:
        out = folder / f"whole.{form}"
        kind = "shp" if form == "zip" else form
        main(["--catalogue", str(langson_folder), "export", kind, str(out), "--quiet"])
        return out.read_bytes()

    return sample


@pytest.mark.parametrize("share", [1, 5, 10, 15, 19])
@pytest.mark.parametrize("form", ["xlsx", "gpkg", "geojson", "kml", "kmz", "gpx", "zip", "csv"])
def test_truncated_files_end_with_a_sentence_or_rows(
    samples: Callable[[str], bytes], tmp_path: Path, share: int, form: str
) -> None:
    content = samples(form)
    cut = tmp_path / f"cut.{form}"
    cut.write_bytes(content[: len(content) * share // 20])
    try:
        table = read(cut, tmp_path)
    except GeoparkError as error:
        assert error.code is ErrorCode.REFUSED_FILE  # noqa: PT017 - both ends are right
    else:
        assert len(table.rows) <= 96
        assert table.peak_memory_mb < _MOST_MB


def test_a_lying_size_and_cells_far_out_are_no_matter(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    rows = sheet_row(1, "code", "name_vi") + sheet_row(2, "N-01", "Hang")
    (tmp_path / "a.xlsx").write_bytes(workbook(rows + far))
    table = read(tmp_path / "a.xlsx", tmp_path)
    assert len(table.rows) <= 2
    assert table.peak_memory_mb < _MOST_MB


def test_cancel_stops_the_reading(tmp_path: Path) -> None:
    from geopark_app.domain.errors import Cancelled

    (tmp_path / "a.xlsx").write_bytes(million_empty_rows())
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        read_foreign_table(tmp_path / "a.xlsx", staging_in=tmp_path, cancel=token)

"""The self-evaluation form by commands: answers, evidence, points typed in, what counts."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from geopark_app.cli import main
from geopark_app.cli.exit_codes import NOT_FOUND, REFUSED


class Form:
    """Runs `evaluation` on one catalogue."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._start = ["--catalogue", str(folder)]
        self._capsys = capsys

    def code(self, *words: str) -> int:
        code = main([*self._start, *words])
        self._capsys.readouterr()
        return code

    def __call__(self, *words: str) -> Any:
        self._capsys.readouterr()
        assert main([*self._start, *words, "--json"]) == 0, words
        return json.loads(self._capsys.readouterr().out)


@pytest.fixture
def run(langson: Path, capsys: pytest.CaptureFixture[str]) -> Form:
    return Form(langson, capsys)


def test_an_answer_without_evidence_is_claimed(run: Form) -> None:
    run("evaluation", "set", "1.1.1.a", "--choose", "1")
    run("evaluation", "set", "1.1.2.a", "--count", "6", "--evaluators", "25")
    shown = run("evaluation", "show")
    assert (shown["edition"], shown["provisional"]) == ("form-a-2026.1", True)
    first = shown["categories"][0]
    # 100 for 20 geosites, 6 · 5 for the periods; 5 % · 130/1000 = 0.65
    assert (first["obtained"], first["meets_half"], first["evaluators"]) == (130, False, 25)
    assert shown["total_percent"] == 0.65
    assert shown["claimed"] == ["1.1.1.a", "1.1.2.a"]
    made = run("evaluation", "evidence", "1.1.1.a", "--add", "Danh mục điểm")["evidence"]
    assert made[0]["number"] == "E-001"
    assert run("evaluation", "show")["claimed"] == ["1.1.2.a"]
    run("evaluation", "evidence", "1.1.2.a", "--use", made[0]["uuid"])
    assert run("evaluation", "show")["claimed"] == []
    run("evaluation", "evidence", "1.1.1.a", "--remove", made[0]["uuid"])
    assert run("evaluation", "show")["claimed"] == ["1.1.1.a"]
    assert run("check")["ok"] is True


def test_a_later_entry_keeps_what_it_does_not_name(run: Form) -> None:
    run("evaluation", "set", "1.1.2.a", "--count", "6", "--note", "Theo bản đồ")
    answer = run("evaluation", "set", "1.1.2.a", "--evaluators", "30")
    assert (answer["counted"], answer["evaluator_points"]) == (6, 30)
    assert answer["note"] == "Theo bản đồ"


@pytest.mark.parametrize(
    "words",
    [
        ("1.1.1.a", "--choose", "9"),
        ("1.1.1.a", "--choose", "0", "--choose", "1"),
        ("1.1.1.a", "--count", "3"),
        ("1.1.2.a", "--count", "-1"),
        ("1.1.2.a", "--evaluators", "51"),
    ],
)
def test_what_an_item_does_not_take_is_refused(run: Form, words: tuple[str, ...]) -> None:
    assert run.code("evaluation", "set", *words) == REFUSED
    assert run("evaluation", "show")["items"] == []


def test_what_does_not_exist_is_not_found(run: Form) -> None:
    assert run.code("evaluation", "show", "9.9.9") == NOT_FOUND
    assert run.code("evaluation", "show", "--form", "form-z") == NOT_FOUND
    assert run.code("evaluation", "evidence", "1.1.1.a", "--use", "nobody") == NOT_FOUND


def test_only_validated_surveyed_geosites_inside_count(run: Form) -> None:
    def counted() -> int:
        feed: int = run("evaluation", "show", "1.1.1.a")["feeds"][0]["count"]
        return feed

    assert counted() == 0
    run("site", "set", "LS-002", "-f", "site_kind=geosite", "-f", "in_geopark=yes")
    run("site", "set", "LS-002", "-f", "lat=21.85", "-f", "lon=106.75", "-f", "coord_quality=exact")
    for state in ("submitted", "checked"):
        run("site", "set", "LS-002", "-f", f"workflow_status={state}")
    assert counted() == 0
    run("site", "set", "LS-002", "-f", "workflow_status=validated")
    assert counted() == 1
    feed = run("evaluation", "show", "1.1.1.a")["feeds"][0]
    assert (feed["option"], len(feed["records"])) == ("0", 1)
    run("site", "set", "LS-002", "-f", "in_geopark=no")
    assert counted() == 0
    run("site", "set", "LS-002", "-f", "in_geopark=yes")
    run("site", "set", "LS-002", "-f", "site_kind=viewpoint")
    assert counted() == 0


def test_points_of_the_official_form_come_in_by_workbook(run: Form, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    run("evaluation", "set", "1.1.2.a", "--count", "6")
    assert run("evaluation", "export", str(path))["provisional"] is True
    assert run("evaluation", "import", str(path))["count"] == 0
    book = openpyxl.load_workbook(path)
    sheet = book["Points"]
    for row in sheet.iter_rows():
        if row[0].value == "category 1.1":
            row[3].value = 600
    book.save(path)
    dry = run("evaluation", "import", str(path), "--dry-run")
    assert dry["changes"] == [{"code": "category 1.1", "from": 1000, "to": 600}]
    assert run("evaluation", "show")["categories"][0]["max"] == 1000
    assert run("evaluation", "import", str(path))["saved"] is True
    shown = run("evaluation", "show")
    # 5 % · 30/600
    assert (shown["categories"][0]["max"], shown["total_percent"]) == (600, 0.25)
    run("evaluation", "confirm", "--note", "Mẫu A nhận từ Ban thư ký 2027")
    assert run("evaluation", "show")["provisional"] is False
    assert run.code("evaluation", "confirm", "--note", " ") == REFUSED


@pytest.mark.parametrize("typed", ["-5", "1.5", "=1+1", "nhiều"])
def test_points_that_are_none_change_nothing(run: Form, tmp_path: Path, typed: str) -> None:
    path = tmp_path / "form.xlsx"
    run("evaluation", "export", str(path))
    book = openpyxl.load_workbook(path)
    next(row for row in book["Points"].iter_rows() if row[0].value == "item 1.1.1.a")[
        3
    ].value = typed
    book.save(path)
    assert run.code("evaluation", "import", str(path)) == REFUSED
    assert run.code("evaluation", "import", str(tmp_path / "nowhere.xlsx")) == NOT_FOUND
    (tmp_path / "noise.xlsx").write_bytes(b"PK\x03\x04 nothing")
    assert run.code("evaluation", "import", str(tmp_path / "noise.xlsx")) == REFUSED


def test_the_workbook_says_provisional_and_has_no_formula(run: Form, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    run("evaluation", "set", "1.1.1.a", "--choose", "1", "--note", "=cmd|' /C calc'!A0")
    run("evaluation", "export", str(path))
    book = openpyxl.load_workbook(path)
    cells = [str(cell.value or "") for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any("TẠM TÍNH" in text for text in cells)
    assert any("PROVISIONAL" in text for text in cells)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)

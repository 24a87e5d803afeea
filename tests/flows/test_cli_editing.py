"""Search, history, many sites, trash and double sites from the command line."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from geopark_app.cli import main


class Cli:
    """Runs commands in this process on one catalogue."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def text(self, *arguments: str) -> str:
        assert main(["--catalogue", str(self.folder), *arguments]) == 0
        return self._capsys.readouterr().out

    def json(self, *arguments: str, code: int = 0) -> dict[str, Any]:
        assert main(["--catalogue", str(self.folder), *arguments, "--json"]) == code
        content = json.loads(self._capsys.readouterr().out)
        assert isinstance(content, dict)
        return content


@pytest.fixture
def cli(langson: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(langson, capsys)


def test_search_says_where_the_words_stand(cli: Cli) -> None:
    found = cli.json("search", "nhi thanh")
    hit = found["hits"][0]
    assert hit["ref"].startswith("site:")
    begin, end = hit["marks"][0]
    assert hit["matched"][begin:end] == "Nhị"
    assert not hit["near"]
    assert all(one["near"] for one in cli.json("search", "nhij thanhh")["hits"])


def test_searches_are_kept_filtered_and_forgotten(cli: Cli) -> None:
    first = cli.json("search", "hang", "--filter", "kind=geosite", "--save", "Hang địa chất")
    assert first["count"] > 0
    again = cli.json("search", "--saved", "Hang địa chất")
    assert again["hits"] == first["hits"]
    (kept,) = cli.json("search", "--list")["searches"]
    assert kept == {"name": "Hang địa chất", "text": "hang", "filters": {"kind": "geosite"}}
    assert "Hang địa chất" in cli.text("search", "--list")
    cli.json("search", "--forget", "Hang địa chất")
    assert cli.json("search", "--saved", "Hang địa chất", code=40)["error"]
    assert cli.json("search", "hang", "--kind", "nothing", code=20)["error"]
    cli.json("search", code=2)


def test_history_of_a_field_and_bringing_back(cli: Cli) -> None:
    cli.json("site", "set", "LS-001", "--field", "village=Bản Một")
    cli.json("site", "set", "LS-001", "--field", "village=Bản Hai")
    entries = cli.json("site", "history", "LS-001", "--field", "village")["history"]
    assert [(one["number"], one["new"]) for one in entries[:2]] == [(1, "Bản Hai"), (2, "Bản Một")]
    done = cli.json("site", "bring-back", "LS-001", "village", "--entry", "2")
    assert done["record"]["village"] == "Bản Một"
    done = cli.json("record", "site", "bring-back", "LS-001", "village", "--entry", "1", "--before")
    assert done["record"]["village"] == "Bản Hai"
    assert cli.json("site", "bring-back", "LS-001", "village", "--entry", "9999", code=20)["error"]


def test_many_sites_are_changed_after_a_dry_run(cli: Cli) -> None:
    asked = ("site", "set-many", "--filter", "route=1", "--field", "compiler=Tổ kiểm kê")
    tried = cli.json(*asked, "--dry-run")
    assert (tried["saved"], tried["count"]) == (False, tried["sites"])
    assert tried["changes"][0]["new"] == "Tổ kiểm kê"
    assert cli.json(*asked)["saved"]
    again = cli.json(*asked)
    assert (again["saved"], again["count"]) == (False, 0)
    refused = cli.json(
        "site", "set-many", "--filter", "route=1", "--field", "altitude_m=cao", code=20
    )
    assert refused["error"]
    assert "LS-" in cli.text(*asked[:-1], "compiler=Khác", "--dry-run")


def test_the_trash_of_every_kind(cli: Cli) -> None:
    cli.json("site", "delete", "LS-001")
    (item,) = cli.json("trash", "list")["trash"]
    assert item["kind"] == "site"
    assert "LS-001" in cli.text("trash", "list")
    cli.json("trash", "restore", item["uuid"])
    assert cli.json("trash", "list")["count"] == 0
    cli.json("trash", "restore", item["uuid"], code=40)
    cli.json("site", "delete", "LS-001")
    assert cli.json("trash", "empty")["would_hide"] == {"site": 1}
    assert cli.json("trash", "list")["count"] == 1
    assert cli.json("trash", "empty", "--yes")["hidden"] == {"site": 1}
    assert cli.json("trash", "list")["count"] == 0
    cli.text("trash", "empty")


def test_double_sites_and_old_english_are_listed(cli: Cli) -> None:
    (shown,) = cli.json("site", "show", "LS-001")["sites"]
    cli.json("site", "add", "--field", "code=X-1", "--field", f"name_vi={shown['name_vi']}")
    pairs = cli.json("site", "duplicates")["pairs"]
    assert ("LS-001", "X-1") in {(pair["first"]["code"], pair["second"]["code"]) for pair in pairs}
    assert "X-1" in cli.text("site", "duplicates", "--within", "50")
    assert cli.json("site", "list", "--filter", "stale=en")["count"] == 0
    cli.json("site", "set", "LS-001", "--field", "summary_vi=Khác hẳn")
    (old,) = cli.json("site", "list", "--filter", "stale=en")["sites"]
    assert (old["code"], old["stale_en"]) == ("LS-001", ["summary_en"])
    assert 0 < old["completeness"] < 1


def test_texts_go_to_the_translator_and_come_back(cli: Cli, tmp_path: Path) -> None:
    cli.json("site", "set", "LS-001", "--field", "summary_vi=Khác hẳn")
    path = tmp_path / "t.xlsx"
    assert cli.json("translation", "export", str(path))["count"] > 0
    book = openpyxl.load_workbook(path)
    for row in book.worksheets[0].iter_rows(min_row=3):
        if (row[2].value, row[1].value) == ("LS-001", "summary_en"):
            row[6].value = "Something else"
    book.save(path)
    tried = cli.json("translation", "import", str(path), "--dry-run")
    assert [(one["code"], one["new"]) for one in tried["changes"]] == [("LS-001", "Something else")]
    assert not tried["saved"]
    assert "LS-001" in cli.text("translation", "import", str(path))
    assert cli.json("translation", "import", str(path))["count"] == 0
    assert cli.json("site", "list", "--filter", "stale=en")["count"] == 0
    assert cli.json("translation", "terms")["count"] >= 0
    cli.text("translation", "terms")

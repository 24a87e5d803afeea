"""The contract of `site` and `record`: JSON shapes and exit codes that programs rely on."""

import json
from pathlib import Path
from typing import Any

import pytest

from geopark_app.cli import main
from geopark_app.domain.kinds import KINDS
from tests.builders import rows


class Cli:
    """Runs commands in this process on one catalogue."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def run(self, *arguments: str) -> tuple[int, str, str]:
        code = main(["--catalogue", str(self.folder), *arguments])
        captured = self._capsys.readouterr()
        return code, captured.out, captured.err

    def json(self, *arguments: str) -> tuple[int, dict[str, Any]]:
        code, out, _ = self.run(*arguments, "--json")
        content = json.loads(out)
        assert isinstance(content, dict)
        return code, content

    def done(self, *arguments: str) -> dict[str, Any]:
        code, content = self.json(*arguments)
        assert code == 0, content
        return content


@pytest.fixture
def cli(langson: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(langson, capsys)


@pytest.fixture
def empty_cli(folder: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(folder, capsys)


SITE_KEYS = {
    "uuid", "code", "name_vi", "name_en", "kind", "lon", "lat", "coord_quality", "commune_code",
    "former_commune", "workflow_status",
}  # fmt: skip


def test_site_list(cli: Cli) -> None:
    listed = cli.done("site", "list")
    assert listed["count"] == len(listed["sites"]) == 96
    assert "truncated" not in listed
    assert all(site.keys() >= SITE_KEYS for site in listed["sites"])
    codes = [site["code"] for site in listed["sites"]]
    assert codes == sorted(codes)
    first = listed["sites"][0]
    assert (first["code"], first["name_vi"]) == ("LS-001", "Đền Bắc Lệ")
    assert first["coord_quality"] == "commune-centroid"
    assert isinstance(first["lon"], float)
    unknown = next(site for site in listed["sites"] if site["lon"] is None)
    assert (unknown["lat"], unknown["coord_quality"]) == (None, "unknown")


def test_site_list_filtered_and_cut(cli: Cli) -> None:
    geosites = cli.done("site", "list", "--filter", "kind=geosite")
    assert 0 < geosites["count"] < 96
    assert {site["kind"] for site in geosites["sites"]} == {"geosite"}
    cut = cli.done("site", "list", "--limit", "3")
    assert (cut["count"], len(cut["sites"]), cut["truncated"]) == (3, 3, True)
    both = cli.done("site", "list", "--filter", "route=1", "--filter", "kind=geosite")
    assert {site["route"] for site in both["sites"]} == {1}
    assert cli.done("site", "list", "--filter", "text=dong dang")["count"] > 0
    assert cli.done("site", "list", "--filter", "missing=village")["count"] > 0
    assert cli.done("site", "list", "--filter", "code=LS-001,LS-002")["count"] == 2
    assert cli.done("site", "list", "--filter", "kind=all")["count"] == 96
    unknown = cli.done("site", "list", "--filter", "quality=unknown")["sites"]
    without = cli.done("site", "list", "--filter", "missing=position")["sites"]
    assert [site["code"] for site in unknown] == [site["code"] for site in without]


def test_site_list_sorted(cli: Cli) -> None:
    names = [site["name_vi"] for site in cli.done("site", "list", "--sort", "name_vi")["sites"]]
    assert names != sorted(names)  # Vietnamese order, not that of code points
    assert len(names) == 96
    backwards = cli.done("site", "list", "--sort", "-code")["sites"]
    assert backwards[0]["code"] == "LS-096"
    by_route = [site["route"] for site in cli.done("site", "list", "--sort", "route")["sites"]]
    known = [number for number in by_route if number is not None]
    assert by_route == sorted(known) + [None] * (96 - len(known))
    down = [site["route"] for site in cli.done("site", "list", "--sort=-route")["sites"]]
    assert down == sorted(known, reverse=True) + [None] * (96 - len(known))


@pytest.mark.parametrize(
    "arguments",
    [
        ("--filter", "colour=red"),
        ("--filter", "kind"),
        ("--filter", "=x"),
        ("--filter", "missing=colour"),
        ("--sort", "colour"),
        ("--sort", "-"),
        ("--sort", "position"),
    ],
)
def test_a_filter_or_order_that_does_not_exist_is_refused(
    cli: Cli, arguments: tuple[str, str]
) -> None:
    code, content = cli.json("site", "list", *arguments)
    assert code == 20
    assert content["error"]["code"] in {"unknown-field", "bad-value"}


def test_site_show_by_code_and_by_key(cli: Cli) -> None:
    shown = cli.done("site", "show", "LS-002")
    (site,) = shown["sites"]
    assert shown["count"] == 1
    assert SITE_KEYS | {"findings", "scores", "readiness"} <= site.keys()
    assert {spec.name for spec in KINDS["site"].fields} - {"position"} <= site.keys()
    finding = site["findings"][0]
    assert finding.keys() >= {"code", "severity", "field", "message"}
    assert "{" not in finding["message"]
    assert cli.done("site", "show", site["uuid"]) == shown


def test_site_set_takes_any_number_of_fields(cli: Cli) -> None:
    content = cli.done(
        "site", "set", "LS-002", "--field", "village=Nà Mò", "-f", "altitude_m=312",
        "-f", "border_zone=không", "-f", "lon=106.40", "-f", "lat=21.70",
        "-f", "coord_quality=exact", "-f", "survey_date=20/11/2026", "-f", "area_ha=1,5",
        "-f", "commune=Đồng Đăng", "-f", "kind=geosite",
    )  # fmt: skip
    record = content["record"]
    assert content["changed"] is True
    expected = {
        "village": "Nà Mò", "altitude_m": 312, "border_zone": False, "lon": 106.4, "lat": 21.7,
        "coord_quality": "exact", "survey_date": "2026-11-20", "area_ha": 1.5,
        "site_kind": "geosite",
    }  # fmt: skip
    assert {key: record[key] for key in expected} == expected
    commune = rows(cli.folder, "SELECT name_vi FROM commune WHERE code=?", record["commune_code"])
    assert "Đồng Đăng" in commune[0][0]
    notes = rows(cli.folder, "SELECT n, note FROM txn WHERE sig <> ''")
    assert len(notes) == 1
    assert "LS-002" in notes[0][1]
    again = cli.done("site", "set", "LS-002", "-f", "village=Nà Mò")
    assert again["changed"] is False


def test_an_empty_value_empties_the_field(cli: Cli) -> None:
    record = cli.done("site", "set", "LS-002", "-f", "name_en=")["record"]
    assert record["name_en"] is None


def test_record_add_show_list_delete_restore_history(empty_cli: Cli) -> None:
    cli = empty_cli
    added = cli.done("record", "site", "add", "-f", "code=T-1", "-f", "name_vi=Hang Gió")["record"]
    assert (added["code"], added["name_vi"], added["deleted"]) == ("T-1", "Hang Gió", False)
    cli.done("record", "site", "set", "T-1", "-f", "village=Nà Mò")
    shown = cli.done("record", "site", "show", added["uuid"])
    # `site show` and `record site show` name their lists differently, as the contract says
    assert shown["records"][0]["village"] == "Nà Mò"
    assert cli.done("record", "site", "list", "--filter", "code=T-1")["count"] == 1
    assert cli.done("record", "site", "delete", "T-1") == {"uuid": added["uuid"], "deleted": True}
    assert cli.done("record", "site", "list")["count"] == 0
    assert cli.done("record", "site", "list", "--trash")["count"] == 1
    assert cli.json("record", "site", "show", "T-1")[0] == 40
    assert cli.done("record", "site", "restore", "T-1")["deleted"] is False
    entries = cli.done("record", "site", "history", "T-1")
    assert entries["count"] == len(entries["history"])
    kinds = [entry["kind"] for entry in entries["history"]]
    assert kinds[:3] == ["R", "D", "U"]
    assert set(kinds[3:]) == {"I"}
    changed = entries["history"][2]
    assert changed.keys() >= {"at", "person", "device", "note", "field", "old", "new"}
    assert (changed["field"], changed["old"], changed["new"]) == ("village", None, "Nà Mò")


def test_record_kinds_lists_every_kind_with_its_fields(empty_cli: Cli) -> None:
    content = empty_cli.done("record", "--kinds")
    assert content["count"] == len(KINDS)
    assert content["kinds"].keys() == KINDS.keys()
    position = next(
        field for field in content["kinds"]["site"]["fields"] if field["name"] == "position"
    )
    assert (position["type"], position["merge"]) == ("position", "composite")
    assert "lon" in position["aliases"]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_listed_by_the_same_command(empty_cli: Cli, kind: str) -> None:
    content = empty_cli.done("record", kind, "list", "--limit", "2")
    assert content["count"] == len(content["records"]) <= 2
    code, out, _ = empty_cli.run("record", kind, "list", "--limit", "2")
    assert code == 0
    assert "uuid" in out


def test_a_measured_value_of_zero_is_a_value(empty_cli: Cli) -> None:
    record = empty_cli.done("record", "answer", "add", "-f", "measured.value=0")["record"]
    assert record["measured"] == {"value": 0.0, "unit": None}


def test_an_ambiguous_code_names_the_keys(cli: Cli) -> None:
    cli.done("record", "site", "add", "-f", "code=LS-001")
    code, content = cli.json("site", "show", "LS-001")
    assert (code, content["error"]["code"]) == (20, "ambiguous")
    keys = [uuid for (uuid,) in rows(cli.folder, "SELECT uuid FROM site WHERE code='LS-001'")]
    assert len(keys) == 2
    assert all(key in content["error"]["next"] for key in keys)
    findings = cli.done("site", "show", keys[0])["sites"][0]["findings"]
    assert findings[0]["code"] == "double-code"


def test_people_read_tables(cli: Cli) -> None:
    code, out, err = cli.run("site", "list", "--limit", "2")
    assert (code, err) == (0, "")
    assert "Đền Bắc Lệ" in out
    with pytest.raises(ValueError, match="Expecting"):
        json.loads(out)
    code, out, _ = cli.run("site", "show", "LS-001")
    assert code == 0
    assert "Tên điểm" in out
    code, out, _ = cli.run("site", "show", "LS-001", "--lang", "en")
    assert "Name (Vietnamese)" in out


def test_brackets_in_a_name_are_no_markup(cli: Cli) -> None:
    cli.done("site", "set", "LS-001", "-f", "name_vi=Đền [red]Bắc Lệ[/red] [/]")
    code, out, _ = cli.run("site", "list", "--limit", "1")
    assert code == 0
    assert "[red]Bắc Lệ[/red] [/]" in out


def test_search(cli: Cli) -> None:
    found = cli.done("search", "dong dang")
    assert found["query"] == "dong dang"
    assert found["count"] == len(found["hits"]) > 0
    assert all(hit.keys() >= {"ref", "title", "matched", "score", "uuid"} for hit in found["hits"])
    refs = [hit["ref"] for hit in found["hits"]]
    assert any(ref.startswith("site:LS-") for ref in refs)
    assert any(ref.startswith("commune:0") for ref in refs)
    assert any(ref.startswith("former_commune:0") for ref in refs)
    decomposed = "ĐỒNG ĐĂNG".encode().decode()
    import unicodedata

    for typed in ("ĐỒNG ĐĂNG", unicodedata.normalize("NFD", decomposed), "Đồng Đăng"):
        again = cli.done("search", typed)["hits"]
        assert {hit["ref"] for hit in again} == set(refs)
    cut = cli.done("search", "dong", "--limit", "1")
    assert (cut["count"], cut["truncated"]) == (1, True)
    assert cli.done("search", "xyzzy")["count"] == 0


def test_visit_record_and_readiness(cli: Cli, tmp_path: Path) -> None:
    answers = {"B01": "met", "B02": "partly", "B03": "not_met", "B04": "na"}
    file = tmp_path / "answers.json"
    items = {code: {"status": status, "note": "ghi chú"} for code, status in answers.items()}
    file.write_text(json.dumps({"items": items}), encoding="utf-8")
    recorded = cli.done(
        "visit", "record", "LS-002", "--checklist", "readiness", "--answers", str(file),
        "--date", "2026-11-20",
    )  # fmt: skip
    assert recorded["answers"] == 4
    shown = cli.done("readiness", "LS-002")
    assert shown["scope"] == "site"
    assert shown.keys() >= {"score", "coverage", "red", "groups", "items"}
    weights = {item["id"]: item["weight"] for item in shown["items"]}
    of = weights["B01"] + weights["B02"] + weights["B03"]
    assert shown["score"] == pytest.approx((weights["B01"] + weights["B02"] / 2) / of)
    assert shown["coverage"] == pytest.approx(3 / (len(weights) - 1))
    status = {item["id"]: item["status"] for item in shown["items"]}
    assert {code: status[code] for code in answers} == answers
    every = cli.done("readiness")
    assert (every["count"], every["sites"][0]["code"]) == (1, "LS-002")
    listed = cli.done("site", "show", "LS-002")["sites"][0]
    assert listed["readiness"]["score"] == pytest.approx(shown["score"])
    (visit,) = cli.done("record", "visit", "list")["records"]
    assert (visit["visited_on"], visit["finished"]) == ("2026-11-20", True)


@pytest.mark.parametrize(
    ("place", "scope"), [("1", "route"), ("route:1", "route"), ("park", "park")]
)
def test_readiness_of_a_route_and_of_the_park(cli: Cli, place: str, scope: str) -> None:
    shown = cli.done("readiness", place)
    assert (shown["scope"], shown["score"], shown["coverage"]) == (scope, None, 0.0)
    assert shown["items"]


def test_check_and_backup_and_pending(cli: Cli) -> None:
    assert cli.done("check") == {"ok": True, "log_equals_state": True, "findings": []}
    assert cli.done("sync", "pending")["pending"] == 0
    cli.done("site", "set", "LS-001", "-f", "village=x")
    assert cli.done("sync", "pending")["pending"] == 1
    made = cli.done("backup")
    assert Path(made["file"]).parent == cli.folder / "backups"
    assert Path(made["file"]).stat().st_size == made["bytes"]


def test_check_tells_what_is_wrong(cli: Cli) -> None:
    rows(cli.folder, "UPDATE txn SET note = 'x' WHERE author = 'edition:langson-2026.1'")
    code, content = cli.json("check")
    assert code == 21
    assert content["ok"] is False
    assert content["log_equals_state"] is True
    (finding,) = content["findings"]
    assert finding["code"] == "broken-chain"
    assert "{" not in finding["message"]


def test_the_person_and_the_laptop_come_from_the_settings(cli: Cli) -> None:
    from geopark_app import settings

    settings.save(settings.MachineSettings(person="Nông Thị Hà", device="máy 7"))
    cli.done("site", "set", "LS-001", "-f", "village=x")
    assert rows(cli.folder, "SELECT user FROM txn WHERE sig <> ''") == [("Nông Thị Hà",)]
    assert rows(cli.folder, "SELECT device FROM author WHERE public_key <> ''") == [("máy 7",)]


@pytest.mark.parametrize("wanted", ["kind=nonsense", "quality=approximate", "workflow=x"])
def test_a_word_that_is_no_term_is_refused_and_not_an_empty_list(cli: Cli, wanted: str) -> None:
    code, answer = cli.json("site", "list", "--filter", wanted)
    assert code == 20
    assert wanted.partition("=")[2] in answer["error"]["message"]


def test_a_code_in_use_is_said_at_once(cli: Cli) -> None:
    code, _out, said = cli.run("site", "add", "-f", "code=LS-003", "-f", "name_vi=Hang Mới")
    assert code == 0
    assert "LS-003" in said
    assert "LS-777" not in cli.run("site", "add", "-f", "code=LS-777")[2]

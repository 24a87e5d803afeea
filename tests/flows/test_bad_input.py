"""Bad input on the command line: a sentence, an exit code of the contract, nothing changed."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from geopark_app.cli import main
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.wording import error_sentence
from tests.builders import content_of, rows

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def shared(langson_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give one catalogue for all refusals: none of them may change it."""
    import shutil

    return Path(shutil.copytree(langson_folder, tmp_path_factory.mktemp("refusals") / "c"))


@pytest.fixture
def before(shared: Path) -> str:
    return content_of(shared)


def refused(
    capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str
) -> tuple[int, dict[str, str]]:
    code = main(["--catalogue", str(folder), *arguments, "--json"])
    captured = capsys.readouterr()
    error: dict[str, Any] = json.loads(captured.out)["error"]
    assert error.keys() == {"code", "message", "safe", "next"}
    assert all(error.values()), error
    assert "{" not in error["message"] + error["safe"]
    assert "Traceback" not in captured.err
    assert captured.err.strip()
    return code, error


BAD_FIELDS = {
    "unknown field": (["colour=red"], "unknown-field"),
    "no equals sign": (["code"], "bad-value"),
    "no name": (["=LS"], "bad-value"),
    "key": (["uuid=x"], "unknown-field"),
    "deleted": (["deleted=1"], "unknown-field"),
    "part of a position": (["position.colour=red"], "unknown-field"),
    "integer": (["altitude_m=ba trăm"], "bad-value"),
    "integer too large": ([f"altitude_m={2**53}"], "bad-value"),
    "integer of 5,000 digits": (["altitude_m=" + "9" * 5000], "bad-value"),
    "decimal": (["area_ha=1,2,3"], "bad-value"),
    "not a number": (["area_ha=nan"], "bad-value"),
    "infinity": (["area_ha=inf"], "bad-value"),
    "overflow": (["area_ha=1e999"], "bad-value"),
    "boolean": (["border_zone=maybe"], "bad-value"),
    "date": (["survey_date=31/02/2026"], "bad-value"),
    "date without century": (["survey_date=1/2/26"], "bad-value"),
    "date far away": (["survey_date=1/1/99999999999"], "bad-value"),
    "date in words": (["survey_date=hôm qua"], "bad-value"),
    "choice": (["site_kind=planet"], "bad-value"),
    "commune": (["commune_code=99999"], "bad-value"),
    "commune by name": (["commune=Atlantis"], "bad-value"),
    "cover photo": (["cover_photo_uuid=none"], "bad-value"),
    "half a point": (["lon=106.7", "lat="], "bad-position"),
    "longitude": (["lon=181", "lat=21.8"], "bad-position"),
    "latitude": (["lon=106.7", "lat=91"], "bad-position"),
    "null island": (["lon=0", "lat=0"], "bad-position"),
    "nan point": (["lon=nan", "lat=21.8"], "bad-value"),
    "infinite point": (["lon=inf", "lat=21.8"], "bad-value"),
    "words as longitude": (["lon=đông", "lat=bắc"], "bad-value"),
    "quality": (["coord_quality=very good"], "bad-value"),
    "method": (["coord_method=guess"], "bad-value"),
    "accuracy": (["coord_accuracy_m=nan"], "bad-value"),
    "negative accuracy": (["coord_accuracy_m=-5"], "bad-value"),
    "position in words": (["position=gần cầu"], None),
    "100 kB in a choice": (["site_kind=" + "x" * 100_000], "bad-value"),
    "100 kB in a number": (["altitude_m=" + "x" * 100_000], "bad-value"),
    "one good, one bad": (["village=Nà Mò", "altitude_m=x"], "bad-value"),
}


@pytest.mark.parametrize("case", BAD_FIELDS)
def test_a_bad_value_is_refused_whole(
    capsys: pytest.CaptureFixture[str], shared: Path, before: str, case: str
) -> None:
    fields, expected = BAD_FIELDS[case]
    options = [part for field in fields for part in ("-f", field)]
    code, error = refused(capsys, shared, "site", "set", "LS-002", *options)
    assert code == 20
    assert expected in (None, error["code"])
    assert len(error["message"]) < 1000
    code, _ = refused(capsys, shared, "record", "site", "add", *options)
    assert code == 20
    assert content_of(shared) == before


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["site", "show", "LS-404"], 40),
        (["site", "set", "LS-404", "-f", "village=x"], 40),
        (["record", "site", "delete", "LS-404"], 40),
        (["record", "site", "restore", "LS-001"], 0),
        (["record", "site", "history", ""], 40),
        (["site", "show", "'; DROP TABLE site; --"], 40),
        (["site", "show", "x" * 100_000], 40),
        (["readiness", "LS-404"], 40),
        (["readiness", "99999999999999999999999"], 40),
        (["readiness", "²"], 40),
        (["readiness", "9"], 40),
        (["photos", "show", "no-such-photo"], 40),
        (["photos", "add", "/no/such/folder", "--site", "LS-001"], 40),
        (["photos", "list", "--site", "LS-404"], 40),
        (["record", "site", "list", "--filter", "colour=red"], 20),
        (["record", "route", "show", "99999999999999999999999"], 40),
        (["record", "photo", "add", "-f", "site_uuid=LS-404"], 20),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else "",
)
def test_what_is_not_there(
    capsys: pytest.CaptureFixture[str],
    shared: Path,
    before: str,
    arguments: list[str],
    expected: int,
) -> None:
    if expected:
        assert refused(capsys, shared, *arguments)[0] == expected
    else:
        assert main(["--catalogue", str(shared), *arguments]) in {0, 40}
    assert content_of(shared) == before


ANSWERS = {
    "empty file": "",
    "no json": "met",
    "a list": "[]",
    "no items": "{}",
    "items a list": '{"items": []}',
    "an answer a text": '{"items": {"B01": "met"}}',
    "deep": "[" * 50_000,
    "unknown item": '{"items": {"Z99": {"status": "met"}}}',
    "item with half a character": '{"items": {"\\ud800": {"status": "met"}}}',
    "item of another scope": '{"items": {"A99": {"status": "met"}}}',
    "no status": '{"items": {"B01": {}}}',
    "unknown status": '{"items": {"B01": {"status": "perhaps"}}}',
    "status a list": '{"items": {"B01": {"status": ["met"]}}}',
    "value a text": '{"items": {"B01": {"status": "met", "value": "5"}}}',
    "value nan": '{"items": {"B01": {"status": "met", "value": NaN}}}',
    "value infinite": '{"items": {"B01": {"status": "met", "value": 1e999}}}',
    "value huge": '{"items": {"B01": {"status": "met", "value": 1' + "0" * 400 + "}}}",
    "value a boolean": '{"items": {"B01": {"status": "met", "value": true}}}',
    "unknown photo": '{"items": {"B01": {"status": "met", "photos": ["nope.jpg"]}}}',
    "photos a number": '{"items": {"B01": {"status": "met", "photos": 5}}}',
    "photos a text": '{"items": {"B01": {"status": "met", "photos": "good.jpg"}}}',
    "photo outside": '{"items": {"B01": {"status": "met", "photos": ["../outside.jpg"]}}}',
    "photo the folder": '{"items": {"B01": {"status": "met", "photos": ["."]}}}',
    "photo without name": '{"items": {"B01": {"status": "met", "photos": [""]}}}',
    "photo with nul": '{"items": {"B01": {"status": "met", "photos": ["a\\u0000.jpg"]}}}',
    "photo with half a character": '{"items": {"B01": {"status":"met","photos":["\\udcff.jpg"]}}}',
    "photo damaged": '{"items": {"B01": {"status": "met", "photos": ["bad.jpg"]}}}',
    "first photo good": '{"items": {"B01": {"status": "met", "photos": ["good.jpg", "bad.jpg"]}}}',
    "good photo of a bad item": (
        '{"items": {"B01": {"status": "met", "photos": ["good.jpg"]}, "Z99": {"status": "met"}}}'
    ),
}


@pytest.fixture(scope="module")
def visit_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("visit") / "inside"
    folder.mkdir()
    Image.new("RGB", (40, 30), "green").save(folder / "good.jpg")
    Image.new("RGB", (40, 30), "red").save(folder.parent / "outside.jpg")
    (folder / "bad.jpg").write_bytes(b"\xff\xd8\xff\xe0 and then nothing")
    return folder


@pytest.mark.parametrize("case", ANSWERS)
def test_a_file_of_answers_that_is_wrong_records_nothing(
    capsys: pytest.CaptureFixture[str], shared: Path, before: str, visit_folder: Path, case: str
) -> None:
    file = visit_folder / "answers.json"
    file.write_text(ANSWERS[case], encoding="utf-8")
    code, error = refused(capsys, shared, "visit", "record", "LS-002", "--answers", str(file))
    assert code in {20, 40}, error
    assert content_of(shared) == before


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["LS-404"], 40),
        (["LS-002", "--checklist", "no-such-edition"], 40),
        (["LS-002", "--date", "yesterday"], 20),
    ],
)
def test_a_visit_that_cannot_be_recorded(
    capsys: pytest.CaptureFixture[str],
    shared: Path,
    before: str,
    tmp_path: Path,
    arguments: list[str],
    expected: int,
) -> None:
    file = tmp_path / "answers.json"
    file.write_text('{"items": {"B01": {"status": "met"}}}', encoding="utf-8")
    code, _ = refused(capsys, shared, "visit", "record", *arguments, "--answers", str(file))
    assert code == expected
    assert content_of(shared) == before


def test_answers_that_are_not_there(
    capsys: pytest.CaptureFixture[str], shared: Path, tmp_path: Path
) -> None:
    for path in (tmp_path / "missing.json", tmp_path):
        code, _ = refused(capsys, shared, "visit", "record", "LS-002", "--answers", str(path))
        assert code == 40


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Nà\x00 Mò\x1b[31m\x07", "Nà Mò[31m"),
        ("  Nà Mò  ", "Nà Mò"),
        ("\x07", None),
        ("dòng 1\ndòng 2", "dòng 1\ndòng 2"),
        ("x" * 100_000, "x" * 100_000),
        ("🙂 地質 Đá", "🙂 地質 Đá"),
        ("=1+1", "=1+1"),
        ("a=b=c", "a=b=c"),
        ("half \ud800 character", "half  character"),
    ],
    ids=["controls", "spaces", "bell", "lines", "100 kB", "scripts", "formula", "equals", "half"],
)
def test_any_text_is_kept_without_its_control_characters(
    capsys: pytest.CaptureFixture[str], folder: Path, typed: str, stored: str | None
) -> None:
    add = ["record", "site", "add", "-f", "code=T-1", "-f", f"remarks={typed}"]
    assert main(["--catalogue", str(folder), *add]) == 0
    assert rows(folder, "SELECT remarks FROM site") == [(stored,)]
    assert main(["--catalogue", str(folder), "check", "--quiet"]) == 0


def test_arguments_that_are_no_text_are_no_bug(langson: Path) -> None:
    """What a shell passes on from another alphabet: bytes that are not UTF-8."""
    for arguments in (["search", b"\xff\xfe dong"], ["site", "show", b"\xff"],
                      ["site", "set", "LS-001", "-f", b"\xff=1"]):  # fmt: skip
        outcome = subprocess.run(
            [sys.executable, "main.py", "--catalogue", langson, *arguments, "--json"],
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        assert outcome.returncode in {0, 20, 40}, outcome.stderr
        assert b"Traceback" not in outcome.stderr
        json.loads(outcome.stdout)


@pytest.mark.parametrize("code", list(ErrorCode), ids=lambda code: code.value)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_trouble_has_words_in_both_languages(code: ErrorCode, language: str) -> None:
    from geopark_app import i18n

    details = dict.fromkeys(("field", "value", "path", "reason", "reference", "step"), "X")
    if code is ErrorCode.BEYOND_ROLE:  # never raised without what it is about
        details |= {"role": "viewer", "kind": "site", "field": "", "step": "I"}
    texts = {}
    for chosen in ("vi", "en"):
        i18n.activate(chosen)
        texts[chosen] = error_sentence(GeoparkError(code, **details))
    words = texts[language]
    assert words.message
    assert words.safe
    assert words.next
    assert texts["vi"].message != texts["en"].message
    assert texts["vi"].next != texts["en"].next
    assert texts["vi"].safe != texts["en"].safe


def test_words_of_a_value_with_braces_are_no_template() -> None:
    error = GeoparkError(ErrorCode.BAD_VALUE, field="code", value="{0} {x!r}", expected="{y}")
    words = error_sentence(error)
    assert "{0} {x!r}" in words.message
    assert "{y}" in words.next

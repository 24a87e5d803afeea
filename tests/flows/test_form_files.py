"""The office's own copy of the form: places mapped once, the copy filled from the answers."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from geopark_app.cli import main
from geopark_app.cli.exit_codes import NOT_FOUND, REFUSED
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import FormPlace
from geopark_app.domain.progress import CancelToken
from geopark_app.exchange.office_forms import FormLook, look_at_form
from geopark_app.operations.context import AppContext
from geopark_app.operations.evaluation import OpenForm, open_form
from geopark_app.operations.form_files import (
    checked_places,
    fitting_map,
    maps_of,
    places_by_code,
    save_map,
    targets_of,
    value_of,
)
from geopark_app.rules.form_targets import Grid, rows_by_code, target_of
from tests.conftest import OpenCatalogue
from tests.office_files import make_document, make_workbook, parts

COMMANDS = (
    ("set", "1.1.1.a", "--choose", "1", "--note", "Danh mục"),
    ("set", "1.1.2.a", "--count", "6", "--evaluators", "25"),
    ("evidence", "1.1.1.a", "--add", "Danh mục <điểm> & bản đồ"),
)
BY_CODE = ("--page", "Form A", "--codes", "A", "--column", "self=D", "--column", "evidence=F")


@pytest.fixture(scope="module")
def answered(langson_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(langson_folder, tmp_path_factory.mktemp("answered") / "langson"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEOPARK_PROFILE", str(tmp_path_factory.mktemp("profile")))
        for words in COMMANDS:
            assert main(["--catalogue", str(folder), "evaluation", *words]) == 0
    return folder


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("form") / "Form A.xlsx"
    make_workbook(path)
    return path


@pytest.fixture(scope="module")
def look(book: Path) -> FormLook:
    return look_at_form(book, CancelToken())


@pytest.fixture
def context(answered: Path, tmp_path: Path, opened: OpenCatalogue) -> Iterator[AppContext]:
    found = opened(Path(shutil.copytree(answered, tmp_path / "catalogue")))
    yield found
    found.catalogue.close()


@pytest.fixture
def form(context: AppContext) -> OpenForm:
    return open_form(context)


@pytest.mark.slow
def test_a_workbook_is_mapped_and_filled_by_commands(
    answered: Path, book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shutil.copytree(answered, tmp_path / "catalogue")

    def run(*words: object, expected: int = 0) -> Any:
        capsys.readouterr()
        arguments = ["--catalogue", str(folder), "evaluation", *map(str, words), "--json"]
        assert main(arguments) == expected, words
        return json.loads(capsys.readouterr().out)

    out = tmp_path / "filled.xlsx"
    run("fill", book, "--out", out, expected=NOT_FOUND)
    assert run("map", book, *BY_CODE)["places"] == {
        "1.1.1.a:self": "Form A!D4",
        "1.1.2.a:self": "Form A!D5",
        "1.2.2.b:self": "Form A!D6",
        "1.1.1.a:evidence": "Form A!F4",
        "1.1.2.a:evidence": "Form A!F5",
    }
    assert run("map", book, "--set", "1.1.2.a:count=Form A!G5")["count"] == 6
    filled = run("fill", book, "--out", out)
    assert (filled["same_file"], filled["notes"]) == (True, ["formulas"])
    sheet = openpyxl.load_workbook(out)["Form A"]
    assert [sheet[cell].value for cell in ("D4", "D5", "D6", "E5", "F4", "G5")] == [
        100, 30, None, None, "E-001", 6,
    ]  # fmt: skip
    again = run("fill", out, "--out", tmp_path / "again.xlsx")
    assert (again["same_file"], again["parts"]) == (False, [])
    assert parts(tmp_path / "again.xlsx") == parts(out)
    moved = tmp_path / "moved.xlsx"
    changed = openpyxl.load_workbook(book)
    changed["Form A"]["B4"] = "Another item"
    changed.save(moved)
    run("fill", moved, "--out", tmp_path / "no.xlsx", expected=REFUSED)
    assert not (tmp_path / "no.xlsx").exists()
    assert run("fill", moved, "--out", tmp_path / "yes.xlsx", "--anyway")["same_file"] is False
    run("fill", book, "--out", book, expected=REFUSED)
    seen = run("look", moved)["cells"]
    assert {"place": "Form A!B4", "text": "Another item", "signs": "tl"} in seen
    for words in (("--set", "1.1.1.a:self"), (*BY_CODE[:4], "--column", "self=?"),
                  ("--page", "Form A", "--codes", "C9", "--column", "self=D"),
                  ("--page", "None", *BY_CODE[2:])):  # fmt: skip
        run("map", book, *words, expected=REFUSED)
    run("look", tmp_path / "none.xlsx", expected=NOT_FOUND)
    # A mapping of a workbook says nothing about a Word form; columns of a table are C1, C2 …
    words = tmp_path / "form.docx"
    make_document(words)
    run("fill", words, "--out", tmp_path / "no.docx", expected=NOT_FOUND)
    made = run("map", words, "--page", "T1", "--codes", "C1", "--column", "self=C3")["places"]
    assert made["1.1.1.a:self"] == "T1.R2.C3"


@pytest.mark.parametrize(
    "places",
    [
        {"total:self": "Form A!D8"},
        {"1.1.1.a:evaluators": "Form A!E4"},
        {"9.9:self": "Form A!D4"},
        {"1.1.1.a:option=9": "Form A!D4"},
        {"1.1.1.a:count": "Form A!D4"},
        {"1.1.1.a:self": "Nowhere!A1"},
        {"1.1.1.a:self": "SDT:score"},
        {"1.1.1.a:self": "Form A!D4", "1.1.2.a:self": "Form A!D4"},
        {"1.1.1.a:evidence": "Form A!F5", "1.1.2.a:evidence": "Form A!F6"},
    ],
)
def test_places_no_value_can_go_to_are_refused(
    form: OpenForm, look: FormLook, places: dict[str, str]
) -> None:
    with pytest.raises(GeoparkError) as told:
        checked_places(form, look, places)
    assert told.value.code is ErrorCode.BAD_VALUE


def test_a_mapping_is_kept_for_its_file_and_replaced(
    context: AppContext, form: OpenForm, look: FormLook
) -> None:
    saved = save_map(context, form, look, "A.xlsx", {"1.1.2.a:evidence": "Form A!F6",
                                                     "1.1.1.a:self": "form a!d4"})  # fmt: skip
    assert saved.places == {"1.1.2.a:evidence": "Form A!F5", "1.1.1.a:self": "Form A!D4"}
    save_map(context, form, look, "A.xlsx", {"1.1.1.a:self": "Form A!D4"})
    (kept,) = maps_of(context, form)
    assert kept.places == {"1.1.1.a:self": "Form A!D4"}
    assert kept.anchors == {"Form A!D4": "Item 1.1.1.a & <more>"}
    assert len(context.catalogue.records(FormPlace)) == 1
    assert fitting_map(context, form, look).is_same_file


def test_what_is_written_for_each_value(form: OpenForm) -> None:
    values = {
        one.name: found
        for one in targets_of(form)
        if (found := value_of(form, one, "vi")) not in {None, 0}
    }
    assert values == {
        "total:self": 0.65,
        "1.1:self": 130,
        "1.1.1:self": 100,
        "1.1.1.a:self": 100,
        "1.1.1.a:answer": "Từ 20 trở lên",
        "1.1.1.a:evidence": "E-001",
        "1.1.1.a:note": "Danh mục",
        "1.1.1.a:option=1": "x",
        "1.1.2:self": 30,
        "1.1.2.a:self": 30,
        "1.1.2.a:answer": 6,
        "1.1.2.a:count": 6,
    }


def test_a_word_form_is_mapped_by_the_codes_of_its_table(
    context: AppContext, form: OpenForm, tmp_path: Path
) -> None:
    path = tmp_path / "form.docx"
    make_document(path)
    seen = look_at_form(path, CancelToken())
    places = places_by_code(form, seen, seen.pages[0], 1, {"self": 3, "evidence": 4})
    assert places["1.2.2.b:evidence"] == "T1.R4.C4"
    saved = save_map(context, form, seen, "form.docx", {**places, "total:self": "BM:total"})
    assert saved.places["total:self"] == "BM:total"
    assert fitting_map(context, form, seen).fits
    with pytest.raises(GeoparkError):
        checked_places(form, seen, {"total:self": "T1.R9.C9"})


def test_names_of_values_and_rows_of_codes() -> None:
    assert [target_of(one) for one in ("self", ":self", "a:evaluator", "a:option=")] == [None] * 4
    found = target_of("1.1.1.a:option=2")
    assert found is not None
    assert (found.code, found.option, found.name) == ("1.1.1.a", "2", "1.1.1.a:option=2")
    texts = {
        (1, 1): "1.1.1",
        (2, 1): "1.1.1.a) Number",
        (3, 1): "1.1.1.A",
        (4, 1): " ",
        (5, 2): "9",
    }
    assert rows_by_code(texts, 1, ("1.1.1", "1.1.1.a", "9")) == {"1.1.1": 1, "1.1.1.a": 2}
    grid = Grid(texts={(1, 3): "Head", (4, 1): "Row"})
    assert grid.beside(4, 5, set()) == "Row"
    assert (grid.beside(4, 3, {(4, 1)}), grid.beside(9, 9, set())) == ("Head", "")

"""Editions of the forms side by side, and counts proposed with the list behind them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Site
from geopark_app.operations.context import AppContext
from geopark_app.operations.evaluation import (
    ItemEntry,
    OpenForm,
    add_evidence,
    answer_item,
    confirm_points,
    forms_of,
    link_evidence,
    open_form,
)
from geopark_app.operations.evaluation_feeds import Feed, feeds_of
from geopark_app.operations.evaluation_tables import export_form, read_points
from geopark_app.operations.form_editions import add_form, draft_faults, draft_of
from geopark_app.operations.form_workbooks import read_form_workbook, write_form_workbook
from geopark_app.operations.records import add_record, set_fields
from geopark_app.operations.safety import check_catalogue
from geopark_app.rules.form_draft import DraftRow, FormDraft
from tests.conftest import OpenCatalogue


@pytest.fixture
def context(langson: Path, opened: OpenCatalogue) -> Iterator[AppContext]:
    found = opened(langson)
    yield found
    found.catalogue.close()


def make_geosite(context: AppContext, code: str, **more: str) -> str:
    (site,) = context.catalogue.records(Site, where={"code": code})
    fields = {"site_kind": "geosite", "in_geopark": "yes", "coord_quality": "exact",
              "lat": "21.85", "lon": "106.75", **more}  # fmt: skip
    set_fields(context, "site", site.uuid, fields)
    for state in ("submitted", "checked", "validated"):
        set_fields(context, "site", site.uuid, {"workflow_status": state})
    return site.uuid


def fed(context: AppContext, code: str) -> list[Feed]:
    return feeds_of(context, open_form(context).item(code).item)


def test_counts_come_with_the_list_behind_them(context: AppContext) -> None:
    first = make_geosite(context, "LS-002", age_oldest="Anisian", age_youngest="Ladinian")
    second = make_geosite(context, "LS-003", age_oldest="Carboniferous", age_youngest="Permian")
    (feed,) = fed(context, "1.1.1.a")
    assert (feed.count, feed.option, {one.uuid for one in feed.records}) == (
        2, "0", {first, second},
    )  # fmt: skip
    (feed,) = fed(context, "1.1.2.a")
    # two ages of one period count once
    found = {value: [one.uuid for one in listed] for value, listed in feed.values.items()}
    assert found == {"Triassic": [first], "Carboniferous": [second], "Permian": [second]}
    assert feed.count == 3
    for languages in ("Việt, Anh", "Anh; Tày"):
        add_record(context, "publication", {"title_vi": "Tờ rơi", "languages": languages})
    assert fed(context, "4.2.a")[0].count == 3
    panel = {"facility_kind": "panel", "condition": "good", "site_uuid": "LS-002"}
    add_record(context, "facility", panel)
    panels, geosites = fed(context, "1.1.3.d")
    assert (panels.count, panels.whole, panels.option, geosites.count) == (50, 2, "2", 2)
    # a place that may not be counted any more takes its ages along
    set_fields(context, "site", first, {"site_kind": "viewpoint"})
    assert set(fed(context, "1.1.2.a")[0].values) == {"Carboniferous", "Permian"}


def answer(context: AppContext, edition: str, code: str, entry: ItemEntry) -> OpenForm:
    answer_item(context, open_form(context, edition), code, entry)
    return open_form(context, edition)


def test_document_b_gives_no_score_before_its_points_are_typed_in(context: AppContext) -> None:
    assert [one.edition for one in forms_of(context)] == ["form-a-2026.1", "form-b-2026.1"]
    form = answer(context, "B", "B1.1.a", ItemEntry(chosen=["1"]))
    assert (form.is_provisional, len(form.categories)) == (True, 6)
    assert len(form.result.untyped) == 9
    assert form.result.claimed == ()
    with pytest.raises(GeoparkError) as told:
        confirm_points(context, form, "Mẫu 2027")
    assert told.value.code is ErrorCode.BAD_VALUE
    link_evidence(context, "B1.1.a", add_evidence(context, "Biên bản").uuid)
    assert len(open_form(context, "B").item("B1.1.a").evidence) == 1
    assert open_form(context).form.edition == "form-a-2026.1"


def test_a_form_without_points_is_written_without_a_score(
    context: AppContext, tmp_path: Path
) -> None:
    path, form = tmp_path / "b.xlsx", open_form(context, "B")
    export_form(context, form, path)
    book = openpyxl.load_workbook(path)
    cells = [cell.value for row in book["Result"].iter_rows() for cell in row]
    assert cells.count("cần nhập / to be typed in") == 6
    assert read_points(context, form, path) == []


def row(level: str, code: str, **more: object) -> DraftRow:
    return DraftRow(level=level, code=code, label_vi="a", label_en="b", **more)  # type: ignore[arg-type]


OFFICIAL = FormDraft(
    edition="form-b-2027",
    document="B",
    title_vi="Biểu B",
    title_en="Form B",
    source="Ban thư ký, 3/2027",
    rows=(
        row("category", "B1", weight=60, max_points=100, minimum_percent=50),
        row("group", "B1.1", max_points=100),
        row("item", "B1.1.a", answer_type="yes_no", max_points=60),
        row("item", "B1.1.b", answer_type="count", max_points=60, per_unit=20),
        row("category", "B2", weight=40, max_points=50, minimum_percent=50),
        row("group", "B2.1", max_points=50),
        row("item", "B2.1.a", answer_type="multi", max_points=50),
        row("option", "0", max_points=30),
        row("option", "1", max_points=30),
    ),
)


def test_an_edition_typed_in_is_scored_and_confirmed_beside_the_old_one(
    context: AppContext,
) -> None:
    add_form(context, OFFICIAL)
    answer(context, "B", "B1.1.a", ItemEntry(chosen=["1"]))
    answer(context, "B", "B1.1.b", ItemEntry(counted=4))
    form = answer(context, "B", "B2.1.a", ItemEntry(chosen=["0"]))
    # 60 · min(60 + 60, 100)/100 + 40 · 30/50 = 60 + 24
    assert (form.form.edition, form.result.score) == ("form-b-2027", 84.0)
    assert [one.meets_minimum for one in form.result.categories] == [True, True]
    assert open_form(context, "form-b-2026.1").result.untyped
    assert form.is_provisional
    confirm_points(context, form, "Mẫu B nhận từ Ban thư ký 3/2027")
    assert not open_form(context, "B").is_provisional
    assert draft_of(open_form(context, "B")) == OFFICIAL
    assert check_catalogue(context) == []
    with pytest.raises(GeoparkError) as told:
        add_form(context, OFFICIAL)
    assert told.value.code is ErrorCode.BAD_VALUE


def test_every_shipped_form_is_in_order_and_comes_back_as_a_new_edition(
    context: AppContext,
) -> None:
    for letter in ("A", "B"):
        draft = draft_of(open_form(context, letter), edition=f"form-{letter.lower()}-2028")
        assert [one for one in draft_faults(context, draft) if one.is_grave] == []
        add_form(context, draft)
        again = draft_of(open_form(context, draft.edition))
        assert again == draft
    a = open_form(context, "form-a-2028")
    assert (len(a.items), a.result.untyped) == (152, ())


def test_a_form_goes_out_as_a_workbook_and_comes_back(context: AppContext, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    write_form_workbook(context, OFFICIAL, path)
    assert read_form_workbook(context, path) == OFFICIAL
    book = openpyxl.load_workbook(path)
    book["Rows"]["F2"] = "viel"
    book.save(path)
    with pytest.raises(GeoparkError) as told:
        read_form_workbook(context, path, edition="x-1")
    assert told.value.code is ErrorCode.BAD_VALUE
    book["Rows"]["A1"] = "Stufe"
    book.save(path)
    with pytest.raises(GeoparkError) as told:
        read_form_workbook(context, path)
    assert told.value.code is ErrorCode.UNSUPPORTED_FORMAT
    broken = replace(OFFICIAL, rows=(replace(OFFICIAL.rows[0], weight=61), *OFFICIAL.rows[1:]))
    assert [one.code for one in draft_faults(context, broken)] == ["weights-sum"]

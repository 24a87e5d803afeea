"""Submissions of ODK and Kobo become visits: previewed, refused by row, taken and undone as one."""

import csv
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from geopark_app.cli import main
from geopark_app.cli.exit_codes import LEFT_FOR_A_PERSON, REFUSED
from geopark_app.domain.kinds import Answer, AnswerPhoto, Photo, Visit
from geopark_app.operations.checklists import site_readiness
from geopark_app.operations.context import AppContext
from geopark_app.operations.sites import find_site
from geopark_app.operations.submissions import SubmissionOptions, plan_submissions, take_submissions
from geopark_app.operations.undo import UndoStack
from tests.conftest import OpenCatalogue
from tests.photo_files import write_picture

# ODK Central writes groups before the names, Kobo with slashes.
ODK = (
    "start", "end", "edition", "scope", "site_code", "visited_on", "visitors",
    "g_site_B-B01", "g_site_B-B01_note", "g_site_B-B01_photo", "g_site_B-B11",
    "g_site_B-B11_value", "visit_note", "meta-instanceID", "SubmitterName", "KEY",
)  # fmt: skip


def line(site: str, key: str, **more: str) -> dict[str, str]:
    return {
        "start": "2026-10-20T08:00:00.000+07:00",
        "end": "2026-10-20T09:30:00.000+07:00",
        "edition": "readiness-2026.1",
        "scope": "site",
        "site_code": site,
        "visited_on": "2026-10-20",
        "visitors": "Vi Thị Mai",
        "g_site_B-B01": "met",
        "meta-instanceID": f"uuid:{key}",
        "KEY": f"uuid:{key}",
    } | more


def write_csv(path: Path, *lines: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ODK)
        writer.writeheader()
        writer.writerows(lines)
    return path


@pytest.fixture
def context(langson: Path, opened: OpenCatalogue) -> AppContext:
    return opened(langson)


@pytest.fixture
def field_day(tmp_path: Path) -> Path:
    """Give what ODK Central exports: a table and a folder of pictures, in one zip."""
    table = write_csv(
        tmp_path / "readiness.csv",
        line("LS-001", "aa-1", **{"g_site_B-B01_photo": "1.jpg", "g_site_B-B01_note": "mới dựng"}),
        line("LS-002", "aa-2", **{"g_site_B-B11": "partly", "g_site_B-B11_value": "3.5"}),
    )
    picture = write_picture(tmp_path / "1.jpg", 5)
    out = tmp_path / "readiness.zip"
    with zipfile.ZipFile(out, "w") as archive:
        archive.write(table, "readiness.csv")
        archive.write(picture, "media/1.jpg")
    return out


def test_a_field_day_comes_in_once_and_goes_as_one(context: AppContext, field_day: Path) -> None:
    options = SubmissionOptions()
    plan = plan_submissions(context, field_day, options)
    assert [row.status for row in plan.rows] == ["added", "added"]
    assert context.catalogue.records(Visit) == [], "a look writes nothing"
    done = take_submissions(context, plan, options, reason="field day")
    visits = {one.instance_id: one for one in context.catalogue.records(Visit)}
    first = visits["aa-1"]
    assert (first.visited_on, first.visitors, first.finished) == ("2026-10-20", "Vi Thị Mai", True)
    answers = context.catalogue.records(Answer, where={"visit_uuid": first.uuid})
    assert [(one.status, one.note, one.answered_by) for one in answers] == [
        ("met", "mới dựng", "Vi Thị Mai")
    ]
    assert (answers[0].answered_at or "").startswith("2026-10-20")
    (link,) = context.catalogue.records(AnswerPhoto)
    photo = context.catalogue.get(Photo, link.photo_uuid or "")
    assert photo is not None
    assert (link.answer_uuid, photo.site_uuid) == (answers[0].uuid, first.site_uuid)
    measured = context.catalogue.records(Answer, where={"visit_uuid": visits["aa-2"].uuid})
    assert sorted(one.measured.value for one in measured if one.measured) == [3.5]
    assert site_readiness(context, find_site(context, "LS-001").uuid).total.score == 1.0
    # A second time it is known by its key.
    again = plan_submissions(context, field_day, options)
    assert [row.status for row in again.rows] == ["unchanged", "unchanged"]
    assert not take_submissions(context, again, options).is_taken
    undo = UndoStack(context)
    undo.push(done.changes)
    undo.undo()
    assert context.catalogue.records(Visit) == []
    assert context.catalogue.records(AnswerPhoto) == []
    assert context.catalogue.records(Photo) == []
    assert plan_submissions(context, field_day, options).count("added") == 2


def test_what_the_office_corrected_is_not_written_over(context: AppContext, tmp_path: Path) -> None:
    table = write_csv(tmp_path / "a.csv", line("LS-001", "k"))
    options = SubmissionOptions()
    take_submissions(context, plan_submissions(context, table, options), options)
    write_csv(table, line("LS-001", "k", **{"g_site_B-B01": "not_met"}))
    plan = plan_submissions(context, table, options)
    assert (plan.rows[0].status, plan.rows[0].differences) == (
        "unchanged",
        (("B01 status", "met", "not_met"),),
    )
    wished = SubmissionOptions(update=True)
    plan = plan_submissions(context, table, wished)
    assert plan.rows[0].status == "updated"
    take_submissions(context, plan, wished)
    assert [one.status for one in context.catalogue.records(Answer)] == ["not_met"]


def test_rows_are_refused_with_their_reason(context: AppContext, tmp_path: Path) -> None:
    broken = tmp_path / "media"
    broken.mkdir()
    (broken / "bad.jpg").write_bytes(b"\xff\xd8\xff not a picture")
    table = write_csv(
        tmp_path / "a.csv",
        line("LS-999", "1"),
        line("LS-001", "2", **{"g_site_B-B01": "perhaps"}),
        line("LS-001", "3", **{"g_site_B-B11_value": "wide"}),
        line("LS-001", "4", visited_on="2031-01-01"),
        line("LS-001", "", **{"KEY": "", "meta-instanceID": ""}),
        line("", "6", scope="site"),
        line("LS-001", "7", scope="country"),
        line("LS-001", "8", edition="water-1"),
        line("LS-001", "9", **{"g_site_B-B01": ""}),
        line("LS-001", "10"),
        line("LS-002", "10"),
        line("LS-001", "11", **{"g_site_B-B01_photo": "gone.jpg"}),
        line("LS-001", "12", **{"g_site_B-B01_photo": "bad.jpg"}),
        line("LS-001", "13", visited_on="", start="", end=""),
    )
    options = SubmissionOptions(media=broken)
    plan = plan_submissions(context, table, options)
    assert [row.reason for row in plan.rows] == [
        "unknown-place", "bad-answer", "bad-number", "future", "no-instance", "no-place",
        "bad-scope", "unknown-edition", "no-answers", "", "double", "no-picture", "bad-picture",
        "no-day",
    ]  # fmt: skip
    assert not take_submissions(context, plan, options).is_taken
    assert context.catalogue.records(Visit) == []
    taken = take_submissions(context, plan, options, take_good_rows=True)
    assert taken.is_taken
    assert len(context.catalogue.records(Visit)) == 1


@pytest.mark.slow
def test_a_kobo_workbook_by_command(
    langson: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*words: str, code: int = 0) -> dict[str, Any]:
        capsys.readouterr()
        command = ["--catalogue", str(langson), "import", *words, "--kind", "visits", "--json"]
        assert main(command) == code, words
        return dict(json.loads(capsys.readouterr().out))

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(
        ["start", "site_code", "visited_on", "g_site_A/A05", "g_site_B/B01", "B01_photo", "_uuid",
         "_submitted_by", "mood"]
    )  # fmt: skip
    key = "b6c2"
    sheet.append(["2026-10-20T08:00:00+07:00", "LS-001", "2026-10-20", "Đạt", "Partly",
                  "", f"{key}-1", "mai", "sunny"])  # fmt: skip
    sheet.append(["2026-10-20T08:00:00+07:00", "LS-003", "2026-10-20", "met", "na",
                  "p.jpg", f"{key}-2", "mai", ""])  # fmt: skip
    path = tmp_path / "kobo.xlsx"
    book.save(path)
    tried = run(str(path), "--dry-run")
    assert (tried["added"], tried["taken"], tried["unknown_columns"]) == (2, False, ["mood"])
    assert tried["pictures_not_here"] == 1
    assert run(str(path))["added"] == 2
    # The pictures come later, beside the submission they belong to.
    folder = tmp_path / "attachments" / f"{key}-2"
    folder.mkdir(parents=True)
    write_picture(folder / "p.jpg", 9)
    late = run(str(path), "--media", str(tmp_path / "attachments"), "--update-known")
    assert (late["updated"], late["unchanged"]) == (1, 1)
    sheet.append(["2026-10-20", "LS-999", "2026-10-20", "met", "met", "", f"{key}-3", "mai", ""])
    book.save(path)
    assert run(str(path), code=REFUSED)["taken"] is False
    assert run(str(path), "--take-good-rows", code=LEFT_FOR_A_PERSON)["refused"] == 1

"""Everything of the sites out and in again: lists, own fields, lines and areas, other kinds."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geopark_app.cli import main
from geopark_app.domain.declaration import FieldType, kind_of
from geopark_app.domain.identifier import uuid_of
from geopark_app.domain.kinds import (
    KINDS,
    Assessment,
    AssessmentScore,
    Document,
    Facility,
    Formation,
    MonitoringVisit,
    OwnChoice,
    OwnField,
    OwnFieldChoice,
    OwnValue,
    Partner,
    Person,
    Reference,
    ReviewComment,
    Site,
    SiteCave,
    SiteCode,
    SiteCurrentUse,
    SiteExtent,
    SiteFormerCommune,
    SiteLink,
    SiteLithology,
    SiteOtherValue,
    SitePerson,
    SiteProtection,
    SiteReference,
    SiteSample,
    SiteThreat,
    SiteUnit,
)
from geopark_app.domain.position import Quantity
from geopark_app.operations.import_targets import LISTS, importable_kinds
from geopark_app.operations.importing import ImportOptions, plan_import, recognise_file, take_import
from geopark_app.operations.undo import UndoStack
from geopark_app.store.new_keys import new_uuid
from tests.builders import make_position, make_site, put
from tests.conftest import OpenCatalogue

pytestmark = pytest.mark.slow

Run = Callable[..., tuple[int, dict[str, Any]]]
AREA = (
    '{"type":"Polygon","coordinates":[[[106.70000000001,21.8],[106.8,21.8],[106.8,21.9],'
    "[106.70000000001,21.8]]]}"
)
LINE = '{"type":"LineString","coordinates":[[106.7,21.8],[106.75,21.85]]}'
LOSSLESS = ("xlsx", "gpkg", "geojson", "csv", "json", "zip")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def command(folder: Path, *arguments: object) -> tuple[int, dict[str, Any]]:
        code = main(["--catalogue", str(folder), *map(str, arguments), "--json"])
        return code, json.loads(capsys.readouterr().out)

    return command


def full_site() -> list[Any]:
    """Give a site with something in every list, and what that refers to."""
    site, other = (make_site(code=code, position=make_position()) for code in ("F-1", "F-2"))
    at = {"site_uuid": site.uuid}
    person = Person(uuid=new_uuid(), name="Nguyễn Văn A")
    formation = Formation(uuid=new_uuid(), name_vi="Hệ tầng Đồng Đăng", position=make_position())
    paper = Document(uuid=new_uuid(), title_vi="Quyết định 12", number="=12/QĐ", **at)
    book = Reference(uuid=new_uuid(), cite_key="tran2011", citation="Trần, 2011. Hang động.")
    assessment = Assessment(uuid=new_uuid(), assessed_on="2026-03-01", **at)
    visit = MonitoringVisit(uuid=new_uuid(), visited_on="2026-04-30", **at)
    depth = OwnField(
        uuid=new_uuid(), code="depth", kind_name="site", label_vi="Sâu", value_type="number"
    )
    rock = OwnField(
        uuid=new_uuid(), code="rocks", kind_name="site", label_vi="Đá", value_type="choices"
    )
    choices = [
        OwnFieldChoice(uuid=new_uuid(), own_field_uuid=rock.uuid, code=code, label_vi=code)
        for code in ("a", "b")
    ]
    return [
        site, other, person, formation, paper, book, assessment, visit, depth, rock, *choices,
        SiteCode(uuid=new_uuid(), code="OLD-1", **at),
        SiteExtent(uuid=new_uuid(), geojson=AREA, label="vùng lõi", **at),
        SiteExtent(uuid=new_uuid(), geojson=LINE, **at),
        SiteFormerCommune(uuid=new_uuid(), former_commune_code="06184", **at),
        SiteLithology(uuid=new_uuid(), lithology="limestone", is_main=True, note_vi="xám\nđen",
                      **at),
        SiteUnit(uuid=new_uuid(), formation_uuid=formation.uuid, symbol="C-P", **at),
        SiteOtherValue(uuid=uuid_of(site.uuid, "cultural"), term="cultural", **at),
        SiteCurrentUse(uuid=uuid_of(site.uuid, "tourism"), term="tourism", **at),
        SiteProtection(uuid=new_uuid(), decision_no="12", document_uuid=paper.uuid,
                       area_ha=0.1 + 0.2, **at),
        SiteSample(uuid=new_uuid(), number="M1", collector="B", **at),
        SiteReference(uuid=new_uuid(), reference_uuid=book.uuid, pages="12-14", **at),
        SiteLink(uuid=new_uuid(), other_site_uuid=other.uuid, distance_km=1.5, **at),
        SitePerson(uuid=new_uuid(), person_uuid=person.uuid, **at),
        SiteCave(uuid=new_uuid(), name_vi="Hang lớn", length_m=1234.5, entrances=2, **at),
        ReviewComment(uuid=new_uuid(), comment="-xem lại", resolved=False, **at),
        AssessmentScore(uuid=new_uuid(), assessment_uuid=assessment.uuid, points=3),
        SiteThreat(uuid=new_uuid(), monitoring_visit_uuid=visit.uuid, **at),
        OwnValue(uuid=uuid_of(site.uuid, depth.uuid), record_kind="site", record_uuid=site.uuid,
                 own_field_uuid=depth.uuid, value="12.5"),
        *(OwnChoice(uuid=uuid_of(site.uuid, one.uuid), record_kind="site", record_uuid=site.uuid,
                    own_field_uuid=rock.uuid, own_field_choice_uuid=one.uuid) for one in choices),
    ]  # fmt: skip


@pytest.mark.parametrize("form", LOSSLESS)
def test_lists_and_own_fields_come_back(
    run: Run, langson: Path, folder: Path, tmp_path: Path, form: str, opened: OpenCatalogue
) -> None:
    put(opened(langson), *full_site())
    out = tmp_path / f"all.{form}"
    kind = "csv" if form == "zip" else form
    assert run(langson, "export", kind, out, "--audience", "internal")[0] == 0
    code, report = run(folder, "import", out)
    assert [row for row in report["rows"] if row["status"] == "refused"] == []
    assert (code, report["refused"], report["tables"]["site_extent"]) == (0, 0, 2)
    kinds = {kind_of(record).name for record in full_site()} | {"site_interest"}
    chosen = [word for name in sorted(kinds - {"formation"}) for word in ("--kind", name)]
    code, found = run(folder, "compare", langson, folder, *chosen)
    assert found == {"added": [], "removed": [], "changed": [], "identical": True}
    again, unchanged = run(folder, "import", out, "--update-by", "uuid")
    assert (again, unchanged["unchanged"]) == (0, unchanged["read"])


def test_the_whole_import_is_one_step_to_undo(
    run: Run, langson: Path, folder: Path, tmp_path: Path, opened: OpenCatalogue
) -> None:
    put(opened(langson), *full_site())
    out = tmp_path / "all.json"
    run(langson, "export", "json", out, "--audience", "internal")
    context = opened(folder)
    plan = plan_import(context, recognise_file(context, out, ImportOptions()), ImportOptions())
    undo = UndoStack(context)
    undo.push(take_import(context, plan, ImportOptions(), reason="Nhập").changes)
    assert len(context.catalogue.records(SiteThreat)) == 1
    undo.undo()
    for kind in (Site, SiteThreat, OwnField, Person):
        assert context.catalogue.records(kind) == []


@pytest.mark.parametrize("audience", ["public", "evaluators"])
@pytest.mark.parametrize("form", ["xlsx", "gpkg", "json"])
def test_lists_and_own_fields_do_not_leave_the_office(
    run: Run, folder: Path, tmp_path: Path, form: str, audience: str, opened: OpenCatalogue
) -> None:
    put(opened(folder), *full_site())
    out = tmp_path / f"a.{form}"
    run(folder, "export", form, out, "--audience", audience)
    _code, report = run(folder, "import", out, "--dry-run", "--update-by", "uuid")
    assert set(report["tables"]) <= {"site_extent"}
    assert not any(name.startswith("own:") for name in report["mapping"])


def test_rows_that_hang_on_a_refused_row_are_refused(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    key = new_uuid()
    tables = {
        "sites": {"columns": ["uuid", "code", "name_vi", "lon", "lat"],
                  "rows": [[key, "A-1", "Hang", "đông", "bắc"]]},
        "site_code": {"columns": ["uuid", "site_uuid", "code"],
                      "rows": [[new_uuid(), key, "OLD"], [new_uuid(), "nowhere", "X"]]},
    }  # fmt: skip
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"geopark_tables": tables}), encoding="utf-8")
    code, report = run(folder, "import", path, "--take-good-rows", "--lang", "en")
    assert (code, report["read"], report["refused"]) == (21, 3, 3)
    assert all(row["reason"] for row in report["rows"])


_VALUES = {
    FieldType.TEXT: "1 chữ",
    FieldType.LONG_TEXT: "dòng một\ndòng hai; =1+1",
    FieldType.INTEGER: 7,
    FieldType.DECIMAL: 0.1 + 0.2,
    FieldType.BOOLEAN: True,
    FieldType.DATE: "2026-02-28",
    FieldType.QUANTITY: Quantity(value=2.5, unit="triệu đồng"),
    FieldType.GEOMETRY: AREA,
    FieldType.POSITION: make_position(106.12345678901, 21.87654321012, accuracy_m=3.5),
}


def _value(field_type: FieldType) -> object:
    return _VALUES[field_type]


_NO_TEXTS = {"site_other_value", "site_current_use"}
_SOME = ("facility", "site_extent", "commune", "own_field", "budget_line", "reference")
_ALL = [name for name in importable_kinds() if name not in LISTS]
_CASES = [
    *((name, form) for name in _SOME for form in ("xlsx", "json")),
    *((name, form) for name in _SOME[:3] for form in ("gpkg", "geojson", "kml", "shp")),
    # One declaration makes every kind go the same way: a third of them stands for all.
    *((name, "csv") for name in _ALL[::3] if name not in _NO_TEXTS),
]


@pytest.mark.parametrize(("name", "form"), _CASES)
def test_every_kind_goes_out_and_comes_back(
    run: Run, folder: Path, tmp_path: Path, name: str, form: str, opened: OpenCatalogue
) -> None:
    kind = KINDS[name]
    values = {
        spec.name: _value(spec.type)
        for spec in kind.fields
        if spec.type in _VALUES and spec.refers_to is None and "sha256" not in spec.name
    }
    if name == "own_field":
        values |= {"kind_name": "facility", "code": "abc"}
    record = kind.record_type(uuid=new_uuid(), **values)
    put(opened(folder), record)
    out = tmp_path / f"{name}.{form}"
    code, written = run(folder, "export", form, out, "--kind", name, "--audience", "internal")
    assert (code, written["records"]) == (0, 1)
    code, report = run(folder, "import", out, "--kind", name, "--update-by", "uuid")
    if form in {"shp", "kml"}:
        assert (code, report["read"], report["refused"]) == (0, 1, 0)
        assert bool(written["losses"]) == (form == "shp" and name != "site_extent")
        return
    assert (code, report["unchanged"], report["rows"][0]["differences"]) == (0, 1, [])
    context = opened(folder)
    with context.work("change") as work:
        text = next(spec.name for spec in kind.fields if spec.name in values)
        work.set_columns(kind, record.uuid, dict.fromkeys(kind.field(text).columns))
    code, report = run(folder, "import", out, "--kind", name, "--update-by", "uuid")
    assert (code, report["updated"]) == (0, 1)
    assert [one["field"] for one in report["rows"][0]["differences"]] == [text]


def test_references_are_found_by_code_and_name_or_listed(
    run: Run, folder: Path, tmp_path: Path, opened: OpenCatalogue
) -> None:
    site, partner = make_site(code="LS-9"), Partner(uuid=new_uuid(), name_vi="Hợp tác xã Hoa Hồi")
    put(opened(folder), site, partner)
    path = tmp_path / "a.csv"
    path.write_text("Tên (tiếng Việt);site_code\nBiển 1;LS-9\nBiển 2;LS-10\n", encoding="utf-8")
    code, report = run(folder, "import", path, "--kind", "facility", "--take-good-rows",
                       "--lang", "en")  # fmt: skip
    assert [row["status"] for row in report["rows"]] == ["added", "refused"]
    assert "LS-10" in report["rows"][1]["reason"]
    assert opened(folder).catalogue.records(Facility)[0].site_uuid == site.uuid
    path.write_text("name_vi;partner\nMật ong;hop tac xa hoa hoi\n", encoding="utf-8")
    code, report = run(folder, "import", path, "--kind", "product")
    assert (code, report["added"]) == (0, 1)


def test_a_kind_without_code_is_not_updated_by_code(run: Run, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name_vi\nBiển 1\n", encoding="utf-8")
    code, answer = run(folder, "import", path, "--kind", "facility", "--update-by", "code")
    assert (code, answer["error"]["code"]) == (20, "refused-file")


def geojson(*features: tuple[str, str]) -> str:
    return json.dumps({
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"code": code, "name_vi": code},
             "geometry": json.loads(shape)} for code, shape in features
        ],
    })  # fmt: skip


@pytest.mark.parametrize("form", ["gpkg", "shp", "kml", "geojson"])
def test_lines_and_areas_become_extents_and_go_out_again(
    run: Run, folder: Path, tmp_path: Path, form: str, opened: OpenCatalogue
) -> None:
    path = tmp_path / "in.geojson"
    path.write_text(geojson(("A", AREA), ("L", LINE)), encoding="utf-8")
    code, report = run(folder, "import", path)
    assert (code, report["added"]) == (0, 2)
    context = opened(folder)
    shapes = {one.geojson for one in context.catalogue.records(SiteExtent)}
    assert shapes == {AREA, LINE}
    code, report = run(folder, "import", path, "--update-by", "code")
    assert (code, report["unchanged"]) == (0, 2)
    path.write_text(geojson(("A", LINE), ("L", LINE)), encoding="utf-8")
    code, report = run(folder, "import", path, "--update-by", "code")
    assert (report["updated"], report["unchanged"]) == (1, 1)
    assert len(opened(folder).catalogue.records(SiteExtent)) == 2
    out = tmp_path / f"out.{form}"
    code, written = run(folder, "export", form, out)
    assert (code, written["sites"]) == (0, 2)
    drawn = tmp_path / {"shp": "out_lines.shp", "geojson": "out_site_extent.geojson"}.get(
        form, out.name
    )
    layer = () if form in {"shp", "geojson"} else ("--layer", "site_extent")
    code, report = run(folder, "import", drawn, "--kind", "site_extent", *layer, "--dry-run",
                       "--update-by", "uuid")  # fmt: skip
    assert (code, report["read"]) == (0, 2)


def test_a_place_known_well_stays_when_an_area_comes(
    run: Run, folder: Path, tmp_path: Path, opened: OpenCatalogue
) -> None:
    site = make_site(code="A", name_vi="A", position=make_position(quality="exact"))
    put(opened(folder), site)
    path = tmp_path / "in.geojson"
    path.write_text(geojson(("A", AREA)), encoding="utf-8")
    run(folder, "import", path, "--update-by", "code")
    found = opened(folder).catalogue.get(Site, site.uuid)
    assert found is not None
    assert found.position == site.position


@pytest.mark.parametrize(
    ("typed", "status"),
    [("21°51'10\"N 106°45'40\"E", "added"), ("21,85N 106,76Đ", "refused"),
     ("443000 2416000", "refused"), ("21.85, 106.76", "added"), ("abc", "refused")],
)  # fmt: skip
def test_what_can_be_read_two_ways_is_asked_and_not_taken(
    run: Run, langson: Path, tmp_path: Path, typed: str, status: str
) -> None:
    path = tmp_path / "a.csv"
    quoted = typed.replace('"', '""')
    path.write_text(f'code;name_vi;position\nQ-1;Hang;"{quoted}"\n', encoding="utf-8")
    _code, report = run(langson, "import", path, "--lang", "en")
    assert [row["status"] for row in report["rows"]] == [status]
    assert bool(report["rows"][0]["reason"]) == (status == "refused")

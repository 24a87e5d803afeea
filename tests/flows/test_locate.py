"""`locate` and the position of a site through the command line: asked, never guessed."""

import json
from pathlib import Path
from typing import Any

import pytest

from geopark_app.cli import main
from geopark_app.domain.kinds import Commune, Photo, Site
from geopark_app.domain.position import Position
from geopark_app.operations.catalogues import create_new
from geopark_app.operations.context import AppContext
from geopark_app.operations.position_findings import position_findings
from geopark_app.operations.records import add_record, set_fields
from geopark_app.operations.sites import site_findings
from tests.builders import fixed_clock, make_photo, make_position, make_site, put
from tests.conftest import OpenCatalogue

KEYS = {
    "lon",
    "lat",
    "epsg",
    "easting_m",
    "northing_m",
    "commune_code",
    "reading",
    "certainty",
    "warnings",
}


def run(
    capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str
) -> tuple[int, dict[str, Any]]:
    code = main(["--catalogue", str(folder), *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_answer_has_the_shape_of_the_contract(
    capsys: pytest.CaptureFixture[str], langson: Path
) -> None:
    code, answer = run(capsys, langson, "locate", "21.852640, 106.761010")
    assert code == 0
    assert answer.keys() >= {"typed", "verdict", "candidates", "question"}
    assert (answer["verdict"], answer["question"]) == ("ok", None)
    (one,) = answer["candidates"]
    assert one.keys() >= KEYS
    assert (one["epsg"], one["certainty"], one["warnings"]) == (9215, "sure", [])
    # Worked example A of the research, to the millimetre.
    assert one["easting_m"] == pytest.approx(449263.358, abs=1.01e-3)
    assert one["northing_m"] == pytest.approx(2417432.493, abs=1.01e-3)
    assert len(one["commune_code"]) == 5


@pytest.mark.parametrize(
    ("typed", "options", "code", "verdict"),
    [
        ("449263.358 2417432.493", (), 0, "ok"),
        ("106.761010, 21.852640", (), 0, "notice"),
        ("22.3, 107.2", (), 0, "warn"),
        ("681784.290 2417665.303", (), 21, "ask"),
        ("681784.290 2417665.303", ("--crs", "EPSG:3405"), 0, "ok"),
        ("681784.290 2417665.303", ("--crs", "3405"), 0, "ok"),
        ("-21.852640, 106.761010", (), 21, "ask"),
        ("18681784 2417665", (), 21, "ask"),
        ("0, 0", (), 20, "refused"),
        ("21.85, 106.76", ("--crs", "EPSG:999999"), 20, "refused"),
    ],
)
def test_verdicts_and_exit_codes(
    capsys: pytest.CaptureFixture[str],
    langson: Path,
    typed: str,
    options: tuple[str, ...],
    code: int,
    verdict: str,
) -> None:
    answered, answer = run(capsys, langson, "locate", typed, *options)
    assert (answered, answer["verdict"]) == (code, verdict)
    assert bool(answer["question"]) == (verdict in {"ask", "refused"})
    assert bool(answer["candidates"]) == (verdict != "refused")


def test_people_read_sentences(capsys: pytest.CaptureFixture[str], langson: Path) -> None:
    assert main(["--catalogue", str(langson), "locate", "403790.199 2422885.095"]) == 21
    words = capsys.readouterr().out
    assert "Các số này thuộc hệ tọa độ nào?" in words
    assert "điểm đại diện xã gần nhất: Bắc Sơn, 2,7 km (06325)" in words
    assert main(["--catalogue", str(langson), "locate", "x", "--crs", "utm"]) == 2


def test_the_commune_of_the_site_settles_the_zone_and_that_is_said(
    capsys: pytest.CaptureFixture[str], langson: Path
) -> None:
    # Bắc Sơn is 2.7 km from the point; in the 108° zone the numbers lie 77 km to the east.
    main(["--catalogue", str(langson), "site", "set", "LS-031", "-f", "commune_code=06325"])
    capsys.readouterr()
    typed = "403790.199 2422885.095"
    code, answer = run(capsys, langson, "locate", typed, "--site", "LS-031", "--lang", "en")
    assert (code, answer["verdict"]) == (0, "notice")
    (one,) = answer["candidates"]
    assert one["epsg"] == 9215
    assert "Chosen by the commune Bắc Sơn" in one["warnings"][0]


def test_the_commune_settles_neither_a_letter_nor_a_datum(
    capsys: pytest.CaptureFixture[str], langson: Path
) -> None:
    # Bắc Sơn again, as UTM of VN-2000 (worked example B): 224 m are nothing beside a commune.
    for typed in ("21.899990N 106.320770Đ", "636238.675 2422451.577"):
        code, answer = run(capsys, langson, "locate", typed, "--site", "LS-031")
        assert (code, answer["verdict"]) == (21, "ask")


def test_older_positions_of_a_site_are_compared(
    capsys: pytest.CaptureFixture[str], langson: Path
) -> None:
    # VN-2000 degrees of worked example A, written down as if they were WGS 84.
    old = ("-f", "lat=21.85363285", "-f", "lon=106.75911913", "-f", "coord_quality=exact")
    main(["--catalogue", str(langson), "site", "set", "LS-001", *old])
    capsys.readouterr()
    _, answer = run(
        capsys, langson, "locate", "21.852640, 106.761010", "--site", "LS-001", "--lang", "en"
    )
    assert "old-no-datum-shift" in answer["candidates"][0]["warning_codes"]
    assert any(sentence.startswith("224 m") for sentence in answer["candidates"][0]["warnings"])
    assert answer["verdict"] == "warn"  # and it is far from the commune of LS-001


def test_a_position_is_stored_only_when_its_reading_is_sure(
    capsys: pytest.CaptureFixture[str], langson: Path, opened: OpenCatalogue
) -> None:
    def stored() -> Position | None:
        context = opened(langson)
        position = context.catalogue.records(Site, where={"code": "LS-001"})[0].position
        context.catalogue.close()
        return position

    before = stored()
    for typed in ("681784.290 2417665.303", "0, 0", "22.3, 107.2", "21.85N 106.76Đ"):
        code, answer = run(capsys, langson, "site", "set", "LS-001", "-f", f"position={typed}")
        assert (code, answer["error"]["code"]) == (20, "bad-position")
        assert stored() == before
    typed = "X=449263,358 Y=2417432,493"
    code, _ = run(capsys, langson, "site", "set", "LS-001", "-f", f"position={typed}")
    assert code == 0
    position = stored()
    assert position is not None
    assert (position.lat, position.lon) == pytest.approx((21.852640, 106.761010), abs=1.5e-8)
    assert (position.as_typed, position.source_crs) == (typed, "EPSG:9215")


def test_the_system_said_beside_the_numbers_is_used(
    capsys: pytest.CaptureFixture[str], langson: Path
) -> None:
    said = ("-f", "position=681784.290 2417665.303", "-f", "coord_source_crs=3405")
    code, answer = run(capsys, langson, "site", "set", "LS-001", *said)
    assert code == 0
    assert answer["record"]["coord_source_crs"] == "EPSG:3405"
    assert answer["record"]["lon"] == pytest.approx(106.761010, abs=1.1e-8)
    code, answer = run(
        capsys, langson, "site", "set", "LS-001", "-f", "position=1 2", "-f", "coord_source_crs=UTM"
    )
    assert (code, answer["error"]["code"]) == (20, "bad-value")


def test_a_reading_chosen_by_a_person_keeps_what_was_typed(
    langson: Path, opened: OpenCatalogue
) -> None:
    context = opened(langson)
    site = context.catalogue.records(Site, where={"code": "LS-001"})[0]
    typed = "681784.290 2417665.303"
    chosen = {
        "position": typed,
        "position.lon": "106.7591191300",
        "position.lat": "21.8536328500",
        "position.source_crs": "EPSG:32648",
        "position.quality": "exact",
    }
    set_fields(context, "site", site.uuid, chosen)
    position = context.catalogue.records(Site, where={"code": "LS-001"})[0].position
    assert position is not None
    assert (position.lon, position.lat) == (106.75911913, 21.85363285)
    assert (position.as_typed, position.source_crs) == (typed, "EPSG:32648")
    assert position.quality == "exact"
    # A draft whose choice was taken back has these parts empty: then the text is read again.
    again = chosen | {"position.lon": "", "position.lat": "", "position.source_crs": ""}
    set_fields(context, "site", site.uuid, again | {"position": "21.85264, 106.76101"})
    position = context.catalogue.records(Site, where={"code": "LS-001"})[0].position
    assert position is not None
    assert (position.lon, position.source_crs) == (106.76101, "EPSG:4326")


def test_another_geopark_reads_its_own_zone(tmp_path: Path) -> None:
    profile = Path(__file__).resolve().parents[1] / "data" / "profiles" / "southern.json"
    context = create_new(
        tmp_path / "valley", profile=profile, person="Ana", device="uno", clock=fixed_clock
    )
    with context.catalogue as catalogue:
        add_record(context, "site", {"code": "IV-001", "position": "22.9S 70.2W"})
        position = catalogue.records(Site)[0].position
        assert position is not None
        assert (position.lon, position.lat) == (-70.2, -22.9)


def test_what_speaks_against_a_position_is_listed(context: AppContext) -> None:
    middle = make_position(106.342, 21.9135)
    commune = Commune(uuid="c1", code="06325", name_vi="Bắc Sơn", area_km2=80.46, position=middle)
    here = make_position(106.76101, 21.85264, quality="exact")
    site = make_site(position=here, commune_code="06325")
    # 5 m to the north: 0.000045° of latitude.
    twin = make_site(code="T-TWIN", position=make_position(106.76101, 21.852685, quality="exact"))
    alone = make_site(position=make_position(106.342, 21.9135, quality="exact"))
    photo = make_photo(
        site_uuid=site.uuid, position=make_position(106.80, 21.85264), position_trusted=True
    )
    put(context, commune, site, twin, alone, photo)
    codes = [finding.code for finding in position_findings(context, site)]
    assert codes == ["far-from-commune", "same-spot", "far-from-photos"]
    details = dict(position_findings(context, site)[1].details)
    assert details["other"].startswith("T-TWIN")
    assert position_findings(context, alone) == []
    assert {"same-spot"} <= {finding.code for finding in site_findings(context, site.uuid)}


def test_photos_that_cannot_be_trusted_say_nothing(context: AppContext) -> None:
    site = make_site(position=make_position(quality="exact"))
    far = make_position(106.9, 21.9)
    photos: list[Photo] = [
        make_photo(site_uuid=site.uuid, position=far, position_trusted=False),
        make_photo(site_uuid=site.uuid, position=far, position_trusted=True, sample=True),
    ]
    put(context, site, *photos)
    assert position_findings(context, site) == []


def test_the_starter_sites_lie_in_the_geopark(langson: Path, opened: OpenCatalogue) -> None:
    context = opened(langson)
    for site in context.catalogue.records(Site):
        codes = {finding.code for finding in position_findings(context, site)}
        assert "outside-bounds" not in codes, site.code


def test_a_grid_file_of_the_office_is_found_in_its_folder(
    langson: Path, opened: OpenCatalogue
) -> None:
    from pyproj import datadir

    before = datadir.get_data_dir()
    try:
        opened(langson)
        assert str(langson / "layers") not in datadir.get_data_dir()
        (langson / "layers" / "vn_office.gsb").write_bytes(b"")
        opened(langson)
        assert str(langson / "layers") in datadir.get_data_dir()
        opened(langson)
        assert datadir.get_data_dir().count(str(langson / "layers")) == 1
    finally:
        datadir.set_data_dir(before)

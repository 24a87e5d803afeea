"""From position to place: commune, border, boundary and road by the imported layers."""

import itertools
import json
import math
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geopark_app.cli import main
from geopark_app.domain.kinds import Site
from geopark_app.geo.measure import area_m2
from geopark_app.operations.ground import border_at, ground_of, road_near
from geopark_app.operations.sites import site_findings
from geopark_app.operations.undo import UndoStack
from geopark_app.store.engine import reading
from tests.builders import make_position, make_site, put
from tests.conftest import OpenCatalogue
from tests.layer_files import (
    SIDE,
    SOUTH,
    WEST,
    feature,
    four_communes,
    middle,
    put_communes,
    square,
    write_layer,
)

pytestmark = pytest.mark.slow

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "boundaries.geojson"
OFFICIAL_KM2 = 8307.9
Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def command(folder: Path, *arguments: object) -> tuple[int, dict[str, Any]]:
        code = main(["--catalogue", str(folder), *map(str, arguments), "--json", "--lang", "en"])
        return code, json.loads(capsys.readouterr().out)

    return command


@pytest.fixture
def placed(run: Run, folder: Path, tmp_path: Path, opened: OpenCatalogue) -> Path:
    """Give a catalogue with four communes, their polygons and a few sites."""
    context = opened(folder)
    put_communes(context)
    path = write_layer(tmp_path / "c.geojson", four_communes()[:4])
    run(folder, "import", path, "--kind", "communes")
    lon, lat = middle(1)
    put(
        context,
        make_site(code="A", commune_code="06400", position=_exact(*middle(1))),
        make_site(code="B", commune_code="06040", position=_exact(lon, lat)),
        make_site(code="C", position=_exact(lon, lat + 0.001)),
        make_site(code="D", commune_code="06040", position=_exact(WEST - 0.2, SOUTH)),
        make_site(code="E", commune_code="06040"),
        # 21 m beyond the line: published lines are generalised
        make_site(code="F", commune_code="06040", position=_exact(WEST + SIDE + 0.0002, 21.55)),
    )
    return folder


def _exact(lon: float, lat: float) -> Any:
    return make_position(lon, lat, quality="exact")


def codes_of(folder: Path, opened: OpenCatalogue) -> dict[str, list[str]]:
    context = opened(folder)
    return {
        site.code or "": [
            one.code for one in site_findings(context, site.uuid)
            if one.code in {"other-commune", "no-commune-chosen", "outside-communes"}
        ]
        for site in context.catalogue.records(Site)
    }  # fmt: skip


def test_doubtful_communes_are_listed_and_never_changed(
    run: Run, placed: Path, opened: OpenCatalogue
) -> None:
    code, report = run(placed, "site", "communes", "--check")

    assert code == 21
    states = {site["code"]: site["state"] for site in report["sites"]}
    assert states == {
        "A": "agrees", "B": "other", "C": "none-chosen", "D": "outside", "E": "no-position",
        "F": "other",
    }  # fmt: skip
    by_code = {site["code"]: site for site in report["sites"]}
    assert by_code["B"]["found_code"] == "06400"
    assert by_code["B"]["outside_m"] == pytest.approx(5180, rel=0.01)
    assert by_code["F"]["outside_m"] == pytest.approx(20.7, abs=0.5)
    assert report["counts"]["other"] == 2
    sites = {site.code: site for site in opened(placed).catalogue.records(Site)}
    assert sites["B"].commune_code == "06040"


def test_the_findings_of_a_site_say_the_same(placed: Path, opened: OpenCatalogue) -> None:
    assert codes_of(placed, opened) == {
        "A": [], "B": ["other-commune"], "C": ["no-commune-chosen"], "D": ["outside-communes"],
        "E": [], "F": ["other-commune"],
    }  # fmt: skip
    context = opened(placed)
    severities = {
        site.code: one.severity.value
        for site in context.catalogue.records(Site)
        for one in site_findings(context, site.uuid)
        if one.code == "other-commune"
    }
    assert severities == {"B": "warning", "F": "note"}


def test_one_site_and_then_all_are_accepted_and_undone(
    run: Run, placed: Path, opened: OpenCatalogue
) -> None:
    code, report = run(placed, "site", "communes", "B", "--accept")
    assert (code, report["accepted"], report["count"]) == (0, 1, 1)
    code, report = run(placed, "site", "communes", "--accept-all")
    assert (code, report["accepted"]) == (0, 2)
    communes = {site.code: site.commune_code for site in opened(placed).catalogue.records(Site)}
    assert communes == {
        "A": "06400", "B": "06400", "C": "06400", "D": "06040", "E": "06040", "F": "06400",
    }  # fmt: skip


def test_without_polygons_it_says_how_to_get_them(run: Run, folder: Path) -> None:
    code, answer = run(folder, "site", "communes")
    assert (code, answer["error"]["code"]) == (40, "no-layer")
    assert "import" in answer["error"]["next"]


def test_locate_says_commune_border_and_road(run: Run, placed: Path, tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[WEST, SOUTH + 0.06], [WEST + 1, SOUTH + 0.06]]}
    path = write_layer(tmp_path / "r.geojson", [feature(line, ten="QL1B")])
    run(placed, "import", path, "--kind", "overlay", "--overlay", "roads")

    lon, lat = middle(0)
    _code, answer = run(placed, "locate", f"{lat:.4f}, {lon:.4f}")
    first = answer["candidates"][0]
    assert (first["commune_code"], first["commune_by"]) == ("06040", "polygon")
    assert first["commune_outside_m"] == 0
    assert first["border_zone"] is True
    assert first["road"] == "QL1B"
    assert first["road_m"] == pytest.approx(1107, rel=0.01)

    _code, answer = run(placed, "locate", "21.55, 106.95", "--site", "A")
    first = answer["candidates"][0]
    assert first["commune_by"] == "polygon"
    assert "outside-commune" in first["warning_codes"]
    assert answer["verdict"] == "warn"


def test_a_border_zone_layer_goes_before_the_communes_word(
    run: Run, placed: Path, tmp_path: Path, opened: OpenCatalogue
) -> None:
    context = opened(placed)
    assert border_at(context, *middle(0)) is True
    assert border_at(context, *middle(1)) is False
    zone = feature(square(WEST + SIDE, SOUTH), ten="Vành đai")
    path = write_layer(tmp_path / "z.geojson", [zone])
    run(placed, "import", path, "--kind", "overlay", "--overlay", "border-zone")

    assert border_at(context, *middle(0)) is False
    assert border_at(context, *middle(1)) is True


def test_only_an_official_boundary_in_force_makes_a_site_lie_outside(
    run: Run, placed: Path, tmp_path: Path, opened: OpenCatalogue
) -> None:
    context = opened(placed)
    path = write_layer(tmp_path / "b.geojson", [feature(square(WEST + 0.3, SOUTH), ten="CVĐC")])
    site = next(one for one in context.catalogue.records(Site) if one.code == "A")

    def finds() -> bool:
        return any(one.code == "outside-boundary" for one in site_findings(context, site.uuid))

    run(placed, "import", path, "--kind", "boundary", "--dated", "2021-12-13")
    assert not finds()
    run(placed, "import", path, "--kind", "boundary", "--official", "--dated", "2199-01-01")
    assert not finds()
    run(placed, "import", path, "--kind", "boundary", "--official", "--dated", "2023-07-17")
    assert finds()


def test_imported_sites_are_offered_their_commune(
    run: Run, placed: Path, tmp_path: Path, opened: OpenCatalogue
) -> None:
    lon, lat = middle(2)
    path = tmp_path / "ds.csv"
    path.write_text(
        "code;name_vi;lon;lat;commune_code\n"
        f"N-1;Không xã;{lon};{lat};\n"
        f"N-2;Xã khác;{lon};{lat};06040\n"
        f"N-3;Ngoài;105.5;21.5;\n",
        encoding="utf-8",
    )

    code, report = run(placed, "import", path)

    assert code == 0
    number = next(row["row"] for row in report["rows"] if row["code"] == "N-2")
    assert any("without one: 1" in warning for warning in report["warnings"])
    assert any(warning.endswith(f"named: {number}.") for warning in report["warnings"])
    found = {one.code: one.commune_code for one in opened(placed).catalogue.records(Site)}
    assert (found["N-1"], found["N-2"], found["N-3"]) == ("06526", "06040", None)


def test_a_damaged_layer_file_leaves_lookups_as_without_one(
    placed: Path, opened: OpenCatalogue
) -> None:
    context = opened(placed)
    for file in (placed / "layers").rglob("*"):
        if file.is_file():
            file.write_bytes(b"{")
    from geopark_app.operations.map_layers import _index

    _index.cache_clear()
    assert ground_of(context).communes is None
    assert road_near(context, 106.5, 21.5) is None


def test_ten_thousand_lookups_read_the_file_and_the_database_once(
    placed: Path, opened: OpenCatalogue
) -> None:
    context = opened(placed)
    ground = ground_of(context)
    assert ground.communes is ground_of(context).communes
    with reading(context.catalogue.engine):
        codes = ground.communes.codes_at([middle(at % 4) for at in range(10_000)])  # type: ignore[union-attr]
    assert len(codes) == 10_000
    assert codes[:4] == ["06040", "06400", "06526", "06415"]


# The shared polygons ------------------------------------------------------------------------------

needs_shared = pytest.mark.skipif(not SHARED.is_file(), reason="the shared data is not here")


@pytest.fixture
def province(run: Run, langson: Path) -> Path:
    """Give the starter catalogue with the 65 commune polygons."""
    code, report = run(
        langson, "import", SHARED, "--kind", "communes", "--filter", "kind=commune_2025",
        "--source", "thanglequoc", "--licence", "MIT", "--dated", "2025-07-01",
    )  # fmt: skip
    assert code == 0
    assert (report["added"], report["left_out"]) == (65, 13)
    assert report["area_km2"] == pytest.approx(OFFICIAL_KM2, rel=0.001)
    return langson


@needs_shared
def test_the_sixty_five_polygons_have_the_area_they_should(
    province: Path, opened: OpenCatalogue
) -> None:
    index = ground_of(opened(province)).communes
    assert index is not None
    total = sum(area_m2(shape.geometry) for shape in index.shapes) / 1e6
    assert total == pytest.approx(OFFICIAL_KM2, rel=0.001)
    assert len({shape.code for shape in index.shapes}) == 65


@needs_shared
def test_every_starter_site_agrees_or_is_listed_with_its_distance(
    run: Run, province: Path, opened: OpenCatalogue
) -> None:
    _code, report = run(province, "site", "communes")
    sites = {site.uuid: site for site in opened(province).catalogue.records(Site)}
    assert report["count"] == 96

    # Points taken from this very file prove nothing.
    independent = [
        one
        for one in report["sites"]
        if one["state"] != "no-position"
        and "thanglequoc" not in (sites[one["uuid"]].position.source or "")  # type: ignore[union-attr]
    ]
    agreeing = [one for one in independent if one["state"] == "agrees"]
    doubtful = [one for one in independent if one["state"] != "agrees"]
    assert (len(independent), len(agreeing)) == (12, 12)
    assert all(one["outside_m"] is not None for one in doubtful)


@needs_shared
def test_a_thousand_random_points_fall_where_a_second_method_puts_them(
    province: Path, opened: OpenCatalogue
) -> None:
    index = ground_of(opened(province)).communes
    assert index is not None
    rings = [(shape.code, _rings(shape.geometry)) for shape in index.shapes]
    dice = random.Random(20250701)
    points = [(dice.uniform(106.05, 107.4), dice.uniform(21.3, 22.5)) for _turn in range(1000)]

    found = index.codes_at(points)

    assert found == [_by_winding(rings, lon, lat) for lon, lat in points]
    assert 300 < sum(bool(code) for code in found) < 1000


def _rings(geometry: Any) -> list[list[tuple[float, float]]]:
    parts = list(getattr(geometry, "geoms", [geometry]))
    return [list(ring.coords) for part in parts for ring in (part.exterior, *part.interiors)]


def _by_winding(
    rings: list[tuple[str, list[list[tuple[float, float]]]]], lon: float, lat: float
) -> str:
    """Sum the angles under which the corners are seen: nothing of the tree, nothing of GEOS."""
    for code, shape in rings:
        turns = 0.0
        for ring in shape:
            angles = [math.atan2(y - lat, x - lon) for x, y in ring]
            for before, after in itertools.pairwise(angles):
                turn = after - before
                turns += (turn + math.pi) % (2 * math.pi) - math.pi
        if abs(turns) > math.pi:
            return code
    return ""


def test_the_shared_polygons_are_not_part_of_the_product() -> None:
    root = Path(__file__).resolve().parents[2]
    kept = [
        *root.joinpath("resources").rglob("*.geojson"),
        *root.joinpath("tests").rglob("*.geojson"),
    ]
    assert [path.name for path in kept if "boundar" in path.name] == []


def test_undo_gives_a_site_its_commune_back(placed: Path, opened: OpenCatalogue) -> None:
    from geopark_app.operations.commune_check import accept_communes

    context = opened(placed)
    undo = UndoStack(context)
    uuids = [site.uuid for site in context.catalogue.records(Site)]

    undo.push(accept_communes(context, uuids, reason="communes"))
    undo.undo()

    communes = {site.code: site.commune_code for site in context.catalogue.records(Site)}
    assert (communes["B"], communes["C"]) == ("06040", None)

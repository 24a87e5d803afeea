"""The official boundary in the dossier: maps name it in place of the word "sketch"."""

import json
from pathlib import Path

import pytest

from geopark_app.cli import main
from geopark_app.domain.declaration import Audience
from geopark_app.domain.kinds import Site
from geopark_app.dossier.annex_maps import draw_maps
from geopark_app.operations.annexes import gather_annex, map_sites
from geopark_app.operations.context import AppContext
from geopark_app.operations.dossier_problems import read_surroundings, site_problems
from geopark_app.operations.export_reading import read_labels, read_sites
from geopark_app.operations.official_boundary import boundary_line, official_outline
from geopark_app.operations.records import set_fields
from tests.conftest import OpenCatalogue
from tests.layer_files import SOUTH, WEST, feature, four_communes, middle, square, write_layer


def bring_in(folder: Path, path: Path, *more: str) -> None:
    assert main(["--catalogue", str(folder), "import", str(path), *more, "--quiet"]) == 0


def drawn(context: AppContext) -> tuple[str, str, str]:
    """Give the SVG of locator and overview, and the notes of the annex."""
    labels = read_labels(context)
    items = read_sites(context, Audience.EVALUATORS, {"code": "LS-001,LS-002"})
    annex = gather_annex(
        context, items, labels, kind="revalidation", audience=Audience.EVALUATORS,
        languages=("vi", "en"),
    )  # fmt: skip
    maps = draw_maps(annex, map_sites(items, labels, annex.languages), official_outline(context))
    assert maps.overview is not None
    return maps.locator.svg, maps.overview.svg, json.dumps([note.en for note in annex.notes])


def test_without_an_official_boundary_every_map_is_a_sketch(
    langson: Path, tmp_path: Path, opened: OpenCatalogue
) -> None:
    path = write_layer(tmp_path / "b.geojson", [feature(square(WEST, SOUTH, 0.5))])
    bring_in(langson, path, "--kind", "boundary", "--dated", "2023-07-17")
    context = opened(langson)

    locator, overview, notes = drawn(context)

    assert boundary_line(context).is_empty
    assert official_outline(context) is None
    for words in (locator, overview, notes):
        assert "sketch" in words


def test_an_official_boundary_is_drawn_and_named(
    langson: Path, tmp_path: Path, opened: OpenCatalogue
) -> None:
    path = write_layer(tmp_path / "b.geojson", [feature(square(WEST, SOUTH, 0.5))])
    bring_in(
        langson, path, "--kind", "boundary", "--official", "--dated", "2023-07-17",
        "--name-vi", "Ranh giới CVĐC", "--name-en", "Geopark boundary", "--source", "QĐ 1091",
    )  # fmt: skip
    context = opened(langson)

    locator, overview, notes = drawn(context)

    assert boundary_line(context).en == "Geopark boundary, in force from 17 July 2023 (QĐ 1091)"
    for words in (locator, overview, notes):
        assert "sketch" not in words
    assert "Geopark boundary" in overview
    assert "Geopark boundary" in notes


@pytest.mark.parametrize(("inside", "codes"), [(True, set()), (False, {"other-commune"})])
def test_the_list_before_the_dossier_names_a_place_outside_its_commune(
    langson: Path, tmp_path: Path, opened: OpenCatalogue, inside: bool, codes: set[str]
) -> None:
    path = write_layer(tmp_path / "c.geojson", four_communes()[:4])
    bring_in(langson, path, "--kind", "communes")
    context = opened(langson)
    site = next(one for one in context.catalogue.records(Site) if one.code == "LS-001")
    lon, lat = middle(1)
    commune = "06400" if inside else "06526"
    typed = {"lon": str(lon), "lat": str(lat), "coord_quality": "exact", "commune_code": commune}
    set_fields(context, "site", site.uuid, typed)

    items = read_sites(context, Audience.INTERNAL, {"code": "LS-001"})
    around, labels = read_surroundings(context), read_labels(context)
    found = {problem.code for problem in site_problems(items[0], labels, around)}

    assert found & {"other-commune", "outside-boundary"} == codes

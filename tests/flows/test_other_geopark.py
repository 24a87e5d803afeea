"""What is particular to Lạng Sơn is a profile: another geopark in another zone works the same."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pikepdf
import pytest

from geopark_app.domain.kinds import ChecklistItem, Commune, Site
from geopark_app.geo.crs import to_projected
from geopark_app.operations.catalogues import create_new, profile_of
from geopark_app.operations.dossier import build_dossier
from geopark_app.operations.dossier_options import DossierOptions
from geopark_app.operations.records import add_record, display_epsg
from tests.builders import fixed_clock

ROOT = Path(__file__).resolve().parents[2]
PROFILE = ROOT / "tests" / "data" / "profiles" / "southern.json"
pytestmark = pytest.mark.skipif(
    not (ROOT / "resources/web/dist/print").is_dir(), reason="fonts come with `make setup`"
)


def test_an_empty_catalogue_for_another_geopark_in_another_zone_prints_its_annex(
    tmp_path: Path,
) -> None:
    context = create_new(
        tmp_path / "valley", profile=PROFILE, person="Ana", device="uno", clock=fixed_clock
    )
    with context.catalogue as catalogue:
        assert catalogue.records(Site) == []
        assert catalogue.records(Commune) == []
        assert len(catalogue.records(ChecklistItem)) == 80
        assert profile_of(context)["name_en"] == "Imagined Valley Geopark"
        assert display_epsg(context) == 32719
        typed = {
            "code": "IV-001",
            "name_vi": "Hẻm núi",
            "name_en": "Canyon",
            "site_kind": "geosite",
            "lon": "-70.2",
            "lat": "-22.9",
            "coord_quality": "exact",
        }
        add_record(context, "site", typed)
        build_dossier(context, tmp_path / "out", DossierOptions(parts=("geosites", "list", "gis")))

    data = tmp_path / "out" / "data"
    with pikepdf.open(data / "geosites" / "annex-geosites.pdf") as pdf:
        assert "Imagined board" in str(pdf.docinfo["/Author"])
    with closing(sqlite3.connect(data / "gis" / "sites.gpkg")) as layers:
        names = dict(layers.execute("SELECT table_name, srs_id FROM gpkg_contents"))
        projected = next(name for name, epsg in names.items() if epsg == 32719)
        assert names["sites"] == 4326
        extent = layers.execute(
            "SELECT min_x, min_y FROM gpkg_contents WHERE table_name = ?", (projected,)
        ).fetchone()
    assert extent == pytest.approx(to_projected(-70.2, -22.9, 32719), abs=0.01)

"""Places in exclusion areas never leave the machine, in any format, for any audience."""

import re
import zipfile
import zlib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from geopark_app.cli import main
from geopark_app.domain.declaration import Audience
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Facility, MapLayer, Photo, Site, SiteExtent
from geopark_app.geo.crs import project_many
from geopark_app.operations.context import AppContext
from geopark_app.operations.dossier import DossierOptions, build_dossier
from geopark_app.operations.exporting import FORMATS, export_sites
from geopark_app.operations.map_overlays import map_overlays
from geopark_app.operations.map_printing import print_map
from geopark_app.operations.map_sites import map_sites
from geopark_app.operations.photo_exporting import PhotoExportOptions, PhotoSize, export_photos
from geopark_app.operations.photo_selection import PhotoSelection
from geopark_app.operations.photos import add_photos
from geopark_app.operations.print_options import PrintOptions
from geopark_app.operations.record_exports import export_records
from geopark_app.operations.release import exclusion_areas
from geopark_app.store.new_keys import new_uuid
from tests.builders import make_position, make_site, put
from tests.conftest import OpenCatalogue
from tests.layer_files import feature, square, write_layer
from tests.photo_files import LAT, LON, write_picture

LINE = f'{{"type": "LineString", "coordinates": [[{LON}, {LAT}], [106.9, 21.9]]}}'


def secrets() -> tuple[bytes, ...]:
    """Give the place in degrees, in arc minutes, and in metres of VN-2000."""
    east, north = project_many([(LON, LAT)], 9215)[0]
    texts = ("106.765", "21.8765", "106°45", "21°52", "106,765", str(int(east)), str(int(north)))
    return tuple(text.encode() for text in texts)


def everything_in(path: Path) -> bytes:
    """Give the bytes of a file with what is packed inside it."""
    content = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            content += b"".join(archive.read(one) for one in archive.infolist())
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        with suppress(zlib.error):
            content += zlib.decompress(packed)
    return content


def assert_silent(folder: Path) -> int:
    files = [path for path in folder.rglob("*") if path.is_file()]
    for path in files:
        content = everything_in(path)
        assert [one for one in secrets() if one in content] == [], path.name
    return len(files)


@pytest.fixture
def guarded(folder: Path, tmp_path: Path, opened: OpenCatalogue) -> AppContext:
    """Give a catalogue with a site, its extent, a facility and a photo in an imported area."""
    area = write_layer(tmp_path / "area.geojson", [feature(square(LON - 0.02, LAT - 0.02, 0.04))])
    arguments = ["import", str(area), "--kind", "overlay", "--overlay", "exclusion", "--quiet"]
    assert main(["--catalogue", str(folder), *arguments]) == 0
    context = opened(folder)
    at = make_position(LON, LAT, quality="exact", as_typed=f"{LAT}, {LON}")
    site = make_site(code="LS-901", name_vi="Hang kín", site_kind="geosite", position=at)
    put(
        context,
        site,
        SiteExtent(uuid=new_uuid(), site_uuid=site.uuid, geojson=LINE, label="x"),
        Facility(uuid=new_uuid(), facility_kind="panel", name_vi="Bảng", position=at),
    )
    picture = write_picture(tmp_path / "inside.jpg")
    add_photos(context, [picture], site_uuid=site.uuid)
    for photo in context.catalogue.records(Photo):
        put(context, _with_place(photo))
    return context


def _with_place(photo: Photo) -> Photo:
    at = make_position(LON, LAT, quality="exact")
    return replace(photo, position=at, licence="own", credit="An", alt_vi="a")


@pytest.mark.slow
def test_no_way_out_tells_the_place(guarded: AppContext, tmp_path: Path) -> None:
    out = tmp_path / "out"
    # The rule for evaluators lies between these two.
    for audience in (Audience.INTERNAL, Audience.PUBLIC):
        write_everything(guarded, out / audience.value, audience)
    internal = DossierOptions(audience=Audience.INTERNAL)
    build_dossier(guarded, out / "dossier", internal)

    assert assert_silent(out) > 45


def write_everything(context: AppContext, out: Path, audience: Audience) -> None:
    out.mkdir(parents=True)
    for form in FORMATS:
        export_sites(context, form, out / f"sites.{form}", audience=audience)
    for kind in ("facility", "photo", "site_extent", "site"):
        for form in ("json", "geojson"):
            export_records(context, kind, form, out / f"{kind}.{form}", audience=audience)
    for size in (PhotoSize.ORIGINAL, PhotoSize.SCREEN):
        options = PhotoExportOptions(audience=audience, size=size, with_position=True)
        export_photos(context, out / size.value, PhotoSelection(), options)
    print_map(context, out / "map.svg", PrintOptions(audience=audience))
    folder, page = str(context.catalogue.folder.root), str(out / "page.html")
    assert main(["--catalogue", folder, "map", page, "--audience", audience.value]) == 0


def test_the_window_shows_the_place_and_a_file_does_not(guarded: AppContext) -> None:
    def place(*, stays_here: bool) -> tuple[float | None, float | None]:
        found = map_sites(guarded, language="vi", stays_here=stays_here)
        return next((one.lon, one.lat) for one in found if one.code == "LS-901")

    assert place(stays_here=True) == (LON, LAT)
    assert place(stays_here=False) == (None, None)
    assert [one.kind for one in map_overlays(guarded, stays_here=True)] == ["exclusion"]
    assert map_overlays(guarded) == []


def test_an_area_whose_file_is_missing_stops_every_export(
    guarded: AppContext, tmp_path: Path
) -> None:
    layer = guarded.catalogue.records(MapLayer)[0]
    guarded.catalogue.layer_files.path_of(layer.sha256 or "").unlink()
    with pytest.raises(GeoparkError) as caught:
        export_sites(guarded, "csv", tmp_path / "sites.csv")
    assert caught.value.code is ErrorCode.LAYER_MISSING
    assert not (tmp_path / "sites.csv").exists()


def test_an_extent_drawn_with_this_purpose_is_an_area(context: AppContext, tmp_path: Path) -> None:
    site = make_site(code="A-1", position=make_position(106.5, 21.5, quality="exact"))
    ring = [[106.4, 21.4], [106.6, 21.4], [106.6, 21.6], [106.4, 21.6], [106.4, 21.4]]
    drawn = f'{{"type": "Polygon", "coordinates": [{ring}]}}'
    put(
        context,
        site,
        SiteExtent(uuid=new_uuid(), site_uuid=site.uuid, geojson=drawn, purpose="exclusion"),
    )
    assert exclusion_areas(context).site_uuids == {site.uuid}
    export_sites(context, "json", tmp_path / "sites.json", audience=Audience.INTERNAL)
    assert "106.5" not in (tmp_path / "sites.json").read_text(encoding="utf-8")
    assert "106.4" not in (tmp_path / "sites.json").read_text(encoding="utf-8")
    # The catalogue itself keeps it.
    assert context.catalogue.get(Site, site.uuid) == site

"""The map in one file: what an audience may see and nothing else, no request, a size told."""

import base64
import html
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from geopark_app.cli import main
from geopark_app.domain.declaration import Audience
from geopark_app.domain.errors import Cancelled, ErrorCode, GeoparkError
from geopark_app.domain.kinds import Commune, MapLayer, Route, SiteExtent, Stop
from geopark_app.domain.progress import CancelToken
from geopark_app.maps.offline_page import PageBlock, PageSection, PageWords
from geopark_app.operations.context import AppContext
from geopark_app.operations.map_export import MapExportOptions, export_map
from geopark_app.operations.records import set_fields
from geopark_app.store.new_keys import new_uuid
from tests.builders import make_position, make_site, put
from tests.photo_files import LAT, LON, SECRETS, site_with_photos

HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"
OUTSIDE = (Audience.EVALUATORS, Audience.PUBLIC)
# The numbers of the secret place, as any part of the page could write them.
NUMBERS = ("106.76", "21.87", "106,76", "21,87", "106°45", "21°52")


def line_to(lon: float, lat: float) -> str:
    return json.dumps({"type": "LineString", "coordinates": [[106.5, 21.5], [lon, lat]]})


def data_of(page: str, name: str = "offline") -> dict[str, Any]:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page)
    assert found is not None
    content: dict[str, Any] = json.loads(found[1])
    return content


def pictures_of(page: str) -> list[bytes]:
    packed = re.findall(r'<script type="text/plain" id="photo-\d+">(.*?)</script>', page)
    return [base64.b64decode(text) for text in packed]


def write(context: AppContext, out: Path, **options: Any) -> tuple[Any, str]:
    report = export_map(context, out, MapExportOptions(**options))
    return report, out.read_text(encoding="utf-8")


@pytest.mark.parametrize("level", ["B", "C"])
def test_nothing_secret_is_on_a_page_that_leaves(
    context: AppContext, tmp_path: Path, level: str
) -> None:
    """Neither pin nor extent nor the route's line nor a note, person or tag of a photo."""
    put(context, Commune(uuid=new_uuid(), code="06040", name_vi="Đồng Đăng",
                         position=make_position(106.7, 21.95)))  # fmt: skip
    site, photos = site_with_photos(
        context, tmp_path / "in", ("secret-name.jpg", "b.png"), disclosure_level=level,
        commune_code="06040", village="Bản Secret", access_vi="Rẽ Secret ở 21.876",
        reviewers="Secret Owner", name_vi="Hang Gió", workflow_status="draft",
    )  # fmt: skip
    set_fields(context, "photo", photos[0].uuid, {"caption_vi": "Cửa hang"})
    route = Route(uuid=new_uuid(), number=1, name_vi="Tuyến", geojson=line_to(LON, LAT))
    put(
        context,
        SiteExtent(uuid=new_uuid(), site_uuid=site.uuid, geojson=line_to(LON, LAT), purpose="site"),
        route,
        Stop(uuid=new_uuid(), slot=1, route_uuid=route.uuid, site_uuid=site.uuid),
        make_site(code="OPEN", position=make_position(106.5, 21.5, quality="exact")),
    )
    for audience in OUTSIDE:
        report, page = write(context, tmp_path / f"{audience.value}.html", audience=audience)
        assert report.withheld_routes == ("1",)
        made = pictures_of(page)
        assert (report.photos, len(made)) == (2, 2)
        told = re.sub(r'<script type="text/plain".*?</script>', "", page)
        own = json.dumps([data_of(page), data_of(page, "sites")], ensure_ascii=False)
        assert "Cửa hang" in own
        for secret in (*(word.decode() for word in SECRETS), "Rẽ", "reviewers"):
            assert secret not in html.unescape(own), secret
        for number in NUMBERS:
            assert number not in own, number
        assert "Secret" not in told
        for picture in made:
            assert not any(word in picture for word in SECRETS)
            with Image.open(io.BytesIO(picture)) as opened:
                assert dict(opened.getexif()) == {}
                assert not {"icc_profile", "xmp", "comment", "exif"} & opened.info.keys()
        assert '"readiness":null' in page
        assert [one["kind"] for one in data_of(page)["shapes"]] == []
    report, page = write(context, tmp_path / "internal.html", audience=Audience.INTERNAL)
    assert {one["kind"] for one in data_of(page)["shapes"]} == {"site_extent", "route"}
    assert "106.765" in page


def test_photos_without_consent_stay_and_are_counted(context: AppContext, tmp_path: Path) -> None:
    _site, photos = site_with_photos(context, tmp_path / "in", ("a.jpg", "b.jpg", "c.jpg"))
    set_fields(context, "photo", photos[0].uuid, {"people_shown": "yes"})
    report, page = write(context, tmp_path / "a.html", audience=Audience.PUBLIC)
    assert (report.photos, report.photos_withheld, len(pictures_of(page))) == (2, 1, 2)
    report, _page = write(context, tmp_path / "b.html", audience=Audience.INTERNAL, photos=1)
    assert (report.photos, report.photos_left_out) == (1, 0)
    room = max(len(picture) for picture in pictures_of(page)) * 4 // 3 + 8
    report, page = write(context, tmp_path / "c.html", most_bytes=room)
    assert (report.photos, report.photos_left_out, len(pictures_of(page))) == (1, 1, 1)
    assert report.bytes == (tmp_path / "c.html").stat().st_size
    assert not report.is_too_large_for_mail


def test_the_page_speaks_both_languages_and_asks_for_nothing(
    context: AppContext, tmp_path: Path
) -> None:
    site = make_site(
        code="A-1", name_vi=HOSTILE, name_en="Wind Cave", summary_vi="Một hang đá.",
        summary_en="A cave.", position=make_position(106.5, 21.5, quality="exact"),
    )  # fmt: skip
    unknown = make_site(code="A-2", name_vi="Chưa rõ")
    route = Route(uuid=new_uuid(), number=2, name_vi="Tuyến", name_en="Route")
    put(context, site, unknown, route,
        Stop(uuid=new_uuid(), slot=2, official_number=5, route_uuid=route.uuid,
             site_uuid=site.uuid),
        Stop(uuid=new_uuid(), slot=1, route_uuid=route.uuid, name_vi="Chưa có phiếu"))  # fmt: skip
    sheet = PageBlock(
        heading=PageWords(vi="Ngày 1", en="Day 1"),
        rows=((PageWords(vi="08:00", en="08:00"), PageWords(vi=HOSTILE, en="Start")),),
        site_uuid=site.uuid,
    )
    agenda = PageSection(key="agenda", title=PageWords(vi="Lịch", en="Agenda"), blocks=(sheet,))
    out = tmp_path / "m.html"
    report = export_map(context, out, MapExportOptions(language="en"), sections=[agenda])
    page = out.read_text(encoding="utf-8")
    assert (report.sites, report.drawn, report.unknown) == (2, 1, 1)

    assert HOSTILE not in page
    assert "alert(2)</script>" not in page
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert "connect-src 'none'" in policy[1]
    assert not re.search(r'(?:src|href)="(?!data:)', re.sub(r"<script.*?</script>", "", page,
                                                           flags=re.DOTALL))  # fmt: skip
    data = data_of(page)
    assert set(data["texts"]["vi"]) == set(data["texts"]["en"])
    first, second = data["sites"]
    assert (first["summary"], first["placed"]) == ({"vi": "Một hang đá.", "en": "A cave."}, True)
    assert (second["code"], second["placed"]) == ("A-2", False)
    (shown,) = data["routes"]
    assert [(stop["number"], stop["lat"]) for stop in shown["stops"]] == [(1, None), (5, 21.5)]
    (section,) = data["sections"]
    assert section["blocks"][0]["rows"][0][1] == {"vi": HOSTILE, "en": "Start"}


def test_tracks_stay_in_the_office_and_layers_can_be_chosen(
    context: AppContext, tmp_path: Path
) -> None:
    put(context, make_site(position=make_position(106.5, 21.5, quality="exact")))
    shape = json.loads(line_to(106.6, 21.6))
    for number, kind in enumerate(("track", "roads")):
        features = [{"type": "Feature", "properties": {"name_vi": kind}, "geometry": shape}]
        content = json.dumps({"type": "FeatureCollection", "features": features, "n": number})
        sha256 = context.catalogue.layer_files.add_bytes(content.encode())
        put(context, MapLayer(uuid=new_uuid(), name_vi=f"Lớp {kind}", layer_kind=kind,
                              sha256=sha256))  # fmt: skip
    for audience, expected in (
        (Audience.PUBLIC, {"roads"}),
        (Audience.INTERNAL, {"roads", "track"}),
    ):
        report, page = write(context, tmp_path / "m.html", audience=audience)
        assert {layer["kind"] for layer in data_of(page)["layers"]} == expected
        assert report.layers == len(expected)
    _report, page = write(context, tmp_path / "m.html", layers=frozenset())
    assert data_of(page)["layers"] == []


def test_stopping_and_troubles_leave_the_older_file(context: AppContext, tmp_path: Path) -> None:
    out = tmp_path / "m.html"
    out.write_text("của người khác", encoding="utf-8")
    with pytest.raises(GeoparkError) as caught:
        export_map(context, out, MapExportOptions())
    assert caught.value.code is ErrorCode.NOT_FOUND
    site_with_photos(context, tmp_path / "in", ("a.jpg",))
    stopped = CancelToken()
    stopped.cancel()
    with pytest.raises(Cancelled):
        export_map(context, out, MapExportOptions(), cancel=stopped)
    assert out.read_text(encoding="utf-8") == "của người khác"


def test_the_command_tells_what_is_on_the_page(
    context: AppContext, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site_with_photos(context, tmp_path / "in", ("a.jpg",), code="A-1")
    words = ["--catalogue", str(context.catalogue.folder.root), "map", str(tmp_path / "m.html")]
    assert main([*words, "--photos", "0", "--layer", "none", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["sites"], answer["photos"], answer["layers"]) == (1, 0, 0)
    assert answer["bytes"] == (tmp_path / "m.html").stat().st_size
    assert main([*words, "--lang", "en"]) == 0
    assert "1 photos" in capsys.readouterr().out
    assert main([*words, "--layer", "không có", "--json"]) == 40

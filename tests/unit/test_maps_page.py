"""The map page as text: no address on the network, no text taken for HTML."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from geopark_app.maps.assets import ASSETS, CHANNEL_SCRIPT_URL, OWN, file_of, web_files_are_complete
from geopark_app.maps.basemap import Basemap, bundled_basemap
from geopark_app.maps.classes import CLASSES, RISK_STEPS
from geopark_app.maps.layers import MapSite
from geopark_app.maps.page import (
    OfflineMap,
    OfflineMarkerCluster,
    OfflinePanelParts,
    OfflineSiteScript,
    OfflineWindowParts,
    linked_window_page,
    script_json,
    window_page,
)
from geopark_app.maps.page_cache import cached_window_page
from geopark_app.maps.page_texts import page_config
from geopark_app.maps.symbols import known_kinds, symbol_of
from tests.map_pages import standalone_page

OFFLINE_CLASSES = [
    OfflineMap, OfflineMarkerCluster, OfflinePanelParts, OfflineSiteScript, OfflineWindowParts,
]  # fmt: skip
HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"

needs_web_files = pytest.mark.skipif(
    not web_files_are_complete(), reason="resources/web/dist is not there: make setup"
)


def make_site(**changes: object) -> MapSite:
    values: dict[str, object] = {
        "uuid": "0198-1",
        "code": "LS-001",
        "name_vi": "Đền Bắc Lệ",
        "name_en": "Bắc Lệ Temple",
        "kind": "cultural",
        "kind_label": "Văn hoá",
        "lon": 106.4631,
        "lat": 21.5021,
        "quality": "commune-centroid",
        "commune_name": "Tân Thành",
        "readiness": None,
        "red": False,
        "workflow_status": "draft",
        "border_commune": False,
    }
    return MapSite(**(values | changes))  # type: ignore[arg-type]


class Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.tags: list[str] = []
        self.handlers: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in {"src", "href", "action", "data"}:
                self.addresses.append(value or "")
            if name.startswith("on"):
                self.handlers.append(name)


@needs_web_files
@pytest.mark.parametrize("offline", OFFLINE_CLASSES)
def test_every_file_of_every_offline_class_exists(offline: type) -> None:
    for name, url in [*offline.default_js, *offline.default_css]:  # type: ignore[attr-defined]
        assert url.startswith((ASSETS, OWN)), name
        assert url == CHANNEL_SCRIPT_URL or file_of(url) is not None, url


def test_the_window_page_names_no_host_but_its_own() -> None:
    linked = linked_window_page("en", bundled_basemap())
    for page in (window_page("vi", bundled_basemap()), linked):
        for address in Links(page).addresses:
            assert address.startswith("geopark://app/")
    assert "http" not in re.sub(r"http-equiv", "", linked).replace("text/html", "").replace(
        "http://www.w3.org", ""
    )


@needs_web_files
def test_the_window_page_brings_its_files_with_it() -> None:
    page = window_page("vi", bundled_basemap())
    assert Links(page).addresses == [CHANNEL_SCRIPT_URL]
    styles = " ".join(re.findall(r"<style[^>]*>(.*?)</style>", page, re.DOTALL))
    links = re.findall(r"url\(([^)]+)\)", styles)
    assert links
    for link in links:
        assert link.strip("'\"").startswith(("geopark://app/assets/", "data:", "#")), link
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert "unsafe-inline" not in policy[1].split("style-src")[0]


@needs_web_files
def test_the_page_in_one_file_links_to_nothing() -> None:
    html = standalone_page([make_site()], "vi")
    assert Links(html).addresses == []
    assert "url(../" not in html
    assert "geopark://" not in html.replace('"data_url":"geopark://app/data/sites.json"', "")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert "connect-src 'none'" in policy[1]
    assert "unsafe-inline" not in policy[1].split("style-src")[0]


@needs_web_files
def test_a_hostile_name_stays_text_in_the_page_in_one_file() -> None:
    honest = Links(standalone_page([make_site()], "vi"))
    hostile_site = make_site(name_vi=HOSTILE, commune_name=HOSTILE, kind_label=HOSTILE)
    html = standalone_page([hostile_site], "vi")
    hostile = Links(html)
    assert hostile.tags == honest.tags
    assert hostile.handlers == []
    embedded = re.search(r'<script type="application/json" id="sites">(.*?)</script>', html)
    assert embedded is not None
    properties = json.loads(embedded[1])["features"][0]["properties"]
    assert properties["name_vi"] == HOSTILE


def test_json_in_a_script_cannot_end_the_script() -> None:
    text = script_json({"name": HOSTILE + "\u2028&"})
    assert "<" not in text
    assert ">" not in text
    assert "\u2028" not in text
    assert json.loads(text)["name"] == HOSTILE + "\u2028&"


def test_the_settings_have_every_text_in_both_languages_and_every_sign() -> None:
    config = json.loads(json.dumps(page_config(Basemap(), "en", "x:y", {"sites": "SITES"})))
    assert set(config["texts"]["vi"]) == set(config["texts"]["en"])
    assert set(config["symbols"]) == set(known_kinds())
    assert config["layer_keys"] == {"SITES": "layer_sites"}
    assert config["texts"]["en"]["layer_sites"] == "Sites"


def test_every_text_the_scripts_ask_for_is_there() -> None:
    known = page_config(Basemap(), "en", "", {})["texts"]["en"]  # type: ignore[index]
    scripts = sorted((file_of(OWN + "site_map.js") or Path()).parent.glob("*.js"))
    assert len(scripts) > 8
    for path in scripts:
        script = path.read_text(encoding="utf-8")
        assert set(re.findall(r'text\("([a-z_]+)"\)', script)) <= set(known), path
        assert not re.search(r"innerHTML\s*[+]?=|insertAdjacentHTML|document\.write|eval\(", script)
    for way, classes in CLASSES.items():
        assert f"colour_by_{way}" in known
        named = classes if way != "workflow" else {"none"}
        assert {f"{way}_{name}" for name in named} <= set(known)


@pytest.mark.parametrize("way", CLASSES)
def test_classes_differ_by_sign_and_carry_white_signs(way: str) -> None:
    signs = [sign for _colour, sign in CLASSES[way].values()]
    assert len(set(signs) - {"question"}) == len(signs) - signs.count("question")
    for colour, _sign in CLASSES[way].values():
        assert contrast_with_white(colour) >= 4.5, colour


def contrast_with_white(colour: str) -> float:
    """Give the contrast of WCAG 2 between a colour and white."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (light + 0.05)


def test_the_steps_of_risk_are_those_of_the_rule() -> None:
    assert RISK_STEPS == (200, 300)


@needs_web_files
def test_every_sign_exists_in_the_icon_font() -> None:
    css = (file_of(ASSETS + "fontawesome/css/all.min.css") or Path()).read_text(encoding="utf-8")
    icons = [symbol_of(kind).icon for kind in known_kinds()]
    icons += [sign for classes in CLASSES.values() for _colour, sign in classes.values()]
    for icon in icons:
        assert re.search(rf"\.fa-{icon}[,{{]", css), icon


@pytest.mark.parametrize(
    "url",
    [
        "",
        "geopark://app/",
        "geopark://app/map.html",
        "geopark://app/assets/",
        "geopark://app/assets/../package.json",
        "geopark://app/assets/leaflet/../../package.json",
        "geopark://app/assets/leaflet/%2e%2e/leaflet.js",
        "geopark://app/assets//etc/hostname",
        "geopark://app/assets/leaflet\\leaflet.js",
        "geopark://app/assets/leaflet",
        "geopark://app/own/../page.py",
        "geopark://app/own/site_map.js?x=1",
        "https://example.org/assets/leaflet/leaflet.js",
    ],
)
def test_addresses_that_are_no_bundled_file(url: str) -> None:
    assert file_of(url) is None


def test_the_kept_page_is_used_again_and_replaced_when_it_differs(tmp_path: Path) -> None:
    first = cached_window_page(tmp_path, "vi", Basemap())
    (kept,) = tmp_path.iterdir()
    assert cached_window_page(tmp_path, "vi", Basemap()) == first
    english = cached_window_page(tmp_path, "en", Basemap())
    assert english != first
    assert len(list(tmp_path.iterdir())) == 2
    stale = kept.with_name("map-page-vi-0123456789abcdef.html")
    kept.rename(stale)
    cached_window_page(tmp_path, "vi", Basemap())
    assert not stale.exists()


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    assert "GeoparkMap.start" in cached_window_page(blocked, "vi", Basemap())
    assert "GeoparkMap.start" in cached_window_page(None, "vi", Basemap())

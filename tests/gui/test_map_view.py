"""The map in the window, used as a person uses it; no request may leave."""

import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from geopark_app import i18n
from geopark_app.gui.map import widget
from geopark_app.gui.map.scheme import (
    IS_AVAILABLE,
    MISSING_REASON,
    prepare_environment,
    register_scheme,
)
from geopark_app.gui.map.widget import MapView
from geopark_app.maps.assets import web_files_are_complete
from geopark_app.maps.layers import MapSite
from tests.map_pages import standalone_page

# Before any application exists: QtWebEngine reads both at its start.
os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--disable-gpu --disable-dev-shm-usage")
prepare_environment()
register_scheme()

HOSTILE = "<img src=x onerror=\"document.title='hacked'\"><script>document.title='hacked'</script>"
_KILL = 9
PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(32)

pytestmark = [
    pytest.mark.web,
    # QtWebEngine warns once where there is no graphics card.
    pytest.mark.qt_log_level_fail("CRITICAL"),
]
needs_engine = pytest.mark.skipif(
    not IS_AVAILABLE or not web_files_are_complete(),
    reason=f"QtWebEngine or its files are missing {MISSING_REASON}",
)


def make_site(index: int, **changes: object) -> MapSite:
    values: dict[str, object] = {
        "uuid": f"0198-{index:04}",
        "code": f"LS-{index:03}",
        "name_vi": f"Điểm số {index}",
        "name_en": f"Site {index}",
        "kind": "geosite" if index % 2 else "cultural",
        "kind_label": "Điểm di sản địa chất" if index % 2 else "Văn hoá",
        "lon": 106.2 + index % 12 * 0.09,
        "lat": 21.45 + index // 12 * 0.11,
        "quality": "exact",
        "commune_name": "Hữu Liên",
        "readiness": index / 96,
        "red": index % 10 == 0,
        "workflow_status": "draft",
        "border_commune": False,
    }
    return MapSite(**(values | changes))  # type: ignore[arg-type]


SITES = [make_site(index) for index in range(90)]
AT_ONE_PLACE = [
    make_site(index, lon=107.5, lat=21.95, quality="commune-centroid") for index in range(90, 95)
]
UNKNOWN = make_site(95, lon=None, lat=None, quality="unknown")
ALL = [*SITES, *AT_ONE_PLACE, UNKNOWN]


@pytest.fixture(autouse=True)
def _vietnamese() -> Iterator[None]:
    before = i18n.active()
    i18n.activate("vi")
    yield
    i18n.activate(before)


@pytest.fixture
def view(qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[MapView]:
    """Give a shown map with 96 sites; afterwards nothing may have been blocked or logged."""
    shown = MapView(cache_folder=tmp_path)
    qtbot.addWidget(shown)
    shown.resize(1000, 700)
    shown.set_sites(ALL)
    with caplog.at_level(logging.INFO), qtbot.waitSignal(shown.ready, timeout=40_000):
        shown.show()
    yield shown
    if shown.web is not None:
        assert shown.web.interceptor.blocked == []
        assert shown.web.interceptor.allowed > 5
    shown.shut_down()
    assert [record.message for record in caplog.records if record.levelno >= logging.WARNING] == []


def ask(qtbot: QtBot, view: MapView, script: str) -> Any:
    """Run JavaScript in the page and give its value."""
    answers: list[Any] = []
    assert view.web is not None
    view.web.view.page().runJavaScript(f"JSON.stringify({script})", 0, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
    return json.loads(answers[0]) if answers[0] else None


def wait_for(qtbot: QtBot, view: MapView, script: str) -> None:
    qtbot.waitUntil(lambda: bool(ask(qtbot, view, script)), timeout=10_000)


def pin_middle(qtbot: QtBot, view: MapView, uuid: str) -> QPoint:
    x, y = ask(
        qtbot,
        view,
        f"(r => [r.x + r.width / 2, r.y + r.height / 2])"
        f"(document.querySelector('[data-site=\"{uuid}\"] .pin-drop').getBoundingClientRect())",
    )
    return QPoint(round(x), round(y))


def click(view: MapView, at: QPoint) -> None:
    assert view.web is not None
    target = view.web.view.focusProxy()
    QTest.mouseMove(target, at)
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def is_selected(uuid: str) -> str:
    return f"!!document.querySelector('.is-selected [data-site=\"{uuid}\"]')"


@needs_engine
def test_all_sites_are_there_and_the_unknown_one_is_counted(qtbot: QtBot, view: MapView) -> None:
    shown = ask(
        qtbot,
        view,
        "[...document.querySelectorAll('.bubble')].reduce((n, b) => n + Number(b.textContent), 0)"
        " + document.querySelectorAll('.pin').length",
    )
    assert shown == 95
    legend = ask(qtbot, view, "document.querySelector('.legend').innerText")
    assert "48" in legend
    assert "47" in legend
    assert legend.endswith(": 1")


@needs_engine
def test_a_click_on_a_pin_gives_its_uuid(qtbot: QtBot, view: MapView) -> None:
    uuid = ask(qtbot, view, "document.querySelector('.pin').dataset.site")
    with qtbot.waitSignal(view.site_selected, timeout=10_000) as heard:
        click(view, pin_middle(qtbot, view, uuid))
    assert heard.args == [uuid]
    wait_for(qtbot, view, is_selected(uuid))
    assert ask(qtbot, view, "document.querySelector('.card-name').textContent").startswith("Điểm")


@needs_engine
def test_selecting_from_outside_shows_the_site_and_tells_nobody(
    qtbot: QtBot, view: MapView
) -> None:
    with qtbot.assertNotEmitted(view.site_selected):
        view.select(SITES[37].uuid)
        wait_for(qtbot, view, is_selected(SITES[37].uuid))
        view.select(SITES[3].uuid)
        wait_for(qtbot, view, is_selected(SITES[3].uuid))
    assert not ask(qtbot, view, is_selected(SITES[37].uuid))
    view.select("")
    wait_for(qtbot, view, "!document.querySelector('.is-selected')")


@needs_engine
def test_sites_at_one_commune_point_spread_out_and_can_be_clicked(
    qtbot: QtBot, view: MapView
) -> None:
    view.select(AT_ONE_PLACE[2].uuid)
    wait_for(qtbot, view, is_selected(AT_ONE_PLACE[2].uuid))
    for site in AT_ONE_PLACE:
        assert ask(qtbot, view, f"!!document.querySelector('[data-site=\"{site.uuid}\"]')")
    view.select("")
    wait_for(qtbot, view, "!document.querySelector('.leaflet-popup')")
    with qtbot.waitSignal(view.site_selected, timeout=10_000) as heard:
        click(view, pin_middle(qtbot, view, AT_ONE_PLACE[4].uuid))
    assert heard.args == [AT_ONE_PLACE[4].uuid]


@needs_engine
def test_a_selection_made_before_the_map_stands_is_kept(qtbot: QtBot, tmp_path: Path) -> None:
    shown = MapView(cache_folder=tmp_path)
    qtbot.addWidget(shown)
    shown.resize(900, 600)
    shown.set_sites(ALL)
    shown.select(SITES[5].uuid)
    with qtbot.waitSignal(shown.ready, timeout=40_000):
        shown.show()
    wait_for(qtbot, shown, is_selected(SITES[5].uuid))
    shown.shut_down()


@needs_engine
def test_new_sites_replace_the_old_ones(qtbot: QtBot, view: MapView) -> None:
    view.set_sites(SITES[:1])
    wait_for(qtbot, view, "document.querySelectorAll('.pin').length === 1")
    wait_for(qtbot, view, "document.querySelectorAll('.bubble').length === 0")


@needs_engine
def test_a_hostile_name_stays_text(qtbot: QtBot, view: MapView) -> None:
    site = make_site(99, name_vi=HOSTILE, commune_name=HOSTILE, kind_label=HOSTILE, code=HOSTILE)
    view.set_sites([site])
    view.select(site.uuid)
    wait_for(qtbot, view, is_selected(site.uuid))
    wait_for(qtbot, view, "!!document.querySelector('.card-name')")
    assert ask(qtbot, view, "document.querySelector('.card-name').textContent") == HOSTILE
    assert HOSTILE in ask(qtbot, view, "document.querySelector('.legend').textContent")
    assert not ask(qtbot, view, "!!document.querySelector('img[src=x]')")
    assert ask(qtbot, view, "document.title") != "hacked"


@needs_engine
def test_the_language_changes_without_loading_again(qtbot: QtBot, view: MapView) -> None:
    view.set_language("en")
    wait_for(qtbot, view, "document.documentElement.lang === 'en'")
    assert "Legend" in ask(qtbot, view, "document.querySelector('.legend').innerText")
    layers = ask(qtbot, view, "document.querySelector('.leaflet-control-layers').textContent")
    assert "Graticule" in layers
    note = ask(qtbot, view, "document.querySelector('.leaflet-control-attribution').textContent")
    assert note.startswith("sketch, not an official boundary · Natural Earth")


@needs_engine
def test_the_page_cannot_leave_its_address(
    qtbot: QtBot, view: MapView, caplog: pytest.LogCaptureFixture
) -> None:
    assert view.web is not None
    script = "location.href = 'file:///etc/hostname', location.href = 'https://example.org/', 1"
    assert ask(qtbot, view, f"({script})") == 1
    qtbot.waitUntil(lambda: "did not follow" in caplog.text, timeout=10_000)
    assert view.web.view.url().toString() == "geopark://app/map.html"
    assert ask(qtbot, view, "document.querySelectorAll('.pin, .bubble').length") > 10
    caplog.clear()


@needs_engine
def test_the_page_has_no_webrtc_and_reads_no_local_file(
    qtbot: QtBot, view: MapView, caplog: pytest.LogCaptureFixture
) -> None:
    assert ask(qtbot, view, "typeof RTCPeerConnection") == "undefined"
    for url in ("file:///etc/hostname", "geopark://app/assets/../files.json", "geopark://app/x"):
        ask(
            qtbot,
            view,
            f"(window.outcome = '', fetch('{url}').then(a => window.outcome = 'read ' + a.status)"
            ".catch(() => window.outcome = 'refused'), 1)",
        )
        wait_for(qtbot, view, "window.outcome")
        assert ask(qtbot, view, "window.outcome") in {"refused", "read 404"}, url
    caplog.clear()


@needs_engine
def test_photos_come_by_their_digest_only(
    qtbot: QtBot, view: MapView, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    picture, text = "a" * 64, "b" * 64
    (tmp_path / picture).write_bytes(PHOTO)
    (tmp_path / text).write_text("<script>", encoding="utf-8")
    asked: list[str] = []

    def photo_path(sha256: str) -> Path | None:
        asked.append(sha256)
        return tmp_path / sha256

    view.open_photo_source(photo_path)
    outcomes = []
    for name in (picture, text, "c" * 64, "../" + picture, "A" * 64):
        ask(
            qtbot,
            view,
            f"(window.outcome = '', fetch('geopark://app/photos/{name}')"
            ".then(a => window.outcome = a.ok ? a.headers.get('content-type') : 'refused')"
            ".catch(() => window.outcome = 'refused'), 1)",
        )
        wait_for(qtbot, view, "window.outcome")
        outcomes.append(ask(qtbot, view, "window.outcome"))
    assert outcomes == ["image/png", "refused", "refused", "refused", "refused"]
    assert asked == [picture, text, "c" * 64]
    caplog.clear()


@needs_engine
def test_the_legend_folds(qtbot: QtBot, view: MapView) -> None:
    rows = "document.querySelectorAll('.legend-row').length"
    assert ask(qtbot, view, rows) == 3
    ask(qtbot, view, "(document.querySelector('.legend-switch').click(), 1)")
    assert ask(qtbot, view, rows) == 0
    ask(qtbot, view, "(document.querySelector('.legend-switch').click(), 1)")
    assert ask(qtbot, view, rows) == 3


@needs_engine
def test_the_colours_can_show_readiness(qtbot: QtBot, view: MapView) -> None:
    ask(
        qtbot,
        view,
        "(c => (c.value = 'readiness', c.dispatchEvent(new Event('change')), 1))"
        "(document.querySelector('.legend-choice'))",
    )
    assert ask(qtbot, view, "document.querySelectorAll('.legend-row').length") == 5


@needs_engine
def test_the_page_in_one_file_asks_for_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    from PySide6.QtCore import QUrl
    from PySide6.QtWebEngineCore import (
        QWebEnginePage,
        QWebEngineProfile,
        QWebEngineUrlRequestInfo,
        QWebEngineUrlRequestInterceptor,
    )
    from PySide6.QtWebEngineWidgets import QWebEngineView

    class Recorder(QWebEngineUrlRequestInterceptor):
        def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
            asked.append(info.requestUrl().toString())

    asked: list[str] = []
    path = tmp_path / "map.html"
    path.write_text(standalone_page(ALL, "vi"), encoding="utf-8")
    browser, profile = QWebEngineView(), QWebEngineProfile()
    recorder = Recorder(profile)
    profile.setUrlRequestInterceptor(recorder)
    browser.setPage(QWebEnginePage(profile, browser))
    browser.resize(1000, 700)
    browser.load(QUrl.fromLocalFile(str(path)))
    browser.show()
    counts: list[int] = []

    def is_drawn() -> bool:
        script = "document.querySelectorAll('.pin, .bubble').length"
        browser.page().runJavaScript(script, 0, counts.append)
        return bool(counts and counts[-1] and counts[-1] > 10)

    qtbot.waitUntil(is_drawn, timeout=20_000)
    browser.page().runJavaScript("document.querySelector('.leaflet-control-zoom-in').click()")
    counts.clear()
    qtbot.waitUntil(is_drawn, timeout=20_000)
    # search without accents, then the other language
    search = (
        "(i => (i.value = 'diem so 37', i.dispatchEvent(new Event('input')),"
        " document.querySelector('.tongue').click(),"
        " Array.from(document.querySelectorAll('.hit-name')).map(n => n.textContent).join()))"
        "(document.querySelector('.search'))"
    )
    names: list[str] = []
    browser.page().runJavaScript(search, 0, names.append)
    qtbot.waitUntil(lambda: bool(names))
    assert names == ["Site 37"]
    assert asked == [QUrl.fromLocalFile(str(path)).toString()]
    shiboken6.delete(browser)
    shiboken6.delete(profile)


@needs_engine
def test_a_dead_page_process_is_revived_once_and_then_stands_still(
    qtbot: QtBot, view: MapView, caplog: pytest.LogCaptureFixture
) -> None:
    for _death in range(2):
        assert view.web is not None
        assert view.still is None
        with qtbot.waitSignal(view.ready, timeout=40_000):
            os.kill(view.web.view.page().renderProcessPid(), _KILL)
    assert view.web is None
    assert view.still is not None
    assert view.still.isVisible()
    caplog.clear()


def test_without_the_engine_there_is_a_still_map_that_says_why(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(widget, "IS_AVAILABLE", False)
    monkeypatch.setattr(widget, "MISSING_REASON", "libnss3.so")
    shown = MapView()
    qtbot.addWidget(shown)
    shown.set_language("en")
    shown.set_sites(ALL)
    shown.resize(900, 600)
    with qtbot.waitSignal(shown.ready):
        shown.show()
    assert shown.web is None
    assert shown.still is not None
    assert "libnss3.so" in shown.still.sentence
    drawing = shown.still.findChild(QSvgWidget)
    assert drawing is not None
    before = drawing.size()
    assert before.width() > 600
    shown.still.zoom_by(2)
    assert drawing.width() == pytest.approx(2 * before.width(), abs=2)
    shown.still.zoom_by(0)
    assert drawing.size() == before
    shown.set_sites([make_site(number) for number in range(401)])
    assert "400" in shown.still.sentence
    assert "401" in shown.still.sentence
    shown.select(SITES[0].uuid)


_UNSHARE = shutil.which("unshare")


@needs_engine
@pytest.mark.slow
@pytest.mark.skipif(
    _UNSHARE is None
    or subprocess.run([_UNSHARE, "-n", "true"], capture_output=True, check=False).returncode != 0,
    reason="unshare -n does not work here",
)
def test_two_hundred_deeds_open_no_socket_and_write_no_message(starter_folder: Path) -> None:
    script = Path(__file__).with_name("map_actions.py")
    command = [str(_UNSHARE), "-n", sys.executable, str(script), str(starter_folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen.pop("drawn") > 0
    assert seen == {"deeds": 200, "sockets": 0, "tried": 0, "console": [], "leaked": False}

"""The map of 200 to 20,000 sites beside a bare Leaflet page and beside folium's own markers.

Run by itself: `python tests/benchmarks/bench_map.py`. Goals: the first usable map at most 1.3 times
the bare page, at 20,000 sites ten times as quick as regenerated markers, one changed marker within
20 ms. All read the same catalogue in the same run: ours with readiness, risk and labels through
`map_rows`; the bare page eight plain columns with sqlite3, drawn as circles on one canvas without
ground, legend or clusters, the quickest Leaflet can do, and once more as plain markers; folium
makes a marker with popup for every site and a new page for every change. Times end when a frame
with all sites was drawn. Memory is the proportional share (PSS) of the whole process tree.
"""

import json
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--disable-gpu --disable-dev-shm-usage")

import PySide6
import shiboken6
from many_sites import make
from PySide6.QtCore import QEventLoop, QTimer, QUrl
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWebEngineWidgets import QWebEngineView

from geopark_app.gui.application import make_application
from geopark_app.gui.map.handler import GeoparkSchemeHandler
from geopark_app.gui.map.widget import MapView
from geopark_app.gui.tasks import TaskRunner
from geopark_app.maps.assets import ASSETS, PAGE_URL, SCHEME
from geopark_app.maps.layers import MapSite, rows_bytes
from geopark_app.operations.context import AppContext, open_context
from geopark_app.operations.map_rows import map_rows, map_rows_of, placed_points

COUNTS = (200, 2_000, 20_000)
ROUNDS = 5
CHANGES = 40
SIZE = (1000, 700)
PATIENCE_MS = 90_000
READ = (
    "SELECT uuid, position_lon, position_lat, code, name_vi, name_en, site_kind, workflow_status "
    "FROM site WHERE deleted = 0 AND position_lon IS NOT NULL"
)
DONE = "requestAnimationFrame(() => requestAnimationFrame(() => { document.title = 'drawn'; }));"
BARE = """<!DOCTYPE html><html><head><meta charset="utf-8">
<link rel="stylesheet" href="{assets}leaflet/leaflet.css"><script src="{assets}leaflet/leaflet.js">
</script><style>html, body, #map {{ height: 100%; margin: 0; }}</style></head><body>
<div id="map"></div><script>
const map = L.map("map", {{ preferCanvas: true }}).setView([21.9, 106.8], 9);
fetch("geopark://app/data/sites.json").then(a => a.json()).then(rows => {{
  rows.forEach(row => {{
    const card = document.createElement("div");
    card.textContent = row[3] + " " + row[4];
    {marker}.bindPopup(card).addTo(map);
  }});
  {done}
}});
</script></body></html>"""
CIRCLE = "L.circleMarker([row[2], row[1]], { radius: 6 })"
MARKER = "L.marker([row[2], row[1]])"


class Bare:
    """A page of its own in a view like ours, done when its title says so."""

    def __init__(self, html: str, rows: bytes = b"[]") -> None:
        self.view = QWebEngineView()
        self.profile = QWebEngineProfile()
        self.handler = GeoparkSchemeHandler(
            self.profile,
            page_html=lambda: html,
            sites_json=lambda: rows,
            layers_json=lambda: "{}",
            layer_path=lambda _sha256: None,
            photo_path=lambda _sha256: None,
        )
        self.profile.installUrlSchemeHandler(SCHEME.encode(), self.handler)
        self.view.setPage(QWebEnginePage(self.profile, self.view))
        self.view.resize(*SIZE)
        loop = QEventLoop()
        self.view.titleChanged.connect(lambda title: loop.quit() if title == "drawn" else None)
        self.view.load(QUrl(PAGE_URL))
        self.view.show()
        wait(loop)

    def close(self) -> None:
        shiboken6.delete(self.view)
        shiboken6.delete(self.profile)


def wait(loop: QEventLoop) -> None:
    """Wait, but not for ever."""
    timer = QTimer(singleShot=True, interval=PATIENCE_MS)
    timer.timeout.connect(lambda: loop.exit(1))
    timer.start()
    if loop.exec():
        raise TimeoutError
    timer.stop()


def settle() -> None:
    """Let everything begun come to its end."""
    loop = QEventLoop()
    QTimer.singleShot(500, loop.quit)
    loop.exec()


def bare(context: AppContext, marker: str) -> Bare:
    """Read and show the sites with nothing but Leaflet."""
    with closing(sqlite3.connect(context.catalogue.folder.database)) as connection:
        rows = connection.execute(READ).fetchall()
    html = BARE.format(assets=ASSETS, marker=marker, done=DONE)
    return Bare(html, json.dumps(rows, separators=(",", ":")).encode())


def ours(context: AppContext, cache: Path) -> MapView:
    """Read the sites beside the window and show them, as the map room does."""
    view = MapView(cache_folder=cache)
    view.open_place_source(lambda: placed_points(context))
    view.resize(*SIZE)
    loop = QEventLoop()
    view.started.connect(lambda: _quit_when_shown(view, loop))
    tasks = TaskRunner()
    tasks.on_files(
        lambda _progress, _cancel: _read(context), done=lambda read: view.set_sites(*read)
    )
    view.show()
    wait(loop)
    tasks.wait_for_all()
    return view


def _read(context: AppContext) -> tuple[list[MapSite], bytes]:
    sites = map_rows(context, language="vi")
    return sites, rows_bytes(sites)


def _quit_when_shown(view: MapView, loop: QEventLoop) -> None:
    assert view.web is not None
    # The page may have begun before the sites were read, and shown none of them.
    view.web.link.sites_shown.connect(lambda count: loop.quit() if count else None)


def regenerated(context: AppContext) -> Bare:
    """Let folium write every marker into a new page, and show it."""
    import folium
    from branca.element import Element
    from folium.plugins import MarkerCluster

    from geopark_app.maps.page import OfflineMap, OfflineMarkerCluster

    class WithPopups(OfflineMap):
        default_js = [*OfflineMap.default_js, ("jquery", f"{ASSETS}jquery/jquery.min.js")]  # noqa: RUF012

    page = WithPopups(location=(21.9, 106.8), zoom_start=9, tiles=None)
    page.options["max_zoom"] = 17
    cluster: MarkerCluster = OfflineMarkerCluster()  # type: ignore[no-untyped-call]
    for site in map_rows(context, language="vi"):
        if site.is_pin or site.is_at_commune:
            folium.Marker(
                (site.lat, site.lon),
                tooltip=f"{site.code} {site.name_vi}",
                popup=f"{site.code} {site.name_vi}<br>{site.kind_label}",
                icon=folium.DivIcon(html=f'<i class="fa-solid fa-mountain">{site.code}</i>'),
            ).add_to(cluster)
    cluster.add_to(page)
    root = page.get_root()
    root.script.add_child(Element(DONE))  # type: ignore[attr-defined]
    return Bare(root.render())


def seconds(deed: Callable[[], Bare | MapView], rounds: int) -> float:
    """Give the median of some rounds."""
    took = []
    for _round in range(rounds):
        begun = time.perf_counter()
        shown = deed()
        took.append(time.perf_counter() - begun)
        close(shown)
    return statistics.median(took)


def close(shown: Bare | MapView) -> None:
    """Take a view away, with its processes."""
    if isinstance(shown, Bare):
        shown.close()
        return
    shown.shut_down()
    shiboken6.delete(shown)


def changes_ms(context: AppContext, cache: Path) -> tuple[float, float]:
    """Give median and 95th percentile of reading one site again and seeing its marker drawn."""
    view = ours(context, cache)
    assert view.web is not None
    settle()
    sites = [site for site in map_rows(context, language="vi") if site.is_pin][:CHANGES]
    took = []
    for number, site in enumerate(sites):
        begun = time.perf_counter()
        (fresh,) = map_rows_of(context, [site.uuid], language="vi")
        loop = QEventLoop()
        view.web.link.site_drawn.connect(loop.quit)
        view.update_sites([moved(fresh, number)], [])
        wait(loop)
        took.append((time.perf_counter() - begun) * 1000)
    close(view)
    return statistics.median(took), sorted(took)[round(len(took) * 0.95) - 1]


def moved(site: MapSite, number: int) -> MapSite:
    """Give the site with another name, and every second time in another place."""
    lon = (site.lon or 0.0) + (0.01 if number % 2 else 0.0)
    return replace(site, name_vi=f"Hang {number}", lon=lon)


def memory_mb(what: str, folder: Path) -> float:
    """Give the memory of a process of its own that shows one map."""
    done = subprocess.run(
        [sys.executable, __file__, "--memory", what, str(folder)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return float(done.stdout.split()[-1])


def say_memory(what: str, folder: Path) -> None:
    """Show one map and say the memory of the whole tree."""
    context = open_context(folder, person="bench", device="bench")
    shown: Bare | MapView = (
        ours(context, folder / "cache") if what == "ours" else bare(context, CIRCLE)
    )
    settle()
    print(sum(pss_kb(process) for process in tree(os.getpid())) / 1024)
    close(shown)
    context.catalogue.close()


def tree(root: int) -> list[int]:
    """Give a process and all it has started."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            parents.setdefault(parent, []).append(int(entry.name))
    found = [root]
    for process in found:
        found += parents.get(process, [])
    return found


def pss_kb(process: int) -> int:
    """Give the proportional share of a process."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def measure(folder: Path, count: int) -> None:
    """Print one line of the table."""
    context = open_context(folder, person="bench", device="bench")
    cache = folder / "cache"
    for warm in (lambda: ours(context, cache), lambda: bare(context, CIRCLE)):
        close(warm())
    own, raw, plain = (
        statistics.median(times)
        for times in zip(
            *(
                (seconds(lambda: ours(context, cache), 1),
                 seconds(lambda: bare(context, CIRCLE), 1),
                 seconds(lambda: bare(context, MARKER), 1))
                for _round in range(ROUNDS)
            ),
            strict=True,
        )
    )  # fmt: skip
    anew = seconds(lambda: regenerated(context), 1 if count > 2_000 else 3)
    one, slow = changes_ms(context, cache)
    context.catalogue.close()
    memory = [memory_mb(what, folder) for what in ("ours", "bare")]
    print(
        f"{count:7,} {own:8.2f} {raw:8.2f} {plain:8.2f} {anew:8.2f} {own / raw:8.2f} "
        f"{own / plain:8.2f} {anew / own:8.1f} {one:8.1f} {slow:8.1f} "
        f"{memory[0]:8.0f} {memory[1]:8.0f}"
    )


def main() -> int:
    """Print the figures."""
    application = make_application()
    if sys.argv[1:2] == ["--memory"]:
        say_memory(sys.argv[2], Path(sys.argv[3]))
        return 0
    print(
        "          ours    bare    plain   folium    ours/    ours/  folium/  change    95 %   "
        "  memory of the tree (MB)\n"
        "  sites      s  circles  markers   anew s    bare    plain     ours      ms      ms   "
        "    ours     bare"
    )
    with tempfile.TemporaryDirectory() as name:
        os.environ["GEOPARK_PROFILE"] = str(Path(name) / "profile")
        # Catalogues made before can be named: a folder that holds one for each count.
        kept = Path(sys.argv[1]) if len(sys.argv) == 2 else Path(name)
        for count in COUNTS:
            folder = kept / f"cat{count}"
            if not folder.exists():
                make(folder, sites=count, photos=0).catalogue.close()
            measure(folder, count)
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"PySide6 {PySide6.__version__}, software rendering"
    )
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())

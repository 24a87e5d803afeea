"""An A2 park map of the starter beside a bare typst compile of the same drawing, in one run.

Run by itself: `python tests/benchmarks/bench_print_map.py`. The communes of `../shared` come along
where they are. Goal: the whole print, with reading, drawing and the start of the worker, at most
five times the bare compile; a map of 600 sites without an overlap.
"""

import contextlib
import io
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from geopark_app.cli import main as command
from geopark_app.domain.progress import CancelToken
from geopark_app.dossier.map_sheets import MapBook, MapSheet, write_sources
from geopark_app.maps.paper.composing import draw_paper_map
from geopark_app.maps.paper.content import NumberedSite
from geopark_app.maps.paper.sizes import PaperSize
from geopark_app.operations.catalogues import create_new
from geopark_app.operations.context import AppContext
from geopark_app.operations.map_printing import print_map
from geopark_app.operations.paper_maps import paper_map
from geopark_app.operations.print_options import PrintOptions
from geopark_app.typeset.fonts import font_files

ROUNDS = 3
MANY = 600
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "boundaries.geojson"
_BARE = """
import sys, typst
fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False,
                    font_paths=[sys.argv[3]])
typst.Compiler(input=sys.argv[1], root=sys.argv[2], font_paths=fonts).compile(
    output=sys.argv[4], format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=1)
"""


def bare_compile(context: AppContext, options: PrintOptions, folder: Path) -> list[str]:
    """Write the drawing of the map, and give the command that only compiles it."""
    paper = paper_map(context, options)
    _canvas, drawn = draw_paper_map(paper)
    width, height = drawn.size_mm
    sheets = tuple(
        MapSheet(svg=svg, width_mm=width, height_mm=height, alt="map") for svg in drawn.pages
    )
    book = MapBook(title="map", author="bench", language="vi", made_at=context.now(), sheets=sheets)
    job = write_sources(book, folder, folder / "bare.pdf")
    fonts = str(font_files()[0].parent)
    return [
        sys.executable, "-c", _BARE, str(folder / job.source), str(folder), fonts,
        str(folder / "bare.pdf"),
    ]  # fmt: skip


def seconds_of(deed: object) -> float:
    """Give how long a deed takes."""
    assert callable(deed)
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun


def many_sites(context: AppContext, options: PrintOptions) -> tuple[float, int, int]:
    """Draw many sites made of those that are there; gives seconds, overlaps and labels."""
    paper = paper_map(context, options)
    drawn = [one for one in paper.sites if one.number]
    copies: list[NumberedSite] = []
    for number in range(MANY):
        one = drawn[number % len(drawn)]
        lon, lat = one.site.lon or 0.0, one.site.lat or 0.0
        away = 0.3 * ((number * 0.618) % 1 - 0.5), 0.3 * ((number * 0.414) % 1 - 0.5)
        site = replace(
            one.site, uuid=f"m{number}", lon=lon + away[0], lat=lat + away[1], quality="exact"
        )
        copies.append(replace(one, number=str(number + 1), site=site))
    begun = time.perf_counter()
    _canvas, found = draw_paper_map(replace(paper, sites=tuple(copies)))
    return time.perf_counter() - begun, len(found.overlaps), found.counts["labels"]


def main() -> int:
    """Print the table; 1 when a goal is missed."""
    with tempfile.TemporaryDirectory(prefix="geopark-bench-") as temporary:
        folder = Path(temporary)
        context = create_new(folder / "catalogue", person="bench", device="bench")
        if SHARED.is_file():
            arguments = ["import", str(SHARED), "--kind", "communes", "--quiet",
                         "--filter", "kind=commune_2025"]  # fmt: skip
            with contextlib.redirect_stdout(io.StringIO()):
                assert command(["--catalogue", str(folder / "catalogue"), *arguments]) == 0
        options = PrintOptions(size=PaperSize.A2)
        source = folder / "source"
        source.mkdir()
        bare = bare_compile(context, options, source)
        ours: list[float] = []
        plain: list[float] = []
        reports = []
        for _round in range(ROUNDS):
            plain.append(seconds_of(lambda: subprocess.run(bare, check=True)))
            begun = time.perf_counter()
            reports.append(print_map(context, folder / "map.pdf", options, cancel=CancelToken()))
            ours.append(time.perf_counter() - begun)
        many_s, many_overlaps, many_labels = many_sites(context, options)
        context.catalogue.close()
    whole, compiled = statistics.median(ours), statistics.median(plain)
    drawing = statistics.median(report.draw_seconds for report in reports)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    last = reports[-1]
    print(f"A2 park map, {last.counts['sites']} sites, {last.counts['labels']} labels, "
          f"{len(last.overlaps)} overlaps")  # fmt: skip
    print(f"  bare typst compile       {compiled:6.2f} s")
    print(f"  whole print              {whole:6.2f} s   {whole / compiled:4.2f} x the bare compile")
    print(f"  of it drawing            {drawing:6.2f} s")
    print(f"  memory: ours {peak:4.0f} MB, worker {last.peak_memory_mb:4.0f} MB, "
          f"file {last.byte_count / 1e6:.2f} MB")  # fmt: skip
    print(f"  {MANY} sites: drawing     {many_s:6.2f} s, {many_labels} labels, "
          f"{many_overlaps} overlaps")  # fmt: skip
    is_good = whole <= 5 * compiled and not last.overlaps and not many_overlaps
    return 0 if is_good else 1


if __name__ == "__main__":
    raise SystemExit(main())

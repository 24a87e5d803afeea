"""The annex of all 96 sites beside a bare typst compile of the same pages, in one run.

Run by itself: `python tests/benchmarks/bench_annex.py`. Goal: at most 1.25 times the bare compile,
plus the resizing of photos, which is shown beside it (first build, empty cache).
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image

from geopark_app.domain.progress import CancelToken, no_progress
from geopark_app.dossier.annex_maps import draw_maps
from geopark_app.dossier.annex_pdf import TEMPLATE, typeset_annex, write_sources
from geopark_app.dossier.print_photos import photos_for_print
from geopark_app.operations.annexes import gather_annex, map_sites
from geopark_app.operations.catalogues import create_new
from geopark_app.operations.context import AppContext
from geopark_app.operations.dossier import build_dossier
from geopark_app.operations.dossier_options import DossierOptions
from geopark_app.operations.export_reading import read_labels, read_sites
from geopark_app.operations.photos import PhotoDefaults, add_photos
from geopark_app.operations.sites import list_sites
from geopark_app.typeset.fonts import font_files

ROUNDS = 3
SITES_WITH_PHOTOS = 32
SHEETS = ("geosites", "tables", "gis")
_BARE = """
import sys, typst
fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False,
                    font_paths=[sys.argv[3]])
typst.Compiler(input=sys.argv[1], root=sys.argv[2], font_paths=fonts).compile(
    output=sys.argv[4], format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=1)
"""


def make_catalogue(folder: Path) -> AppContext:
    """Make the starter with three photos at each third site."""
    context = create_new(folder / "catalogue", person="bench", device="bench")
    pictures = folder / "pictures"
    pictures.mkdir()
    noise = Image.effect_noise((1600, 1200), 60).convert("RGB")
    for number, item in enumerate(list_sites(context)[::3][:SITES_WITH_PHOTOS]):
        paths = []
        for index in range(3):
            path = pictures / f"{number}-{index}.jpg"
            tint = Image.new("RGB", noise.size, (number * 7 % 255, index * 80, 120))
            Image.blend(noise, tint, 0.5).save(path, quality=85)
            paths.append(path)
        add_photos(
            context, paths, site_uuid=item.site.uuid,
            defaults=PhotoDefaults(credit="bench", licence="own"),
        )  # fmt: skip
    return context


def same_pages(context: AppContext, options: DossierOptions, folder: Path) -> Path:
    """Write the sources of the very pages we print, and give the template among them."""
    items = read_sites(context, options.audience, options.filters)
    labels = read_labels(context)
    annex = gather_annex(
        context, items, labels, kind=options.kind, audience=options.audience,
        languages=options.languages,
    )  # fmt: skip
    printed = photos_for_print(
        annex, context.catalogue.folder.cache_dir / "print", progress=no_progress,
        cancel=CancelToken(),
    ).annex  # fmt: skip
    maps = draw_maps(printed, map_sites(items, labels, options.languages))
    write_sources(printed, maps, folder)
    asked = folder / "asked"
    asked.mkdir()
    result = typeset_annex(
        printed, maps, folder=asked, output=asked / "a.pdf", cancel=CancelToken()
    )
    print(
        f"pages {result.pages}, PDF {result.result.byte_count / 1e6:.1f} MB, "
        f"peak of the worker {result.result.peak_memory_mb:.0f} MB"
    )
    shutil.rmtree(asked)
    return folder / TEMPLATE


def bare_seconds(source: Path) -> float:
    """Compile with typst alone, in a process of its own as ours is."""
    output = source.with_suffix(".pdf")
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", _BARE, str(source), str(source.parent),
         str(font_files()[0].parent), str(output)],
        check=True,
    )  # fmt: skip
    return time.perf_counter() - begun


def our_seconds(context: AppContext, options: DossierOptions, out: Path) -> float:
    """Build the dossier with this one file."""
    begun = time.perf_counter()
    build_dossier(context, out, options)
    return time.perf_counter() - begun


def main() -> int:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["GEOPARK_PROFILE"] = str(folder / "profile")
        context = make_catalogue(folder)
        options = DossierOptions(parts=("geosites",), filters={"kind": "all"}, formats=("pdf",))
        with context.catalogue:
            cold = our_seconds(context, options, folder / "out")
            sources = folder / "sources"
            sources.mkdir()
            source = same_pages(context, options, sources)
            bare, ours = [], []
            for _round in range(ROUNDS):
                bare.append(bare_seconds(source))
                ours.append(our_seconds(context, options, folder / "out"))
            whole = our_seconds(
                context, DossierOptions(parts=SHEETS, filters={"kind": "all"}), folder / "all"
            )
    once, mine = statistics.median(bare), statistics.median(ours)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"bare typst     {once:6.2f} s")
    print(f"our PDF        {mine:6.2f} s   {mine / once:.2f} times (goal 1.25)")
    print(f"first time     {cold:6.2f} s   with {SITES_WITH_PHOTOS * 3} photos to resize")
    print(f"PDF, Word, workbook, GIS file {whole:6.2f} s")
    print(f"peak memory of this process {memory:.0f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

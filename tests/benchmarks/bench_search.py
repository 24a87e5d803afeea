"""Search over 10,000 sites and 50,000 photos beside a raw FTS5 query on the same index.

Run by itself: `python tests/benchmarks/bench_search.py`. Goals: at most twice the raw query, and
under 16 ms. The rows go straight into the tables: how they are saved is not measured here.
"""

import os
import platform
import random
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from geopark_app.domain.kinds import Photo, Site
from geopark_app.domain.text import fold
from geopark_app.operations.catalogues import create_new
from geopark_app.store import search
from geopark_app.store.engine import writing
from geopark_app.store.rows import to_row
from geopark_app.store.tables import RECORD_TABLES
from geopark_app.store.triggers import drop_triggers, ensure_triggers

SITES, PHOTOS, ROUNDS, SHOWN = 10_000, 50_000, 15, 50
_SYLLABLES = [
    "hang",
    "động",
    "núi",
    "đá",
    "vôi",
    "suối",
    "thác",
    "hồ",
    "sông",
    "bản",
    "làng",
    "thôn",
    "đồng",
    "đăng",
    "lạng",
    "sơn",
    "mẫu",
    "kỳ",
    "cùng",
    "bắc",
    "hữu",
    "lũng",
    "chi",
    "lăng",
    "bình",
    "gia",
    "văn",
    "quan",
    "tràng",
    "định",
    "cao",
    "lộc",
    "nhị",
    "thanh",
    "tam",
    "phai",
    "vệ",
    "hóa",
    "thạch",
    "tầng",
    "cuội",
    "kết",
    "phiến",
    "sét",
    "silic",
    "đường",
    "đèo",
    "dốc",
    "cánh",
    "rừng",
    "nguyên",
    "sinh",
    "cửa",
    "khẩu",
    "ải",
    "chùa",
    "đền",
    "thành",
    "nhà",
    "mạc",
    "quê",
    "hương",
    "hòa",
    "hoà",
    "thủy",
    "thuỷ",
    "tân",
    "thanh",
    "kinh",
    "yên",
    "thế",
    "ngàn",
    "mười",
    "trăm",
    "điểm",
    "cảnh",
    "quan",
    "địa",
    "chất",
]
TYPED = (
    "d", "da", "dong", "dong dang", "Đồng Đăng", "đường", "hang nui", "lang son ky cung",
    "LS-09999", "khongcotrongdanhmuc", "ddoongf ddawng", "dongdang", "nhi thsnh",
    "lang son ky cugn", "dong dagn", "nhị thanh tam thanh",
)  # fmt: skip


def words(chance: random.Random, count: int) -> str:
    """Give so many syllables, one in fifty of them rare."""
    return " ".join(
        chance.choice(_SYLLABLES) if chance.random() < 0.98 else f"từ{chance.randrange(20_000)}"
        for _ in range(count)
    )


def fill(engine: object) -> None:
    """Put the rows into the tables and make the index."""
    chance = random.Random(20260)
    sites = [
        Site(
            uuid=f"site-{n}", code=f"LS-{n:05}", name_vi=words(chance, 4), name_en=words(chance, 4),
            village=words(chance, 2), summary_vi=words(chance, 30), summary_en=words(chance, 30),
            description_vi=words(chance, 80), description_en=words(chance, 80),
        )
        for n in range(SITES)
    ]  # fmt: skip
    photos = [
        Photo(
            uuid=f"photo-{n}", site_uuid=f"site-{n % SITES}", file_name=f"{n}.jpg",
            caption_vi=words(chance, 10), caption_en=words(chance, 10),
        )
        for n in range(PHOTOS)
    ]  # fmt: skip
    with writing(engine) as connection:  # type: ignore[arg-type]
        drop_triggers(connection)
        for name, records in (("site", sites), ("photo", photos)):
            connection.execute(RECORD_TABLES[name].insert(), [to_row(one) for one in records])
        search.rebuild(connection)
        ensure_triggers(connection)


def median_ms(deed: Callable[[], object]) -> tuple[float, float]:
    """Give the medians of the rounds in milliseconds, after one to warm up: clock and processor.

    On a machine that does other things at the same time only the processor's time can be compared.
    """
    deed()
    clock, processor = [], []
    for _round in range(ROUNDS):
        begun, worked = time.perf_counter(), time.thread_time()
        deed()
        clock.append((time.perf_counter() - begun) * 1000)
        processor.append((time.thread_time() - worked) * 1000)
    return statistics.median(clock), statistics.median(processor)


def main() -> int:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["GEOPARK_PROFILE"] = str(Path(name) / "profile")
        context = create_new(Path(name) / "c", starter="empty", person="bench", device="bench")
        with context.catalogue as catalogue:
            begun = time.perf_counter()
            fill(catalogue.engine)
            print(f"{SITES} sites and {PHOTOS} photos made in {time.perf_counter() - begun:.0f} s")
            raw = sqlite3.connect(catalogue.folder.database)
            print("milliseconds by the clock, and of the processor in brackets")
            print(f"{'typed':22} {'raw FTS5':>16} {'ours':>16}  times  hits")
            for typed in TYPED:
                query = " AND ".join(f'folded:"{word}"*' for word in fold(typed).split())
                query = query.replace("-", " ")
                sql = (
                    "SELECT kind, row_uuid, ref, title, snippet(search_index, 4, '', '', '…', 12) "
                    "FROM search_index WHERE search_index MATCH ? ORDER BY rank LIMIT ?"
                )
                bare = median_ms(lambda q=query, s=sql: raw.execute(s, (q, SHOWN)).fetchall())
                ours = median_ms(lambda t=typed: catalogue.search(t, limit=SHOWN))
                hits = len(catalogue.search(typed, limit=SHOWN))
                told = " ".join(f"{one:7.1f} ({own:5.1f})" for one, own in (bare, ours))
                print(f"{typed:22} {told} {ours[1] / bare[1]:6.2f} {hits:5}")
            raw.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {memory:.0f} MB; {platform.machine()}, {os.cpu_count()} cores, "
          f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())

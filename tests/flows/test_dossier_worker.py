"""The worker: one job in, one answer out; it dies when asked, and GDAL has only our drivers."""

import json
import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from geopark_app.domain.errors import Cancelled, ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken
from geopark_app.exchange.gdal_drivers import ALLOWED
from geopark_app.exchange.layers import PointLayer, write_point_layers
from geopark_app.exchange.tables import Column, Table
from geopark_app.typeset.documents import TypesetJob, compile_pdf
from geopark_app.typeset.worker_process import WorkerLimits, run_in_worker

ROOT = Path(__file__).resolve().parents[2]
MADE_AT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
pytestmark = pytest.mark.skipif(
    not (ROOT / "resources/web/dist/fonts").is_dir(), reason="fonts come with `make setup`"
)


def job(folder: Path, source: str, **more: Any) -> TypesetJob:
    (folder / "a.typ").write_text(source, encoding="utf-8")
    return TypesetJob(root=folder, source="a.typ", output=folder / "a.pdf", made_at=MADE_AT, **more)


HEAD = '#set document(title: "T")\n#set text(font: "Noto Sans", lang: "vi")\n'


def test_a_document_is_compiled_and_asked(tmp_path: Path) -> None:
    source = HEAD + "= Chương\nLạng Sơn #metadata((7, 8))<seven>"
    result = compile_pdf(job(tmp_path, source, queries={"seven": "<seven>"}), CancelToken())
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert result.found == {"seven": [[7, 8]]}
    assert result.byte_count > 0
    assert result.warnings == ()


def test_the_same_source_gives_the_same_bytes(tmp_path: Path) -> None:
    compile_pdf(job(tmp_path, HEAD + "= A\nx"), CancelToken())
    first = (tmp_path / "a.pdf").read_bytes()
    compile_pdf(job(tmp_path, HEAD + "= A\nx"), CancelToken())
    assert (tmp_path / "a.pdf").read_bytes() == first


def test_typst_sees_nothing_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    inner = tmp_path / "inner"
    inner.mkdir()
    with pytest.raises(GeoparkError) as caught:
        compile_pdf(job(inner, HEAD + '#read("../secret.txt")'), CancelToken())
    assert caught.value.code is ErrorCode.UNTYPESETTABLE


def test_a_wish_to_stop_ends_the_worker(tmp_path: Path) -> None:
    cancel = CancelToken()
    threading.Timer(0.5, cancel.cancel).start()
    begun = time.monotonic()
    with pytest.raises(Cancelled):
        compile_pdf(job(tmp_path, HEAD + "#for i in range(100000000) [#i ]"), cancel)
    assert time.monotonic() - begun < 30
    assert not (tmp_path / "a.pdf").exists()


def test_a_worker_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    endless = job(tmp_path, HEAD + "#for i in range(100000000) [#i ]")
    with pytest.raises(GeoparkError) as caught:
        compile_pdf(endless, CancelToken(), limits=WorkerLimits(seconds=1))
    assert caught.value.code is ErrorCode.WORKER_FAILED


@pytest.mark.skipif(sys.platform == "win32", reason="no memory limit there")
def test_a_worker_that_eats_memory_is_ended(tmp_path: Path) -> None:
    greedy = job(tmp_path, HEAD + '#let a = range(1000).map(_ => "x" * 10000000)\n#a.len()')
    with pytest.raises(GeoparkError) as caught:
        compile_pdf(greedy, CancelToken(), limits=WorkerLimits(seconds=60, memory_mb=1024))
    assert caught.value.code is ErrorCode.WORKER_FAILED


def table(*rows: tuple[Any, ...]) -> Table:
    columns = (
        Column(name="name", label_vi="Tên", label_en="Name"),
        Column(name="metres", label_vi="m", label_en="m", is_number=True),
    )
    return Table(name="t", title_vi="t", title_en="t", columns=columns, rows=rows)


def test_layers_are_written_in_both_systems(tmp_path: Path) -> None:
    values = table(("Hang Gió", 1.5), (None, None))
    layers = (
        PointLayer(name="a", epsg=4326, points=((106.7, 21.8), (106.8, 21.9)), table=values),
        PointLayer(name="b", epsg=9215, points=((443000.0, 2410000.0),) * 2, table=values),
    )
    write_point_layers(tmp_path / "x.gpkg", "GPKG", layers, made_at=MADE_AT, cancel=CancelToken())
    told = _read_back(tmp_path / "x.gpkg")
    assert told == {
        "a": ["EPSG:4326", ["Hang Gió", None], [1.5, None]],
        "b": ["EPSG:9215", ["Hang Gió", None], [1.5, None]],
    }


def test_no_layer_of_no_sites_is_a_file_all_the_same(tmp_path: Path) -> None:
    layer = PointLayer(name="a", epsg=4326, points=(), table=table())
    write_point_layers(tmp_path / "x.gpkg", "GPKG", (layer,), made_at=MADE_AT, cancel=CancelToken())
    assert (tmp_path / "x.gpkg").stat().st_size > 0


def _read_back(path: Path) -> dict[str, list[Any]]:
    # GDAL is only ever loaded in a process of its own.
    program = (
        "import json, math, sys, pyogrio\n"
        "from pyogrio import raw\n"
        "told = {}\n"
        "for name, _ in pyogrio.list_layers(sys.argv[1]):\n"
        "    meta, _, _, data = raw.read(sys.argv[1], layer=name)\n"
        "    numbers = [None if math.isnan(n) else n for n in data[1]]\n"
        "    told[name] = [meta['crs'], list(data[0]), numbers]\n"
        "print(json.dumps(told))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, check=True, text=True
    )
    answer: dict[str, list[Any]] = json.loads(done.stdout)
    return answer


def test_a_driver_that_is_not_listed_is_refused(tmp_path: Path) -> None:
    layer = PointLayer(name="a", epsg=4326, points=(), table=table())
    with pytest.raises(GeoparkError) as caught:
        write_point_layers(
            tmp_path / "x.kml", "KML", (layer,), made_at=MADE_AT, cancel=CancelToken()
        )
    assert caught.value.code is ErrorCode.UNSUPPORTED_FORMAT


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    layer = PointLayer(name="a", epsg=4326, points=(), table=table())
    with pytest.raises(GeoparkError) as caught:
        write_point_layers(
            tmp_path / "no" / "x.gpkg", "GPKG", (layer,), made_at=MADE_AT, cancel=CancelToken()
        )
    assert caught.value.code is ErrorCode.NOT_FOUND


def _in_fresh_process(program: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout.strip()


@pytest.mark.parametrize("driver", sorted(ALLOWED))
def test_only_the_one_driver_needed_is_loaded(driver: str) -> None:
    told = _in_fresh_process(
        "from geopark_app.exchange.gdal_drivers import close_gdal\n"
        f"close_gdal(made_at='2026-01-01T00:00:00.000Z', only={driver!r})\n"
        "import pyogrio\n"
        "print(','.join(sorted(pyogrio.list_drivers())))\n"
    )
    assert told.strip() == driver


def test_the_worker_loads_neither_qt_nor_the_database() -> None:
    told = _in_fresh_process(
        "import sys\n"
        "import geopark_app.worker, geopark_app.typeset.compiling\n"
        "import geopark_app.exchange.layer_writing\n"
        "names = {name.partition('.')[0] for name in sys.modules}\n"
        "print(sorted(names & {'PySide6', 'sqlalchemy', 'sqlite3', 'pyogrio', 'typst'}))\n"
    )
    assert told == "[]"


def test_the_worker_gets_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEOPARK_HUB_PASSWORD", "x")
    seen: list[dict[str, str]] = []
    real = subprocess.Popen

    def spy(*arguments: Any, **named: Any) -> Any:
        seen.append(named["env"])
        return real(*arguments, **named)

    monkeypatch.setattr(subprocess, "Popen", spy)
    compile_pdf(job(tmp_path, HEAD + "= A"), CancelToken())
    assert "GEOPARK_HUB_PASSWORD" not in seen[0]
    assert os.environ["GEOPARK_HUB_PASSWORD"] == "x"


def test_a_worker_that_dies_is_told() -> None:
    with pytest.raises(GeoparkError) as caught:
        run_in_worker({"task": "không có"}, cancel=CancelToken())
    assert caught.value.code is ErrorCode.WORKER_FAILED

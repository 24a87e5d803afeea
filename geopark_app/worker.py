"""The worker: a child process for typst, GDAL and pictures. JSON in and out, no catalogue.

The order on stdin is `{"job": {"task": …}, "limits": {"seconds": …, "memory_mb": …}}`; the answer
on stdout is `{"content": …, "seconds": …, "peak_memory_mb": …}`, or with `error` (code, details) in
place of `content`. With the arguments `photos MEMORY_MB` it stays and decodes picture after picture
(`photos/decoding.py`).
"""

import faulthandler
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

from geopark_app.domain.errors import ErrorCode, GeoparkError

_MEGABYTE = 1024 * 1024


def main() -> int:
    """Do the one job given on stdin and write its answer to stdout, or stay for photos."""
    if sys.argv[1:2] == ["photos"]:
        return _serve_photos(int(sys.argv[2]))
    order = json.loads(sys.stdin.buffer.read())
    # What libraries print must not get between us and our answer.
    answer_to = os.dup(1)
    os.dup2(2, 1)
    _limit(order["limits"])
    started = time.monotonic()
    try:
        answer: dict[str, Any] = {"content": _do(order["job"])}
    except GeoparkError as error:
        answer = {"error": {"code": error.code.value, "details": dict(error.details)}}
    except MemoryError:
        answer = {"error": {"code": ErrorCode.WORKER_FAILED.value, "details": {"reason": "memory"}}}
    answer |= {"seconds": time.monotonic() - started, "peak_memory_mb": _peak_memory_mb()}
    with os.fdopen(answer_to, "wb") as stream:
        stream.write(json.dumps(answer).encode("utf-8"))
    return 0


def _serve_photos(memory_mb: int) -> int:
    from geopark_app.photos.decoding import serve

    answer_to = os.dup(1)
    os.dup2(2, 1)
    _limit_memory(memory_mb * _MEGABYTE)
    with os.fdopen(answer_to, "wb") as answers:
        serve(sys.stdin.buffer, answers)
    return 0


def _do(job: Mapping[str, Any]) -> dict[str, Any]:
    return _TASKS[job["task"]](job)


def _compile(job: Mapping[str, Any]) -> dict[str, Any]:
    from geopark_app.typeset.compiling import compile_document

    return compile_document(job)


def _write_layers(job: Mapping[str, Any]) -> dict[str, Any]:
    from geopark_app.exchange.layer_writing import write_layers

    return write_layers(job)


def _read_foreign(job: Mapping[str, Any]) -> dict[str, Any]:
    from geopark_app.exchange.foreign_reading import read_foreign

    return read_foreign(job)


def _inspect_shapes(job: Mapping[str, Any]) -> dict[str, Any]:
    from geopark_app.exchange.shape_reading import inspect_shapes

    return inspect_shapes(job)


def _take_shapes(job: Mapping[str, Any]) -> dict[str, Any]:
    from geopark_app.exchange.shape_reading import take_shapes

    return take_shapes(job)


def _read_attached(job: Mapping[str, Any]) -> dict[str, Any]:
    from geopark_app.exchange.attached_reading import read_attached

    return read_attached(job)


def _read_translation(job: Mapping[str, Any]) -> dict[str, Any]:
    from geopark_app.exchange.reading_translations import read_translation

    return read_translation(job)


def _look_at_form(job: Mapping[str, Any]) -> dict[str, Any]:
    from geopark_app.exchange.office_filling import look_at_form

    return look_at_form(job)


def _fill_form(job: Mapping[str, Any]) -> dict[str, Any]:
    from geopark_app.exchange.office_filling import fill_form

    return fill_form(job)


def _survey_tiles(job: Mapping[str, Any]) -> dict[str, Any]:
    from geopark_app.maps.tile_survey import survey_tiles

    return survey_tiles(job)


def _inspect_geotiff(job: Mapping[str, Any]) -> dict[str, Any]:
    from geopark_app.maps.geotiff_tiles import inspect_geotiff

    return inspect_geotiff(job)


def _tile_geotiff(job: Mapping[str, Any]) -> dict[str, Any]:
    from geopark_app.maps.geotiff_tiles import tile_geotiff

    return tile_geotiff(job)


def _warp_picture(job: Mapping[str, Any]) -> dict[str, Any]:
    from geopark_app.exchange.warping import warp_picture

    return warp_picture(job)


_TASKS: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "compile": _compile,
    "write-layers": _write_layers,
    "read-foreign": _read_foreign,
    "inspect-shapes": _inspect_shapes,
    "take-shapes": _take_shapes,
    "read-attached": _read_attached,
    "read-translation": _read_translation,
    "look-at-form": _look_at_form,
    "fill-form": _fill_form,
    "survey-tiles": _survey_tiles,
    "inspect-geotiff": _inspect_geotiff,
    "tile-geotiff": _tile_geotiff,
    "warp-picture": _warp_picture,
}


def _limit(limits: Mapping[str, Any]) -> None:
    # A watchdog of its own, so that no worker outlives a parent that was killed.
    faulthandler.dump_traceback_later(float(limits["seconds"]), exit=True)
    _limit_memory(int(limits["memory_mb"]) * _MEGABYTE)


if sys.platform == "win32":

    def _limit_memory(_most: int) -> None:
        """Leave the memory to the time limit: Windows has no such limit for a process itself."""

    def _peak_memory_mb() -> float:
        return 0.0

else:
    import resource

    def _limit_memory(most: int) -> None:
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def _peak_memory_mb() -> float:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / (_MEGABYTE if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    raise SystemExit(main())

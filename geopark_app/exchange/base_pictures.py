"""A base map for a printed map, warped by the worker; nothing of the file is read here."""

from dataclasses import dataclass
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken
from geopark_app.typeset.worker_process import WorkerLimits, run_in_worker

_LIMITS = WorkerLimits(seconds=300, memory_mb=4096)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureOrder:
    """What is wanted of which file.

    Attributes
    ----------
    path : Path
        GeoTIFF or raster MBTiles.
    epsg : int
        Projected system of the map.
    bounds : tuple of float
        West, south, east, north of the frame in metres of that system.
    width, height : int
        Pixels.
    opacity : float
        0 to 1; the rest is white paper.
    """

    path: Path
    epsg: int
    bounds: tuple[float, float, float, float]
    width: int
    height: int
    opacity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WarpedPicture:
    """The picture of exactly the frame.

    Attributes
    ----------
    jpeg : bytes
        The picture.
    name, attribution : str
        As the file says; empty where it does not.
    ground_m : float
        Metres on the ground of one pixel of the file.
    cover : float
        Share of the frame it covers.
    """

    jpeg: bytes
    name: str
    attribution: str
    ground_m: float
    cover: float


def warp_base_map(order: PictureOrder, *, output: Path, cancel: CancelToken) -> WarpedPicture:
    """Warp a base map; `output` is a file of ours in a folder that is thrown away.

    Raises
    ------
    Cancelled, GeoparkError
        NOT_FOUND; REFUSED_FILE with a reason; WORKER_FAILED for a file that needs too much.
    """
    if not order.path.is_file():
        raise GeoparkError(ErrorCode.NOT_FOUND, path=order.path)
    job = {
        "task": "warp-picture",
        "path": str(order.path.resolve()),
        "epsg": order.epsg,
        "bounds": list(order.bounds),
        "width": order.width,
        "height": order.height,
        "opacity": min(max(order.opacity, 0.0), 1.0),
        "output": str(output),
    }
    answer = run_in_worker(job, cancel=cancel, limits=_LIMITS).content
    return WarpedPicture(
        jpeg=output.read_bytes(),
        name=answer["name"],
        attribution=answer["attribution"],
        ground_m=answer["ground_m"],
        cover=answer["cover"],
    )

"""The parent's side of picture decoding: a worker process per core that a picture may break."""

import contextlib
import json
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.photos.exif import ExifFacts
from geopark_app.photos.reasons import PhotoRefusedError, Reason
from geopark_app.photos.renditions import Renditions
from geopark_app.typeset.worker_process import start_worker

LANES = 2
"""How many pictures are decoded at a time: the smallest laptop has two cores."""

_SECONDS = 60.0
_MEMORY_MB = 3072
# Libraries keep a little of every picture; a fresh process keeps the memory flat.
_PICTURES_OF_A_WORKER = 400
# One broken picture is the picture's fault; worker after worker dying at once is ours.
_MOST_DEATHS_IN_A_ROW = 5

ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedPicture:
    """What the worker gives back: what the camera wrote, and the small upright pictures."""

    exif: ExifFacts
    renditions: Renditions


class PictureDecoder:
    """One worker process, started when first needed and again after a picture broke it."""

    def __init__(self, *, seconds: float = _SECONDS, memory_mb: int = _MEMORY_MB) -> None:
        """Give each picture this time and memory."""
        self._seconds = seconds
        self._memory_mb = memory_mb
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0
        self._deaths = 0
        self._is_closed = False

    def __enter__(self) -> "PictureDecoder":
        """Use the decoder for one block."""
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """End the worker."""
        self.close()

    def decode(self, path: Path, *, preview: bool = False) -> DecodedPicture:
        """Decode one picture; a preview has only the thumbnail, and is quicker.

        Raises
        ------
        PhotoRefusedError
            As the worker says; TOO_HARD when the picture broke it or took too long.
        GeoparkError
            WORKER_FAILED when no worker can be started at all.
        """
        order = {"path": str(path), "seconds": self._seconds, "preview": preview}
        child = self._running()
        # Only the death of the child ends a read that waits for it.
        watchdog = threading.Timer(self._seconds, child.kill)
        watchdog.start()
        try:
            header, parts = _ask(child, order)
        except (OSError, ValueError) as error:
            raise self._broken(path) from error
        finally:
            watchdog.cancel()
        self._deaths = 0
        self._served += 1
        if self._served >= _PICTURES_OF_A_WORKER:
            self._end()
        if "refused" in header:
            raise PhotoRefusedError(Reason(header["refused"]), path=path)
        return DecodedPicture(
            exif=ExifFacts(**header["facts"]),
            renditions=Renditions(
                thumbnail=parts[0],
                rendition=parts[1],
                full_size=parts[2] or None,
                likeness=header["likeness"],
            ),
        )

    def close(self) -> None:
        """End the worker at once, from any thread."""
        self._is_closed = True
        self._end()

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._child is None:
            self._child = start_worker("photos", memory_mb=self._memory_mb)
            self._served = 0
            if self._is_closed:
                self._end()
                raise GeoparkError(ErrorCode.WORKER_FAILED, reason="closed")
        return self._child

    def _broken(self, path: Path) -> GeoparkError:
        self._end()
        self._deaths += 1
        if self._deaths >= _MOST_DEATHS_IN_A_ROW or self._is_closed:
            return GeoparkError(ErrorCode.WORKER_FAILED, reason="photos")
        return PhotoRefusedError(Reason.TOO_HARD, path=path)

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


class DecoderLanes:
    """Several decoders side by side, each with a thread of this process that waits for it."""

    def __init__(self, lanes: int = LANES) -> None:
        """Start nothing before the first job."""
        self._threads = ThreadPoolExecutor(lanes, thread_name_prefix="photos")
        self._own = threading.local()
        self._decoders: list[PictureDecoder] = []
        self._lock = threading.Lock()
        self._is_closed = False

    def submit(self, job: Callable[[PictureDecoder], ResultT]) -> "Future[ResultT]":
        """Do a job with the decoder of whichever lane is free."""
        return self._threads.submit(lambda: job(self._decoder()))

    def close(self) -> None:
        """End the workers and forget what waits."""
        with self._lock:
            self._is_closed = True
            decoders = list(self._decoders)
        self._threads.shutdown(wait=False, cancel_futures=True)
        for decoder in decoders:
            decoder.close()
        self._threads.shutdown(wait=True)

    def _decoder(self) -> PictureDecoder:
        decoder: PictureDecoder | None = getattr(self._own, "decoder", None)
        if decoder is None:
            with self._lock:
                if self._is_closed:
                    raise GeoparkError(ErrorCode.WORKER_FAILED, reason="closed")
                decoder = self._own.decoder = PictureDecoder()
                self._decoders.append(decoder)
        return decoder


def _ask(
    child: "subprocess.Popen[bytes]", order: dict[str, Any]
) -> tuple[dict[str, Any], list[bytes]]:
    """Hand an order to the worker and read its answer; `OSError` or `ValueError` if it died."""
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(json.dumps(order).encode("utf-8") + b"\n")
    child.stdin.flush()
    header: dict[str, Any] = json.loads(child.stdout.readline())
    parts = [child.stdout.read(length) for length in header["parts"]]
    if [len(part) for part in parts] != header["parts"]:
        raise ValueError("the worker died within its answer")
    return header, parts

"""Runs inside the worker: decodes one foreign picture after another, on orders of one line each.

An order is a line of JSON, `{"path": …, "seconds": …, "preview": …}`. The answer is a line of JSON
and the bytes it announces: `{"facts": …, "likeness": …, "parts": [lengths]}` followed by the small
pictures, or `{"refused": reason}`. A picture that breaks a decoder ends this process, and no other.
"""

import faulthandler
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from geopark_app.photos.exif import exif_facts
from geopark_app.photos.heic import take_heic
from geopark_app.photos.picture import identify, opened_picture
from geopark_app.photos.reasons import PhotoRefusedError, Reason
from geopark_app.photos.renditions import renditions_of
from geopark_app.photos.sniff import PictureFormat


def serve(orders: IO[bytes], answers: IO[bytes]) -> None:
    """Answer orders until there are no more; the end of the parent ends them."""
    take_heic()
    for line in orders:
        order = json.loads(line)
        # A watchdog of its own, so that no worker outlives a parent that was killed.
        faulthandler.dump_traceback_later(float(order["seconds"]), exit=True)
        header, parts = _answer(order)
        faulthandler.cancel_dump_traceback_later()
        header["parts"] = [len(part) for part in parts]
        answers.write(json.dumps(header).encode("utf-8") + b"\n")
        for part in parts:
            answers.write(part)
        answers.flush()


def _answer(order: Mapping[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    path = Path(order["path"])
    try:
        return _decoded(path, preview=bool(order["preview"]))
    except PhotoRefusedError as refused:
        return {"refused": refused.reason.value}, []
    except MemoryError:
        return {"refused": Reason.TOO_HARD.value}, []


def _decoded(path: Path, *, preview: bool) -> tuple[dict[str, Any], list[bytes]]:
    picture_format = identify(path)
    with opened_picture(path) as picture:
        facts = exif_facts(picture)
        # Documents and the viewer cannot read HEIC: they use a JPEG of the same size.
        full_size = picture_format is PictureFormat.HEIC and not preview
        made = renditions_of(picture, full_size=full_size, thumbnail_only=preview)
    parts = [made.thumbnail, made.rendition, made.full_size or b""]
    return {"facts": asdict(facts), "likeness": made.likeness}, parts

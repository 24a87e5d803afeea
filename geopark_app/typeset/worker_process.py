"""The parent's side of the worker: starts it, gives it one job as JSON, stops it on cancel."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopark_app
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken

_POLL_SECONDS = 0.05
_KILL_GRACE_SECONDS = 5.0
_TOLD_CHARACTERS = 600
_COMMAND = [sys.executable, "-P", "-X", "utf8", "-m", "geopark_app.worker"]
# What the child may inherit: enough to start and to find its temporary folder, nothing secret.
_PASSED_ON = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "TEMP",
    "TMP",
    "SYSTEMROOT",
    "WINDIR",
    "USERPROFILE",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerLimits:
    """What a job may use before it is ended.

    Attributes
    ----------
    seconds : float
        Time on the clock.
    memory_mb : int
        Address space, where the system can limit it.
    """

    seconds: float = 600.0
    memory_mb: int = 6144


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerAnswer:
    """What the worker gave back.

    Attributes
    ----------
    content : dict
        The answer of the job, as documented there.
    seconds : float
        Time of the job inside the worker.
    peak_memory_mb : float
        Most memory the worker held; 0 where the system does not say.
    """

    content: dict[str, Any]
    seconds: float
    peak_memory_mb: float


def run_in_worker(
    job: dict[str, Any],
    *,
    cancel: CancelToken,
    limits: WorkerLimits | None = None,
    while_waiting: Callable[[], None] | None = None,
) -> WorkerAnswer:
    """Run one job in a fresh worker process and give its answer.

    `while_waiting` is called from time to time, to look at what the job tells in a file.

    Raises
    ------
    Cancelled
        When asked to stop; the worker is ended at once.
    GeoparkError
        The code the worker told (DISK_FULL, UNTYPESETTABLE, …), or WORKER_FAILED when it died,
        took too long or used too much memory.
    """
    limits = limits or WorkerLimits()
    order = {"job": job, "limits": {"seconds": limits.seconds, "memory_mb": limits.memory_mb}}
    with (
        tempfile.TemporaryFile() as asked,
        tempfile.TemporaryFile() as answered,
        tempfile.TemporaryFile() as complaints,
    ):
        # Files instead of pipes: neither side can block the other, however long the answer is.
        asked.write(json.dumps(order).encode("utf-8"))
        asked.seek(0)
        child = subprocess.Popen(
            _COMMAND,
            stdin=asked,
            stdout=answered,
            stderr=complaints,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        try:
            _wait(child, cancel, limits.seconds, while_waiting)
        finally:
            _end(child)
        answered.seek(0)
        complaints.seek(0)
        return _read(answered.read(), complaints.read(), child.returncode)


def start_worker(task: str, *, memory_mb: int) -> "subprocess.Popen[bytes]":
    """Start a worker that answers order after order on its pipes; the caller ends it."""
    return subprocess.Popen(
        [*_COMMAND, task, str(memory_mb)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    kept["PYTHONPATH"] = str(Path(geopark_app.__file__).resolve().parents[1])
    kept["PYTHONDONTWRITEBYTECODE"] = os.environ.get("PYTHONDONTWRITEBYTECODE", "")
    return kept


def _wait(
    child: subprocess.Popen[bytes],
    cancel: CancelToken,
    seconds: float,
    while_waiting: Callable[[], None] | None,
) -> None:
    give_up = time.monotonic() + seconds + _KILL_GRACE_SECONDS
    while True:
        try:
            child.wait(timeout=_POLL_SECONDS)
        except subprocess.TimeoutExpired:
            cancel.check()
            if while_waiting is not None:
                while_waiting()
            if time.monotonic() > give_up:
                raise GeoparkError(ErrorCode.WORKER_FAILED, reason="time") from None
        else:
            return


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.kill()
        child.wait()


def _read(answered: bytes, complaints: bytes, returncode: int) -> WorkerAnswer:
    try:
        answer = json.loads(answered)
    except ValueError:
        told = complaints.decode("utf-8", errors="replace").strip()[-_TOLD_CHARACTERS:]
        raise GeoparkError(ErrorCode.WORKER_FAILED, reason=told or f"exit {returncode}") from None
    if "error" in answer:
        error = answer["error"]
        raise GeoparkError(ErrorCode(error["code"]), **error["details"])
    return WorkerAnswer(
        content=answer["content"],
        seconds=answer["seconds"],
        peak_memory_mb=answer["peak_memory_mb"],
    )

"""The worker as a fork of this process, for runs of thousands of jobs: same code, same limits."""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken
from geopark_app.typeset.worker_process import WorkerAnswer, WorkerLimits, _read, run_in_worker

_STEP_SECONDS = 0.002

if sys.platform == "win32":

    def fork_worker(
        job: dict[str, Any],
        *,
        cancel: CancelToken,
        limits: WorkerLimits | None = None,
        while_waiting: Callable[[], None] | None = None,
    ) -> WorkerAnswer:
        """Do it in a process of its own: Windows cannot fork."""
        return run_in_worker(job, cancel=cancel, limits=limits, while_waiting=while_waiting)

else:

    def fork_worker(
        job: dict[str, Any],
        *,
        cancel: CancelToken,
        limits: WorkerLimits | None = None,
        while_waiting: Callable[[], None] | None = None,
    ) -> WorkerAnswer:
        """Do what `run_in_worker` does, in a fork.

        The address space this process has already is added to the limit of memory.
        """
        limits = limits or WorkerLimits()
        order = {
            "job": job,
            "limits": {"seconds": limits.seconds, "memory_mb": limits.memory_mb + _own_mb()},
        }
        with (
            tempfile.TemporaryFile() as asked,
            tempfile.TemporaryFile() as answered,
            tempfile.TemporaryFile() as complaints,
        ):
            asked.write(json.dumps(order).encode("utf-8"))
            asked.seek(0)
            child = os.fork()
            if child == 0:
                _be_worker(asked.fileno(), answered.fileno(), complaints.fileno())
            give_up = time.monotonic() + limits.seconds + 5
            while not (ended := os.waitpid(child, os.WNOHANG))[0]:
                time.sleep(_STEP_SECONDS)
                if while_waiting is not None:
                    while_waiting()
                if time.monotonic() > give_up:
                    os.kill(child, 9)
                    os.waitpid(child, 0)
                    raise GeoparkError(ErrorCode.WORKER_FAILED, reason="time")
            answered.seek(0)
            complaints.seek(0)
            return _read(answered.read(), complaints.read(), ended[1])

    def _be_worker(asked: int, answered: int, complaints: int) -> None:
        for source, target in ((asked, 0), (answered, 1), (complaints, 2)):
            os.dup2(source, target)
        sys.stdin = os.fdopen(0, encoding="utf-8")
        sys.stderr = os.fdopen(2, "w", encoding="utf-8")
        from geopark_app.worker import main

        code = 1
        try:
            code = main()
        finally:
            os._exit(code)

    def _own_mb() -> int:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        return pages * os.sysconf("SC_PAGE_SIZE") // (1024 * 1024)

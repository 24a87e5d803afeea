"""One rotating log file per person; nothing of it is shown or sent unasked."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from geopark_app import paths


def log_path() -> Path:
    """Give where the log lies."""
    return paths.profile_dir() / "logs" / "geopark.log"


def start_logging(level: int = logging.INFO) -> None:
    """Send log records to the file; a profile that cannot be written gives no log."""
    try:
        log_path().parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            log_path(), maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)

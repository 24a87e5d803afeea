"""Checked copies of the database, made with SQLite's own backup: a plain copy loses the WAL."""

import logging
import secrets
from contextlib import closing
from datetime import datetime
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.store.engine import plain_reader, translated_errors
from geopark_app.store.writing_files import sync_folder, translated_os_errors

DAILY_KEPT = 10
"""How many daily copies stay; a demo catalogue's is about 3 MB."""

_DAILY = "daily"
_log = logging.getLogger(__name__)


def back_up(database: Path, backups_dir: Path, *, now: datetime, label: str) -> Path:
    """Write a copy of the database and check it before it gets its name.

    Raises
    ------
    GeoparkError
        DAMAGED_CATALOGUE when the copy does not pass SQLite's integrity check; environment codes
        when it cannot be written. The database itself is only read.
    """
    target = backups_dir / f"{now:%Y%m%d-%H%M%S}-{label}.sqlite"
    # two programs may make the same copy in the same second
    temporary = backups_dir / f".{target.name}.{secrets.token_hex(4)}.part"
    with translated_os_errors(backups_dir), translated_errors():
        backups_dir.mkdir(exist_ok=True)
        try:
            with closing(plain_reader(database)) as source:
                source.execute("VACUUM INTO ?", (str(temporary),))
            check_integrity(temporary)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
            # SQLite's own helper file, left when the disk filled up
            temporary.with_name(f"{temporary.name}-journal").unlink(missing_ok=True)
        sync_folder(backups_dir)
    return target


def back_up_once_a_day(database: Path, backups_dir: Path, *, now: datetime) -> None:
    """Write a checked copy unless there is one of today, and keep the newest `DAILY_KEPT`.

    A copy that cannot be made stops nobody from working: it is only logged.
    """
    if any(backups_dir.glob(f"{now:%Y%m%d}-*-{_DAILY}.sqlite")):
        return
    try:
        back_up(database, backups_dir, now=now, label=_DAILY)
    except GeoparkError:
        _log.warning("no copy of today", exc_info=True)
        return
    for old in sorted(backups_dir.glob(f"*-{_DAILY}.sqlite"))[:-DAILY_KEPT]:
        old.unlink(missing_ok=True)


def check_integrity(database: Path) -> None:
    """Raise `GeoparkError(DAMAGED_CATALOGUE)` unless SQLite finds the file whole."""
    with translated_errors(), closing(plain_reader(database)) as connection:
        answer = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if answer is None or answer[0] != "ok":
        raise GeoparkError(ErrorCode.DAMAGED_CATALOGUE, path=database, reason=str(answer))

"""Where things lie: bundled read-only files, and this person's profile on this machine."""

import os
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent
_APP_NAME = "geopark-inventory"


def bundled(*parts: str) -> Path:
    """Give the path of a read-only file or folder that ships with the program.

    Works in the source checkout and in an installed wheel, where `resources/` and `db/` lie in
    `geopark_app/_bundled/`. The file need not exist: callers that can do without it ask.
    """
    installed = _PACKAGE / "_bundled"
    root = installed if installed.is_dir() else _PACKAGE.parent
    return root.joinpath(*parts)


def profile_dir() -> Path:
    """Give the folder for this person's keys, settings and logs on this machine.

    `GEOPARK_PROFILE` overrides it (tests, and two people who share one account).
    """
    override = os.environ.get("GEOPARK_PROFILE")
    if override:
        return Path(override)
    return Path(platformdirs.user_data_dir(_APP_NAME, appauthor=False))

"""`main.py` without a command: opens the window, if there is a screen and Qt can start."""

import os
import sys
from pathlib import Path

import click

from geopark_app.cli.exit_codes import USAGE
from geopark_app.i18n import gettext as _


def open_window(catalogue: Path | None) -> int:
    """Show the window until it is closed and give the exit code."""
    if not _has_screen():
        click.echo(
            _("There is no screen here. Commands work without one: python main.py --help"), err=True
        )
        return USAGE
    try:
        # Qt takes a quarter of a second, and commands need none of it.
        from geopark_app.gui.application import run_window
    except ImportError as error:
        click.echo(
            _("The window cannot start: {reason}. Run “make setup”.").format(reason=error), err=True
        )
        return USAGE
    return run_window(catalogue)


def _has_screen() -> bool:
    if sys.platform in {"win32", "darwin"}:
        return True
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in named)

"""The command line: the same operations without a screen; exit codes tell kinds of failure."""

import io
import logging
import sys
from collections.abc import Sequence

from geopark_app import i18n, logs, settings
from geopark_app.cli.exit_codes import BUG, INTERRUPTED, USAGE, exit_code_of
from geopark_app.domain.errors import Cancelled, GeoparkError

_log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command, or the window when none is named, and give the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _speak_utf8()
    logs.start_logging()
    i18n.activate(_language(given))
    # click takes 0.1 s to import: after the language, before the command
    import click

    from geopark_app.cli.click_words import speak
    from geopark_app.cli.root import root_command

    speak(i18n.active())
    try:
        result = root_command().main(given, prog_name="geopark", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return int(stop.exit_code)
    except (click.Abort, KeyboardInterrupt, Cancelled):
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - one of three doors for bugs; the log has it all
        return _report(error, as_json="--json" in given)
    return result if isinstance(result, int) else 0


def _report(error: Exception, *, as_json: bool) -> int:
    """Tell what went wrong and give its exit code."""
    import click

    # The words of errors take 30 ms to import, and a window that opens needs none of them.
    from geopark_app.cli.failures import report_bug, report_error, report_usage

    match error:
        case GeoparkError():
            report_error(error, as_json=as_json)
            return exit_code_of(error)
        case click.ClickException():
            report_usage(error, as_json=as_json)
            return USAGE
        case _:
            _log.error("bug", exc_info=error)
            report_bug(error, as_json=as_json)
            return BUG


def _speak_utf8() -> None:
    """Print UTF-8 whatever the console or the file behind `>` would take; rather a ? than a bug."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _language(arguments: list[str]) -> str:
    """Give the language asked for anywhere in the arguments, else that of the settings."""
    for index, argument in enumerate(arguments):
        if argument == "--lang" and index + 1 < len(arguments):
            return arguments[index + 1]
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
    return settings.load().language

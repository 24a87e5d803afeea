"""How failures are shown: a sentence on stderr, and one JSON object on stdout when asked."""

import json

import click

from geopark_app.domain.errors import GeoparkError
from geopark_app.i18n import gettext as _
from geopark_app.logs import log_path
from geopark_app.wording import ErrorWords, error_sentence


def report_error(error: GeoparkError, *, as_json: bool) -> None:
    """Show a foreseen trouble."""
    _report(error.code.value, error_sentence(error), as_json=as_json)


def report_bug(error: Exception, *, as_json: bool) -> None:
    """Show a bug of ours without its traceback, which is in the log."""
    words = ErrorWords(
        message=_("The program met a mistake of its own: {name}.").format(
            name=type(error).__name__
        ),
        safe=_("What was saved before is safe."),
        next=_("Please send this file: {path}").format(path=log_path()),
    )
    _report("bug", words, as_json=as_json)


def report_usage(error: click.ClickException, *, as_json: bool) -> None:
    """Show a command typed wrongly, in click's own words."""
    error.show()
    if as_json:
        words = ErrorWords(
            message=error.format_message(),
            safe=_("Nothing was changed."),
            next=_("Ask for help with --help."),
        )
        _print_json("usage", words)


def _report(code: str, words: ErrorWords, *, as_json: bool) -> None:
    click.echo(f"{words.message} {words.safe} {words.next}", err=True)
    if as_json:
        _print_json(code, words)


def _print_json(code: str, words: ErrorWords) -> None:
    content = {"code": code, "message": words.message, "safe": words.safe, "next": words.next}
    click.echo(json.dumps({"error": content}, ensure_ascii=False, indent=2))

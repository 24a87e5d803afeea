"""What every command shares: --json, --lang, --quiet, tables, progress, opening the catalogue."""

import getpass
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from geopark_app import settings
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import Progress, ReportProgress
from geopark_app.i18n import LANGUAGES
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.context import AppContext

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """How this command speaks.

    Attributes
    ----------
    as_json : bool
        One JSON document on stdout and nothing else there.
    is_quiet : bool
        No progress and no remarks on stderr.
    """

    as_json: bool
    is_quiet: bool

    def data(self, content: Mapping[str, Any]) -> None:
        """Print the JSON document, when it was asked for."""
        if self.as_json:
            click.echo(json.dumps(content, ensure_ascii=False, indent=2, default=str))

    def text(self, line: str = "") -> None:
        """Print a line for people on stdout, unless JSON was asked for."""
        if not self.as_json:
            click.echo(line)

    def remark(self, line: str) -> None:
        """Print a line for people on stderr."""
        if not self.is_quiet:
            click.echo(line, err=True)

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print a table for people, unless JSON was asked for."""
        if self.as_json:
            return
        from rich.console import Console
        from rich.table import Table

        table = Table(box=None, pad_edge=False, header_style="bold")
        for heading in headings:
            table.add_column(heading, overflow="fold")
        for row in rows:
            table.add_row(*(cell.replace("[", "\\[") for cell in row))
        console = Console() if sys.stdout.isatty() else Console(width=200)
        console.print(table)

    @contextmanager
    def progress(self, title: str) -> Iterator[ReportProgress]:
        """Show a progress bar on a terminal; elsewhere nothing."""
        if self.is_quiet or self.as_json or not sys.stderr.isatty():
            yield _silent
            return
        from rich.console import Console
        from rich.progress import Progress as Bar

        with Bar(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(title, total=None)

            def report(progress: Progress) -> None:
                bar.update(task, completed=progress.done, total=progress.total)

            yield report


def _silent(_progress: Progress) -> None:
    """Show nothing."""


def common_options(function: Function) -> Function:
    """Add --json, --lang and --quiet; the function gets `output`."""

    def run(*args: Any, as_json: bool, lang: str, quiet: bool, **values: Any) -> Any:
        return function(*args, output=Output(as_json=as_json, is_quiet=quiet), **values)

    run.__name__, run.__doc__ = function.__name__, function.__doc__
    run.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
    decorated: Any = run
    for option in (
        click.option("--quiet", is_flag=True, help=_("Print no progress and no remarks.")),
        click.option("--lang", type=click.Choice(LANGUAGES), help=_("Language of the messages.")),
        click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document.")),
    ):
        decorated = option(decorated)
    result: Function = decorated
    return result


@contextmanager
def opened(command: click.Context) -> Iterator["AppContext"]:
    """Open the catalogue named by --catalogue or GEOPARK_CATALOGUE for this command."""
    from geopark_app.operations.context import open_context

    named = command.find_root().params.get("catalogue") or os.environ.get("GEOPARK_CATALOGUE")
    if not named:
        raise click.UsageError(_("Name the catalogue folder: --catalogue DIR, before the command."))
    person, device = who_works()
    context = open_context(Path(named), person=person, device=device)
    try:
        yield context
    finally:
        context.catalogue.close()


def who_works(author: str | None = None, device: str | None = None) -> tuple[str, str]:
    """Give person and laptop: as named, else from the settings, else the account."""
    known = settings.load()
    person = author or known.person or getpass.getuser()
    return person, device or known.device


def remember_who_works(person: str, device: str) -> None:
    """Keep person and laptop for the next command, where none was kept before."""
    known = settings.load()
    if not known.person:
        settings.save(known.changed(person=person, device=device))


def pairs(values: Sequence[str]) -> dict[str, str]:
    """Read `name=value` options.

    Raises
    ------
    GeoparkError
        BAD_VALUE for an option without `=`.
    """
    result: dict[str, str] = {}
    for text in values:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise GeoparkError(
                ErrorCode.BAD_VALUE, field="--field", value=text, expected="name=value"
            )
        result[name.strip()] = value
    return result


def filter_pairs(values: Sequence[str]) -> dict[str, str]:
    """Read filter options; the same name a second time is a further condition.

    Raises
    ------
    GeoparkError
        BAD_VALUE for an option without `=`.
    """
    result: dict[str, str] = {}
    for text in values:
        for name, value in pairs([text]).items():
            again = sum(known.partition("#")[0] == name for known in result)
            result[f"{name}#{again + 1}" if again else name] = value
    return result

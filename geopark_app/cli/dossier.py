"""`dossier check|build`: the pre-flight list, and the dossier package."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.exit_codes import LEFT_FOR_A_PERSON
from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.output import Output, common_options, filter_pairs, opened
from geopark_app.i18n import LANGUAGES, active
from geopark_app.i18n import gettext as _
from geopark_app.operations.dossier_chapters import parts

if TYPE_CHECKING:
    from geopark_app.operations.dossier_options import DossierOptions, DossierReport

AUDIENCES = ("internal", "evaluators", "public")
_SHOWN_PROBLEMS = 40


def dossier_command() -> click.Group:
    """Make `dossier`."""
    group = click.Group("dossier", help=_("Check and build the dossier with its annexes."))
    group.add_command(_check())
    group.add_command(_build())
    return group


def _options(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option(
            "--filter",
            "filters",
            multiple=True,
            metavar="NAME=VALUE",
            help=_("Which sites: “all”, kind, route, commune, code …; without it the geosites."),
        ),
        click.option(
            "--audience",
            type=click.Choice(AUDIENCES),
            default="evaluators",
            show_default=True,
            help=_("Who will read it; decides which fields and positions are printed."),
        ),
        click.option(
            "--formats",
            default="pdf,docx,xlsx,gpkg",
            show_default=True,
            metavar="LIST",
            help=_("Formats to write."),
        ),
        click.option(
            "--language",
            type=click.Choice((*LANGUAGES, "both")),
            default="both",
            show_default=True,
            help=_("Language of the documents."),
        ),
        click.option(
            "--parts",
            default="all",
            show_default=True,
            metavar="LIST",
            help=_("Parts of the dossier: “all”, or some of: {parts}.").format(
                parts=", ".join(part.code for part in parts())
            ),
        ),
        click.option(
            "--final",
            "is_final",
            is_flag=True,
            help=_("Refuse while anything is SAMPLE, PROVISIONAL, by commune only or a sketch."),
        ),
        click.option(
            "--kind",
            type=click.Choice(("revalidation", "application")),
            default="revalidation",
            show_default=True,
            help=_("Kind of dossier."),
        ),
    ):
        function = option(function)
    return function


def _check() -> click.Command:
    @click.command("check", help=_("List what is missing or forbidden, without writing anything."))
    @_options
    @click.argument("out", metavar="[OUT]", required=False, type=click.Path(path_type=Path))
    @common_options
    @click.pass_context
    def check(ctx: click.Context, /, output: Output, out: Path | None, **typed: Any) -> int:
        from geopark_app.operations.dossier import check_dossier

        options = read_options(**typed)
        with (
            opened(ctx) as context,
            cancel_on_interrupt() as cancel,
            output.progress(_("Dossier")) as progress,
        ):
            report = check_dossier(context, options, progress=progress, cancel=cancel)
        output.data(report.as_json(active()))
        _show_problems(output, report, limit=None)
        return LEFT_FOR_A_PERSON if report.has_errors else 0

    return check


def _build() -> click.Command:
    @click.command("build", help=_("Build the dossier in a folder; problems are listed first."))
    @_options
    @click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
    @common_options
    @click.pass_context
    def build(ctx: click.Context, /, output: Output, out: Path, **typed: Any) -> None:
        from geopark_app.operations.dossier import build_dossier

        options = read_options(**typed)
        with (
            opened(ctx) as context,
            cancel_on_interrupt() as cancel,
            output.progress(_("Dossier")) as progress,
        ):
            report = build_dossier(context, out, options, progress=progress, cancel=cancel)
        output.data(report.as_json(active()))
        _show_problems(output, report, limit=_SHOWN_PROBLEMS)
        for file in report.files:
            output.text(str(out / file.path))
        if report.kept is not None:
            output.remark(
                _("The older dossier had been changed by hand; it is kept in {path}.").format(
                    path=report.kept
                )
            )
        output.remark(
            _("{count} sites, {seconds} s.").format(
                count=report.sites, seconds=round(report.seconds, 1)
            )
        )

    return build


def read_options(
    *,
    kind: str,
    parts: str,
    language: str,
    formats: str,
    audience: str,
    filters: tuple[str, ...],
    is_final: bool = False,
) -> "DossierOptions":
    """Read the options of the contract.

    Raises
    ------
    GeoparkError
        BAD_VALUE for an unknown part, format or filter.
    """
    from geopark_app.domain.declaration import Audience
    from geopark_app.operations.dossier_options import PARTS, DossierOptions

    return DossierOptions(
        kind=kind,
        parts=PARTS if parts.strip() == "all" else _words(parts),
        formats=_words(formats),
        languages=LANGUAGES if language == "both" else (language,),
        audience=Audience(audience),
        filters=read_filters(filters) or {"kind": "geosite"},
        is_final=is_final,
    )


def read_filters(typed: tuple[str, ...]) -> dict[str, str]:
    """Read `--filter`; the word "all" means every site."""
    return filter_pairs(["kind=all" if text == "all" else text for text in typed])


def _words(typed: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in typed.split(",") if word.strip())


def _show_problems(output: Output, report: "DossierReport", *, limit: int | None) -> None:
    if output.as_json:
        return
    from geopark_app.domain.finding import Severity

    words = {
        Severity.ERROR: _("left out"),
        Severity.WARNING: _("to complete"),
        Severity.NOTE: _("note"),
    }
    problems = report.problems
    output.table(
        (_("Severity"), _("Site"), _("Field"), _("Problem")),
        [
            (words[problem.severity], problem.site, problem.field, problem.message.of(active()))
            for problem in problems[:limit]
        ],
    )
    if limit is not None and len(problems) > limit:
        output.text(_("… and {count} more in problems.json.").format(count=len(problems) - limit))
    if not problems:
        output.text(_("Nothing to put right."))

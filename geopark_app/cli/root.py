"""The root command: finds each command's module only when it is asked for."""

import importlib
import os
from pathlib import Path
from typing import Any

import click

from geopark_app import version
from geopark_app.i18n import gettext as _

# name → (module, factory); the module is imported when its command runs or helps.
COMMANDS: dict[str, tuple[str, str]] = {
    "new": ("geopark_app.cli.catalogues", "new_command"),
    "demo": ("geopark_app.cli.demo", "demo_command"),
    "record": ("geopark_app.cli.records", "record_command"),
    "site": ("geopark_app.cli.sites", "site_command"),
    "search": ("geopark_app.cli.searching", "search_command"),
    "translation": ("geopark_app.cli.translation", "translation_command"),
    "trash": ("geopark_app.cli.trash", "trash_command"),
    "locate": ("geopark_app.cli.locating", "locate_command"),
    "photos": ("geopark_app.cli.photos", "photos_command"),
    "measure": ("geopark_app.cli.measuring", "measure_command"),
    "basemap": ("geopark_app.cli.basemaps", "basemap_command"),
    "map": ("geopark_app.cli.map_printing", "map_command"),
    "visit": ("geopark_app.cli.checklists", "visit_command"),
    "readiness": ("geopark_app.cli.readiness", "readiness_command"),
    "checklist": ("geopark_app.cli.checklist_editions", "checklist_command"),
    "assess": ("geopark_app.cli.assessing", "assess_command"),
    "scores": ("geopark_app.cli.scores", "scores_command"),
    "method": ("geopark_app.cli.methods", "method_command"),
    "evaluation": ("geopark_app.cli.evaluation", "evaluation_command"),
    "evidence": ("geopark_app.cli.evidence", "evidence_command"),
    "recommendations": ("geopark_app.cli.recommendations", "recommendations_command"),
    "mission": ("geopark_app.cli.missions", "mission_command"),
    "works": ("geopark_app.cli.works", "works_command"),
    "overview": ("geopark_app.cli.overview", "overview_command"),
    "units": ("geopark_app.cli.units", "units_command"),
    "plan": ("geopark_app.cli.planning", "plan_command"),
    "dossier": ("geopark_app.cli.dossier", "dossier_command"),
    "export": ("geopark_app.cli.export", "export_command"),
    "import": ("geopark_app.cli.importing", "import_command"),
    "compare": ("geopark_app.cli.comparing", "compare_command"),
    "backup": ("geopark_app.cli.catalogues", "backup_command"),
    "check": ("geopark_app.cli.catalogues", "check_command"),
    "sync": ("geopark_app.cli.syncing", "sync_command"),
    "team": ("geopark_app.cli.teams", "team_command"),
    "conflicts": ("geopark_app.cli.conflicts", "conflicts_command"),
}


class RootGroup(click.Group):
    """Loads commands by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command and make it, in the language chosen."""
        if cmd_name not in COMMANDS:
            return None
        module, factory = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), factory)()
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Let a catalogue file or folder stand in the place of a command: it opens the window."""
        if args and args[0] not in COMMANDS and args[0].endswith(".geopark"):
            path = args[0]
            return "window", click.Command("window", callback=lambda: _window(path)), args[1:]
        return super().resolve_command(ctx, args)


def root_command() -> click.Group:
    """Make the root command in the language chosen."""
    return RootGroup(
        name="geopark",
        help=_("Inventory of the geopark: catalogue, readiness and dossiers."),
        invoke_without_command=True,
        callback=_root,
        params=[
            click.Option(
                ["--catalogue"],
                metavar="DIR",
                help=_("Catalogue folder; GEOPARK_CATALOGUE names it too."),
            ),
            click.Option(
                ["--lang"], type=click.Choice(("vi", "en")), help=_("Language of the messages.")
            ),
            click.Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_show_version,
                help=_("Show the version and end."),
            ),
        ],
    )


def _show_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        click.echo(version())
        ctx.exit(0)


def _root(catalogue: str | None, **_options: Any) -> int | None:
    ctx = click.get_current_context()
    if ctx.invoked_subcommand is not None:
        return None
    return _window(catalogue or os.environ.get("GEOPARK_CATALOGUE"))


def _window(catalogue: str | None) -> int:
    from geopark_app.cli.gui_command import open_window

    return open_window(Path(catalogue) if catalogue else None)

"""Commands: quick to help, free of heavy rooms until they work, and all documented."""

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from geopark_app.cli.root import COMMANDS, root_command

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("sqlalchemy", "alembic", "pyproj", "shapely", "folium", "PIL", "numpy", "typst",
         "pyogrio", "openpyxl", "docx", "cryptography", "PySide6")  # fmt: skip
LOADED = """
import json, sys
from geopark_app.cli import main
code = main(json.loads(sys.argv[1]))
print(json.dumps([code, sorted({name.split(".")[0] for name in sys.modules})]), file=sys.stderr)
"""


def loaded_by(*arguments: str) -> set[str]:
    outcome = subprocess.run(
        [sys.executable, "-c", LOADED, json.dumps(arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    code, modules = json.loads(outcome.stderr.splitlines()[-1])
    assert code == 0
    return set(modules)


@pytest.mark.parametrize(
    "arguments", [("--help",), ("--version",), ("site", "set", "--help"), ("photos", "--help")]
)
def test_help_loads_no_heavy_room(arguments: tuple[str, ...]) -> None:
    assert not loaded_by(*arguments) & set(HEAVY)


def test_help_of_every_command_in_one_process_loads_no_heavy_room() -> None:
    script = LOADED.replace(
        "code = main(json.loads(sys.argv[1]))",
        "code = max(main([name, '--help']) for name in json.loads(sys.argv[1]))",
    )
    outcome = subprocess.run(
        [sys.executable, "-c", script, json.dumps(list(COMMANDS))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    code, modules = json.loads(outcome.stderr.splitlines()[-1])
    assert code == 0
    assert not set(modules) & set(HEAVY)


def leaves(command: click.Command, name: str) -> list[tuple[str, click.Command]]:
    if not isinstance(command, click.Group) or name == "record":
        return [(name, command)]
    context = click.Context(command)
    found = []
    for part in command.list_commands(context):
        inner = command.get_command(context, part)
        assert inner is not None
        found.extend(leaves(inner, f"{name} {part}"))
    return found


def all_leaves() -> list[tuple[str, click.Command]]:
    root = root_command()
    context = click.Context(root)
    found = []
    for name in COMMANDS:
        command = root.get_command(context, name)
        assert command is not None
        found.extend(leaves(command, name))
    return found


LEAVES = all_leaves()


@pytest.mark.parametrize(("name", "command"), LEAVES, ids=[name for name, _ in LEAVES])
def test_every_command_is_documented(name: str, command: click.Command) -> None:
    document = ROOT / "docs" / "command-line.md"
    assert document.is_file(), "docs/command-line.md is missing"
    text = document.read_text(encoding="utf-8")
    parent, _, last = name.rpartition(" ")
    assert name in text or (parent in text and last in text), name
    for option in command.params:
        if isinstance(option, click.Option) and option.name not in {"as_json", "lang", "quiet"}:
            assert option.opts[0] in text, f"{name} {option.opts[0]}"


@pytest.mark.parametrize(("name", "command"), LEAVES, ids=[name for name, _ in LEAVES])
def test_every_command_takes_the_common_options(name: str, command: click.Command) -> None:
    options = {text for option in command.params for text in option.opts}
    assert {"--json", "--lang", "--quiet"} <= options, name


ADDED = {
    "checklist", "evidence", "measure", "method", "mission", "overview", "plan",
    "recommendations", "translation", "trash", "units", "works",
}  # fmt: skip
"""Commands of ours beside the contract, which says: add, do not rename."""


def test_the_contract_of_the_research_is_kept() -> None:
    contract = ROOT.parent / "shared" / "design" / "command-line.md"
    if not contract.is_file():
        pytest.skip("the shared design is not here")
    text = contract.read_text(encoding="utf-8")
    for name in COMMANDS.keys() - ADDED:
        assert f"`{name}" in text, f"{name} is not in the contract"


@pytest.mark.parametrize("code", [2, 20, 21, 22, 24, 30, 40, 70, 130])
def test_every_exit_code_is_documented(code: int) -> None:
    text = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    assert str(code) in text

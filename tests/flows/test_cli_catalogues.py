"""The contract of commands as such: making catalogues, languages, help, usage, locks."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import pytest

from geopark_app import i18n
from geopark_app.cli import main
from geopark_app.cli.root import COMMANDS, root_command
from geopark_app.store import engine
from tests.builders import content_of

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PROFILES = Path(__file__).resolve().parents[1] / "data" / "profiles"


def run_json(
    capsys: pytest.CaptureFixture[str], *arguments: str | Path
) -> tuple[int, dict[str, Any]]:
    code = main([str(argument) for argument in arguments] + ["--json"])
    content = json.loads(capsys.readouterr().out)
    assert isinstance(content, dict)
    return code, content


@pytest.mark.parametrize(("starter", "sites"), [("langson", 96), ("empty", 0)])
def test_new(capsys: pytest.CaptureFixture[str], tmp_path: Path, starter: str, sites: int) -> None:
    folder = tmp_path / "sổ tay"
    code, made = run_json(
        capsys, "new", folder, "--starter", starter, "--author", "Hà", "--device", "máy 7"
    )
    assert (code, made["sites"], made["catalogue"]) == (0, sites, str(folder))
    assert Path(made["file"]).is_file()
    code, listed = run_json(capsys, "--catalogue", made["file"], "site", "list")
    assert (code, listed["count"]) == (0, sites)


def test_new_with_another_geopark_s_profile(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, made = run_json(
        capsys, "new", tmp_path / "s", "--profile", PROFILES / "southern.json", "--author", "Hà"
    )
    assert (code, made["sites"]) == (0, 0)


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '"text"', "[" * 20_000], ids=["empty", "list", "cut", "text", "deep"]
)
def test_a_profile_that_cannot_be_read_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: str
) -> None:
    profile = tmp_path / "profile.json"
    profile.write_text(content, encoding="utf-8")
    code, answer = run_json(capsys, "new", tmp_path / "s", "--profile", profile)
    assert (code, answer["error"]["code"]) == (20, "bad-value")
    assert not (tmp_path / "s").exists()


def test_the_catalogue_is_named_by_the_environment_too(
    capsys: pytest.CaptureFixture[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEOPARK_CATALOGUE", str(folder))
    assert run_json(capsys, "site", "list") == (0, {"sites": [], "count": 0})


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-command"],
        ["site"],
        ["site", "no-such-command"],
        ["site", "list", "--no-such-option"],
        ["site", "set", "LS-001"],
        ["site", "list", "--limit", "0"],
        ["site", "list", "--limit", "ten"],
        ["new"],
        ["search"],
        ["record"],
        ["record", "no-such-kind", "list"],
        ["site", "list", "--lang", "fr"],
    ],
)
def test_wrong_usage_is_exit_code_2(
    capsys: pytest.CaptureFixture[str], folder: Path, arguments: list[str]
) -> None:
    assert main(["--catalogue", str(folder), *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.err
    assert captured.out == "" or arguments in (["site"],)


def test_wrong_usage_is_an_error_object_too(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    code, answer = run_json(capsys, "--catalogue", folder, "site", "list", "--limit", "ten")
    assert code == 2
    assert answer["error"].keys() == {"code", "message", "safe", "next"}
    assert answer["error"]["code"] == "usage"


def test_without_a_catalogue_a_command_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["site", "list"]) == 2
    assert "--catalogue" in capsys.readouterr().err


def commands_of(command: click.Command, *names: str) -> Iterator[tuple[str, ...]]:
    yield names
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            if names == ("record",) and name not in {"site", "catalogue_setting"}:
                continue  # every kind has the same commands
            found = command.get_command(context, name)
            assert found is not None
            yield from commands_of(found, *names, name)


ALL_COMMANDS = list(commands_of(root_command()))


@pytest.mark.parametrize("names", ALL_COMMANDS, ids=" ".join)
def test_every_command_has_help_in_both_languages(
    capsys: pytest.CaptureFixture[str], names: tuple[str, ...]
) -> None:
    texts = {}
    for language in ("vi", "en"):
        assert main(["--lang", language, *names, "--help"]) == 0
        texts[language] = capsys.readouterr().out
        assert "None" not in texts[language].split()
        assert "{" not in texts[language].replace("{DIR}", "")
    first_lines = {
        language: text.strip().splitlines()[2].strip() for language, text in texts.items()
    }
    assert all(first_lines.values())
    assert first_lines["vi"] != first_lines["en"]
    if names and names[0] in COMMANDS and len(names) > 1:
        assert "--json" in texts["en"] or "COMMAND" in texts["en"]


@pytest.mark.parametrize("names", [names for names in ALL_COMMANDS if names], ids=" ".join)
def test_every_option_is_explained_in_both_languages(names: tuple[str, ...]) -> None:
    helps: dict[str, dict[str, str]] = {}
    for language in ("vi", "en"):
        i18n.activate(language)
        command: click.Command = root_command()
        for name in names:
            assert isinstance(command, click.Group)
            found = command.get_command(click.Context(command), name)
            assert found is not None
            command = found
        helps[language] = {
            str(option.opts[0]): option.help or ""
            for option in command.params
            if isinstance(option, click.Option)
        }
    assert all(helps["en"].values()), helps["en"]
    for option, text in helps["en"].items():
        assert helps["vi"][option] != text, option


def test_messages_are_in_the_language_asked_for(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    messages = set()
    for language in ("vi", "en"):
        main(["--catalogue", str(folder), "site", "show", "LS-404", "--lang", language])
        messages.add(capsys.readouterr().err)
    assert len(messages) == 2
    assert all("LS-404" in message for message in messages)


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.strip().startswith("0.")


def test_a_catalogue_another_program_writes_is_locked(
    capsys: pytest.CaptureFixture[str], langson: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 100)
    before = content_of(langson)
    with closing(sqlite3.connect(langson / "catalogue.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        code, answer = run_json(
            capsys, "--catalogue", langson, "site", "set", "LS-001", "-f", "village=x"
        )
        assert (code, answer["error"]["code"]) == (22, "locked")
        # reading goes on beside it
        assert run_json(capsys, "--catalogue", langson, "site", "list")[1].get("count") == 96
        other.execute("ROLLBACK")
    assert content_of(langson) == before


def test_a_short_wait_is_no_lock(langson: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Commands wait for each other: all of several at once are done."""
    commands = [
        subprocess.Popen(
            [
                sys.executable, "main.py", "--catalogue", str(langson), "site", "set", f"LS-00{n}",
                "-f", f"village=thôn {n}", "--quiet",
            ],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )
        for n in range(1, 5)
    ]  # fmt: skip
    assert [command.wait() for command in commands] == [0] * 4
    code, answer = run_json(capsys, "--catalogue", langson, "check")
    assert (code, answer["ok"]) == (0, True)
    shown = run_json(capsys, "--catalogue", langson, "site", "list", "--limit", "4")[1]["sites"]
    assert len(shown) == 4
    assert run_json(capsys, "--catalogue", langson, "sync", "pending")[1]["pending"] == 4


@pytest.mark.parametrize("damage", ["newer", "foreign", "missing"])
def test_exit_codes_of_catalogues_that_cannot_be_opened(
    capsys: pytest.CaptureFixture[str], folder: Path, damage: str
) -> None:
    expected = {"newer": 24, "foreign": 20, "missing": 40}[damage]
    target = folder
    if damage == "newer":
        with closing(sqlite3.connect(folder / "catalogue.sqlite")) as other:
            other.execute("UPDATE alembic_version SET version_num = '9999'")
            other.commit()
    elif damage == "foreign":
        (folder / "catalogue.sqlite").write_bytes(b"something else")
    else:
        target = folder / "no-such-folder"
    code, answer = run_json(capsys, "--catalogue", target, "site", "list")
    assert code == expected
    assert answer["error"].keys() == {"code", "message", "safe", "next"}
    assert all(answer["error"].values())


def test_a_bug_of_ours_is_exit_code_70_without_a_traceback(
    capsys: pytest.CaptureFixture[str], folder: Path, profile: Path
) -> None:
    with closing(sqlite3.connect(folder / "catalogue.sqlite")) as other:
        other.execute("DROP TABLE stop")
        other.commit()
    code, answer = run_json(capsys, "--catalogue", folder, "site", "list")
    assert code == 70
    assert answer["error"]["code"] == "bug"
    assert "Traceback" not in json.dumps(answer)
    assert (profile / "logs" / "geopark.log").read_text(encoding="utf-8").count("Traceback") >= 1


def test_a_pipe_that_closes_early_is_no_bug(langson: Path) -> None:
    command = f"{sys.executable} main.py --catalogue {langson} site list --json | head -1"
    outcome = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, check=False
    )
    assert outcome.stdout.strip() == b"{"
    assert b"Traceback" not in outcome.stderr
    assert b"BrokenPipe" not in outcome.stderr

"""No command of the command line loads a module of Qt, however it is imported."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from geopark_app.cli.root import COMMANDS

# Runs the commands given on stdin one after the other in one fresh process, then tells what is
# loaded: a module that any of them had loaded would still be there.
DRIVER = """
import json, sys
from geopark_app.cli import main
codes = []
for arguments in json.load(sys.stdin):
    codes.append(main(arguments))
qt = [name for name in sys.modules if name.split(".")[0] in ("PySide6", "shiboken6", "qtawesome")]
print(json.dumps({"codes": codes, "qt": qt}), file=sys.stderr)
"""


def outcome_of(commands: list[list[str]], folder: Path) -> dict[str, list[object]]:
    finished = subprocess.run(
        [sys.executable, "-c", DRIVER],
        input=json.dumps(commands),
        cwd=folder,
        env={**os.environ, "GEOPARK_PROFILE": str(folder / "profile")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    told: dict[str, list[object]] = json.loads(finished.stderr.splitlines()[-1])
    return told


def test_no_command_loads_qt_when_it_is_asked_for_help(tmp_path: Path) -> None:
    told = outcome_of([[command, "--help"] for command in COMMANDS], tmp_path)
    assert told == {"codes": [0] * len(COMMANDS), "qt": []}


@pytest.mark.slow
def test_no_command_loads_qt_when_it_works(tmp_path: Path) -> None:
    Image.new("RGB", (64, 48), "green").save(tmp_path / "photo.jpg")
    answers = {"items": {"A01": {"status": "met", "note": "", "photos": []}}}
    (tmp_path / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    on_catalogue = [
        ["site", "list"],
        ["site", "set", "LS-001", "--field", "summary_vi=Đền"],
        ["site", "history", "LS-001"],
        ["record", "commune", "list"],
        ["search", "dong dang"],
        ["photos", "add", "photo.jpg", "--site", "LS-001"],
        ["photos", "check"],
        ["visit", "record", "park", "--answers", "answers.json"],
        ["readiness", "LS-001"],
        ["map", "map.html"],
        ["export", "gpkg", "sites.gpkg"],
        ["dossier", "check"],
        ["dossier", "build", "--filter", "code=LS-001", "dossier"],
        ["backup", "backup.sqlite"],
        ["check"],
        ["sync", "pending"],
    ]
    commands = [
        ["new", "catalogue", "--starter", "langson", "--author", "Lan"],
        *(["--catalogue", "catalogue", *command] for command in on_catalogue),
    ]
    told = outcome_of(commands, tmp_path)
    assert told["qt"] == []
    failed = [
        command
        for command, code in zip(commands, told["codes"], strict=True)
        if code not in {0, 21}
    ]
    assert failed == []

"""The house: who may import whom, and that the rule really catches a planted violation."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "geopark_app"
LINT = [
    sys.executable,
    "-c",
    "from importlinter.cli import lint_imports_command as run; run()",
    "--no-logo",
    "--no-cache",
]
GPL_ONLY_QT = {
    "QtCharts", "QtDataVisualization", "QtGraphs", "QtGraphsWidgets", "QtHttpServer",
    "QtNetworkAuth", "QtQuick3D", "QtVirtualKeyboard",
}  # fmt: skip


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    """Run the import contracts of a checkout's pyproject.toml against its package."""
    return subprocess.run(
        LINT,
        cwd=root,
        # The checkout itself may be installed; the copy in `root` must win.
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def imports_of(path: Path) -> set[str]:
    """The full names of all that a module imports, wherever in it the import stands."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package in which a violation can be planted."""
    root = tmp_path_factory.mktemp("house")
    shutil.copytree(PACKAGE, root / "geopark_app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(ROOT / "pyproject.toml", root)
    return root


def test_the_house_keeps_its_import_rules() -> None:
    outcome = lint_imports(ROOT)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("rules/planted.py", "import geopark_app.store"),
        ("rules/planted.py", "import pathlib"),
        ("domain/planted.py", "import sqlite3"),
        ("photos/planted.py", "import geopark_app.maps"),
        ("store/planted.py", "from geopark_app import operations"),
        ("operations/planted.py", "def late():\n    import PySide6.QtCore"),
        (
            "cli/planted.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from PySide6 import QtGui",
        ),
        ("cli/planted.py", "import geopark_app.gui"),
        ("gui/planted.py", "import sqlalchemy.orm"),
        ("operations/planted.py", "import alembic"),
        ("dossier/planted.py", "import folium"),
        ("maps/planted.py", "import pyproj"),
        ("paths_planted.py", "a_room = 'without a line in the contract'"),
        ("worker.py", "import geopark_app.store"),
    ],
)
def test_a_planted_violation_is_caught(house: Path, module: str, code: str) -> None:
    planted = house / "geopark_app" / module
    before = planted.read_text(encoding="utf-8") if planted.exists() else None
    planted.write_text(f"{before or ''}\n{code}\n", encoding="utf-8")
    try:
        outcome = lint_imports(house)
    finally:
        if before is None:
            planted.unlink()
        else:
            planted.write_text(before, encoding="utf-8")
    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    assert f"geopark_app.{module.removesuffix('.py').replace('/', '.')}" in outcome.stdout


@pytest.mark.parametrize("room", ["domain", "rules"])
def test_domain_and_rules_need_the_standard_library_only(room: str) -> None:
    foreign = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in (PACKAGE / room).rglob("*.py")
        for name in imports_of(path)
        if name.split(".")[0] not in {*sys.stdlib_module_names, "geopark_app"}
    }
    assert foreign == set()


def test_no_qt_module_that_is_gpl_only_is_imported() -> None:
    imported = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in PACKAGE.rglob("*.py")
        for name in imports_of(path)
        if name.startswith("PySide6.") and GPL_ONLY_QT & set(name.split("."))
    }
    assert imported == set()


def test_no_room_is_named_for_nothing() -> None:
    names = {"utils", "helpers", "common", "misc"}
    assert [path for path in PACKAGE.rglob("*.py") if path.stem in names] == []

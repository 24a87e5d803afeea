"""The wheel, installed alone outside the checkout, holds and finds all that the program needs."""

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pikepdf
import pytest

ROOT = Path(__file__).resolve().parents[2]
BUNDLED = "geopark_app/_bundled/"

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run a program apart from this checkout and give what it prints."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    outcome = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return outcome.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = ["-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    run(sys.executable, *build, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an environment with the wheel and its dependencies, but without the checkout."""
    folder = tmp_path_factory.mktemp("elsewhere")
    environment = folder / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=folder)
    python = environment / "bin" / "python"
    install = ["--python", python, "install", "-qq", "--no-deps", "--no-index", wheel]
    run(sys.executable, "-m", "pip", *install, cwd=folder)
    # Tests do not download: the dependencies are those of this environment. A path in a .pth is
    # not searched for further .pth files, so the checkout installed there stays out.
    own = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder)
    dependencies = Path(own.strip()) / "dependencies.pth"
    dependencies.write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder


def geopark(folder: Path, *arguments: str | Path) -> str:
    program = folder / "environment" / "bin" / "geopark"
    return run(program, *arguments, cwd=folder, GEOPARK_PROFILE=str(folder / "profile"))


def test_the_wheel_carries_every_file_of_resources_and_db(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        carried = {
            name.removeprefix(BUNDLED) for name in archive.namelist() if name.startswith(BUNDLED)
        }
    needed = {
        path.relative_to(ROOT).as_posix()
        for top in ("db", "resources")
        for path in (ROOT / top).rglob("*")
        if path.is_file()
        and path.suffix not in {".po", ".pyc"}
        and "packaging" not in path.parts
        and path.parent != ROOT / "resources" / "web"
    }
    assert carried == needed
    assert "resources/i18n/vi/LC_MESSAGES/geopark.mo" in carried
    assert "resources/web/dist/fonts/NotoSans-Regular.ttf" in carried
    assert "resources/web/dist/print/NotoSans-Regular.ttf" in carried
    assert "resources/web/dist/leaflet/leaflet.js" in carried


def test_the_wheel_carries_the_program_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"geopark_app"}
    assert not [name for name in names if "__pycache__" in name]


def test_the_installed_program_is_not_the_checkout(elsewhere: Path) -> None:
    python = elsewhere / "environment" / "bin" / "python"
    code = "import geopark_app; print(geopark_app.__file__, geopark_app.version())"
    place, version = run(python, "-c", code, cwd=elsewhere).split()
    assert Path(place).is_relative_to(elsewhere)
    assert version == "0.1.0"


def test_the_installed_program_makes_a_catalogue_a_map_and_the_annex(elsewhere: Path) -> None:
    catalogue = elsewhere / "catalogue"
    geopark(elsewhere, "new", catalogue, "--starter", "langson", "--author", "Lan")
    answer = json.loads(geopark(elsewhere, "--catalogue", catalogue, "site", "list", "--json"))
    assert answer["count"] == 96

    page = elsewhere / "map.html"
    geopark(elsewhere, "--catalogue", catalogue, "map", page)
    assert "leaflet" in page.read_text(encoding="utf-8").casefold()

    out = elsewhere / "dossier"
    geopark(elsewhere, "--catalogue", catalogue, "dossier", "build", out)
    with pikepdf.open(out / "data" / "geosites" / "annex-geosites.pdf") as annex:
        assert len(annex.pages) > 1

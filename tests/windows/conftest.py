"""A screen of the tests' own: Xvfb with a window manager, and pictures of failures."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FAILURES = Path(__file__).parent / "failures"
TOOLS = ("Xvfb", "openbox", "xdotool", "import")
FIND_S = 60
_FAILED = "geopark_failed"


class Desktop:
    """One screen with the windows a test has opened.

    Attributes
    ----------
    environment : dict of str to str
        What a program needs to appear on it, with a profile of the test's own.
    """

    def __init__(self, display: str, profile: Path) -> None:
        self.environment = {
            **os.environ,
            "DISPLAY": display,
            "GEOPARK_PROFILE": str(profile),
            "QT_QPA_PLATFORM": "xcb",
        }
        self._programs: list[subprocess.Popen[bytes]] = []

    def start(self, *arguments: str | Path) -> subprocess.Popen[bytes]:
        """Start `python main.py` as a person does."""
        program = subprocess.Popen(
            [sys.executable, "main.py", *map(str, arguments)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._programs.append(program)
        return program

    def command(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command beside the windows and wait for it."""
        return subprocess.run(
            [sys.executable, "main.py", *map(str, arguments)],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=FIND_S,
            check=False,
        )

    def find(self, title: str) -> str:
        """Wait until a window whose title holds these words is shown; gives its number."""
        found = self._xdotool("search", "--sync", "--onlyvisible", "--name", title)
        return found.split()[-1]

    def keys(self, window: str, *keys: str) -> None:
        """Press keys in a window, one after the other."""
        self._xdotool("windowactivate", "--sync", window)
        self._xdotool("key", "--delay", "60", "--clearmodifiers", *keys)

    def type(self, words: str) -> None:
        """Type ASCII words where the keyboard is."""
        self._xdotool("type", "--delay", "40", words)

    def close(self, window: str) -> None:
        """Close a window by the window manager's key."""
        self.keys(window, "alt+F4")

    def title(self, window: str) -> str:
        """Give the title of a window."""
        return self._xdotool("getwindowname", window).strip()

    def picture(self, path: Path) -> None:
        """Keep a picture of the whole screen."""
        path.parent.mkdir(exist_ok=True)
        subprocess.run(["import", "-window", "root", str(path)], env=self.environment, check=False)

    def end(self) -> None:
        """End what the test has started and left."""
        for program in self._programs:
            if program.poll() is None:
                program.kill()
            program.wait()

    def _xdotool(self, *arguments: str) -> str:
        done = subprocess.run(
            ["xdotool", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=FIND_S,
            check=True,
        )
        return done.stdout


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """Give a screen of 1366 × 768 with a window manager."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[write_end],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    with os.fdopen(read_end) as answer:
        number = answer.readline().strip()
    assert re.fullmatch(r"\d+", number)
    manager = subprocess.Popen(
        ["openbox"],
        env={**os.environ, "DISPLAY": f":{number}"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield f":{number}"
    for program in (manager, server):
        program.terminate()
        program.wait()


@pytest.fixture(scope="session")
def made_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a catalogue made once by the command; tests work on copies."""
    folder = tmp_path_factory.mktemp("made") / "langson"
    environment = {**os.environ, "GEOPARK_PROFILE": str(tmp_path_factory.mktemp("maker"))}
    subprocess.run(
        [
            sys.executable,
            "main.py",
            "new",
            str(folder),
            "--author",
            "Hoàng Thị Lan",
            "--device",
            "laptop-1",
        ],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture
def catalogue(made_catalogue: Path, tmp_path: Path) -> Path:
    """Give a copy of the catalogue for one test."""
    return Path(shutil.copytree(made_catalogue, tmp_path / "langson"))


@pytest.fixture
def desktop(display: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desktop]:
    """Give the screen; a failed test leaves a picture of it in `failures/`."""
    profile = tmp_path / "profile"
    profile.mkdir()
    settings = 'language = "vi"\nperson = "Hoàng Thị Lan"\ndevice = "laptop-1"\n'
    (profile / "settings.toml").write_text(settings, encoding="utf-8")
    desktop = Desktop(display, profile)
    yield desktop
    if getattr(request.node, _FAILED, False):
        desktop.picture(FAILURES / f"{request.node.name}.png")
    desktop.end()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Mark the test as failed before its fixtures end, so that the picture shows the failure."""
    report = yield
    if call.when == "call" and call.excinfo is not None:
        setattr(item, _FAILED, True)
    return report

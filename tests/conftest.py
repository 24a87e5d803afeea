"""What all tests share: a profile of their own, one language, catalogues made once and copied."""

import logging
import shutil
from collections.abc import Callable, Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from geopark_app import i18n
from geopark_app.operations.catalogues import create_new
from geopark_app.operations.context import AppContext, open_context
from tests.builders import fixed_clock

OpenCatalogue = Callable[..., AppContext]


@pytest.fixture(autouse=True)
def profile(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a machine profile that nobody else has, and no catalogue by default."""
    folder = tmp_path_factory.mktemp("profile")
    monkeypatch.setenv("GEOPARK_PROFILE", str(folder))
    monkeypatch.delenv("GEOPARK_CATALOGUE", raising=False)
    # click's words are chosen by this variable; the command line sets it for its own process
    monkeypatch.setenv("LANGUAGE", "vi")
    return folder


@pytest.fixture(autouse=True)
def _language_and_log() -> Iterator[None]:
    """Start each test in Vietnamese, and close the log files that commands opened."""
    i18n.activate("vi")
    log = logging.getLogger()
    level = log.level
    yield
    i18n.activate("vi")
    log.setLevel(level)
    for handler in [one for one in log.handlers if isinstance(one, RotatingFileHandler)]:
        log.removeHandler(handler)
        handler.close()


@pytest.fixture(autouse=True)
def _tidy(request: pytest.FixtureRequest) -> Iterator[None]:
    """Remove the files of a test that passed: those of all are more than 20 GB.

    Those of windows stay until the run ends, for a window may still read in the background.
    """
    if "tmp_path" not in request.fixturenames or {"gui", "windows"} & set(request.path.parts):
        yield
        return
    path = request.getfixturevalue("tmp_path")
    failed = request.session.testsfailed
    yield
    if request.session.testsfailed == failed:
        shutil.rmtree(path, ignore_errors=True)


def _made_once(factory: pytest.TempPathFactory, starter: str) -> Path:
    folder = factory.mktemp(f"made-once-{starter}") / starter
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEOPARK_PROFILE", str(factory.mktemp("profile-made-once")))
        context = create_new(
            folder, starter=starter, person="Hà", device="office", clock=fixed_clock
        )
        context.catalogue.close()
    return folder


@pytest.fixture(scope="session")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of an empty catalogue made once; copy it before writing."""
    return _made_once(tmp_path_factory, "empty")


@pytest.fixture(scope="session")
def langson_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a starter catalogue made once; copy it before writing."""
    return _made_once(tmp_path_factory, "langson")


@pytest.fixture
def folder(empty_folder: Path, tmp_path: Path) -> Path:
    """Give a copy of the empty catalogue, closed."""
    return Path(shutil.copytree(empty_folder, tmp_path / "catalogue"))


@pytest.fixture
def langson(langson_folder: Path, tmp_path: Path) -> Path:
    """Give a copy of the starter catalogue, closed."""
    return Path(shutil.copytree(langson_folder, tmp_path / "langson"))


@pytest.fixture
def opened() -> Iterator[OpenCatalogue]:
    """Give a function that opens a catalogue; all are closed after the test."""
    contexts: list[AppContext] = []

    def open_one(
        path: Path, *, person: str = "Hà", device: str = "laptop-1", clock: object = fixed_clock
    ) -> AppContext:
        context = open_context(path, person=person, device=device, clock=clock)  # type: ignore[arg-type]
        contexts.append(context)
        return context

    yield open_one
    for context in contexts:
        context.catalogue.close()


@pytest.fixture
def context(folder: Path, opened: OpenCatalogue) -> AppContext:
    """Give an open copy of the empty catalogue."""
    return opened(folder)

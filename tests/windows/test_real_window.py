"""`python main.py` as a process on a real screen: windows, keys, second windows, sudden ends."""

import json
import signal
from pathlib import Path

import pytest

from tests.windows.conftest import Desktop

pytestmark = pytest.mark.slow
PROGRAM = "Kiểm kê công viên địa chất"
END_S = 90


def test_the_start_page_opens_and_closes(desktop: Desktop) -> None:
    program = desktop.start()
    window = desktop.find(PROGRAM)
    assert desktop.title(window) == PROGRAM
    desktop.close(window)
    assert program.wait(END_S) == 0


@pytest.mark.parametrize("by", ["folder", "marker", "option"])
def test_a_catalogue_opens_with_its_name_and_person(
    desktop: Desktop, catalogue: Path, by: str
) -> None:
    marker = next(catalogue.glob("*.geopark"))
    match by:
        case "folder":
            program = desktop.start("--catalogue", catalogue)
        case "marker":
            program = desktop.start(marker)
        case _:
            program = desktop.start("--catalogue", marker)
    window = desktop.find("langson — Hoàng Thị Lan · laptop-1")
    desktop.keys(window, "ctrl+4", "ctrl+5", "ctrl+6", "ctrl+7", "ctrl+1", "ctrl+shift+l")
    desktop.find("Geopark inventory")
    desktop.close(window)
    assert program.wait(END_S) == 0


def test_a_command_works_beside_the_window_and_a_second_window_is_refused(
    desktop: Desktop, catalogue: Path
) -> None:
    desktop.start("--catalogue", catalogue)
    first = desktop.find("langson — Hoàng Thị Lan")
    changed = desktop.command(
        "--catalogue", catalogue, "site", "set", "LS-001", "--field", "name_en=Beside the window"
    )
    assert changed.returncode == 0, changed.stderr
    second = desktop.start("--catalogue", catalogue)
    window = desktop.find(f"^{PROGRAM}$")
    assert second.poll() is None
    desktop.close(window)
    assert second.wait(END_S) == 0
    desktop.close(first)


def test_typed_words_outlive_a_sudden_end(desktop: Desktop, catalogue: Path) -> None:
    program = desktop.start("--catalogue", catalogue)
    window = desktop.find("langson — Hoàng Thị Lan")
    # To the table, into the name of its first site, and out of the field again: a save.
    desktop.keys(window, "ctrl+2", "Return", "ctrl+a")
    desktop.type("Den Bac Le moi")
    desktop.keys(window, "Tab")
    saved = _wait_for_name(desktop, catalogue, "Den Bac Le moi")
    assert saved == "Den Bac Le moi"
    program.send_signal(signal.SIGKILL)
    program.wait(END_S)
    desktop.start("--catalogue", catalogue)
    again = desktop.find("langson — Hoàng Thị Lan")
    assert _name(desktop, catalogue) == "Den Bac Le moi"
    desktop.close(again)


def _wait_for_name(desktop: Desktop, catalogue: Path, wanted: str) -> str:
    name = ""
    for _attempt in range(10):
        name = _name(desktop, catalogue)
        if name == wanted:
            break
    return name


def _name(desktop: Desktop, catalogue: Path) -> str:
    shown = desktop.command("--catalogue", catalogue, "site", "show", "LS-001", "--json")
    return str(json.loads(shown.stdout)["sites"][0]["name_vi"])

"""The battery as Linux tells it."""

from pathlib import Path

import pytest

from geopark_app.operations.battery import Battery, read_battery

pytestmark = pytest.mark.skipif("sys.platform == 'win32'", reason="reads the files of Linux")


def supply(folder: Path, name: str, **lines: str) -> None:
    (folder / name).mkdir(parents=True)
    for file, content in lines.items():
        (folder / name / file).write_text(f"{content}\n", encoding="ascii")


@pytest.mark.parametrize(
    ("supplies", "found"),
    [
        ({}, None),
        ({"AC": {"type": "Mains", "online": "1"}}, None),
        ({"BAT0": {"type": "Battery", "capacity": "84", "status": "Discharging"}}, (84, False)),
        (
            {
                "BAT0": {"type": "Battery", "capacity": "40", "status": "Unknown"},
                "BAT1": {"type": "Battery", "capacity": "60", "status": "Unknown"},
                "AC": {"type": "Mains", "online": "1"},
            },
            (50, True),
        ),
        ({"mouse": {"type": "Battery", "scope": "Device", "capacity": "5"}}, None),
        ({"BAT0": {"type": "Battery", "capacity": "lots"}}, None),
    ],
)
def test_what_the_system_says(
    tmp_path: Path, supplies: dict[str, dict[str, str]], found: tuple[int, bool] | None
) -> None:
    for name, lines in supplies.items():
        supply(tmp_path, name, **lines)
    expected = None if found is None else Battery(percent=found[0], is_charging=found[1])
    assert read_battery(tmp_path) == expected


def test_a_system_without_the_folder_says_nothing(tmp_path: Path) -> None:
    assert read_battery(tmp_path / "none") is None

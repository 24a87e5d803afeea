"""Two laptops found a team, meet over a stick and settle a conflict, by commands alone."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from geopark_app.cli import main


class Machine:
    """A laptop that is driven by commands."""

    def __init__(
        self,
        root: Path,
        template: Path,
        name: str,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        self.profile, self.folder, self.name = root / f"{name}-profile", root / name, name
        shutil.copytree(template, self.folder)
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def run(self, *words: object, code: int = 0) -> dict[str, Any]:
        """Run a command and give its JSON."""
        self._monkeypatch.setenv("GEOPARK_PROFILE", str(self.profile))
        self.profile.mkdir(exist_ok=True)
        settings = self.profile / "settings.toml"
        settings.write_text(f'person = "{self.name}"\ndevice = "{self.name}"\n', encoding="utf-8")
        self._capsys.readouterr()
        done = main(["--catalogue", str(self.folder), *(str(word) for word in words), "--json"])
        shown = self._capsys.readouterr()
        assert done == code, shown
        content: dict[str, Any] = json.loads(shown.out)
        return content


@pytest.fixture
def machines(
    tmp_path: Path,
    empty_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> tuple[Machine, Machine]:
    """Give the office and a field laptop of one team."""
    office, field = (
        Machine(tmp_path, empty_folder, name, monkeypatch, capsys) for name in ("office", "field")
    )
    office.run("team", "create", "Lạng Sơn")
    asked = field.run("team", "request", tmp_path / "ask")
    told = office.run("team", "approve", tmp_path / "ask", tmp_path / "answer")
    assert told["fingerprint"] == asked["fingerprint"]
    joined = field.run("team", "join", tmp_path / "answer")
    assert [one["device"] for one in joined["members"]] == ["office", "field"]
    return office, field


def test_a_conflict_is_settled_for_everybody(
    machines: tuple[Machine, Machine], tmp_path: Path
) -> None:
    office, field = machines
    stick = tmp_path / "stick"
    stick.mkdir()
    office.run("site", "add", "-f", "code=LS-1", "-f", "name_vi=Hang Gió")
    office.run("sync", "folder", stick)
    assert field.run("sync", "folder", stick)["received"] == 1
    office.run("site", "set", "LS-1", "-f", "significance_vi=Hang dài\nCó suối")
    field.run("site", "set", "LS-1", "-f", "significance_vi=Hang dài\nCó dơi")
    assert field.run("sync", "pending")["pending"] == 1
    field.run("sync", "folder", stick)
    done = office.run("sync", "folder", stick, code=21)
    assert (done["sent"], done["received"], done["conflicts"]) == (1, 1, 1)
    (peer,) = done["peers"]
    assert (peer["name"], peer["lacks_saves"]) == ("field", 1)
    (conflict,) = office.run("conflicts", "list", code=21)["conflicts"]
    assert (conflict["ref"], conflict["field"]) == ("site:LS-1", "significance_vi")
    assert {one["author"] for one in conflict["values"]} == {"office", "field"}
    assert set(conflict["suggestion"].splitlines()) == {"Hang dài", "Có suối", "Có dơi"}
    office.run("conflicts", "show", "LS-1", code=21)
    office.run("conflicts", "resolve", "LS-1", "significance_vi", "--both")
    office.run("sync", "folder", stick)
    assert field.run("sync", "folder", stick)["conflicts"] == 0
    assert field.run("conflicts", "list") == {"conflicts": [], "count": 0}
    (site,) = field.run("site", "show", "LS-1")["sites"]
    assert site["significance_vi"] == conflict["suggestion"]
    history = field.run("site", "history", "LS-1", "-f", "significance_vi")["history"]
    assert {"Hang dài\nCó suối", "Hang dài\nCó dơi"} <= {one["new"] for one in history}


def test_a_bundle_goes_by_mail(machines: tuple[Machine, Machine], tmp_path: Path) -> None:
    office, field = machines
    field.run("site", "add", "-f", "code=LS-7")
    written = field.run("sync", "export", tmp_path / "mail")
    assert office.run("sync", "import", written["file"])["received"] == 1
    again = office.run("sync", "import", written["file"])
    assert (again["received"], again["conflicts"]) == (0, 0)
    assert office.run("sync", "export", tmp_path / "back", "--for", "field")["sent"] == 0
    assert office.run("sync", "status")["member"] is True
    office.run("sync", "export", tmp_path / "x", "--for", "nobody", code=40)


def test_what_cannot_be_is_refused_with_a_sentence(
    machines: tuple[Machine, Machine],
    tmp_path: Path,
    empty_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    office, field = machines
    stranger = Machine(tmp_path, empty_folder, "stranger", monkeypatch, capsys)
    (tmp_path / "rubbish").write_bytes(b"rubbish")
    answers = [
        stranger.run("sync", "folder", tmp_path, code=20),
        stranger.run("team", "join", tmp_path / "answer", code=20),
        stranger.run("team", "join", tmp_path / "rubbish", code=20),
        field.run("sync", "import", tmp_path / "rubbish", code=20),
        field.run("team", "create", "Another", code=20),
        field.run("team", "approve", tmp_path / "ask", tmp_path / "out", code=30),
        office.run("sync", "folder", tmp_path / "no such stick", code=40),
        office.run("sync", "folder", office.folder / "files", code=20),
        office.run("conflicts", "resolve", "LS-1", "name_vi", "--keep", "1", code=40),
    ]
    assert all(answer["error"]["message"] and answer["error"]["next"] for answer in answers)
    assert office.run("check")["ok"]

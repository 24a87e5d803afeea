"""The start page: few questions, honest about what is missing."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from geopark_app import i18n
from geopark_app.gui.language import LanguageSwitch
from geopark_app.gui.start_page.new_catalogue import NewCataloguePanel
from geopark_app.gui.start_page.page import StartPage
from geopark_app.gui.start_page.recent import RecentCatalogue, keep_recent, recent_catalogues
from geopark_app.settings import MachineSettings


@pytest.fixture(autouse=True)
def _own_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: object) -> None:
    monkeypatch.setenv("GEOPARK_PROFILE", str(tmp_path / "profile"))
    LanguageSwitch("en")


def test_new_catalogue_asks_for_what_is_missing(qtbot: QtBot, tmp_path: Path) -> None:
    panel = NewCataloguePanel(MachineSettings(device="laptop-1"))
    qtbot.addWidget(panel)
    panel.show()
    panel.folder.setText(str(tmp_path / "new"))
    with qtbot.assertNotEmitted(panel.wanted):
        qtbot.mouseClick(panel.create_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(panel.person, "Hoang Van Nam")
    panel.empty.setChecked(True)
    with qtbot.waitSignal(panel.wanted) as wanted:
        qtbot.keyClick(panel.person, Qt.Key.Key_Return)
    answers = wanted.args[0]
    assert (answers.folder, answers.starter) == (tmp_path / "new", "empty")
    assert (answers.person, answers.device) == ("Hoang Van Nam", "laptop-1")


def test_a_folder_with_files_is_refused(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x", encoding="utf-8")
    panel = NewCataloguePanel(MachineSettings(person="Hà", device="laptop-1"))
    qtbot.addWidget(panel)
    panel.folder.setText(str(tmp_path / "full"))
    with qtbot.assertNotEmitted(panel.wanted):
        panel.submit()


def test_recent_catalogue_is_remembered_when_its_stick_is_out(qtbot: QtBot, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    folder = stick / "geopark"
    folder.mkdir(parents=True)
    (folder / "geopark.geopark").write_text("{}", encoding="utf-8")
    keep_recent(
        RecentCatalogue(
            folder=str(folder),
            title_vi="CVĐC Lạng Sơn",
            byte_count=2_000_000,
            own_saves=7,
            opened_at="2026-11-23T09:30:00+07:00",
        )
    )
    page = StartPage(MachineSettings(recent=(str(folder),)))
    qtbot.addWidget(page)
    card = page.cards[0]
    assert card.open.isEnabled()
    assert "7" in card.state.text()
    shutil.rmtree(stick)
    page.reload(MachineSettings(recent=(str(folder),)))
    card = page.cards[0]
    assert not card.open.isEnabled()
    missing = i18n.gettext(
        "The stick or drive is not there. Plug it in and come back to this page."
    )
    assert card.state.text().startswith(missing)
    assert "7" in card.state.text()
    assert "CVĐC Lạng Sơn" in card.name.text()


def test_a_damaged_list_of_recent_catalogues_is_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "profile").mkdir()
    (tmp_path / "profile" / "recent.json").write_text('[{"folder": 3}, "x"', encoding="utf-8")
    assert recent_catalogues(("/somewhere",)) == [RecentCatalogue(folder="/somewhere")]

"""The dialog that prints a map: shown before, drawn again for a choice, then written."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from geopark_app.gui.printing.dialog import PrintMapDialog
from geopark_app.gui.session import Session
from geopark_app.operations.basemap_adding import BasemapOptions, add_basemap, look_at_basemap
from geopark_app.operations.print_options import BaseMapChoice
from tests.builders import make_position, make_site, put
from tests.tile_files import write_mbtiles


def test_a_map_is_shown_changed_and_printed(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    site = make_site(code="A-001", position=make_position(106.76, 21.85, quality="exact"))
    put(session.context, site)
    dialog = PrintMapDialog(session, site_uuid=site.uuid)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.choices.options().reference == site.uuid
    qtbot.waitUntil(lambda: dialog._task is None)
    first = dialog._pages[0].size()
    assert first.width() > first.height()
    assert "1:20,000" in dialog.facts.text()
    assert not dialog.bar.isVisible()

    portrait = dialog.choices.orientation.findData("portrait")
    dialog.choices.orientation.setCurrentIndex(portrait)
    dialog.choices.scale.setEditText("1:50.000")
    dialog.look()
    qtbot.waitUntil(lambda: dialog._task is None)
    assert dialog._pages[0].height() > dialog._pages[0].width()
    assert "1:50,000" in dialog.facts.text()

    out = tmp_path / "map.svg"
    dialog.form.setCurrentIndex(1)
    dialog.path.setText(str(out))
    dialog.write.click()
    qtbot.waitUntil(lambda: out.is_file() and not session.tasks.is_busy)
    assert "A-001" in out.read_text(encoding="utf-8")


def test_what_cannot_be_drawn_is_said_and_a_drawing_can_be_stopped(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    dialog = PrintMapDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.stop.click()
    qtbot.waitUntil(lambda: not session.tasks.is_busy)
    assert dialog._pages == []

    bad = tmp_path / "bad.tif"
    bad.write_text("no picture", encoding="utf-8")
    dialog.choices.choose_base(bad)
    assert isinstance(dialog.choices.options().base, BaseMapChoice)
    dialog.look()
    qtbot.waitUntil(lambda: dialog.facts.property("look") == "error")
    assert not dialog.write.isEnabled()
    dialog.choices.choose_base(None)
    dialog.look()
    qtbot.waitUntil(lambda: bool(dialog._pages))
    assert dialog.write.isEnabled()
    dialog.reject()


def test_a_base_map_of_the_catalogue_lies_below_the_print(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    context = session.context
    file = look_at_basemap(context, write_mbtiles(tmp_path / "nen.mbtiles"))
    add_basemap(context, file, BasemapOptions(), reason="add")
    dialog = PrintMapDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    choices = dialog.choices
    assert choices.options().base is None
    choices.base.setCurrentIndex(choices.base.findText("Nền thử"))
    base = choices.options().base
    assert base is not None
    assert (base.name, base.attribution) == ("Nền thử", "Sở thử nghiệm")
    assert choices.attribution.placeholderText() == "Sở thử nghiệm"
    dialog.look()
    qtbot.waitUntil(lambda: dialog._task is None)
    assert "Nền thử" in dialog.facts.text()
    choices.retranslate()
    assert choices.options().base == base
    # A choice that is cut off cannot be read.
    bar = dialog._area.verticalScrollBar().sizeHint().width()
    assert dialog._area.width() >= choices.minimumSizeHint().width() + bar
    dialog.reject()

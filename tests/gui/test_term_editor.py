"""Long vocabularies are chosen by typing; ages carry their colour and their span in Ma."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import Formation, Site, Term
from geopark_app.gui.forms.choice_editors import ChoiceEditor
from geopark_app.gui.forms.making import editor_for
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.forms.swatches import swatch
from geopark_app.gui.forms.term_editor import TermEditor
from geopark_app.gui.records_room.table_model import RecordsModel
from geopark_app.gui.session import Session
from geopark_app.wording.ages import ages_words


@pytest.fixture
def editor(qtbot: QtBot, session: Session) -> TermEditor:
    spec = kind_of(Formation).field("age_oldest")
    assert spec is not None
    made = editor_for(spec, FormOptions(session, session))
    assert isinstance(made, TermEditor)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize("typed", ["dev", "Devon", "DEVON", "devon "])
def test_typing_offers_terms(qtbot: QtBot, editor: TermEditor, typed: str) -> None:
    editor.line.setFocus()
    qtbot.keyClicks(editor.line, typed)
    assert "Devonian" in editor.offered()
    assert len(editor.offered()) < 12


def test_one_term_meant_is_taken(qtbot: QtBot, editor: TermEditor) -> None:
    editor.line.setText("frasn")
    with qtbot.waitSignal(editor.left):
        editor.line.editingFinished.emit()
    assert editor.typed_text() == "Frasnian"
    assert "Ma)" in editor.line.text()


def test_what_names_no_term_stays_as_typed_and_an_empty_line_is_nothing(editor: TermEditor) -> None:
    editor.show_text("Permian")
    assert editor.typed_text() == "Permian"
    editor.line.setText("không có")
    assert editor.typed_text() == "không có"
    editor.line.setText("")
    assert editor.typed_text() == ""
    editor.show_text("later-term")
    assert editor.typed_text() == "later-term"


def test_the_keyboard_alone_is_enough(qtbot: QtBot, editor: TermEditor) -> None:
    editor.line.setFocus()
    qtbot.keyClicks(editor.line, "givet")
    popup = editor._popup()
    assert popup.isVisible()
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert editor.typed_text() == "Givetian"
    editor.show_tree()
    assert popup.isVisible()
    assert popup.currentIndex().data().strip().startswith("Givetian")
    assert len(editor.offered()) > 150


def test_every_term_shown_is_read_back(editor: TermEditor) -> None:
    for option, _path in editor._options:
        editor.show_text(option.key)
        assert editor.typed_text() == option.key


def test_ages_have_their_colour_and_their_place(
    qtbot: QtBot, editor: TermEditor, session: Session
) -> None:
    (term,) = session.context.catalogue.records(Term, where={"code": "Devonian"})
    editor.line.setFocus()
    qtbot.keyClicks(editor.line, "devonian")
    item = editor._matching.item(editor.offered().index("Devonian"))
    image = item.icon().pixmap(16, 16).toImage()
    middle = image.pixelColor(QPoint(image.width() // 2, image.height() // 2))
    assert middle.name() == QColor(term.colour).name()
    assert "Ma)" in item.text()
    assert "Paleozoic" in item.text()


def test_short_lists_stay_as_they_are(qtbot: QtBot, session: Session) -> None:
    spec = kind_of(Site).field("workflow_status")
    assert spec is not None
    made = editor_for(spec, FormOptions(session, None))
    qtbot.addWidget(made)
    assert isinstance(made, ChoiceEditor)


def test_lists_show_the_colours(session: Session) -> None:
    model = RecordsModel(session, kind_of(Term))
    model.apply({"vocabulary": "geological_time"}, "")
    columns = range(model.columnCount())
    icons = [model.index(0, at).data(Qt.ItemDataRole.DecorationRole) for at in columns]
    assert any(icon is not None for icon in icons)
    model.show_kind(kind_of(Site))
    icons = [model.index(0, at).data(Qt.ItemDataRole.DecorationRole) for at in columns]
    assert icons == [None for _at in columns]


@pytest.mark.parametrize("colour", [None, "", "red", "#12345", "#12345g", "url(x)"])
def test_only_colours_are_drawn(qtbot: QtBot, colour: str | None) -> None:
    assert swatch(colour) is None


def test_ages_in_words() -> None:
    assert ages_words(419.62, 358.86) == "419,62–358,86 Ma"
    assert ages_words(None, None) == ""

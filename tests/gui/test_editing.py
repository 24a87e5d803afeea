"""Hits of the search box, history, many sites, paste, trash and double sites in the window."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QCollator, QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import Commune, Route, Site
from geopark_app.domain.text import sort_key
from geopark_app.gui.editing.blocks import block_rows, block_text
from geopark_app.gui.editing.bulk_dialog import BulkDialog
from geopark_app.gui.editing.difference import difference_html
from geopark_app.gui.editing.duplicates_dialog import DuplicatesDialog
from geopark_app.gui.editing.history_dialog import HistoryDialog
from geopark_app.gui.editing.paste_dialog import PasteDialog
from geopark_app.gui.editing.recovery_dialog import RecoveryDialog
from geopark_app.gui.editing.table_blocks import copied_text, pasted_edits
from geopark_app.gui.editing.translation_deeds import look_at_texts, write_texts
from geopark_app.gui.editing.trash_dialog import TrashDialog
from geopark_app.gui.finding.hit_painter import marked
from geopark_app.gui.finding.popup import SearchPopup
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.messages import Notice
from geopark_app.gui.session import Session
from geopark_app.gui.sites.columns import COLUMNS, SiteColumn
from geopark_app.gui.sites.room import SitesRoom
from geopark_app.operations.drafts import keep_draft, pending_drafts
from geopark_app.operations.records import delete_record, set_field, set_fields
from geopark_app.operations.searching import saved_searches
from geopark_app.operations.site_lists import STALE
from geopark_app.operations.trash import trashed_records


@pytest.fixture
def room(qtbot: QtBot, session: Session) -> SitesRoom:
    made = SitesRoom(session)
    qtbot.addWidget(made)
    made.resize(1240, 650)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def popup(qtbot: QtBot, session: Session) -> SearchPopup:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    line = QLineEdit(window)
    line.setObjectName("line")
    made = SearchPopup(line, session, window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    line.setFocus()
    return made


def line_of(popup: SearchPopup) -> QLineEdit:
    line = popup.parentWidget().findChild(QLineEdit, "line")
    assert isinstance(line, QLineEdit)
    return line


def site_of(session: Session, code: str) -> Site:
    return session.context.catalogue.records(Site, where={"code": code})[0]


def saved(qtbot: QtBot, session: Session, deed: Callable[[], object]) -> None:
    with qtbot.waitSignal(session.changes.changes_stored, timeout=20_000):
        deed()


# Search -------------------------------------------------------------------------------------


def test_hits_are_chosen_and_opened_by_keyboard(
    qtbot: QtBot, session: Session, popup: SearchPopup
) -> None:
    line = line_of(popup)
    QTest.keyClicks(line, "nhi thanh")
    qtbot.waitUntil(popup.isVisible)
    assert popup.chosen() is None
    QTest.keyClick(line, Qt.Key.Key_Down)
    hit = popup.chosen()
    assert hit is not None
    assert hit.kind == "site"
    with qtbot.waitSignal(session.site_requested) as asked:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert asked.args == [hit.uuid]
    assert popup.isHidden()


def test_typing_goes_on_undisturbed_and_escape_closes(qtbot: QtBot, popup: SearchPopup) -> None:
    line = line_of(popup)
    QTest.keyClicks(line, "xyzzyq")
    qtbot.waitUntil(popup.isVisible)
    assert popup.list.count() == 0
    assert line.hasFocus()
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert popup.isHidden()
    line.selectAll()
    QTest.keyClicks(line, "dong dabg")
    qtbot.waitUntil(popup.isVisible)
    assert popup.list.count() > 0
    assert "close" in popup.words.text()


def test_hits_of_other_kinds_lead_to_their_sites(
    qtbot: QtBot, session: Session, popup: SearchPopup
) -> None:
    for kind, key in ((Commune, "commune"), (Route, "route")):
        record = session.context.catalogue.records(kind)[0]
        hits = session.context.catalogue.search(str(record.name_vi))
        popup.show_hits([hit for hit in hits if hit.uuid == record.uuid])
        popup.list.setCurrentRow(0)
        with qtbot.waitSignal(session.sites_requested) as asked:
            popup.list.itemClicked.emit(popup.list.item(0))
        assert key in (asked.args or [{}])[0]


def test_marks_stand_in_the_text_as_it_is_written() -> None:
    assert marked("Đồng <Đăng>", [(0, 4), (6, 10)]) == (
        "<b><u>Đồng</u></b> &lt;<b><u>Đăng</u></b>&gt;"
    )


def test_the_filter_reads_all_texts_and_forgives_a_letter(
    qtbot: QtBot, session: Session, room: SitesRoom
) -> None:
    site = site_of(session, "LS-005")
    set_field(session.context, "site", site.uuid, "remarks", "Chuyện kể Ngườm Sâu")
    for typed in ("nguom sau", "nguomsau", "ngwowmf saau", "nguim sau"):
        room.apply_filter({"text": typed})
        shown = [str(room.sites.index(row, 0).data()) for row in range(room.sites.rowCount())]
        assert "LS-005" in shown, typed


def test_searches_are_kept_in_the_menu_of_the_filters(
    qtbot: QtBot, session: Session, room: SitesRoom
) -> None:
    room.apply_filter({"text": "hang", "kind": "geosite"})
    shown = room.sites.rowCount()
    saved(qtbot, session, lambda: room.filter_bar.saved.keep("Hang"))
    room.filter_bar.clear_all()
    room.filter_bar.saved.fill()
    action = next(a for a in room.filter_bar.saved.choices.actions() if a.text() == "Hang")
    action.trigger()
    assert room.sites.rowCount() == shown < 96
    saved(qtbot, session, lambda: room.filter_bar.saved.forget("Hang"))
    assert saved_searches(session.context) == []


def test_the_choices_of_the_filters_are_there_again(
    qtbot: QtBot, session: Session, room: SitesRoom
) -> None:
    room.apply_filter({"kind": "geosite", "text": "hang"})
    session.about_to_save.emit()
    again = SitesRoom(session)
    qtbot.addWidget(again)
    assert again.filter_bar.filters() == {"kind": "geosite"}
    assert again.filter_bar.count.text().endswith("of 96")


def test_our_order_is_that_of_the_vietnamese_collator(session: Session) -> None:
    collator = QCollator(QLocale(QLocale.Language.Vietnamese))
    collator.setIgnorePunctuation(False)
    if collator.compare("đ", "d") <= 0 or collator.compare("ă", "b") >= 0:
        pytest.skip("this Qt has no Vietnamese order")
    names = [str(site.name_vi) for site in session.context.catalogue.records(Site)]
    words = sorted({word for name in names for word in name.casefold().split() if word.isalpha()})
    ours = sorted(words, key=sort_key)
    wrong = [(one, other) for one, other in pairwise(ours) if collator.compare(one, other) > 0]
    assert wrong == []


# History ------------------------------------------------------------------------------------


def test_history_shows_who_and_brings_back(qtbot: QtBot, session: Session) -> None:
    site = site_of(session, "LS-001")
    for village in ("Bản Một", "Bản Hai"):
        set_field(session.context, "site", site.uuid, "village", village)
    dialog = HistoryDialog(session, FormOptions(session), site, "village")
    qtbot.addWidget(dialog)
    texts = [dialog.table.item(0, column).text() for column in range(7)]  # type: ignore[union-attr]
    assert (texts[1], texts[2], texts[4], texts[5]) == (
        "Nông Thị Hà",
        "laptop",
        "Bản Một",
        "Bản Hai",
    )
    saved(qtbot, session, dialog.back_buttons["before"].click)
    assert site_of(session, "LS-001").village == "Bản Một"
    assert session.undo.undo_text == "Bring back “Village” of LS-001 " + str(site.name_vi)
    qtbot.waitUntil(lambda: dialog.table.rowCount() >= 3)
    saved(qtbot, session, session.undo_step)
    assert site_of(session, "LS-001").village == "Bản Hai"
    dialog.fields.setCurrentIndex(0)
    assert dialog.table.rowCount() > 20


def test_history_opens_for_the_field_in_hand(qtbot: QtBot, room: SitesRoom) -> None:
    row = room.panel.form.row_of("name_en")
    assert row is not None
    row.editor.entry().setFocus()
    room.show_history()
    qtbot.waitUntil(lambda: room.findChild(HistoryDialog) is not None)
    dialog = room.findChild(HistoryDialog)
    assert isinstance(dialog, HistoryDialog)
    assert dialog.fields.currentData() == "name_en"
    dialog.close()


# Many sites ---------------------------------------------------------------------------------


def test_many_sites_are_changed_after_a_look_and_undone_at_once(
    qtbot: QtBot, session: Session
) -> None:
    sites = [site_of(session, code) for code in ("LS-001", "LS-002", "LS-003")]
    dialog = BulkDialog(session, FormOptions(session), [site.uuid for site in sites])
    qtbot.addWidget(dialog)
    assert dialog.preview.count == 0
    assert not dialog.save_button.isEnabled()
    dialog.fields.setCurrentIndex(dialog.fields.findData("name_vi"))
    dialog.clearing.setChecked(True)
    assert dialog.preview.count == 3
    dialog.fields.setCurrentIndex(dialog.fields.findData("village"))
    assert dialog.preview.count == 0
    assert dialog.editor is not None
    entry = dialog.editor.entry()
    assert isinstance(entry, QLineEdit)
    QTest.keyClicks(entry, "Thon moi")
    assert dialog.preview.table.rowCount() == 3
    assert dialog.save_button.text() == "Change 3 values"
    saved(qtbot, session, dialog.save)
    assert {site_of(session, site.code or "").village for site in sites} == {"Thon moi"}
    saved(qtbot, session, session.undo_step)
    assert [site_of(session, site.code or "") for site in sites] == sites


def test_a_change_is_shown_in_full_with_its_words_marked() -> None:
    before, after = difference_html("Một hang <đá> lớn", "Một hang đá rất lớn")
    assert "&lt;" in before
    assert "<s>" in before
    assert "<b><u>" in after
    assert "rất" in after
    assert difference_html("a " * 9_000, "b") == ("a " * 9_000, "b")


def test_several_sites_go_into_the_trash_as_one_step(
    qtbot: QtBot, session: Session, room: SitesRoom
) -> None:
    room.table.selectAll()
    assert len(room.table.chosen_uuids()) == 96
    saved(qtbot, session, room.delete_chosen)
    assert session.context.catalogue.records(Site) == []
    saved(qtbot, session, session.undo_step)
    assert len(session.context.catalogue.records(Site)) == 96


# Excel --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        [["Hang Gió", "Đồng Đăng"], ["a\tb", 'nói "vâng"']],
        [["hai\ndòng", "x"]], [["=1+1", "-5", "@x"]], [["", ""]], [["0012", "1,5"]],
    ],
)  # fmt: skip
def test_a_block_comes_back_as_it_was(rows: list[list[str]]) -> None:
    assert block_rows(block_text(rows)) == rows


def test_no_cell_becomes_a_formula() -> None:
    assert block_text([["=cmd|' /C calc'!A0", "-12,5"]]).startswith("'=cmd|")


def test_rows_are_copied_as_they_are_shown(room: SitesRoom) -> None:
    room.table.setColumnHidden(COLUMNS.index(SiteColumn.NAME_EN), True)
    room.table.go_to_row(0)
    room.copy_rows()
    (cells,) = block_rows(QGuiApplication.clipboard().text())
    assert cells[0] == "LS-001"
    assert len(cells) == len(COLUMNS) - 1
    assert copied_text(room.table).endswith("\r\n")


def test_a_block_is_pasted_after_a_look_as_one_step(
    qtbot: QtBot, session: Session, room: SitesRoom
) -> None:
    room.table.setCurrentIndex(room.sites.index(0, COLUMNS.index(SiteColumn.NAME_EN)))
    text = 'Wind Cave\tĐiểm di sản địa chất\tx\r\n"Two\nlines"\tkhông có loại này\r\n'
    edits, left_out = pasted_edits(room.table, text)
    assert (len(edits), left_out) == (4, 1)
    dialog = PasteDialog(session, room.options, edits, left_out=left_out, parent=room)
    problems = [change for change in dialog.preview.changes if change.problem]
    assert [change.edit.typed for change in problems] == ["không có loại này"]
    assert not dialog.left_out.isHidden()
    before = [site_of(session, code) for code in ("LS-001", "LS-002")]
    saved(qtbot, session, dialog.save)
    assert site_of(session, "LS-001").name_en == "Wind Cave"
    assert site_of(session, "LS-002").name_en == "Two\nlines"
    saved(qtbot, session, session.undo_step)
    assert [site_of(session, code) for code in ("LS-001", "LS-002")] == before


def test_one_copied_cell_goes_into_every_row_chosen(room: SitesRoom) -> None:
    room.table.selectAll()
    room.table.selectionModel().setCurrentIndex(
        room.sites.index(0, COLUMNS.index(SiteColumn.WORKFLOW)),
        room.table.selectionModel().SelectionFlag.NoUpdate,
    )
    edits, left_out = pasted_edits(room.table, "draft")
    assert ({edit.typed for edit in edits}, len(edits), left_out) == ({"draft"}, 96, 0)


# Trash, double sites, old English -----------------------------------------------------------


def test_the_trash_gives_back_and_is_emptied_after_a_question(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for code in ("LS-001", "LS-002"):
        delete_record(session.context, "site", site_of(session, code).uuid)
    dialog = TrashDialog(session)
    qtbot.addWidget(dialog)
    assert dialog.table.rowCount() == 2
    dialog.table.selectRow(0)
    saved(qtbot, session, dialog.restore)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1)
    asked: list[str] = []

    def agree(_parent: QWidget, question: str, *, yes: str, no: str = "", detail: str = "") -> bool:
        asked.append(question + detail)
        return True

    monkeypatch.setattr(session.messages, "ask", agree)
    saved(qtbot, session, dialog.empty)
    assert "1 × Site" in asked[0]
    assert trashed_records(session.context) == []


def test_pairs_lead_to_both_sites(qtbot: QtBot, session: Session) -> None:
    one, other = site_of(session, "LS-001"), site_of(session, "LS-002")
    set_fields(session.context, "site", other.uuid, {"name_vi": str(one.name_vi)})
    dialog = DuplicatesDialog(session)
    qtbot.addWidget(dialog)
    wanted = {one.uuid, other.uuid}
    qtbot.waitUntil(lambda: any({p.first.uuid, p.second.uuid} == wanted for p in dialog.pairs))
    at = next(n for n, p in enumerate(dialog.pairs) if {p.first.uuid, p.second.uuid} == wanted)
    dialog.table.selectRow(at)
    with qtbot.waitSignal(session.sites_requested) as asked:
        dialog.show_both()
    assert set((asked.args or [{}])[0]["uuids"]) == wanted


def test_old_english_is_shown_and_filtered(qtbot: QtBot, session: Session, room: SitesRoom) -> None:
    site = site_of(session, "LS-001")
    with qtbot.waitSignal(room.refreshed, timeout=20_000):
        session.run(lambda context: set_field(context, "site", site.uuid, "summary_vi", "Khác hẳn"))
    room.apply_filter({"missing": STALE})
    assert room.sites.rowCount() == 1
    shown = room.sites.index(0, COLUMNS.index(SiteColumn.COMPLETENESS)).data()
    assert shown.endswith("EN old")


def test_texts_go_to_the_translator_and_their_differences_are_seen(
    qtbot: QtBot, session: Session, room: SitesRoom, tmp_path: Path
) -> None:
    site = site_of(session, "LS-001")
    set_field(session.context, "site", site.uuid, "summary_vi", "Khác hẳn")
    path = tmp_path / "t.xlsx"
    with qtbot.waitSignal(session.messages.noticed, timeout=10_000):
        write_texts(session, path)
    book = openpyxl.load_workbook(path)
    for row in book.worksheets[0].iter_rows(min_row=3):
        if (row[2].value, row[1].value) == ("LS-001", "summary_en"):
            row[6].value = "Something else"
    book.save(path)
    shown: list[PasteDialog] = []
    look_at_texts(session, room, path, shown.append)
    qtbot.waitUntil(lambda: bool(shown), timeout=10_000)
    assert shown[0].preview.count == 1
    saved(qtbot, session, shown[0].save)
    assert site_of(session, "LS-001").summary_en == "Something else"
    assert session.undo.undo_text == "Take 1 translations"


def test_words_given_up_after_a_sudden_end_can_be_taken_back(
    qtbot: QtBot, session: Session
) -> None:
    site = site_of(session, "LS-004")
    keep_draft(session.context, "site", site.uuid, "name_en", "half a na")
    dialog = RecoveryDialog(session, pending_drafts(session.context))
    with qtbot.waitSignal(session.messages.noticed) as said:
        dialog.discard()
    assert pending_drafts(session.context) == []
    notice = (said.args or [None])[0]
    assert isinstance(notice, Notice)
    assert notice.on_action is not None
    notice.on_action()
    assert [draft.typed for draft in pending_drafts(session.context)] == ["half a na"]

"""The import wizard takes a bibliography, and the menu writes one."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import Reference
from geopark_app.gui.exporting.bibliography import write_bibliography
from geopark_app.gui.importing.dialog import ImportDialog
from geopark_app.gui.session import Session

BIBTEX = r"""@article{a1, author = {L{\^e} Mai}, title = {Hang động Bắc Sơn}, year = 1998}
@book{b2, title = {Karst of {L}\d{a}ng S{\ohorn}n}, year = 2001}
"""


def test_a_bibliography_goes_through_the_wizard_and_out_again(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "a.bib"
    path.write_text(BIBTEX, encoding="utf-8")
    before = len(session.context.catalogue.records(Reference))
    dialog = ImportDialog(session)
    qtbot.addWidget(dialog)
    dialog.file_page.choose(path)
    qtbot.waitUntil(lambda: dialog._found is not None)
    assert dialog.file_page.options().kind == "reference"
    dialog.go_on()
    dialog.go_on()
    qtbot.waitUntil(lambda: dialog._plan is not None)
    assert dialog._plan is not None
    assert dialog._plan.count("added") == 2
    dialog.go_on()
    qtbot.waitUntil(lambda: dialog._plan is not None and dialog._plan.is_taken)
    kept = {one.title for one in session.context.catalogue.records(Reference)}
    assert "Karst of Lạng Sơn" in kept
    out = tmp_path / "out.ris"
    write_bibliography(session, out, "ris")
    qtbot.waitUntil(lambda: out.is_file() and not session.tasks.is_busy)
    assert out.read_text(encoding="utf-8").count("TY  -") == before + 2
    session.undo_step()
    qtbot.waitUntil(
        lambda: (
            len(session.context.catalogue.records(Reference)) == before
            and not session.tasks.is_busy
        )
    )

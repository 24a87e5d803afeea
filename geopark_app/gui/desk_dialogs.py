"""What opens over the rooms of one catalogue: hits of the search box, trash, double sites."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QWidget

from geopark_app.gui.session import Session


class DeskDialogs(QObject):
    """Comes and goes with the open catalogue.

    Attributes
    ----------
    popup : SearchPopup
        The hits below the search box.
    """

    def __init__(self, session: Session, search: QLineEdit, window: QWidget) -> None:
        super().__init__(window)
        from geopark_app.gui.finding.popup import SearchPopup

        self._session = session
        self._window = window
        self.popup = SearchPopup(search, session, window)

    def show(self, name: str) -> None:
        """Show what the action of this name in the menu stands for."""
        {
            "trash": self.show_trash,
            "duplicates": self.show_duplicates,
            "to-translator": self.send_to_translator,
            "from-translator": self.take_translation,
            "export-references": self.export_references,
        }[name]()

    def show_trash(self) -> None:
        """Show the trash."""
        from geopark_app.gui.editing.trash_dialog import TrashDialog

        self._session.after_saving(lambda: TrashDialog(self._session, self._window).open())

    def show_duplicates(self) -> None:
        """Show the sites that may be one and the same."""
        from geopark_app.gui.editing.duplicates_dialog import DuplicatesDialog

        DuplicatesDialog(self._session, self._window).open()

    def send_to_translator(self) -> None:
        """Write the English texts that need a translator."""
        from geopark_app.gui.editing.translation_deeds import send_to_translator

        send_to_translator(self._session, self._window)

    def take_translation(self) -> None:
        """Take the translator's workbook, after a look."""
        from geopark_app.gui.editing.translation_deeds import take_translation

        take_translation(self._session, self._window)

    def export_references(self) -> None:
        """Write the bibliography into a file."""
        from geopark_app.gui.exporting.bibliography import ask_and_export

        ask_and_export(self._session, self._window)

    def leave(self) -> None:
        """Go with the catalogue."""
        self.popup.hide()
        self.popup.deleteLater()
        self.deleteLater()

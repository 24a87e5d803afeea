"""After a sudden end: what was typed and never saved, to be kept or given up."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from geopark_app.domain.kinds import kind_named
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import PlainTable
from geopark_app.gui.editing.value_words import when_words
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.drafts import drop_draft, keep_draft
from geopark_app.operations.trash import title_of
from geopark_app.store.drafts import Draft


class RecoveryDialog(QDialog):
    """Asks about each piece of typed text; giving up can be taken back.

    Attributes
    ----------
    table : PlainTable
        What was typed; all rows are chosen at first.
    show_button, discard_button : QPushButton
        The answers.
    """

    def __init__(
        self, session: Session, drafts: Sequence[Draft], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._drafts = list(drafts)
        self.setWindowTitle(_("Typed, not saved"))
        self.table = PlainTable("drafts", several=True)
        self.table.setAccessibleName(_("Typed, not saved"))
        self.table.show_rows(
            (_("Record"), _("Field"), _("Typed"), _("When")),
            [(at, self._texts(draft)) for at, draft in enumerate(self._drafts)],
        )
        self.table.selectAll()
        words = QLabel(
            _("The program ended before these words were saved. Keep or give up those chosen?")
        )
        words.setWordWrap(True)
        self.show_button = QPushButton(_("Keep them in their fields"))
        self.discard_button = QPushButton(_("Give them up"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.show_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.discard_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        self.show_button.clicked.connect(self.show_fields)
        self.discard_button.clicked.connect(self.discard)
        column = QVBoxLayout(self)
        column.addWidget(words)
        column.addWidget(self.table, 1)
        column.addWidget(buttons)
        self.resize(theme.scaled(760), theme.scaled(380))

    def _texts(self, draft: Draft) -> tuple[str, ...]:
        kind = kind_named(draft.kind)
        record = self._session.context.catalogue.get(kind.record_type, draft.uuid)
        spec = kind.field(draft.field.partition(".")[0])
        label = pick(spec.label_vi, spec.label_en) if spec else draft.field
        title = title_of(record) if record is not None else draft.uuid
        return (title, label, draft.typed, when_words(draft.at))

    def chosen(self) -> list[Draft]:
        """Give what is chosen."""
        return [self._drafts[key] for key in self.table.chosen_keys() if isinstance(key, int)]

    def show_fields(self) -> None:
        """Lead to the sites in whose fields the words stand again."""
        sites = sorted({draft.uuid for draft in self.chosen() if draft.kind == "site"})
        self.accept()
        if sites:
            label = _("Typed, not saved")
            self._session.sites_requested.emit({"uuids": sites, "label": label})

    def discard(self) -> None:
        """Give up what is chosen; the message can bring it back."""
        session, drafts = self._session, self.chosen()
        for draft in drafts:
            drop_draft(session.context, draft.kind, draft.uuid, draft.field)

        def again() -> None:
            for draft in drafts:
                keep_draft(session.context, draft.kind, draft.uuid, draft.field, draft.typed)

        session.messages.done(
            _("{count} pieces of typed text were given up.").format(count=len(drafts)),
            action=_("Undo"),
            on_action=again,
        )
        self.accept()

"""The sites room: filters and table at the left, one site with its form at the right."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import Site
from geopark_app.gui.assessment.dialog import AssessmentDialog
from geopark_app.gui.editing.bulk_dialog import BulkDialog
from geopark_app.gui.editing.delete_many import delete_many
from geopark_app.gui.editing.history_dialog import HistoryDialog
from geopark_app.gui.editing.paste_dialog import PasteDialog
from geopark_app.gui.editing.table_blocks import copied_text, pasted_edits
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.forms.keys import add_key
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.icons import icon
from geopark_app.gui.importing.opening import dropped_list, open_import
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.gui.sites.filter_memory import remember_filters, remembered_filters
from geopark_app.gui.sites.list_pane import SiteListPane
from geopark_app.gui.sites.new_site import AddedSite, add_site, copy_site
from geopark_app.gui.sites.site_panel import SitePanel
from geopark_app.gui.window_layout import keep_splitter, restore_splitter
from geopark_app.i18n import gettext as _
from geopark_app.operations.ground import warm_up
from geopark_app.operations.records import delete_record, restore_record


class SitesRoom(LanguageAware, QWidget):
    """Sites as a table beside the form of one of them.

    Signals
    -------
    site_selected(str)
        The person went to this site.
    map_requested(str)
        The person wants to see this site on the map.
    refreshed()
        The rows are those of the catalogue again.
    """

    site_selected = Signal(str)
    map_requested = Signal(str)
    refreshed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setAcceptDrops(not session.is_read_only)
        self.options = FormOptions(session, self)
        self.list = SiteListPane(session, self.options)
        self.sites, self.filter_bar = self.list.sites, self.list.filter_bar
        self.table = self.list.table
        self.add_button = QPushButton()
        self.add_button.setIcon(icon("plus"))
        self.add_button.setEnabled(not session.is_read_only)
        self.panel = SitePanel(session, self.options)
        self.splitter = QSplitter()
        self._lay_out()
        self._connect()
        self._add_keys()
        self.retranslate()
        self.filter_bar.show_filters(remembered_filters(session.context))
        session.changes.changes_stored.connect(self._take_changes)
        self._warm_up()

    def _warm_up(self) -> None:
        """Read the layers beside the window: the first lookup must not wait for them."""
        context = self._session.context
        self._session.run_beside(lambda _progress, _cancel: warm_up(context))

    def _take_changes(self, changes: Changes) -> None:
        if any(kind == "map_layer" for kind, _uuid in changes.touched):
            self._warm_up()

    def _lay_out(self) -> None:
        self.filter_bar.top_row.addWidget(self.add_button)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.panel)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 1)
        self.list.setMinimumWidth(340)
        self.panel.setMinimumWidth(360)
        if not restore_splitter(self.splitter, "sites"):
            self.splitter.setSizes([560, 600])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 4, 8)
        layout.addWidget(self.splitter)

    def _connect(self) -> None:
        self.list.emptied.connect(lambda: self.panel.show_site(""))
        self.list.listed.connect(self.refreshed)
        self.add_button.clicked.connect(self.add_site)
        self.table.key_selected.connect(self._went_to)
        self.table.menu_requested.connect(self._show_menu)
        self.table.activated.connect(lambda _index: self.edit_site())
        self.panel.copy_wanted.connect(lambda _uuid: self.copy_site())
        self.panel.trash_wanted.connect(lambda _uuid: self.delete_site())
        self.panel.map_wanted.connect(self.map_requested)
        self.panel.history_wanted.connect(lambda _uuid: self.show_history())
        self.panel.form.history_wanted.connect(self.show_history)
        self._session.about_to_save.connect(self._remember)
        self.options.changed.connect(lambda _name: self.sites.retranslate())

    def _add_keys(self) -> None:
        add_key(self, "Ctrl+D", self.copy_site)
        add_key(self, "Ctrl+PgDown", lambda: self._step(1))
        add_key(self, "Ctrl+PgUp", lambda: self._step(-1))
        add_key(self, "Ctrl+H", self.show_history)
        add_key(self, "Ctrl+Shift+A", self.show_assessment)
        add_key(self, "Ctrl+E", self.edit_many)
        add_key(self.table, QKeySequence.StandardKey.Copy, self.copy_rows, with_children=False)
        add_key(self.table, QKeySequence.StandardKey.Paste, self.paste_block, with_children=False)
        add_key(self.table, "Del", self.delete_chosen, with_children=False)

    def event(self, event: QEvent) -> bool:
        # Ctrl+N makes a catalogue in the window; with the focus in this room it makes a site.
        is_ours = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.New)
        if is_ours and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.New):
            self.add_site()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_list(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_list(event)
        if path is not None:
            event.acceptProposedAction()
            open_import(self._session, self, path)

    # What the window asks -------------------------------------------------------------------

    def show_site(self, uuid: str) -> None:
        """Go to a site; filters that hide it are taken away."""
        if not self.table.go_to(uuid):
            self.filter_bar.show_filters({})
            self.table.go_to(uuid)

    def apply_filter(self, filters: Mapping[str, object]) -> None:
        """Show the sites that fit; see `Session.sites_requested` and `FilterBar.show_filters`."""
        self.filter_bar.show_filters(filters)
        self.table.setFocus()

    def flush(self) -> None:
        """Make the saves of everything typed."""
        self.panel.flush()

    # Showing --------------------------------------------------------------------------------

    def _went_to(self, uuid: str) -> None:
        self.sites.kept_uuid = uuid
        self.panel.show_site(uuid)
        self.site_selected.emit(uuid)

    def _step(self, by: int) -> None:
        self.table.go_to_row(max(0, self.table.currentIndex().row() + by))

    def edit_site(self) -> None:
        """Put the cursor into the first field of the site."""
        self.panel.go_to_field("name_vi")

    # Deeds ----------------------------------------------------------------------------------

    def add_site(self) -> None:
        """Make a new site of the kind the filter asks for, and go to its name."""
        if not self._session.is_read_only:
            kind = self.filter_bar.filters().get("kind", "")
            self._session.run(
                lambda context: add_site(context, site_kind=kind), while_alive(self, self._added)
            )

    def copy_site(self) -> None:
        """Make a copy of the site shown, and go to it."""
        site = self.panel.site
        if site is None or self._session.is_read_only:
            return
        self.flush()
        key = site.uuid

        def work(context: object) -> AddedSite:
            # Read on the lane, after the saves of what was typed just now.
            fresh = self._session.context.catalogue.get(Site, key)
            assert fresh is not None
            return copy_site(self._session.context, fresh)

        self._session.run(work, while_alive(self, self._added))

    def _added(self, added: AddedSite) -> None:
        self.list.refresher.stop()
        self.sites.read_keys()
        self.list.count()
        self.show_site(added.record.uuid)
        self.edit_site()

    def delete_site(self) -> None:
        """Put the site shown into the trash; it can be undone."""
        site = self.panel.site
        if site is None or self._session.is_read_only:
            return
        self.flush()
        name = " ".join(part for part in (site.code, site.name_vi) if part)
        reason = _("Delete site {site}").format(site=name)
        kind, key = kind_of(Site).name, site.uuid

        def restore() -> None:
            # This site, whatever was done since: the last step may be another one by now.
            back = _("Take site {site} out of the trash").format(site=name)
            self._session.run(lambda context: restore_record(context, kind, key, reason=back))

        def done(_changes: Changes) -> None:
            self._session.messages.done(
                _("“{site}” is in the trash.").format(site=name),
                action=_("Undo"),
                on_action=restore,
            )

        self._session.run(lambda context: delete_record(context, kind, key, reason=reason), done)

    def delete_chosen(self) -> None:
        """Put the sites chosen into the trash, as one step."""
        uuids = self.table.chosen_uuids()
        if len(uuids) < 2:
            self.delete_site()
        elif not self._session.is_read_only:
            self.flush()
            delete_many(self._session, uuids)

    def show_history(self, field: str = "") -> None:
        """Show who changed what in the site shown, or in the field being typed into."""
        site = self.panel.site
        if site is None:
            return
        wanted = field or self.panel.form.field_in_hand()
        self._session.after_saving(
            lambda: HistoryDialog(self._session, self.options, site, wanted, self).open()
        )

    def show_assessment(self) -> None:
        """Show the quantitative assessments of the site shown."""
        site = self.panel.site
        if site is not None:
            self._session.after_saving(lambda: AssessmentDialog(self._session, site, self).open())

    def edit_many(self) -> None:
        """Set a field of all sites chosen."""
        uuids = self.table.chosen_uuids()
        if uuids and not self._session.is_read_only:
            self._session.after_saving(
                lambda: BulkDialog(self._session, self.options, uuids, self).open()
            )

    def copy_rows(self) -> None:
        """Put the rows chosen on the clipboard, as Excel reads them."""
        QGuiApplication.clipboard().setText(copied_text(self.table))

    def paste_block(self) -> None:
        """Show what the block on the clipboard would change from the current cell on."""
        edits, left_out = pasted_edits(self.table, QGuiApplication.clipboard().text())
        if edits and not self._session.is_read_only:
            self._session.after_saving(
                lambda: PasteDialog(
                    self._session, self.options, edits, left_out=left_out, parent=self
                ).open()
            )

    def menu(self) -> QMenu:
        """Give the menu of the site shown."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        may_write = not self._session.is_read_only
        for words, name, keys, deed, enabled in (
            (_("Edit"), "pencil-outline", "Return", self.edit_site, True),
            (_("Show on the map"), "map-marker-outline", "", self._show_on_map, True),
            (_("Copy this site"), "content-duplicate", "Ctrl+D", self.copy_site, may_write),
            (_("History"), "history", "Ctrl+H", self.show_history, True),
            (_("Assessment…"), "scale-balance", "Ctrl+Shift+A", self.show_assessment, True),
            (_("Change the sites chosen…"), "table-edit", "Ctrl+E", self.edit_many, may_write),
            (_("Copy the rows for Excel"), "content-copy", "Ctrl+C", self.copy_rows, True),
            (_("Paste from Excel…"), "content-paste", "Ctrl+V", self.paste_block, may_write),
            (_("Move to the trash"), "trash-can-outline", "Del", self.delete_chosen, may_write),
        ):
            action = QAction(icon(name), words, menu)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setEnabled(enabled)
            action.triggered.connect(lambda _=False, deed=deed: deed())
            menu.addAction(action)
        return menu

    def _show_menu(self, at: QPoint) -> None:
        if self.panel.site is not None:
            self.menu().popup(at)

    def _show_on_map(self) -> None:
        if self.panel.site is not None:
            self.map_requested.emit(self.panel.site.uuid)

    # Memory and words -----------------------------------------------------------------------

    def _remember(self) -> None:
        keep_splitter(self.splitter, "sites")
        self.table.remember()
        remember_filters(self._session.context, self.filter_bar.filters())

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.add_button.setText(_("Add site"))
        self.add_button.setToolTip(_("Add a site (Ctrl+N)"))
        self.sites.retranslate()
        self.list.count()

    def sizeHint(self) -> QSize:
        return QSize(1180, 680)

"""The row above the table: search without accents, and choices that narrow the list."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import Commune, Route, Site
from geopark_app.domain.text import sort_key
from geopark_app.gui.conditions.chips import ConditionChips
from geopark_app.gui.forms.choice_box import ChoiceBox
from geopark_app.gui.forms.editor import Option
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.gui.sites.saved_searches import SavedSearches
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.site_lists import STALE, VISIT

_TYPING_MS = 150
_LEAST_LETTERS = 7


class FilterBar(LanguageAware, QWidget):
    """Gives the filters a person has chosen.

    Signals
    -------
    changed()
        Another filter is set; see `filters` and `among`.
    """

    changed = Signal()

    def __init__(
        self, session: Session, options: FormOptions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._options = options
        self.among: frozenset[str] | None = None
        self.search = QLineEdit()
        self.search.setObjectName("site-search")
        self.search.setClearButtonEnabled(True)
        self.boxes = {
            "kind": ChoiceBox(lambda: options.terms("site_kind"), lambda: _("All kinds")),
            "route": ChoiceBox(self._routes, lambda: _("All routes")),
            "commune": ChoiceBox(self._communes, lambda: _("All communes")),
            "quality": ChoiceBox(
                lambda: options.terms("coord_quality"), lambda: _("All positions")
            ),
            "missing": ChoiceBox(_wanted_fields, lambda: _("Missing…")),
        }
        self.conditions = ConditionChips(session, options, kind_of(Site))
        self.among_button = QPushButton()
        self.among_button.setIcon(icon("close"))
        self.among_button.hide()
        self.clear = QPushButton()
        self.saved = SavedSearches(session, self.filters, self.show_filters)
        self.count = QLabel()
        self.count.setProperty("look", "muted")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING_MS)
        self._timer.timeout.connect(self._tell)
        self._lay_out()
        self.search.textChanged.connect(self._timer.start)
        for name, box in self.boxes.items():
            box.setObjectName(f"filter-{name}")
            box.setMinimumContentsLength(_LEAST_LETTERS)
            box.currentIndexChanged.connect(self._tell)
        self.conditions.changed.connect(self._tell)
        self.clear.clicked.connect(self.clear_all)
        self.among_button.clicked.connect(self._drop_among)
        options.changed.connect(self._refill)
        self.retranslate()

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        self._grid = QGridLayout()
        self._grid.setSpacing(6)
        self._columns = 0
        first.addWidget(self.search, 1)
        first.addWidget(self.count)
        first.addWidget(self.clear)
        first.addWidget(self.saved)
        self.top_row = first
        self._arrange()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(first)
        column.addLayout(self._grid)
        column.addWidget(self.conditions)
        column.addWidget(self.among_button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        taken = super().event(event)
        # The boxes ask for it after other letters or words.
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return taken

    def _arrange(self) -> None:
        """Put the choices in one row, or in more where their first lines need it."""
        button = self.conditions.button
        widest = max(*map(_room_for_first_line, self.boxes.values()), button.sizeHint().width())
        gap = self._grid.spacing()
        fitting = (n for n in (6, 3) if self.width() >= n * widest + (n - 1) * gap)
        columns = next(fitting, 2)
        if columns != self._columns:
            self._columns = columns
            for at, widget in enumerate((*self.boxes.values(), button)):
                self._grid.addWidget(widget, at // columns, at % columns)
            for column in range(6):
                self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _routes(self) -> Sequence[Option]:
        routes = self._session.context.catalogue.records(Route)
        return [
            Option(
                key=str(route.number),
                label_vi=f"{route.number}. {route.name_vi or ''}",
                label_en=f"{route.number}. {route.name_en or route.name_vi or ''}",
            )
            for route in sorted(routes, key=lambda route: route.number or 0)
        ]

    def _communes(self) -> Sequence[Option]:
        communes = self._session.context.catalogue.records(Commune)
        found = [Option(key=item.code or "", label_vi=item.name_vi or "") for item in communes]
        return sorted(found, key=lambda option: sort_key(option.label()))

    def filters(self) -> dict[str, str]:
        """Give the filters set."""
        chosen = {name: box.key() for name, box in self.boxes.items()}
        chosen["text"] = self.search.text().strip()
        chosen |= self.conditions.conditions()
        return {name: key for name, key in chosen.items() if key}

    def state(self) -> dict[str, object]:
        """Give everything set, as `show_filters` takes it."""
        found: dict[str, object] = dict(self.filters())
        if self.among is not None:
            found |= {"uuids": sorted(self.among), "label": self.among_button.text()}
        return found

    def show_filters(self, filters: Mapping[str, object]) -> None:
        """Set the filters from outside, such as from the overview or the header search.

        Beside the filters by name: `uuids` (only these sites) with `label` (why these). What is
        neither a box nor a word becomes a condition.
        """
        uuids = filters.get("uuids")
        self.among = frozenset(map(str, uuids)) if isinstance(uuids, list | tuple) else None
        why = str(filters.get("label") or _("Chosen sites"))
        self.among_button.setText(why if self.among is not None else "")
        self.among_button.setVisible(self.among is not None)
        for name, box in self.boxes.items():
            was_blocked = box.blockSignals(True)
            box.choose(str(filters.get(name, "")))
            box.blockSignals(was_blocked)
        others = filters.keys() - self.boxes.keys() - {"text", "uuids", "label"}
        self.conditions.show_conditions(
            {name: str(typed) for name, typed in filters.items() if name in others}
        )
        self.search.setText(str(filters.get("text", "")))
        self._tell()

    def clear_all(self) -> None:
        """Show every site again."""
        self.show_filters({})
        self.search.setFocus()

    def _drop_among(self) -> None:
        self.among = None
        self.among_button.hide()
        self._tell()

    def _tell(self) -> None:
        self._timer.stop()
        self.clear.setEnabled(bool(self.filters()) or self.among is not None)
        self.changed.emit()

    def show_count(self, shown: int, total: int) -> None:
        """Say how many sites are shown."""
        words = _("{shown} of {total}") if shown != total else _("{total} sites")
        self.count.setText(words.format(shown=shown, total=total))

    def _refill(self) -> None:
        for box in self.boxes.values():
            box.refill()

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.search.setPlaceholderText(_("Search, with or without accents"))
        self.search.setAccessibleName(_("Search sites"))
        self.clear.setText(_("Show all"))
        self.among_button.setToolTip(_("Show the other sites too"))
        names = {
            "kind": _("Kind"),
            "route": _("Route"),
            "commune": _("Commune"),
            "quality": _("Position"),
            "missing": _("Missing"),
        }
        for name, box in self.boxes.items():
            box.setAccessibleName(names[name])
            box.setToolTip(names[name])
            box.refill()


def _room_for_first_line(box: ChoiceBox) -> int:
    """Give the width at which the words of no choice are not cut off."""
    letters = box.fontMetrics()
    # The hint of the box has room for so many letters X; the rest is frame and arrow.
    beside = box.sizeHint().width() - _LEAST_LETTERS * letters.horizontalAdvance("X")
    return beside + letters.horizontalAdvance(box.itemText(0))


def _wanted_fields() -> Sequence[Option]:
    """Give what can be asked to be missing: every field wanted at some stage."""
    kind = kind_of(Site)
    wanted = [spec for spec in kind.fields if spec.required_at is not None]
    cover = kind.field("cover_photo_uuid")
    if cover is not None:
        wanted.append(cover)
    found = [
        Option(
            key=spec.name,
            label_vi=_("Missing: {field}").format(field=pick(spec.label_vi, spec.label_en)),
        )
        for spec in wanted
    ]
    return [
        *found,
        Option(key=VISIT, label_vi=_("Never visited")),
        Option(key=STALE, label_vi=_("English older than Vietnamese")),
    ]

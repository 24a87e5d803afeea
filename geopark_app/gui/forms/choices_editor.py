"""Several choices at once: one box to tick for each."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from geopark_app.domain.declaration import FieldSpec
from geopark_app.gui.forms.editor import OneTextEditor, Option

_COLUMNS = 2


class ChoicesEditor(OneTextEditor):
    """Gives the keys of the ticked boxes, parted by semicolons."""

    def __init__(
        self,
        spec: FieldSpec,
        options: Callable[[], Sequence[Option]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, parent)
        self._options = options
        self.boxes: dict[str, QCheckBox] = {}
        self._page = QWidget()
        self._grid = QGridLayout(self._page)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.hold(self._page)
        self.retranslate()

    def _clicked(self) -> None:
        self.typed.emit()
        self.left.emit()

    def show_text(self, text: str) -> None:
        chosen = {word.strip() for word in text.split(";") if word.strip()}
        for key in chosen - self.boxes.keys():
            # A choice this laptop does not know is kept and shown as it is.
            self._add_box(key, key)
        for key, box in self.boxes.items():
            box.setChecked(key in chosen)

    def typed_text(self) -> str:
        return "; ".join(key for key, box in self.boxes.items() if box.isChecked())

    def _add_box(self, key: str, label: str) -> None:
        if key not in self.boxes:
            box = QCheckBox()
            box.setObjectName(f"field-{self.spec.name}-{key}")
            box.clicked.connect(self._clicked)
            at = len(self.boxes)
            self._grid.addWidget(box, at // _COLUMNS, at % _COLUMNS)
            self.boxes[key] = box
        self.boxes[key].setText(label)

    def retranslate(self) -> None:
        """Write the words anew."""
        for option in self._options():
            self._add_box(option.key, option.label())

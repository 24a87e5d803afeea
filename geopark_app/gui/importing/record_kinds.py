"""The record kinds a list can hold, as choices in the order of their shelves."""

from collections.abc import Iterable

from geopark_app.domain.kinds import KINDS
from geopark_app.domain.kinds.shelves import SHELVES
from geopark_app.i18n import pick

_ORDER = [shelf for shelf, _vi, _en in SHELVES]


def record_kinds(names: Iterable[str]) -> list[tuple[str, str]]:
    """Give name and label of the kinds among `names`, shelf by shelf."""
    kinds = [KINDS[name] for name in names if name in KINDS]
    kinds.sort(key=lambda kind: _ORDER.index(kind.shelf) if kind.shelf in _ORDER else len(_ORDER))
    return [(kind.name, pick(kind.label_vi, kind.label_en)) for kind in kinds]

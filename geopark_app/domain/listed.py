"""Which fields of a kind its list shows."""

from geopark_app.domain.declaration import FieldSpec, RecordKind

_MOST_COLUMNS = 7


def columns_of(kind: RecordKind) -> tuple[FieldSpec, ...]:
    """Give the fields a table of the kind shows."""
    listed = [spec for spec in kind.fields if spec.in_list]
    return tuple((listed or list(kind.fields))[:_MOST_COLUMNS])

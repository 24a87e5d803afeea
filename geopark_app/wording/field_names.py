"""Names of fields for people, from the declarations."""

from geopark_app.domain.kinds import KINDS
from geopark_app.i18n import pick


def field_label(name: str) -> str:
    """Give the label of a field in the chosen language, or its name when unknown."""
    for kind in KINDS.values():
        spec = kind.field(name.partition(".")[0])
        if spec is not None:
            return pick(spec.label_vi, spec.label_en)
        for value in kind.derived:
            if value.name == name:
                return pick(value.label_vi, value.label_en)
        for one in kind.lists:
            if one.name == name:
                return pick(one.label_vi, one.label_en)
    return name


def label_of_field(kind: str, name: str) -> str:
    """Give the label of a field of one kind in the chosen language, or its name when unknown."""
    spec = KINDS[kind].field(name)
    return name if spec is None else pick(spec.label_vi, spec.label_en)


def kind_label(name: str) -> str:
    """Give the label of a kind in the chosen language, or its name when unknown."""
    kind = KINDS.get(name)
    return name if kind is None else pick(kind.label_vi, kind.label_en)

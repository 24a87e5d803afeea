"""Roles of laptops and what they may do, in words."""

from geopark_app.domain.change import OpKind
from geopark_app.domain.roles import Role
from geopark_app.i18n import gettext as _
from geopark_app.wording.field_names import field_label, kind_label


def role_name(role: Role | None) -> str:
    """Give the name of a role, or of a laptop that has none."""
    match role:
        case Role.ADMINISTRATOR:
            return _("Administrator")
        case Role.EDITOR:
            return _("Editor")
        case Role.FIELD:
            return _("Field staff")
        case Role.VIEWER:
            return _("Reader")
        case Role.NONE:
            return _("has left")
        case _:
            return ""


def role_words(role: Role) -> str:
    """Say in a sentence what a role may do."""
    match role:
        case Role.ADMINISTRATOR:
            return _("Everything, also to remove values for good.")
        case Role.EDITOR:
            return _("All records; decides about proposals.")
        case Role.FIELD:
            return _(
                "Records what is seen: sites, photos, visits, monitoring. Codes, workflow steps, "
                "assessments and lists stay with the editors."
            )
        case Role.VIEWER:
            return _("Reads and exchanges; writes nothing.")
        case _:
            return _("Hands over what it still has; is given nothing.")


def operation_words(kind: str, field: str, op: OpKind) -> str:
    """Name an operation: a new record, one put into the trash, or a field."""
    name = kind_label(kind)
    match op:
        case OpKind.INSERT:
            return _("{kind}: new").format(kind=name)
        case OpKind.DELETE:
            return _("{kind}: into the trash").format(kind=name)
        case OpKind.RESTORE:
            return _("{kind}: out of the trash").format(kind=name)
        case _:
            return f"{name}: {field_label(field)}"

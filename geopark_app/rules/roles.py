"""Who may do what: one rule for every replica, and the role in force at each save.

Nothing here reads a clock: a role holds for the operations of a laptop behind the number the
office had of it when it signed the list, whenever and wherever they arrive.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from geopark_app.domain.change import OpKind
from geopark_app.domain.identifier import setting_uuid
from geopark_app.domain.roles import Role

DECISION, REMOVAL = "proposal_decision", "removal"
RULING_KINDS = frozenset({DECISION, REMOVAL})
"""Records that say what counts; what goes beyond a role among them is never accepted later."""


_FIELD_KINDS = frozenset(
    {
        "site", "site_interest", "site_code", "site_extent", "site_former_commune",
        "site_lithology", "site_unit", "site_other_value", "site_current_use", "site_protection",
        "site_sample", "site_reference", "site_link", "site_person", "site_cave", "photo",
        "visit", "answer", "answer_photo", "review_comment", "monitoring_visit",
        "attribute_check", "site_threat", "photo_point", "photo_repeat", "conservation_action",
        "visitor_count", "survey", "patrol", "incident", "facility", "tourism_village",
        "heritage_item", "document", "reference", "stop", "own_value", "own_choice", "work",
        "mission_note", "catalogue_setting", "map_layer",
    }
)  # fmt: skip
_OFFICE_FIELDS = {"site": frozenset({"code", "workflow_status", "validated_on", "reviewers"})}
_OFFICE_ROWS = frozenset({setting_uuid("profile")})
ROWS_DIFFER = frozenset({"catalogue_setting"})
"""Kinds of which a role may write some rows and not others."""
_TRASH = {OpKind.DELETE, OpKind.RESTORE}


def may(role: Role, *, kind: str, op: OpKind, field: str = "", row: str = "") -> bool:
    """Say whether a role may do an operation on a field (empty for the whole row) of a kind.

    A viewer writes nothing. Field staff record what they see; whether a site exists, its code and
    its workflow step are the editors', and so are assessments, vocabularies and the office's own
    records. Only an administrator removes values for good.
    """
    match role:
        case Role.ADMINISTRATOR:
            return True
        case Role.EDITOR:
            return kind != REMOVAL
        case Role.FIELD:
            if kind not in _FIELD_KINDS or row in _OFFICE_ROWS:
                return False
            if op in _TRASH:
                return kind != "site"
            return op is OpKind.INSERT or field not in _OFFICE_FIELDS.get(kind, ())
        case _:
            return False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleStep:
    """A role, and the operations of each author id behind which it begins.

    Attributes
    ----------
    role : Role
        The role.
    after : mapping of author id to number
        The last operations the step before was in force for; an author id that is not named had
        none then.
    """

    role: Role
    after: Mapping[str, int] = field(default_factory=dict)


def role_at(steps: tuple[RoleStep, ...], author: str, seq: int) -> Role:
    """Give the role in force for an operation: the last step that begins before it."""
    in_force = [step for step in steps if seq > step.after.get(author, 0)]
    return in_force[-1].role if in_force else steps[0].role


def steps_of(member: Mapping[str, Any]) -> tuple[RoleStep, ...]:
    """Give the steps of a member of a signed list; older lists name none.

    There the laptop that founded the team is administrator and everybody else is editor, as all
    laptops were when those lists were signed.
    """
    known = member.get("roles")
    if not isinstance(known, list) or not known:
        return (RoleStep(role=Role.ADMINISTRATOR if member.get("office") is True else Role.EDITOR),)
    return tuple(RoleStep(role=_role(one["role"]), after=dict(one["after"])) for one in known)


def _role(name: object) -> Role:
    """Give a role by its name; one of a later program is none here, so that nobody has more."""
    return next((role for role in Role if role.value == name), Role.NONE)

"""The rule of roles: who may do what, and which role is in force at a save."""

import pytest

from geopark_app.domain.change import OpKind
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.identifier import setting_uuid
from geopark_app.domain.kinds import KINDS
from geopark_app.domain.roles import Role
from geopark_app.rules.roles import RoleStep, may, role_at, steps_of
from geopark_app.sync.recovery import digits_of, secret_of

INSERT, UPDATE, DELETE = OpKind.INSERT, OpKind.UPDATE, OpKind.DELETE


@pytest.mark.parametrize(
    ("kind", "op", "field", "least"),
    [
        ("site", UPDATE, "village", Role.FIELD),
        ("site", INSERT, "", Role.FIELD),
        ("site", DELETE, "", Role.EDITOR),
        ("site", UPDATE, "workflow_status", Role.EDITOR),
        ("photo", DELETE, "", Role.FIELD),
        ("assessment", INSERT, "", Role.EDITOR),
        ("term", UPDATE, "label_vi", Role.EDITOR),
        ("kind_of_a_later_program", INSERT, "", Role.EDITOR),
        ("proposal_decision", INSERT, "", Role.EDITOR),
        ("removal", INSERT, "", Role.ADMINISTRATOR),
    ],
)
def test_from_which_role_on(kind: str, op: OpKind, field: str, least: Role) -> None:
    roles = list(Role)
    allowed = [role for role in roles if may(role, kind=kind, op=op, field=field)]
    assert allowed == roles[roles.index(least) :]


def test_field_staff_leave_the_profile_alone() -> None:
    for name, allowed in (("profile", False), ("saved-search:mine", True)):
        row = setting_uuid(name)
        assert (
            may(Role.FIELD, kind="catalogue_setting", op=UPDATE, field="value", row=row) is allowed
        )


def test_nobody_without_a_role_writes_anything() -> None:
    for role in (Role.NONE, Role.VIEWER):
        assert not any(may(role, kind=kind, op=op) for kind in KINDS for op in OpKind)


def test_the_role_in_force_is_told_by_numbers() -> None:
    steps = (
        RoleStep(role=Role.EDITOR),
        RoleStep(role=Role.VIEWER, after={"a.1": 5}),
        RoleStep(role=Role.FIELD, after={"a.1": 9, "a.2": 2}),
    )
    found = [role_at(steps, "a.1", seq) for seq in (1, 5, 6, 9, 10)]
    assert found == [Role.EDITOR, Role.EDITOR, Role.VIEWER, Role.VIEWER, Role.FIELD]
    assert [role_at(steps, "a.2", seq) for seq in (2, 3)] == [Role.VIEWER, Role.FIELD]
    assert role_at(steps, "a.3", 1) is Role.FIELD


def test_older_lists_and_later_roles() -> None:
    assert steps_of({"office": True})[-1].role is Role.ADMINISTRATOR
    assert steps_of({})[-1].role is Role.EDITOR
    assert steps_of({"roles": [{"role": "archbishop", "after": {}}]})[-1].role is Role.NONE


def test_digits_say_the_key_and_find_every_single_typing_error() -> None:
    secret = bytes(range(32))
    lines = digits_of(secret)
    assert secret_of(" ".join(lines)) == secret
    text = "".join(lines).replace(" ", "")
    for at in range(0, len(text), 7):
        wrong = f"{text[:at]}{(int(text[at]) + 1) % 10}{text[at + 1 :]}"
        with pytest.raises(GeoparkError):
            secret_of(wrong)
    with pytest.raises(GeoparkError):
        secret_of(" ".join((lines[1], lines[0], *lines[2:])))

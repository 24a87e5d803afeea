"""What a laptop may be in the team; what each role may do says `rules.roles`."""

from enum import Enum


class Role(Enum):
    """What a laptop may do in the team; `none` once it has left."""

    NONE = "none"
    VIEWER = "viewer"
    FIELD = "field"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


CHOSEN_ROLES = (Role.VIEWER, Role.FIELD, Role.EDITOR, Role.ADMINISTRATOR)

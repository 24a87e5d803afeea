"""Foreseen troubles, each with a code; the text people read is chosen in gui and cli."""

from collections.abc import Mapping
from enum import Enum


class ErrorCode(Enum):
    """What went wrong, by kind; the command line maps each to an exit code."""

    BAD_VALUE = "bad-value"
    BAD_POSITION = "bad-position"
    CROSSING_SHAPE = "crossing-shape"
    UNKNOWN_FIELD = "unknown-field"
    UNKNOWN_KIND = "unknown-kind"
    AMBIGUOUS = "ambiguous"
    NOT_FOUND = "not-found"
    UNREADABLE_PHOTO = "unreadable-photo"
    UNSUPPORTED_FORMAT = "unsupported-format"
    TOO_LARGE = "too-large"
    REFUSED_FILE = "refused-file"
    NOT_A_CATALOGUE = "not-a-catalogue"
    DAMAGED_CATALOGUE = "damaged-catalogue"
    NEWER_FORMAT = "newer-format"
    FOLDER_NOT_EMPTY = "folder-not-empty"
    CHANGED_BY_OTHERS = "changed-by-others"
    LOCKED = "locked"
    READ_ONLY = "read-only"
    NO_PERMISSION = "no-permission"
    DISK_FULL = "disk-full"
    MISSING_PART = "missing-part"
    WORKER_FAILED = "worker-failed"
    UNTYPESETTABLE = "untypesettable"
    NO_LAYER = "no-layer"
    LAYER_MISSING = "layer-missing"
    BAD_BUNDLE = "bad-bundle"
    NEWER_BUNDLE = "newer-bundle"
    FORKED_CHAIN = "forked-chain"
    NO_TEAM = "no-team"
    NOT_A_MEMBER = "not-a-member"
    BAD_TEAM_FILE = "bad-team-file"
    BEYOND_ROLE = "beyond-role"
    HAS_LEFT = "has-left"
    BAD_RECOVERY = "bad-recovery"
    LAST_ADMINISTRATOR = "last-administrator"
    HUB_AWAY = "hub-away"
    HUB_LOGIN = "hub-login"
    HUB_UNTRUSTED = "hub-untrusted"
    HUB_UNPREPARED = "hub-unprepared"
    HUB_REFUSED = "hub-refused"
    HIDDEN_YET = "hidden-yet"
    ALREADY_SUBMITTED = "already-submitted"
    CHECKLIST = "checklist"
    NOT_FINAL = "not-final"


class GeoparkError(Exception):
    """A foreseen trouble: nothing was half done when it is raised.

    Attributes
    ----------
    code : ErrorCode
        The kind of trouble.
    details : Mapping[str, str]
        Names and values for the sentence, such as the field or the path.
    """

    def __init__(self, code: ErrorCode, **details: object) -> None:
        """Keep the code and the details as text."""
        self.code = code
        self.details: Mapping[str, str] = {key: str(value) for key, value in details.items()}
        super().__init__(f"{code.value}: {dict(self.details)}")


class WordedError(GeoparkError):
    """A trouble of a room that has its own words for it."""

    def sentence(self, language: str) -> str:
        """Say what is wrong and what to do, in "vi" or "en"."""
        raise NotImplementedError


class Cancelled(Exception):  # noqa: N818 - cancelling is a wish, not an error
    """Raised between two items when the person asked to stop."""

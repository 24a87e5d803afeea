"""Exit codes by kind of failure: scripts check the number, not the words."""

from geopark_app.domain.errors import ErrorCode, GeoparkError

DONE = 0
USAGE = 2
REFUSED = 20
LEFT_FOR_A_PERSON = 21
LOCKED = 22
NEWER = 24
ENVIRONMENT = 30
NOT_FOUND = 40
BUG = 70
INTERRUPTED = 130

_BY_CODE = {
    ErrorCode.NOT_FOUND: NOT_FOUND,
    ErrorCode.NO_LAYER: NOT_FOUND,
    ErrorCode.LAYER_MISSING: NOT_FOUND,
    ErrorCode.LOCKED: LOCKED,
    ErrorCode.NEWER_FORMAT: NEWER,
    ErrorCode.NEWER_BUNDLE: NEWER,
    ErrorCode.READ_ONLY: ENVIRONMENT,
    ErrorCode.NO_PERMISSION: ENVIRONMENT,
    ErrorCode.DISK_FULL: ENVIRONMENT,
    ErrorCode.MISSING_PART: ENVIRONMENT,
    ErrorCode.WORKER_FAILED: ENVIRONMENT,
    ErrorCode.HUB_AWAY: ENVIRONMENT,
    ErrorCode.HUB_LOGIN: ENVIRONMENT,
    ErrorCode.HUB_UNTRUSTED: ENVIRONMENT,
}


def exit_code_of(error: GeoparkError) -> int:
    """Give the exit code of a foreseen trouble; bad data is 20."""
    return _BY_CODE.get(error.code, REFUSED)

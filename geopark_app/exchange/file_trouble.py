"""Why a foreign file is refused, as codes the worker can hand over; wording has the sentences."""

from geopark_app.domain.errors import ErrorCode, GeoparkError


def refused(reason: str, **details: object) -> GeoparkError:
    """Give the error for a file that is not taken; `reason` is one of `wording.importing`."""
    return GeoparkError(ErrorCode.REFUSED_FILE, reason=reason, **details)

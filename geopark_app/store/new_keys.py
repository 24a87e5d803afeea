"""Keys for things people create."""

import uuid6


def new_uuid() -> str:
    """Give a fresh uuid7: unique on every laptop, sorted by the time of making."""
    return str(uuid6.uuid7())

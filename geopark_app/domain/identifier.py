"""Keys of records that are computed, for rows unique by meaning."""

import uuid

ROOT = uuid.UUID("6f3d1f0e-7b0a-5f43-9a53-1d1a5b0c2e77")


def uuid_of(parent: str, key: str) -> str:
    """Give the uuid5 of a row that is unique by meaning, such as the answer of visit × item."""
    return str(uuid.uuid5(uuid.UUID(parent), key))


def setting_uuid(name: str) -> str:
    """Give the key of a catalogue setting."""
    return str(uuid.uuid5(ROOT, f"setting:{name}"))

"""How the columns of a list were mapped last time, by the list's header, on this machine."""

import json
from collections.abc import Mapping, Sequence

from geopark_app import paths
from geopark_app.domain.errors import GeoparkError
from geopark_app.rules.column_mapping import header_signature
from geopark_app.store.writing_files import write_atomically

_KEPT = 50


def recall_mapping(kind: str, header: Sequence[str]) -> dict[str, str] | None:
    """Give column → field as it was used for a table with this header, or None."""
    found = _all().get(f"{kind}:{header_signature(header)}")
    if not isinstance(found, dict):
        return None
    return {str(column): str(field) for column, field in found.items() if column in header}


def remember_mapping(kind: str, header: Sequence[str], mapping: Mapping[str, str]) -> None:
    """Keep a mapping that was used; trouble with the profile is no trouble of the import."""
    known = _all()
    key = f"{kind}:{header_signature(header)}"
    known.pop(key, None)
    known[key] = dict(mapping)
    newest = dict(list(known.items())[-_KEPT:])
    try:
        path = paths.profile_dir() / _NAME
        path.parent.mkdir(parents=True, exist_ok=True)
        content = json.dumps(newest, ensure_ascii=False, indent=1).encode("utf-8")
        write_atomically(path, content, flush_to_disk=False)
    except (OSError, GeoparkError):
        return


_NAME = "import-mappings.json"


def _all() -> dict[str, object]:
    try:
        content = json.loads((paths.profile_dir() / _NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}

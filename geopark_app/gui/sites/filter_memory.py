"""The filters a person left set in a catalogue, for the next start on this machine."""

import json
from collections.abc import Mapping

from geopark_app.gui.sites.table import window_settings
from geopark_app.operations.context import AppContext


def remember_filters(context: AppContext, filters: Mapping[str, str]) -> None:
    """Keep the choices; typed words are for the moment and are not kept."""
    kept = {name: key for name, key in filters.items() if name != "text"}
    window_settings().setValue(_place(context), json.dumps(kept))


def remembered_filters(context: AppContext) -> dict[str, str]:
    """Give the choices kept, or none; what cannot be read is forgotten."""
    try:
        found = json.loads(str(window_settings().value(_place(context)) or "{}"))
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def _place(context: AppContext) -> str:
    return f"sites/filters-{context.catalogue.folder.catalogue_id}"

"""Search with filters over all record kinds, and searches kept under a name for everybody."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from geopark_app.domain.change import Changes
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import kind_named
from geopark_app.domain.text import nfc, sort_key
from geopark_app.operations.context import AppContext
from geopark_app.operations.keeping_settings import drop_setting, keep_settings, settings_under
from geopark_app.operations.site_lists import site_rows
from geopark_app.store.search import SearchHit

_START = "saved-search:"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A search with a name.

    Attributes
    ----------
    name : str
        What people call it.
    text : str
        The words, or empty.
    filters : mapping of str to str
        Filters of `operations.sites.list_sites`.
    """

    name: str
    text: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)


def search_records(
    context: AppContext,
    typed: str,
    *,
    kinds: Collection[str] = (),
    filters: Mapping[str, str] | None = None,
    limit: int | None = None,
) -> list[SearchHit]:
    """Give the records found, best first; filters keep sites only, and need no words.

    Raises
    ------
    GeoparkError
        UNKNOWN_KIND, UNKNOWN_FIELD.
    """
    for name in kinds:
        kind_named(name)
    if not filters:
        hits = context.catalogue.search(typed, limit=None if kinds else limit)
        return [hit for hit in hits if not kinds or hit.kind in kinds][:limit]
    passing = site_rows(context, filters=filters)
    if not typed.strip():
        hits = [
            SearchHit(
                kind="site",
                uuid=item.uuid,
                ref=f"site:{item.code or item.uuid}",
                title=item.name_vi or item.uuid,
                matched=item.commune_name,
                score=0.0,
            )
            for item in passing
        ]
        return hits[:limit]
    uuids = {item.uuid for item in passing}
    return [hit for hit in context.catalogue.search(typed) if hit.uuid in uuids][:limit]


def saved_searches(context: AppContext) -> list[SavedSearch]:
    """Give the searches kept in the catalogue, by name."""
    found = []
    for name, value in settings_under(context, _START).items():
        if isinstance(value, dict):
            filters = value.get("filters")
            found.append(
                SavedSearch(
                    name=name,
                    text=str(value.get("text") or ""),
                    filters=filters if isinstance(filters, dict) else {},
                )
            )
    return sorted(found, key=lambda search: sort_key(search.name))


def saved_search(context: AppContext, name: str) -> SavedSearch:
    """Give the search of that name, or raise `GeoparkError(NOT_FOUND)`."""
    for search in saved_searches(context):
        if search.name == nfc(name).strip():
            return search
    raise GeoparkError(ErrorCode.NOT_FOUND, kind="saved-search", reference=name)


def save_search(context: AppContext, search: SavedSearch, *, reason: str) -> Changes:
    """Keep a search under its name; one of the same name is replaced.

    Raises
    ------
    GeoparkError
        BAD_VALUE for an empty name.
    """
    name = nfc(search.name).strip()
    if not name:
        raise GeoparkError(ErrorCode.BAD_VALUE, field="name", value="", expected="text")
    value = {"text": search.text, "filters": dict(search.filters)}
    return keep_settings(context, {f"{_START}{name}": value}, reason=reason)


def forget_search(context: AppContext, name: str, *, reason: str) -> Changes:
    """Forget a search; raises `GeoparkError(NOT_FOUND)`."""
    return drop_setting(context, f"{_START}{saved_search(context, name).name}", reason=reason)

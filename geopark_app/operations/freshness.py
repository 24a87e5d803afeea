"""Texts in two languages: which English text was not touched since its Vietnamese one changed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from geopark_app.domain.change import Json
from geopark_app.domain.condition import ListQuery
from geopark_app.domain.declaration import RecordKind, kind_of
from geopark_app.domain.kinds import Site
from geopark_app.operations.context import AppContext
from geopark_app.store.history import HistoryEntry, edited_rows, histories_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPair:
    """Two fields that say the same in two languages."""

    vi: str
    en: str


def text_pairs(kind: RecordKind) -> list[TextPair]:
    """Give the fields of a kind that exist in Vietnamese and English."""
    return [
        TextPair(vi=spec.name, en=f"{spec.name.removesuffix('_vi')}_en")
        for spec in kind.fields
        if spec.name.endswith("_vi") and kind.field(f"{spec.name.removesuffix('_vi')}_en")
    ]


def stale_english(context: AppContext, uuids: Iterable[str] | None = None) -> dict[str, list[str]]:
    """Give the English fields of sites that are older than their Vietnamese text.

    Older means: since the English text was last written, the Vietnamese one has become another
    one; a change that was taken back does not count. Empty texts are gaps, not old ones.

    Parameters
    ----------
    context
        The surroundings.
    uuids
        Only these sites; None for all.
    """
    kind = kind_of(Site)
    pairs = text_pairs(kind)
    only = None if uuids is None else list(uuids)
    edited = edited_rows(context.catalogue, kind.name, [pair.vi for pair in pairs], only)
    if not edited:
        return {}
    fields = [field for pair in pairs for field in (pair.vi, pair.en)]
    query = ListQuery(kind=kind.name, among=frozenset(edited))
    texts = {
        uuid: dict(zip(fields, values, strict=True))
        for uuid, *values in context.catalogue.list_rows(query, ("uuid", *fields))
    }
    entries = histories_of(context.catalogue, kind, sorted(texts))
    found: dict[str, list[str]] = {}
    for uuid, now in sorted(texts.items()):
        stale = [
            pair.en
            for pair in pairs
            if now[pair.vi] and now[pair.en] and _is_older(entries[uuid], pair)
        ]
        if stale:
            found[uuid] = stale
    return found


def _is_older(entries: list[HistoryEntry], pair: TextPair) -> bool:
    """Say whether the Vietnamese text was another one when the English was last written."""
    now: dict[str, Json] = defaultdict(lambda: None)
    seen: Json = None
    saves = _by_save(entries)
    for save in saves:
        for entry in save:
            if entry.field in {pair.vi, pair.en}:
                now[entry.field] = entry.new
        if any(entry.field == pair.en for entry in save):
            # Both written in one save were written together, in whichever order.
            seen = now[pair.vi]
    return bool(now[pair.en]) and now[pair.vi] != seen


def _by_save(entries: list[HistoryEntry]) -> list[list[HistoryEntry]]:
    """Give the entries oldest first, those of one save together."""
    saves: list[list[HistoryEntry]] = []
    last = None
    for entry in reversed(entries):
        mark = (entry.at, entry.person, entry.device, entry.note)
        if mark != last:
            saves.append([])
            last = mark
        saves[-1].append(entry)
    return saves

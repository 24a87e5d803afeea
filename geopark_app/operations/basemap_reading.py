"""How the base maps stand on this laptop: here or not, and read through tile by tile."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.kinds import MapLayer
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress, no_progress
from geopark_app.operations.basemap_adding import look_at_basemap
from geopark_app.operations.basemaps import BasemapHere, basemaps, file_hash, open_basemap
from geopark_app.operations.context import AppContext
from geopark_app.store.history import history_of
from geopark_app.wording import error_sentence
from geopark_app.wording.basemaps import basemap_warning, copy_sentence, problem_words


@dataclass(frozen=True, slots=True, kw_only=True)
class BasemapState:
    """One base map as it stands here.

    Attributes
    ----------
    layer : MapLayer
        The definition.
    path : str or None
        Where its file lies on this laptop.
    is_here, is_readable, is_vector : bool
        Whether there is a file; whether it opens; whether it is drawn by our style.
    words : str
        In short, for lists.
    problems : tuple of str
        Sentences; empty when all is well.
    damaged : int
        Damaged tiles counted; 0 where nobody counted.
    examples : tuple of tuple of int
        Zoom, column and row of some of them, as they lie in the file.
    """

    layer: MapLayer
    path: str | None
    is_here: bool
    is_readable: bool
    is_vector: bool
    words: str
    problems: tuple[str, ...] = ()
    damaged: int = 0
    examples: tuple[tuple[int, ...], ...] = ()


def basemap_states(context: AppContext) -> list[BasemapState]:
    """Give the base maps, the one on top first; files are opened, not read through."""
    return [_state(context, one) for one in basemaps(context)]


def check_basemaps(
    context: AppContext,
    *,
    only: str = "",
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> list[BasemapState]:
    """Read every base map through, or only one: its hash, then its tiles in the worker."""
    cancel = cancel or CancelToken()
    every = [one for one in basemaps(context) if only in {"", one.layer.uuid}]
    states = []
    for number, one in enumerate(every):
        progress(Progress(done=number, total=len(every), current=one.layer.name_vi or ""))
        state = _state(context, one)
        states.append(_read_through(context, one, state, cancel) if state.is_here else state)
    return states


def where_to_copy(context: AppContext, layer: MapLayer) -> str:
    """Say from whose laptop the file of a base map can be copied: who added it, had it."""
    history = history_of(context.catalogue, kind_of(MapLayer), layer.uuid)
    first = min(history, key=lambda entry: entry.at, default=None)
    return copy_sentence(
        layer.file_name or layer.name_vi or "",
        layer.byte_count or 0,
        first.person if first else "",
        first.device if first else "",
    )


def _state(context: AppContext, one: BasemapHere) -> BasemapState:
    path = str(one.place.path) if one.place is not None else None
    is_own = one.place is not None and one.place.is_own
    readable, words, problems = True, problem_words("here") if is_own else path or "", list[str]()
    if one.place is None:
        readable, words = False, problem_words("missing")
        problems.append(where_to_copy(context, one.layer))
    elif not one.place.is_same:
        readable, words = False, problem_words("changed")
        problems.append(words)
    else:
        try:
            open_basemap(one).close()
        except GeoparkError as error:
            readable, words = False, problem_words("damaged")
            problems.append(error_sentence(error).message)
    return BasemapState(
        layer=one.layer,
        path=path,
        is_here=one.place is not None,
        is_readable=readable,
        is_vector=one.is_vector,
        words=words,
        problems=tuple(problems),
    )


def _read_through(
    context: AppContext, one: BasemapHere, state: BasemapState, cancel: CancelToken
) -> BasemapState:
    assert one.place is not None
    problems: list[str] = []
    if file_hash(one.place.path, cancel=cancel) != one.layer.sha256:
        problems.append(problem_words("changed"))
    facts: dict[str, Any] = {}
    try:
        facts = dict(look_at_basemap(context, one.place.path, cancel=cancel).facts)
    except GeoparkError as error:
        problems.append(error_sentence(error).message)
    warnings: Sequence[Sequence[str]] = facts.get("warnings", ())
    problems += [basemap_warning(x) for x in warnings if x[0] == "tiles-some-damaged"]
    return BasemapState(
        layer=one.layer,
        path=state.path,
        is_here=True,
        is_readable=bool(facts),
        is_vector=one.is_vector,
        words=problem_words("damaged") if problems else state.words,
        problems=tuple(problems),
        damaged=int(facts.get("damaged", 0)),
        examples=tuple(tuple(tile) for tile in facts.get("examples", ())),
    )

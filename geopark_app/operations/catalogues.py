"""Making and opening catalogues."""

import shutil
from pathlib import Path

from geopark_app.domain.clock import Clock, system_clock
from geopark_app.operations.context import AppContext
from geopark_app.operations.editions import (
    Edition,
    checklist_edition,
    later_editions,
    profile_edition,
    seed,
    starter_additions,
    starter_edition,
    vocabulary_edition,
)
from geopark_app.store.catalogue import create_catalogue, finish_creation
from geopark_app.store.new_keys import new_uuid
from geopark_app.store.unfinished import is_unfinished

STARTERS = ("langson", "empty")


def create_new(
    path: Path,
    *,
    starter: str = "langson",
    person: str,
    device: str,
    is_sample: bool = False,
    profile: Path | None = None,
    clock: Clock = system_clock,
) -> AppContext:
    """Make a catalogue in a new or empty folder and open it.

    Parameters
    ----------
    path
        The folder.
    starter
        `langson` (96 sites and their places) or `empty` (vocabularies and checklist only).
    person, device
        Who works, and the name of the laptop.
    is_sample
        Whether no team may accept it.
    profile
        Profile file of another geopark, instead of the starter's.
    clock
        The clock of the context.

    Raises
    ------
    GeoparkError
        FOLDER_NOT_EMPTY or an environment code; what was begun is removed then.
    """
    editions = [
        vocabulary_edition(),
        *later_editions(),
        checklist_edition(),
        _first_rows(starter, profile),
        *(() if profile is not None else starter_additions(starter)),
    ]
    clear_unfinished(path)
    is_ours = not path.exists() or not any(path.iterdir() if path.is_dir() else (path,))
    try:
        catalogue = create_catalogue(path, catalogue_id=new_uuid(), is_sample=is_sample)
        try:
            for edition in editions:
                seed(catalogue, edition)
            author = catalogue.author(person=person, device=device)
            finish_creation(catalogue)
        except BaseException:
            catalogue.close()
            raise
    except BaseException:
        if is_ours:
            shutil.rmtree(path, ignore_errors=True)
        raise
    return AppContext(catalogue=catalogue, author=author, clock=clock)


def clear_unfinished(path: Path) -> None:
    """Remove what a killed creation left, and nothing that holds a person's saves or files."""
    if is_unfinished(path):
        shutil.rmtree(path)


def _first_rows(starter: str, profile: Path | None) -> Edition:
    return starter_edition(starter) if profile is None else profile_edition(profile)


def profile_of(context: AppContext) -> dict[str, object]:
    """Give the geopark profile of the catalogue: names, CRS, bounds, dates."""
    profile = context.catalogue.setting("profile")
    return profile if isinstance(profile, dict) else {}

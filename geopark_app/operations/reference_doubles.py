"""When two publications are one: the same DOI, or the same title in the same year."""

from geopark_app.domain.kinds import Reference
from geopark_app.domain.text import fold

_SHORTEST_TITLE = 12


def keys_of(reference: Reference) -> tuple[str, ...]:
    """Give what a publication is recognised by, surest first."""
    doi = (reference.doi or "").casefold().partition("doi.org/")
    keys = [f"doi:{doi[2] or doi[0]}"] if reference.doi else []
    title = "".join(char for char in fold(reference.title or "") if char.isalnum())
    # "Introduction" of one year may stand in two books.
    if len(title) >= _SHORTEST_TITLE and reference.year:
        keys.append(f"title:{title}:{reference.year}")
    return tuple(keys)

"""Print the hash of every shipped edition, for geopark_app/domain/trusted_editions.py."""

import contextlib
import tempfile
from pathlib import Path

from geopark_app.domain.errors import GeoparkError
from geopark_app.operations.editions import (
    checklist_edition,
    later_editions,
    recommendations_edition,
    seed,
    starter_edition,
    vocabulary_edition,
)
from geopark_app.store.catalogue import create_catalogue


def main() -> None:
    """Seed each edition into a catalogue of its own and print what the log says."""
    editions = [
        vocabulary_edition(),
        *later_editions(),
        checklist_edition(),
        starter_edition("langson"),
        starter_edition("empty"),
        recommendations_edition(),
    ]
    for edition in editions:
        with (
            tempfile.TemporaryDirectory() as folder,
            create_catalogue(Path(folder) / "c", catalogue_id="0") as catalogue,
        ):
            # the hash listed until now may be another one: that is why this is run
            with contextlib.suppress(GeoparkError):
                seed(catalogue, edition)
            print(f'    "{edition.id}": "{catalogue.tail_hash(edition.id)}",')


if __name__ == "__main__":
    main()

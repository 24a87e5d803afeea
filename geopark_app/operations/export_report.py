"""What an export wrote, and what its format could not hold."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportReport:
    """What was exported.

    Attributes
    ----------
    path : Path
        The file.
    sites : int
        Sites in the file.
    left_out : tuple of str
        Codes of sites a GIS file cannot hold, because their position is unknown.
    losses : tuple of tuple of str
        What the format cannot hold: codes with details for `wording.exporting`.
    records : int
        Records of another kind in the file.
    """

    path: Path
    sites: int
    left_out: tuple[str, ...]
    losses: tuple[tuple[str, ...], ...] = ()
    records: int = 0

"""What a person says about an import, what the file was recognised as, and what came of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from geopark_app.domain.change import Changes
from geopark_app.exchange.foreign_table import ForeignTable
from geopark_app.operations.import_planning import PlannedRow
from geopark_app.operations.import_targets import ImportKind
from geopark_app.rules.column_mapping import Target

SITES = "sites"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What a person says about an import.

    Attributes
    ----------
    kind : str
        One of `import_targets.importable_kinds`.
    mapping : dict of str to str or None
        Column → field; the columns named here are taken at their word, the others are told.
    epsg : int or None
        System of the points, where the file does not say it or says it wrongly.
    encoding, layer : str or None
        None tells them from the content.
    update_by : str
        `code` or `uuid` updates records that are there; empty adds only.
    take_good_rows : bool
        Whether good rows are taken although others are bad.
    mend_shapes : bool
        Whether areas that cross themselves are put right; without it they are refused.
    """

    kind: str = SITES
    mapping: Mapping[str, str] | None = None
    epsg: int | None = None
    encoding: str | None = None
    layer: str | None = None
    update_by: str = ""
    take_good_rows: bool = False
    mend_shapes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedFile:
    """What a file was recognised as.

    Attributes
    ----------
    path : Path
        The file.
    table : ForeignTable
        Its rows.
    mapping : dict of str to str
        Column → field, as suggested or remembered.
    is_remembered : bool
        Whether the mapping was used before for a table with these columns.
    crs : str
        System of the points, or empty when it must be asked for.
    crs_name : str
        Its name.
    needs_crs : bool
        Whether nothing can be placed before a person says the system.
    targets : tuple of Target
        What the columns may become.
    further : tuple of FurtherTable
        Other tables of the file that belong to it: lists of the sites, own fields.
    """

    path: Path
    table: ForeignTable
    mapping: dict[str, str]
    is_remembered: bool
    crs: str
    crs_name: str
    needs_crs: bool
    targets: tuple[Target, ...] = ()
    further: tuple["FurtherTable", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherTable:
    """A table beside the main one, named after the record kind of its rows."""

    kind: ImportKind
    table: ForeignTable
    mapping: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did, or would do.

    Attributes
    ----------
    rows : tuple of PlannedRow
        Every row; added + updated + unchanged + refused is their number.
    is_taken : bool
        Whether the catalogue holds it now.
    is_dry_run : bool
        Whether nothing was meant to be written.
    recognised : RecognisedFile
        The file.
    warnings : tuple of tuple of str
        Codes with details for `wording.importing`.
    changes : Changes
        The one save.
    """

    rows: tuple[PlannedRow, ...]
    is_taken: bool
    is_dry_run: bool
    recognised: RecognisedFile
    warnings: tuple[tuple[str, ...], ...]
    changes: Changes = field(default_factory=Changes)

    def count(self, status: str) -> int:
        """Give how many rows have this status."""
        return Counter(row.status for row in self.rows)[status]

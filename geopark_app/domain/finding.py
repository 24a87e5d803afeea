"""A finding: something about a record that a person should look at. It never blocks saving."""

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How much a finding matters for the dossier."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to look at.

    Attributes
    ----------
    code : str
        Stable name of the finding, such as `missing-field`.
    severity : Severity
        How much it matters.
    kind, uuid : str
        The record.
    field : str
        The field, or empty for the whole record.
    details : tuple of (str, str)
        Names and values for the sentence.
    """

    code: str
    severity: Severity
    kind: str
    uuid: str
    field: str = ""
    details: tuple[tuple[str, str], ...] = ()

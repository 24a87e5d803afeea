"""What a list is narrowed by: a column, how it is compared, and with what."""

from dataclasses import dataclass
from enum import Enum, auto


class Test(Enum):
    """How a value is compared."""

    __test__ = False  # a name pytest would take for its own

    IS = auto()
    IS_NOT = auto()
    READS = auto()
    """The same text, whatever the accents and capitals."""
    HOLDS = auto()
    """These letters stand in it, whatever the accents and capitals."""
    STARTS = auto()
    AT_LEAST = auto()
    AT_MOST = auto()
    KNOWN = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows of another kind that belong to a record.

    Attributes
    ----------
    kind : str
        Their record kind.
    via : str
        The column that names the record.
    where : pairs of str
        Values the rows must have.
    """

    kind: str
    via: str
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition a record must meet.

    Attributes
    ----------
    column : str
        Name of the column; of a column of `rows` where these are given.
    test : Test
        How it is compared.
    values : tuple
        Any of these will do; folded for READS and HOLDS.
    rows : Rows or None
        The condition is met when one of these rows meets it.
    names_of : str
        The values are compared with the names of these records, which the column refers to.
    is_number : bool
        The column holds a number as text.
    """

    column: str
    test: Test
    values: tuple[str | int | float, ...] = ()
    rows: Rows | None = None
    names_of: str = ""
    is_number: bool = False


class SortBy(Enum):
    """What of a column gives the order."""

    VALUE = auto()
    TEXT = auto()
    LABEL = auto()
    NAME = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One thing a list is sorted by; rows without it come last, whichever way it goes.

    `about` is the vocabulary of a label, or the kind of the record a name is taken from.
    """

    column: str
    by: SortBy = SortBy.VALUE
    about: str = ""
    is_descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuery:
    """Which records of a kind a list shows, in which order.

    Attributes
    ----------
    kind : str
        The record kind.
    conditions : tuple of Condition
        All must be met.
    words : tuple of str
        Folded; each must stand in what the list shows of the record.
    in_texts : bool
        The words may stand in any text of a site instead, as the search index knows them.
    found : frozenset of str
        Records that need not have the words: the search knows them by another spelling.
    among : frozenset of str or None
        Only these records.
    but_not : frozenset of str
        None of these records.
    kept : str
        A record that is listed whatever the conditions say.
    orders : tuple of Order
        In their order; the key of the record decides at last.
    language : str
        Language of labels and names in the order.
    in_trash : bool
        The records in the trash instead of the others.
    limit : int or None
        At most so many.
    """

    kind: str
    conditions: tuple[Condition, ...] = ()
    words: tuple[str, ...] = ()
    in_texts: bool = False
    found: frozenset[str] = frozenset()
    among: frozenset[str] | None = None
    but_not: frozenset[str] = frozenset()
    kept: str = ""
    orders: tuple[Order, ...] = ()
    language: str = "vi"
    in_trash: bool = False
    limit: int | None = None

"""Further tables of one file: lists of the sites and what they refer to, each planned in turn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from geopark_app.domain.kinds import KINDS
from geopark_app.domain.text import fold
from geopark_app.exchange.foreign_table import ForeignTable
from geopark_app.operations.import_planning import REFUSED, PlannedRow, refers_to
from geopark_app.operations.import_targets import LISTS, UUID, ImportKind, importable_kinds
from geopark_app.rules.column_mapping import is_second_header, suggest_mapping

_SAMPLES = 50
_FIRST = ("own_field", "own_field_choice")


def table_names(kind_name: str) -> list[str]:
    """Give the names under which a file for this kind may hold further tables."""
    if kind_name != "sites":
        return []
    return [name for name in importable_kinds() if name not in LISTS]


def in_order(names: Iterable[str]) -> list[str]:
    """Give kinds so that each stands after those it refers to, where that is possible."""
    left = sorted(names, key=lambda name: (name not in _FIRST, list(KINDS).index(name)))
    done: list[str] = []
    while left:
        ready = next((name for name in left if not _waits_for(name) & set(left) - {name}), left[0])
        left.remove(ready)
        done.append(ready)
    return done


def _waits_for(name: str) -> set[str]:
    return {spec.refers_to for spec in KINDS[name].fields if spec.refers_to}


def suggested(table: ForeignTable, kind: ImportKind) -> dict[str, str]:
    """Give column → field as the names and the values of a table tell."""
    samples = {
        column: [row.cells[index] for row in table.rows[:_SAMPLES]]
        for index, column in enumerate(table.header)
    }
    return suggest_mapping(table.header, kind.targets, samples)


def without_second_header(
    table: ForeignTable, mapping: Mapping[str, str], kind: ImportKind
) -> ForeignTable:
    """Give the table without a first row that says the header in the other language."""
    if table.rows and is_second_header(table.rows[0].cells, table.header, mapping, kind.targets):
        return replace(table, rows=table.rows[1:])
    return table


def keys_of(table: ForeignTable, mapping: Mapping[str, str]) -> set[str]:
    """Give the keys the rows of a table have."""
    columns = [column for column, field in mapping.items() if field == UUID]
    if not columns:
        return set()
    at = table.header.index(columns[0])
    return {fold(row.cells[at]) for row in table.rows if row.cells[at]}


def without_orphans(
    rows: Sequence[PlannedRow], main: str, announced: Mapping[str, set[str]]
) -> list[PlannedRow]:
    """Refuse the rows whose record refers to one of the file that is itself refused.

    `main` is the kind of the main table, `announced` the new keys the file has, by kind.
    """
    found = list(rows)
    while any(row.status == REFUSED for row in found):
        taken = {
            (row.table or main, row.record.uuid)
            for row in found
            if row.status != REFUSED and row.record is not None
        }
        again = [_settled(row, taken, announced) for row in found]
        if again == found:
            break
        found = again
    return found


def _settled(
    row: PlannedRow, taken: set[tuple[str, str]], announced: Mapping[str, set[str]]
) -> PlannedRow:
    if row.status == REFUSED or row.record is None:
        return row
    for place in refers_to(row.record):
        if place[1] in announced.get(place[0], set()) and place not in taken:
            details = {"value": place[1]}
            return replace(row, status=REFUSED, reason="refers-to-refused", details=details)
    return row

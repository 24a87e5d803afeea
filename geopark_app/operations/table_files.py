"""Tables as CSV and JSON files, whole or not at all."""

import csv
import io
import json
import secrets
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from geopark_app.exchange.reading_records import TABLES
from geopark_app.exchange.tables import Table
from geopark_app.operations.import_tables import table_names
from geopark_app.store.writing_files import translated_os_errors, write_atomically

_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """Give a name beside `out` to write to; the file takes its place when the block ends well."""
    temporary = out.with_name(f".{out.stem}.{secrets.token_hex(4)}{out.suffix or '.part'}")
    with translated_os_errors(out):
        try:
            yield temporary
            temporary.replace(out)
        finally:
            temporary.unlink(missing_ok=True)


def write_csv(
    out: Path, table: Table, beside: Sequence[Table] = (), *, lists: bool = True
) -> list[Path]:
    """Write a table as CSV and those beside it: `sites.csv`, `sites.site_threat.csv`, or one zip.

    With `lists`, those an older export of this name had and this one has not are taken away.
    """
    if out.suffix.lower() == ".zip":
        with (
            replacing(out) as temporary,
            zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            for one in (table, *beside):
                name = f"{'sites' if one is table else one.name}.csv"
                archive.writestr(zipfile.ZipInfo(name, _ZIP_DAY), _csv(one), zipfile.ZIP_DEFLATED)
        return [out]
    files = {out: table} | {out.with_name(f"{out.stem}.{one.name}.csv"): one for one in beside}
    with translated_os_errors(out):
        for path, one in files.items():
            write_atomically(path, _csv(one), flush_to_disk=False)
        for name in table_names("sites") if lists else ():
            old = out.with_name(f"{out.stem}.{name}.csv")
            if old not in files:
                old.unlink(missing_ok=True)
    return list(files)


def write_json(out: Path, tables: Sequence[Table], *, made_at: datetime) -> None:
    """Write tables as JSON: name to columns and rows."""
    content = {TABLES: tables_json(tables), "made_at": made_at.isoformat(timespec="seconds")}
    text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)
    with translated_os_errors(out):
        write_atomically(out, text.encode("utf-8"), flush_to_disk=False)


def tables_json(tables: Sequence[Table]) -> dict[str, object]:
    """Give tables as plain data."""
    return {
        table.name: {
            "columns": [column.name for column in table.columns],
            "rows": [list(row) for row in table.rows],
        }
        for table in tables
    }


def _csv(table: Table) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    for row in table.rows:
        writer.writerow([_harmless(cell) for cell in row])
    # Excel reads a text table as UTF-8 only with the mark at its beginning.
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: object) -> object:
    # A spreadsheet would take such text for a formula; the apostrophe makes it text.
    # Text that has one already gets one more, so that an import can take exactly one away.
    if isinstance(cell, str) and cell.lstrip("'").startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{cell}"
    return cell

"""Values removed for good are taken out of the exchange folders met, files and bundles alike."""

from collections.abc import Mapping
from pathlib import Path

from geopark_app.domain.errors import GeoparkError
from geopark_app.operations.context import AppContext
from geopark_app.store.engine import reading
from geopark_app.store.exchange_log import SignedSave, version_vector
from geopark_app.store.peers import keep_bundle, known_bundles
from geopark_app.store.purging import Removed, removals, still_holds
from geopark_app.store.removing import removed_files
from geopark_app.store.writing_files import translated_os_errors
from geopark_app.sync.bundle import LARGEST_FILE, verify
from geopark_app.sync.exchange_folder import ExchangeFolder

Ranges = dict[str, tuple[int, int]]


def clean_folder(
    context: AppContext,
    folder: ExchangeFolder,
    paths: Mapping[str, Path],
    present: dict[str, Ranges],
) -> None:
    """Delete removed photos there, and bundles that still hold a removed value.

    Only bundles of which everything is here go; the exchange writes their saves again, without the
    value. `present`, what lies in the folder whole, is kept true.
    """
    with reading(context.catalogue.engine) as connection:
        found = list(removals(connection))
    if not found:
        return
    there = folder.blobs()
    for sha256 in removed_files(context.catalogue) & there.keys():
        with translated_os_errors(there[sha256]):
            there[sha256].unlink(missing_ok=True)
    known, have = known_bundles(context.catalogue), version_vector(context.catalogue)
    for sha256, ranges in list(present.items()):
        content = known.get(sha256, {})
        is_whole_here = all(have.get(author, 0) >= end for author, (_, end) in ranges.items())
        if not is_whole_here or content.get("clean_of") == len(found):
            continue
        if _may_hold(ranges, found) and _holds(folder, paths[sha256], found):
            with translated_os_errors(paths[sha256]):
                paths[sha256].unlink(missing_ok=True)
            del present[sha256]
        elif content:
            keep_bundle(context.catalogue, sha256, {**content, "clean_of": len(found)})


def _may_hold(ranges: Ranges, found: list[Removed]) -> bool:
    return any(
        start < one.covers.get(author, 0) for one in found for author, (start, _) in ranges.items()
    )


def _holds(folder: ExchangeFolder, path: Path, found: list[Removed]) -> bool:
    try:
        raw = folder.read_bundle(path, largest=LARGEST_FILE)
        saves = verify(raw).saves if raw is not None else ()
    except GeoparkError:
        return False
    return any(_save_holds(save, found) for save in saves)


def _save_holds(save: SignedSave, found: list[Removed]) -> bool:
    return any(
        (one.table, one.row_uuid) == (op.table, op.row_uuid)
        and still_holds(one, author=op.id.author, seq=op.id.seq, names=op.values.keys())
        for op in save.ops
        for one in found
    )

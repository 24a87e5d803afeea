"""What to send: saves the other side lacks, and files in the order they matter, within a budget."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

Ranges = Mapping[str, tuple[int, int]]


class FileRole(IntEnum):
    """What a file is to its record, in the order in which files travel."""

    THUMBNAIL = 0
    RENDITION = 1
    DOCUMENT = 2
    LAYER = 3
    ORIGINAL = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRef:
    """A file a record needs.

    Attributes
    ----------
    sha256 : str
        Its name.
    role : FileRole
        What it is.
    age : str
        Sorts by time: when the picture was taken, else the key of its record.
    """

    sha256: str
    role: FileRole
    age: str


def covered(bundles: Iterable[Ranges]) -> dict[str, int]:
    """Give how far the saves of each author lie in bundles without a gap from the first on."""
    by_author: dict[str, list[tuple[int, int]]] = {}
    for ranges in bundles:
        for author, (start, end) in ranges.items():
            by_author.setdefault(author, []).append((start, end))
    reached: dict[str, int] = {}
    for author, some in by_author.items():
        end_so_far = 0
        for start, end in sorted(some):
            if start <= end_so_far:
                end_so_far = max(end_so_far, end)
        reached[author] = end_so_far
    return reached


def lacking(base: Mapping[str, int], have: Mapping[str, int]) -> dict[str, int]:
    """Give the parts of `base` that are not there yet: the number needed by author."""
    return {author: need for author, need in base.items() if have.get(author, 0) < need}


def in_order(refs: Iterable[FileRef]) -> list[FileRef]:
    """Give each file once, in the order of `FileRole`; among equals the newest first."""
    first: dict[str, FileRef] = {}
    for ref in refs:
        known = first.get(ref.sha256)
        if known is None or ref.role < known.role:
            first[ref.sha256] = ref
    newest_first = sorted(first.values(), key=lambda ref: (ref.age, ref.sha256), reverse=True)
    return sorted(newest_first, key=lambda ref: ref.role)


def within(
    refs: Sequence[FileRef], sizes: Mapping[str, int], *, budget: int
) -> tuple[list[FileRef], int]:
    """Give the files that fit into so many bytes, in their order, and how many do not.

    A file that does not fit stops none of the smaller ones behind it.
    """
    chosen = []
    left = budget
    for ref in refs:
        size = sizes.get(ref.sha256, 0)
        if size <= left:
            chosen.append(ref)
            left -= size
    return chosen, len(refs) - len(chosen)

"""Groups of photos that look nearly the same, by the bits in which their likeness differs."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

MOST_BITS = 7
"""Farthest distance that is looked for: with more, one band of four could differ in two bits."""

_BANDS, _BAND_BITS = 4, 16
_AT_ONCE = 1 << 20

Codes = NDArray[np.uint64]
Places = NDArray[np.int64]


def alike_groups(codes: Sequence[int], *, most_bits: int) -> list[list[int]]:
    """Give the places of the codes that differ in at most `most_bits` bits, as groups.

    What is alike through a third is one group. The largest group comes first.

    Four bands of 16 bits: of two codes at most seven bits apart, one band differs in at most one
    bit. So each band is looked up as it is and with each of its bits turned, in a sorted list,
    instead of comparing every photo with every other.
    """
    if not 0 <= most_bits <= MOST_BITS:
        raise ValueError(most_bits)
    if not codes:
        return []
    unique, which = np.unique(np.array(codes, dtype=np.uint64), return_inverse=True)
    group_of = np.arange(len(unique))
    for first, second in _near_pairs(unique, most_bits):
        group_of = _joined(group_of, first, second)
    groups: dict[int, list[int]] = {}
    for place, at in enumerate(which.tolist()):
        groups.setdefault(int(group_of[at]), []).append(place)
    found = [group for group in groups.values() if len(group) > 1]
    return sorted(found, key=lambda group: (-len(group), group[0]))


def _near_pairs(unique: Codes, most_bits: int) -> Iterator[tuple[Places, Places]]:
    """Give places of pairs of different codes that are near; some are given more than once."""
    if most_bits == 0:
        return
    for band in range(_BANDS):
        part = (unique >> np.uint64(band * _BAND_BITS)) & np.uint64((1 << _BAND_BITS) - 1)
        order = np.argsort(part, kind="stable")
        in_order = part[order]
        for mask in (0, *(1 << bit for bit in range(_BAND_BITS))):
            asked = part ^ np.uint64(mask)
            begin = np.searchsorted(in_order, asked, side="left")
            end = np.searchsorted(in_order, asked, side="right")
            yield from _expanded(unique, order, begin, end, most_bits)


def _expanded(
    unique: Codes, order: Places, begin: Places, end: Places, most_bits: int
) -> Iterator[tuple[Places, Places]]:
    """Compare each code with those of its bucket, in portions that fit the memory."""
    counts = end - begin
    total = np.cumsum(counts)
    at = 0
    while at < len(counts):
        before = int(total[at - 1]) if at else 0
        stop = max(at + 1, int(np.searchsorted(total, before + _AT_ONCE, side="right")))
        some = counts[at:stop]
        first = np.repeat(np.arange(at, stop), some)
        steps = np.arange(len(first)) - np.repeat(np.cumsum(some) - some, some)
        second = order[np.repeat(begin[at:stop], some) + steps]
        near = first < second
        first, second = first[near], second[near]
        apart = np.bitwise_count(unique[first] ^ unique[second])
        close = apart <= most_bits
        yield first[close], second[close]
        at = stop


def _joined(group_of: Places, first: Places, second: Places) -> Places:
    """Give the group of each code when those of every pair are one; a group's name is its least."""
    while True:
        one, other = group_of[first], group_of[second]
        apart = one != other
        if not apart.any():
            return group_of
        first, second = first[apart], second[apart]
        low, high = np.minimum(one, other)[apart], np.maximum(one, other)[apart]
        renamed = np.arange(len(group_of))
        np.minimum.at(renamed, high, low)
        while not np.array_equal(further := renamed[renamed], renamed):
            renamed = further
        group_of = renamed[group_of]

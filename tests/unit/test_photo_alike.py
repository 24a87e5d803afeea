"""Groups of nearly equal photos are those a comparison of all with all finds."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geopark_app.photos.alike import MOST_BITS, alike_groups


def by_hand(codes: list[int], most_bits: int) -> set[frozenset[int]]:
    groups = {at: {at} for at in range(len(codes))}
    for a, b in itertools.combinations(range(len(codes)), 2):
        if (codes[a] ^ codes[b]).bit_count() <= most_bits and groups[a] is not groups[b]:
            joined = groups[a] | groups[b]
            for member in joined:
                groups[member] = joined
    return {frozenset(group) for group in groups.values() if len(group) > 1}


near = st.tuples(
    st.integers(min_value=0, max_value=(1 << 64) - 1),
    st.lists(st.sets(st.integers(0, 63), max_size=9), min_size=1, max_size=5),
).map(lambda given: [given[0] ^ sum(1 << bit for bit in bits) for bits in given[1]])


@settings(max_examples=60, deadline=None)
@given(st.lists(near, max_size=8), st.integers(min_value=0, max_value=MOST_BITS))
def test_no_pair_is_missed(clusters: list[list[int]], most_bits: int) -> None:
    codes = [code for cluster in clusters for code in cluster]
    found = {frozenset(group) for group in alike_groups(codes, most_bits=most_bits)}
    assert found == by_hand(codes, most_bits)


def test_the_largest_group_comes_first() -> None:
    assert alike_groups([1, 1 << 40, 1, 1 << 40, 0], most_bits=1) == [[0, 1, 2, 3, 4]]
    assert alike_groups([5, 900 << 30, 5, 5, 900 << 30], most_bits=0) == [[0, 2, 3], [1, 4]]
    assert alike_groups([], most_bits=3) == []


def test_too_far_is_refused() -> None:
    with pytest.raises(ValueError, match="8"):
        alike_groups([1, 2], most_bits=8)

"""Which originals a laptop wants: any of what was ticked, and nothing else."""

import pytest

from geopark_app.rules.originals import OriginalsWish


def wants(wish: OriginalsWish, **photo: object) -> bool:
    facts: dict[str, object] = {"site": "s1", "routes": {"r1"}, "taken_at": "2026-03-15T08:00"}
    return wish.wants(**{**facts, "for_dossier": False, **photo})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wish", "photo", "wanted"),
    [
        (OriginalsWish(), {}, True),
        (OriginalsWish(everything=False), {}, False),
        (OriginalsWish(everything=False, dossier=True), {}, False),
        (OriginalsWish(everything=False, dossier=True), {"for_dossier": True}, True),
        (OriginalsWish(everything=False, sites=frozenset({"s1"})), {}, True),
        (OriginalsWish(everything=False, sites=frozenset({"s2"})), {}, False),
        (OriginalsWish(everything=False, sites=frozenset({"s2"})), {"site": None}, False),
        (OriginalsWish(everything=False, routes=frozenset({"r1", "r2"})), {}, True),
        (OriginalsWish(everything=False, routes=frozenset({"r1"})), {"routes": ()}, False),
        (OriginalsWish(everything=False, years=frozenset({2026})), {}, True),
        (OriginalsWish(everything=False, years=frozenset({2025})), {}, False),
        (OriginalsWish(everything=False, years=frozenset({2026})), {"taken_at": ""}, False),
    ],
)
def test_a_wish_is_any_of_its_lists(
    wish: OriginalsWish, photo: dict[str, object], wanted: bool
) -> None:
    assert wants(wish, **photo) is wanted

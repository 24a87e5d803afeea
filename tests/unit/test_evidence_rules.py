"""Numbers of evidence: fixed once and for all, gaps named, doubles told apart."""

from geopark_app.rules.evidence import (
    Numbered,
    NumberGap,
    doubles,
    gaps,
    next_number,
    number_of,
    number_text,
    numbers_at_fixing,
    order_of,
)


def one(key: str, number: str, *, fixed: bool = False, removed: bool = False) -> Numbered:
    return Numbered(key=key, number=number, is_fixed=fixed, removed=removed)


def test_numbers_are_read_and_written() -> None:
    assert [number_of(text) for text in ("E-007", "12", "E-", "Phụ lục", "E-١")] == [
        7, 12, None, None, None,
    ]  # fmt: skip
    assert (number_text(7), number_text(1200)) == ("E-007", "E-1200")
    assert sorted(["E-10", "x", "E-2"], key=order_of) == ["E-2", "E-10", "x"]


def test_a_removed_number_is_not_given_again() -> None:
    assert next_number([]) == "E-001"
    assert next_number([one("a", "E-001"), one("b", "E-005", removed=True)]) == "E-006"


def test_gaps_close_until_the_numbers_are_fixed_and_stay_afterwards() -> None:
    loose = [one("a", "E-001"), one("b", "E-002", removed=True), one("c", "E-003")]
    assert numbers_at_fixing(loose) == {"a": "E-001", "c": "E-002"}
    later = [
        one("a", "E-001", fixed=True),
        one("c", "E-002", fixed=True, removed=True),
        one("d", "E-005"),
        one("e", "E-004"),
        one("f", ""),
    ]
    # the fixed ones end at 2: e (4), d (5), then what has no number follow as 3, 4, 5
    assert numbers_at_fixing(later) == {"a": "E-001", "e": "E-003", "d": "E-004", "f": "E-005"}
    assert gaps(later) == [NumberGap(number="E-002", key="c")]
    assert gaps(loose) == []


def test_the_same_number_of_two_laptops_is_named_and_told_apart() -> None:
    register = [one("b", "E-001"), one("a", "E-001"), one("c", "E-001", removed=True)]
    assert doubles(register) == ["E-001"]
    assert numbers_at_fixing(register) == {"a": "E-001", "b": "E-002"}
    assert doubles([one("a", ""), one("b", "")]) == []

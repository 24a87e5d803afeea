"""Who sees which assessment: rounds, drafts, own ones, those of nobody, and who scores none."""

from geopark_app.rules.blind_scoring import BlindEntry, hidden_assessments

MONDAY, TUESDAY, FRIDAY = (f"2026-11-{day:02d}T08:00:00+00:00" for day in (2, 3, 6))


def entry(uuid: str, who: str, **more: object) -> BlindEntry:
    people = frozenset(who.split()) if who else frozenset()
    given: dict[str, object] = {"site": "s", "method": "m", "submitted_at": MONDAY, **more}
    return BlindEntry(uuid=uuid, people=people, **given)  # type: ignore[arg-type]


def hidden(person: str, *entries: BlindEntry) -> set[str]:
    return set(hidden_assessments(entries, person))


def test_others_stay_hidden_until_the_own_one_is_submitted() -> None:
    theirs = entry("b", "binh")
    assert hidden("an", theirs) == {"b"}
    assert hidden("binh", theirs) == set()
    draft = entry("a", "an", is_draft=True, submitted_at="")
    assert hidden("an", theirs, draft) == {"b"}
    assert hidden("binh", theirs, draft) == {"a"}
    assert hidden("an", theirs, entry("a", "an", submitted_at=TUESDAY)) == set()


def test_a_draft_is_seen_by_its_assessor_and_by_who_typed_it_in_only() -> None:
    draft = entry("d", "khanh lan", is_draft=True, submitted_at="")
    mine = entry("a", "an")
    assert hidden("an", draft, mine) == {"d"}
    assert hidden("lan", draft) == hidden("khanh", draft) == set()


def test_an_own_one_of_another_site_or_method_opens_nothing() -> None:
    theirs = entry("b", "binh")
    assert hidden("an", theirs, entry("a", "an", site="t")) == {"b"}
    assert hidden("an", theirs, entry("a", "an", method="n")) == {"b"}


def test_who_scores_none_by_a_method_sees_what_is_submitted() -> None:
    theirs, draft = entry("b", "binh"), entry("c", "chi", is_draft=True, submitted_at="")
    declared = entry("x", "an", site="")
    assert hidden("an", theirs, draft, declared) == {"c"}
    assert hidden("an", theirs, entry("x", "an", site="", is_draft=True)) == {"b"}
    assert hidden("an", theirs, entry("x", "binh", site="")) == {"b"}


def test_what_lies_in_the_trash_stays_hidden_and_opens_nothing() -> None:
    theirs = entry("b", "binh", is_trashed=True)
    mine = entry("a", "an", is_trashed=True)
    assert hidden("an", theirs, mine) == {"b"}
    assert hidden("an", theirs, entry("x", "an", site="", is_trashed=True)) == {"b"}
    assert hidden("an", theirs, entry("a", "an")) == set()
    ended = entry("c", "chi", is_trashed=True, is_accepted=True, accepted_at=FRIDAY)
    assert hidden("an", entry("d", "binh"), ended) == {"c", "d"}


def test_an_accepted_result_opens_its_round_and_not_the_next() -> None:
    first = entry("b", "binh", is_accepted=True, accepted_at=TUESDAY)
    beside = entry("c", "chi")
    later = entry("d", "chi", submitted_at=FRIDAY)
    assert hidden("an", first, beside, later) == {"d"}
    old = entry("a", "an")
    assert hidden("an", first, later, old) == {"d"}
    assert hidden("an", first, later, entry("a2", "an", submitted_at=FRIDAY)) == set()


def test_assessments_of_older_programs_count_as_submitted() -> None:
    nobody = entry("n", "", submitted_at="")
    theirs = entry("b", "binh", submitted_at="")
    assert hidden("an", nobody, theirs) == {"b"}
    accepted = entry("b", "binh", submitted_at="nonsense", is_accepted=True)
    assert hidden("an", accepted) == set()

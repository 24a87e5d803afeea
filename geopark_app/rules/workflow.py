"""Which state of a record may follow which; the steps ship with `workflow_status.json`.

Source: GEOSSIT (Em análise, Consistido, Validado) and the French two-step validation; own states.
"""

_NEXT: dict[str, tuple[str, ...]] = {
    "draft": ("submitted", "archived"),
    "submitted": ("returned", "checked"),
    "returned": ("submitted",),
    "checked": ("validated", "returned"),
    "validated": ("draft", "archived"),
    "archived": (),
}


def allowed_states(state: str | None) -> tuple[str, ...]:
    """Give the states that may follow; a record without a state, or with one unknown, takes any."""
    if state is None or state not in _NEXT:
        return tuple(_NEXT)
    return (state, *_NEXT[state])


def may_follow(state: str | None, wanted: str | None) -> bool:
    """Say whether a record may go from one state to another; an empty state is always allowed."""
    if wanted is None or wanted not in _NEXT:
        return True
    return wanted in allowed_states(state)

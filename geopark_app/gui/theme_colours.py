"""The two sets of colours: limestone and pine, and black on white for weak eyes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """Named by use; every pair of text and ground reaches WCAG AA (a test measures it).

    Attributes
    ----------
    window, panel, stripe, button : str
        Grounds.
    text, muted, faint : str
        Words, by weight; `faint` only for what is switched off.
    border, focus : str
        Lines; `focus` marks where the keyboard is.
    primary, primary_dark, on_primary, selection : str
        The main button and what is selected.
    rail, rail_text, rail_selected, rail_accent : str
        The navigation.
    done, done_ground, info, info_ground, warning, warning_ground, error, error_ground : str
        Words and grounds of messages and states.
    line_px : int
        Width of frames.
    """

    window: str
    panel: str
    stripe: str
    button: str
    text: str
    muted: str
    faint: str
    border: str
    focus: str
    primary: str
    primary_dark: str
    on_primary: str
    selection: str
    rail: str
    rail_text: str
    rail_selected: str
    rail_accent: str
    done: str
    done_ground: str
    info: str
    info_ground: str
    warning: str
    warning_ground: str
    error: str
    error_ground: str
    line_px: int


LIMESTONE = Colours(
    window="#f4f2ec",
    panel="#ffffff",
    stripe="#faf8f3",
    button="#fbfaf6",
    text="#1d2b2b",
    muted="#536163",
    faint="#8a9494",
    border="#d5d0c3",
    focus="#c27a12",
    primary="#1c655e",
    primary_dark="#144c47",
    on_primary="#ffffff",
    selection="#d5e6e2",
    rail="#17393a",
    rail_text="#e6efec",
    rail_selected="#24595a",
    rail_accent="#e5ab3e",
    done="#1f6a3f",
    done_ground="#e4f2e8",
    info="#1d5580",
    info_ground="#e3eef6",
    warning="#7a4d00",
    warning_ground="#fcf1d6",
    error="#99231c",
    error_ground="#fae7e4",
    line_px=1,
)

HIGH_CONTRAST = Colours(
    window="#ffffff",
    panel="#ffffff",
    stripe="#ffffff",
    button="#ffffff",
    text="#000000",
    muted="#000000",
    faint="#595959",
    border="#000000",
    focus="#b80000",
    primary="#002b5c",
    primary_dark="#000000",
    on_primary="#ffffff",
    selection="#ffe08a",
    rail="#000000",
    rail_text="#ffffff",
    rail_selected="#003a7a",
    rail_accent="#ffd400",
    done="#00401c",
    done_ground="#ffffff",
    info="#00305c",
    info_ground="#ffffff",
    warning="#4d2e00",
    warning_ground="#ffffff",
    error="#7a0000",
    error_ground="#ffffff",
    line_px=2,
)

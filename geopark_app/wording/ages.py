"""Geological ages in words: how long ago, in millions of years (Ma)."""

from geopark_app.i18n import active


def ages_words(begin_ma: float | None, end_ma: float | None) -> str:
    """Give "419.62–358.86 Ma"; with a comma in Vietnamese, empty when nothing is known."""
    known = [age for age in (begin_ma, end_ma) if age is not None]
    if not known:
        return ""
    words = "–".join(f"{age:.10g}" for age in known)
    return f"{words.replace('.', ',') if active() == 'vi' else words} Ma"

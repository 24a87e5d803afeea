"""Words on a map in Vietnamese, English or both, whatever language the window has."""

from collections.abc import Callable
from enum import Enum

from geopark_app.i18n import translator


class MapLanguage(Enum):
    """Language of the words on a map."""

    VIETNAMESE = "vi"
    ENGLISH = "en"
    BOTH = "both"


def speaker(language: MapLanguage) -> Callable[[str], str]:
    """Give the function that turns an English text into the words to print."""
    if language is not MapLanguage.BOTH:
        return translator(language.value)
    vietnamese, english = translator("vi"), translator("en")
    return lambda text: f"{vietnamese(text)} / {english(text)}"


def sketch_notice() -> tuple[str, str]:
    """Give the line that every map without an official boundary prints, in both languages."""
    _ = translator("vi")
    return (_("sketch, not an official boundary"), "sketch, not an official boundary")


def decimal_as_short(value: float, language: MapLanguage) -> str:
    """Write a number with as many decimals as it has, three at most."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return text if language is MapLanguage.ENGLISH else text.replace(".", ",")


def decimal(value: float, language: MapLanguage, digits: int) -> str:
    """Write a number with the decimal sign of the language; both together use the comma."""
    text = f"{value:.{digits}f}"
    return text if language is MapLanguage.ENGLISH else text.replace(".", ",")

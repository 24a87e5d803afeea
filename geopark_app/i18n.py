"""Words for people in Vietnamese and English: gettext catalogues, usable without Qt."""

import gettext as _gettext
from collections.abc import Callable
from functools import cache

from geopark_app import paths

LANGUAGES = ("vi", "en")
_DOMAIN = "geopark"
_active = "vi"


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    return _gettext.translation(
        _DOMAIN,
        localedir=str(paths.bundled("resources", "i18n")),
        languages=[language],
        fallback=True,
    )


def activate(language: str) -> None:
    """Choose the language of this process: `vi` or `en`; anything else means `vi`."""
    global _active
    _active = language if language in LANGUAGES else "vi"


def active() -> str:
    """Give the language chosen."""
    return _active


def gettext(message: str) -> str:
    """Give the message in the chosen language; the English text is the key."""
    return translator(_active)(message)


def translator(language: str) -> Callable[[str], str]:
    """Give a function that translates into one language whatever the window speaks."""
    if language == "en":
        return _same
    return _catalogue(language).gettext


def _same(message: str) -> str:
    return message


def pick(vi: str | None, en: str | None, language: str | None = None) -> str:
    """Give the label of the asked language, or the other one when it is missing."""
    first, second = (en, vi) if (language or _active) == "en" else (vi, en)
    return first or second or ""

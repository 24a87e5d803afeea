"""A text in Vietnamese and English side by side, as every document of the dossier needs it."""

from collections.abc import Sequence
from dataclasses import dataclass

from geopark_app.domain.text import clean
from geopark_app.i18n import translator


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same text twice; an empty text means that the language is missing.

    Attributes
    ----------
    vi, en : str
        Vietnamese and English, in NFC.
    """

    vi: str = ""
    en: str = ""

    def format(self, **fields: object) -> "Bilingual":
        """Fill the named fields in both languages; a bilingual value gives each its own."""

        def of(language: str) -> dict[str, object]:
            return {
                name: value.of(language) if isinstance(value, Bilingual) else value
                for name, value in fields.items()
            }

        return Bilingual(self.vi.format(**of("vi")), self.en.format(**of("en")))

    def of(self, language: str) -> str:
        """Give the text in "vi" or "en", the other one where it is missing."""
        first, second = (self.en, self.vi) if language == "en" else (self.vi, self.en)
        return first or second

    def joined(self, languages: Sequence[str]) -> str:
        """Give "vi / en" in the languages asked, once where both are the same."""
        parts = [text for text in (getattr(self, language) for language in languages) if text]
        return " / ".join(dict.fromkeys(parts))

    @property
    def is_empty(self) -> bool:
        """Say whether both texts are missing."""
        return not (self.vi or self.en)


def twin(vi: str | None, en: str | None) -> Bilingual:
    """Give two values of a record as one text, cleaned and in NFC."""
    return Bilingual(clean(vi or "").strip(), clean(en or "").strip())


def same(text: str | None) -> Bilingual:
    """Give a text that is the same in both languages, such as a name or a number."""
    return twin(text, text)


def both(message: str) -> Bilingual:
    """Give a message of the program in both languages, whatever the window speaks."""
    return Bilingual(translator("vi")(message), translator("en")(message))

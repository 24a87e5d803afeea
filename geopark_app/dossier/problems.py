"""Problems of a dossier: what a person should put right, listed before anything is written."""

from dataclasses import dataclass

from geopark_app.domain.finding import Severity
from geopark_app.dossier.bilingual import Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to put right.

    Attributes
    ----------
    code : str
        Stable name, such as `missing-english`.
    severity : Severity
        `error` where something was left out of the documents.
    site : str
        Code of the site, or empty for the whole dossier.
    field : str
        Field of the record, or empty.
    message : Bilingual
        The sentence for people.
    """

    code: str
    severity: Severity
    site: str
    field: str
    message: Bilingual

    def as_json(self, language: str) -> dict[str, str]:
        """Give the problem as the command line and `problems.json` show it."""
        return {
            "severity": self.severity.value,
            "site": self.site,
            "field": self.field,
            "message": self.message.of(language),
            "code": self.code,
            "message_vi": self.message.vi,
            "message_en": self.message.en,
        }


_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Give the problems with the gravest first, then by site and field, each once."""
    unique = dict.fromkeys(problems)
    return tuple(
        sorted(
            unique, key=lambda item: (_ORDER[item.severity], item.site, item.field, item.message.en)
        )
    )

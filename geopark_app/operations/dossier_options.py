"""What a dossier is asked for, and what came out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geopark_app.domain.declaration import Audience
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.finding import Severity
from geopark_app.dossier.problems import Problem
from geopark_app.i18n import LANGUAGES
from geopark_app.operations.dossier_chapters import part_of, parts

KINDS = ("revalidation", "application")
PARTS = tuple(part.code for part in parts())
FORMATS = ("pdf", "docx", "xlsx", "gpkg")


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierOptions:
    """What to build.

    Attributes
    ----------
    kind : str
        `revalidation` or `application`.
    parts, formats : tuple of str
        Of `PARTS` and `FORMATS`; a format whose part is not asked for is not written.
    languages : tuple of str
        `vi`, `en` or both.
    audience : Audience
        Who will read it.
    filters : dict of str to str
        As in `list_sites`; by default the geosites.
    is_final : bool
        Whether nothing that is sample, provisional or a sketch may be in it.
    """

    kind: str = "revalidation"
    parts: tuple[str, ...] = PARTS
    formats: tuple[str, ...] = FORMATS
    languages: tuple[str, ...] = LANGUAGES
    audience: Audience = Audience.EVALUATORS
    filters: dict[str, str] = field(default_factory=lambda: {"kind": "geosite"})
    is_final: bool = False

    def __post_init__(self) -> None:
        """Refuse unknown words with `GeoparkError(BAD_VALUE)`."""
        _check("kind", (self.kind,), KINDS)
        _check("parts", self.parts, PARTS)
        _check("formats", self.formats, FORMATS)
        _check("languages", self.languages, LANGUAGES)

    def wants(self, part: str, form: str) -> bool:
        """Say whether a part is to be written in a format."""
        return part in self.parts and form in self.formats and form in part_of(part).formats


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFile:
    """A file of the finished dossier.

    Attributes
    ----------
    path : str
        Below the dossier folder, with forward slashes.
    sha256 : str
        Of its bytes.
    byte_count : int
        Its size.
    pages : int or None
        Of a PDF.
    """

    path: str
    sha256: str
    byte_count: int
    pages: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierReport:
    """What came out.

    Attributes
    ----------
    out : Path or None
        The dossier folder; None after a check.
    files : tuple of DossierFile
        What was written.
    problems : tuple of Problem
        What a person should put right, the gravest first.
    seconds : float
        How long it took.
    kept : Path or None
        The older dossier, where a person had changed it.
    sites : int
        How many sites the annex has.
    """

    out: Path | None
    files: tuple[DossierFile, ...]
    problems: tuple[Problem, ...]
    seconds: float
    kept: Path | None
    sites: int

    @property
    def has_errors(self) -> bool:
        """Say whether something had to be left out of the documents."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def as_json(self, language: str) -> dict[str, object]:
        """Give the report as the command line prints it."""
        return {
            "out": None if self.out is None else str(self.out),
            "files": [
                {
                    "path": file.path,
                    "sha256": file.sha256,
                    "bytes": file.byte_count,
                    "pages": file.pages,
                }
                for file in self.files
            ],
            "problems": [problem.as_json(language) for problem in self.problems],
            "seconds": round(self.seconds, 2),
            "sites": self.sites,
            "kept": None if self.kept is None else str(self.kept),
        }


def _check(name: str, given: Sequence[str], known: Sequence[str]) -> None:
    for word in given:
        if word not in known:
            raise GeoparkError(
                ErrorCode.BAD_VALUE, field=name, value=word, expected=", ".join(known)
            )
    if not given:
        raise GeoparkError(ErrorCode.BAD_VALUE, field=name, value="", expected=", ".join(known))

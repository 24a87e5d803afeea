"""What the parts of a dossier have in common: what they are made of, and lists in their frame."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from geopark_app.domain.declaration import Audience, Record, kind_of
from geopark_app.domain.finding import Severity
from geopark_app.domain.kinds import Photo, Site
from geopark_app.dossier.bilingual import Bilingual, same, twin
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.problems import Problem
from geopark_app.dossier.register import (
    PrintedRegister,
    RegisterCell,
    RegisterColumn,
    RegisterGroup,
)
from geopark_app.operations.annex_sheets import date_words
from geopark_app.operations.annexes import audience_words
from geopark_app.operations.context import AppContext
from geopark_app.operations.export_reading import ExportSite, Labels
from geopark_app.operations.register_files import names_of_geopark
from geopark_app.operations.release import Release

RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartInput:
    """What every part is made from.

    Attributes
    ----------
    context : AppContext
        The surroundings.
    items : sequence of ExportSite
        The sites of the dossier, as the audience may see them.
    labels : Labels
        Labels of all terms.
    filters : mapping of str to str
        What chose the sites.
    audience : Audience
        Who will read it.
    release : Release
        What may leave, for whom.
    languages : tuple of str
        `vi`, `en` or both.
    stops : sequence of ExportSite
        The same, and with geosites the other stops the filter passes.
    """

    context: AppContext
    items: Sequence[ExportSite]
    labels: Labels
    filters: Mapping[str, str]
    audience: Audience
    release: Release
    languages: tuple[str, ...]
    stops: Sequence[ExportSite] = ()

    def levels(self) -> dict[str, str | None]:
        """Give the disclosure level of every site by its key."""
        sites = self.context.catalogue.records_in_part(Site, ["disclosure_level"])
        return {site.uuid: site.disclosure_level for site in sites}

    def frame(
        self,
        title: Bilingual,
        subtitle: Bilingual,
        groups: Iterable[RegisterGroup],
        *,
        columns: tuple[RegisterColumn, ...] = (),
        notes: Iterable[Bilingual] = (),
        is_table: bool = True,
    ) -> PrintedRegister:
        """Put groups of rows into a list with the names of this geopark."""
        geopark, body = names_of_geopark(self.context)
        return PrintedRegister(
            title=title,
            subtitle=subtitle,
            geopark=geopark,
            body=body,
            footer=self.footer(),
            notes=tuple(notes),
            columns=columns,
            groups=tuple(group for group in groups if group.rows),
            languages=self.languages,
            made_at=self.context.now().replace(microsecond=0),
            is_sample=self.context.catalogue.folder.is_sample,
            is_table=is_table,
        )

    def footer(self) -> Bilingual:
        """Give the line at the foot of every page."""
        today = date_words(self.context.now().date().isoformat())
        return _("Made on {date} for: {audience}").format(
            date=today, audience=audience_words(self.audience)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One document of a part: the stem of its files, and what stands in it."""

    stem: str
    register: PrintedRegister


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedFile:
    """A file that travels byte for byte.

    Attributes
    ----------
    source : Path
        In the content store.
    sha256 : str
        What its bytes must be.
    name : str
        In the folder of the part; ASCII.
    """

    source: Path
    sha256: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheredPart:
    """A part in words: its documents, files to copy, and what to put right in it."""

    pieces: tuple[Piece, ...] = ()
    copies: tuple[CopiedFile, ...] = ()
    problems: tuple[Problem, ...] = field(default_factory=tuple)


def cell(*lines: Bilingual, is_alarm: bool = False) -> RegisterCell:
    """Give a cell of the lines that say something."""
    kept = tuple(line for line in lines if not line.is_empty)
    return RegisterCell(lines=kept, is_alarm=is_alarm)


def number_cell(value: float | None, *, is_alarm: bool = False) -> RegisterCell:
    """Give a cell that is a number in Excel, too."""
    if value is None:
        return RegisterCell(lines=())
    shown = Bilingual(f"{value:g}".replace(".", ","), f"{value:g}")
    return RegisterCell(lines=(shown,), is_alarm=is_alarm, number=value)


def column(label: Bilingual, share: float) -> RegisterColumn:
    """Give a column of a list."""
    return RegisterColumn(label=label, share=share)


def listed(parts: Iterable[Bilingual], joint: str = "; ") -> Bilingual:
    """Give texts one after the other in both languages; an empty one is left out."""
    kept = [part for part in parts if not part.is_empty]
    return Bilingual(*(joint.join(part.of(tongue) for part in kept) for tongue in ("vi", "en")))


def yes_no(value: bool | None) -> Bilingual:
    """Say yes or no, or nothing where nobody said it."""
    if value is None:
        return Bilingual()
    return _("yes") if value else _("no")


def named(record: object) -> Bilingual:
    """Give the names of a record that has two."""
    return twin(getattr(record, "name_vi", None), getattr(record, "name_en", None))


def site_names(context: AppContext) -> dict[str, Bilingual]:
    """Give code and name of every site by its key."""
    sites = context.catalogue.records_in_part(Site, ["code", "name_vi", "name_en"])
    return {
        site.uuid: listed((same(site.code), named(site)), " ")
        for site in sites
    }  # fmt: skip


def key_of(record: Record) -> str:
    """Give `kind:uuid`, by which a number in a document is traced to its record."""
    return f"{kind_of(record).name}:{record.uuid}"


def seen(
    given: PartInput, records: Iterable[RecordT], levels: Mapping[str, str | None]
) -> list[RecordT]:
    """Give records as the audience may have them, by the level of the site they belong to."""
    return [
        given.release.record(
            record, disclosure=levels.get(getattr(record, "site_uuid", None) or "")
        )
        for record in records
    ]


def part_problem(
    part: str, code: str, severity: Severity, message: Bilingual, *, site: str = ""
) -> Problem:
    """Give a problem of a part; its field is the part."""
    return Problem(code=code, severity=severity, site=site, field=part, message=message)


def photo_name(photo: Photo) -> str:
    """Name a photo for people who look for it."""
    return photo.file_name or photo.caption_vi or photo.uuid


def missing_english(part: str, records: Iterable[Record], stem: str = "name") -> list[Problem]:
    """Give one problem for the records whose English words are missing, with some of them."""
    lacking = [
        getattr(record, f"{stem}_vi")
        for record in records
        if getattr(record, f"{stem}_vi") and not getattr(record, f"{stem}_en")
    ]
    if not lacking:
        return []
    message = _("English texts missing: {count} ({names})").format(
        count=len(lacking), names="; ".join(str(name)[:60] for name in lacking[:5])
    )
    return [part_problem(part, "missing-english", Severity.WARNING, message)]

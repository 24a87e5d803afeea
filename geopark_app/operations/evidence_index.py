"""The index of evidence on paper: number, what it is, where it lies, and where it is used."""

from pathlib import Path

from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.declaration import Audience
from geopark_app.domain.kinds import Contract, Document, Evidence, MapLayer, Photo, Site, Visit
from geopark_app.domain.progress import CancelToken
from geopark_app.dossier.bilingual import Bilingual, same, twin
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.register import (
    PrintedRegister,
    RegisterCell,
    RegisterColumn,
    RegisterGroup,
)
from geopark_app.i18n import LANGUAGES
from geopark_app.operations.annex_sheets import date_words
from geopark_app.operations.context import AppContext
from geopark_app.operations.evidence import EvidenceLine, Register, read_register
from geopark_app.operations.evidence_claims import Claim, claims
from geopark_app.operations.evidence_targets import Target, TargetWords
from geopark_app.operations.export_reading import read_labels
from geopark_app.operations.register_files import names_of_geopark, printed_on, write_register
from geopark_app.operations.release import Release


def write_index(
    context: AppContext, path: Path, cancel: CancelToken, *, languages: tuple[str, ...] = LANGUAGES
) -> Register:
    """Write the index as PDF, DOCX or XLSX, by the suffix, and give what was written.

    Raises
    ------
    Cancelled, GeoparkError
        BAD_VALUE for another suffix; an environment code.
    """
    register = read_register(context)
    printed = printed_index(context, register, claims(context), languages)
    write_register(context, printed, path, cancel)
    return register


def printed_index(
    context: AppContext,
    register: Register,
    open_claims: list[Claim],
    languages: tuple[str, ...],
    audience: Audience = Audience.INTERNAL,
) -> PrintedRegister:
    """Put the register into words; what the audience may not see stays out."""
    geopark, body = names_of_geopark(context)
    words = _Words(context, audience)
    today = date_words(context.now().astimezone(VIETNAM).date().isoformat())
    groups = [
        RegisterGroup(
            heading=Bilingual(),
            rows=tuple(words.row(line) for line in register.lines),
            keys=tuple((f"evidence:{line.evidence.uuid}",) for line in register.lines),
        )
    ]
    if register.gaps:
        rows = tuple(words.gap(number, one) for number, one in register.gaps)
        groups.append(RegisterGroup(heading=_("Numbers no longer in use"), rows=rows))
    return PrintedRegister(
        title=_("Index of evidence"),
        subtitle=_(
            "State of {day}: {count} pieces of evidence; {claimed} positive answers are still "
            "without any"
        ).format(day=today, count=len(register.lines), claimed=len(open_claims)),
        geopark=geopark,
        body=body,
        footer=printed_on(context),
        notes=tuple(_notes(register)),
        columns=(
            RegisterColumn(label=_("Number"), share=0.7),
            RegisterColumn(label=_("Proof"), share=2.6),
            RegisterColumn(label=_("Kind"), share=1.2),
            RegisterColumn(label=_("Date"), share=0.9),
            RegisterColumn(label=_("Where it is"), share=2.4),
            RegisterColumn(label=_("Used at"), share=3.0),
        ),
        groups=tuple(groups),
        languages=languages,
        made_at=context.now().replace(microsecond=0),
        is_sample=context.catalogue.folder.is_sample,
    )


def may_be_read(document: Document, audience: Audience) -> bool:
    """Say whether the file of a document may be given to an audience; unsaid is the office's."""
    allowed: dict[Audience, set[str | None]] = {
        Audience.INTERNAL: {"office", "evaluators", "everyone", "", None},
        Audience.EVALUATORS: {"evaluators", "everyone"},
        Audience.PUBLIC: {"everyone"},
    }
    return document.readers in allowed[audience]


def _notes(register: Register) -> list[Bilingual]:
    notes = []
    loose = sum(not line.is_fixed for line in register.lines)
    if loose:
        notes.append(
            _("PROVISIONAL: {count} numbers are not fixed yet and may still change.").format(
                count=loose
            )
        )
    for freeze in register.freezes:
        notes.append(
            _("Numbers up to {number} were fixed on {day} for: {title}").format(
                number=freeze.last_number or 0,
                day=date_words(freeze.fixed_on),
                title=twin(freeze.title_vi, freeze.title_en),
            )
        )
    return notes


class _Words:
    """Puts a piece of evidence into words; reads each kind of record once."""

    def __init__(self, context: AppContext, audience: Audience) -> None:
        catalogue, self._audience = context.catalogue, audience
        self._release = Release(context, audience)
        self._labels = read_labels(context)
        self._targets = {tongue: TargetWords(context, tongue) for tongue in LANGUAGES}
        self._documents = {one.uuid: one for one in catalogue.records(Document)}
        self._contracts = {one.uuid: one for one in catalogue.records(Contract)}
        self._layers = {one.uuid: one for one in catalogue.records(MapLayer)}
        self._visits = {one.uuid: one for one in catalogue.records(Visit)}
        names = ["code", "name_vi", "name_en"]
        self._sites = {one.uuid: one for one in catalogue.records_in_part(Site, names)}
        photos = catalogue.records_in_part(Photo, ["file_name"])
        self._photos = {one.uuid: one for one in photos}

    def row(self, line: EvidenceLine) -> tuple[RegisterCell, ...]:
        """Give a line of the index."""
        one = self._release.record(line.evidence)
        return (
            _cell(same(one.number)),
            _cell(twin(one.title_vi, one.title_en)),
            _cell(self._labels.of("evidence_kind", one.evidence_kind)),
            _cell(date_words(one.dated_on)),
            _cell(*self._places(one)),
            _cell(*(self._use(use) for use in line.uses))
            if line.uses
            else RegisterCell(lines=(_("not used anywhere"),)),
        )

    def gap(self, number: str, one: Evidence) -> tuple[RegisterCell, ...]:
        """Give the line of a number whose evidence was removed."""
        removed = _("removed: {title}").format(title=twin(one.title_vi, one.title_en))
        return (_cell(same(number)), _cell(removed), *(_cell() for _column in range(4)))

    def _places(self, one: Evidence) -> list[Bilingual]:
        found = []
        if document := self._documents.get(one.document_uuid or ""):
            found.append(self._document(document))
        if photo := self._photos.get(one.photo_uuid or ""):
            found.append(_("photo {name}").format(name=photo.file_name or ""))
        if contract := self._contracts.get(one.contract_uuid or ""):
            contract = self._release.record(contract)
            found.append(
                same(contract.number)
                if contract.number
                else twin(contract.subject_vi, contract.subject_en)
            )
        if layer := self._layers.get(one.layer_uuid or ""):
            found.append(twin(layer.name_vi, layer.name_en))
        if site := self._sites.get(one.site_uuid or ""):
            name = twin(site.name_vi, site.name_en)
            found.append(Bilingual(*(f"{site.code} {name.of(tongue)}" for tongue in LANGUAGES)))
        if visit := self._visits.get(one.visit_uuid or ""):
            found.append(_("visit of {day}").format(day=date_words(visit.visited_on)))
        found.extend([same(one.url), twin(one.figure_vi, one.figure_en)])
        return found

    def _document(self, document: Document) -> Bilingual:
        if not may_be_read(document, self._audience):
            return _("document, kept at the office")
        seen = self._release.record(document)
        number = same(seen.number)
        return number if not number.is_empty else same(seen.file_name)

    def _use(self, use: Target) -> Bilingual:
        return Bilingual(
            *(f"{words.short(use)} {words.title(use)}".strip() for words in self._targets.values())
        )


def _cell(*lines: Bilingual) -> RegisterCell:
    return RegisterCell(lines=tuple(line for line in lines if not line.is_empty))

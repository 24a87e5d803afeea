"""The recommendations register on paper: chapter D of the report starts from it."""

from pathlib import Path

from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.declaration import Audience
from geopark_app.domain.kinds import Evidence, Work
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
from geopark_app.operations.export_reading import Labels, read_labels
from geopark_app.operations.recommendations import (
    RecommendationLine,
    RecommendationRegister,
    read_recommendations,
)
from geopark_app.operations.register_files import names_of_geopark, printed_on, write_register
from geopark_app.operations.release import Release


def write_recommendations(
    context: AppContext, path: Path, cancel: CancelToken, *, languages: tuple[str, ...] = LANGUAGES
) -> RecommendationRegister:
    """Write the register as PDF, DOCX or XLSX, by the suffix, and give what was written.

    Raises
    ------
    Cancelled, GeoparkError
        BAD_VALUE for another suffix; an environment code.
    """
    register = read_recommendations(context)
    write_register(context, printed_recommendations(context, register, languages), path, cancel)
    return register


def printed_recommendations(
    context: AppContext,
    register: RecommendationRegister,
    languages: tuple[str, ...],
    audience: Audience = Audience.INTERNAL,
) -> PrintedRegister:
    """Put the register into words; what the audience may not see stays out."""
    labels, release = read_labels(context), Release(context, audience)
    geopark, body = names_of_geopark(context)
    today = date_words(context.now().astimezone(VIETNAM).date().isoformat())
    still = sum(line.is_open for line in register.lines)
    late = sum(line.is_late for line in register.lines)
    return PrintedRegister(
        title=_("Recommendations and how they are followed"),
        subtitle=_("State of {day}: {count} recommendations, {open} open, {late} late").format(
            day=today, count=len(register.lines), open=still, late=late
        ),
        geopark=geopark,
        body=body,
        footer=printed_on(context),
        notes=tuple(_notes(register)),
        columns=_columns(),
        groups=(
            RegisterGroup(
                heading=Bilingual(),
                rows=tuple(_row(line, labels, release) for line in register.lines),
                keys=tuple(_keys(line) for line in register.lines),
            ),
        ),
        languages=languages,
        made_at=context.now().replace(microsecond=0),
        is_sample=context.catalogue.folder.is_sample,
    )


def _notes(register: RecommendationRegister) -> list[Bilingual]:
    notes = []
    if register.clock is not None:
        notes.append(
            _("Yellow card of {given}: two years end on {end}, {days} days left.").format(
                given=date_words(register.clock.given_on.isoformat()),
                end=date_words(register.clock.ends_on.isoformat()),
                days=register.clock.days_left,
            )
        )
    loose = sum(line.record.wording_status not in {None, "official"} for line in register.lines)
    if loose:
        notes.append(
            _(
                "PROVISIONAL: the wording of {count} recommendations is not yet compared with the "
                "paper they stand in."
            ).format(count=loose)
        )
    return notes


def _columns() -> tuple[RegisterColumn, ...]:
    return (
        RegisterColumn(label=_("Number"), share=0.7),
        RegisterColumn(label=_("Recommendation"), share=3.0),
        RegisterColumn(label=_("Given by"), share=1.6),
        RegisterColumn(label=_("Responsible"), share=1.3),
        RegisterColumn(label=_("State"), share=0.9),
        RegisterColumn(label=_("Due on"), share=0.9),
        RegisterColumn(label=_("What was done"), share=2.4),
        RegisterColumn(label=_("Actions"), share=2.0),
        RegisterColumn(label=_("Proof"), share=1.2),
    )


def _keys(line: RecommendationLine) -> tuple[str, ...]:
    return (
        f"recommendation:{line.record.uuid}",
        *(f"work:{one.uuid}" for one in line.actions),
        *(f"evidence:{one.uuid}" for one in line.evidence),
    )


def _row(line: RecommendationLine, labels: Labels, release: Release) -> tuple[RegisterCell, ...]:
    record = release.record(line.record)
    given = (
        labels.of("recommendation_origin", record.origin),
        same(record.given_by),
        date_words(record.given_on),
    )
    unit = twin(line.unit.name_vi, line.unit.name_en) if line.unit else Bilingual()
    due = date_words(line.due.isoformat()) if line.due else Bilingual()
    status = labels.of("recommendation_status", record.status)
    return (
        _cell(same(record.number)),
        _cell(twin(record.text_vi, record.text_en), same(record.source)),
        _cell(*given),
        _cell(unit, same(record.owner)),
        _cell(_("not stated yet") if status.is_empty else status),
        RegisterCell(lines=(due, *((_("late"),) if line.is_late else ())), is_alarm=line.is_late),
        _cell(twin(record.answer_vi, record.answer_en)),
        _cell(*(_action(release.record(work), labels) for work in line.actions)),
        _cell(*(_evidence(one) for one in line.evidence)),
    )


def _cell(*lines: Bilingual) -> RegisterCell:
    return RegisterCell(lines=tuple(line for line in lines if not line.is_empty))


def _action(work: Work, labels: Labels) -> Bilingual:
    state = labels.of("work_state", work.work_state)
    words = twin(work.title_vi, work.title_en)
    due = date_words(work.due_on)
    return Bilingual(
        *(
            " · ".join(part for part in (words.of(one), state.of(one), due.of(one)) if part)
            for one in LANGUAGES
        )
    )


def _evidence(one: Evidence) -> Bilingual:
    title = twin(one.title_vi, one.title_en)
    return Bilingual(*(f"{one.number or ''} {title.of(tongue)}".strip() for tongue in LANGUAGES))

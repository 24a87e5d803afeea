"""Days, stop sheets and people of a mission in the words of its booklet."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from geopark_app.domain.kinds import BorderRule, Facility, MissionPerson
from geopark_app.dossier.annex import Annex, SheetRow
from geopark_app.dossier.bilingual import Bilingual, same, twin
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.booklet import (
    AgendaRow,
    BookletDay,
    BorderNote,
    DayMark,
    PersonRow,
    StopSheet,
)
from geopark_app.i18n import LANGUAGES
from geopark_app.operations.annex_sheets import date_words
from geopark_app.operations.context import AppContext
from geopark_app.operations.export_reading import Labels
from geopark_app.operations.missions import AgendaDay, AgendaStop, OpenMission
from geopark_app.rules.mission import TimedStop, clock_words


class BookletWords:
    """Puts the parts of a mission into words; reads each kind of record once."""

    def __init__(
        self, context: AppContext, mission: OpenMission, annex: Annex, labels: Labels
    ) -> None:
        self._mission = mission
        self._labels = labels
        self._sheets = {sheet.uuid: sheet for sheet in annex.sheets}
        self._facilities: dict[str, list[Facility]] = {}
        for one in context.catalogue.records(Facility):
            self._facilities.setdefault(one.site_uuid or "", []).append(one)

    def cover(self) -> Iterable[SheetRow]:
        """Give the facts of the cover that are filled in."""
        record = self._mission.mission
        for label, value in (
            (_("Evaluators"), record.evaluators),
            (_("Accompanying people"), record.accompanying),
            (_("Hotel"), record.hotel),
            (_("Vehicles"), record.vehicle),
            (_("Interpreter"), record.interpreter),
        ):
            if value:
                yield SheetRow(label=label, value=same(" · ".join(value.splitlines())))

    def meetings(self) -> Iterable[tuple[Bilingual, Bilingual]]:
        """Give the meetings whose programme is filled in."""
        record = self._mission.mission
        for heading, text in (
            (_("Opening meeting"), twin(record.opening_vi, record.opening_en)),
            (_("Closing meeting"), twin(record.closing_vi, record.closing_en)),
        ):
            if not text.is_empty:
                yield heading, text

    def day(self, day: AgendaDay) -> BookletDay:
        """Give a day."""
        numbers = self._numbers(day)
        both = [*day.dry, *(one for one in day.wet if one not in day.dry)]
        shown = {one.stop.key: one for one in reversed(both)}
        visits = [shown[key] for key in numbers]
        return BookletDay(
            heading=self._heading(day),
            facts=tuple(self._facts(day)),
            marks=tuple(self._marks(visits, numbers)),
            dry=tuple(self._row(one, numbers) for one in day.dry),
            wet=tuple(self._row(one, numbers) for one in day.wet) if day.has_wet_version else (),
            sheets=tuple(self._sheet(one, day, numbers) for one in visits),
        )

    def _numbers(self, day: AgendaDay) -> dict[str, str]:
        """Give the number of each visit of a site: the dry version first, then wet-only ones."""
        keys = [one.stop.key for one in (*day.dry, *day.wet) if one.stop.site]
        return {key: str(at) for at, key in enumerate(dict.fromkeys(keys), start=1)}

    def _heading(self, day: AgendaDay) -> Bilingual:
        words = _("Day {number}, {date}").format(number=day.number, date=date_words(day.day))
        theme = twin(day.record.title_vi, day.record.title_en) if day.record else Bilingual()
        if theme.is_empty:
            return words
        return Bilingual(*(f"{words.of(one)}: {theme.of(one)}" for one in LANGUAGES))

    def _facts(self, day: AgendaDay) -> Iterable[SheetRow]:
        start = same(clock_words(day.departure))
        record = day.record
        if record is None:
            yield SheetRow(label=_("Departure"), value=start)
            return
        place = twin(record.starts_from_vi, record.starts_from_en)
        if not place.is_empty:
            start = Bilingual(*(f"{start.of(one)}, {place.of(one)}" for one in LANGUAGES))
        yield SheetRow(label=_("Departure"), value=start)
        for label, value in (
            (_("Hotel"), record.hotel),
            (_("Vehicles"), record.vehicle),
            (_("Interpreter"), record.interpreter),
        ):
            if value:
                yield SheetRow(label=label, value=same(value))

    def _marks(self, visits: list[TimedStop], numbers: dict[str, str]) -> Iterable[DayMark]:
        for one in visits:
            # The place of the sheet has passed the rule of what evaluators may see.
            place = self._sheets[one.stop.site].place
            if place.lon is not None and place.lat is not None:
                yield DayMark(lon=place.lon, lat=place.lat, number=numbers[one.stop.key])

    def _row(self, timed: TimedStop, numbers: dict[str, str]) -> AgendaRow:
        stop = self._mission.stops[timed.stop.key]
        record = stop.record
        return AgendaRow(
            number=numbers.get(record.uuid, ""),
            time=f"{clock_words(timed.begins)}–{clock_words(timed.leaves)}",
            place=self._place(stop),
            purpose=twin(record.purpose_vi, record.purpose_en),
            drive=_drive(timed),
            who=self._who(stop),
            readiness=_readiness(stop),
            is_red=bool(stop.readiness and stop.readiness.is_red),
        )

    def _place(self, stop: AgendaStop) -> Bilingual:
        if stop.site is not None:
            name = self._sheets[stop.site.uuid].name
            return Bilingual(*(f"{stop.site.code} {name.of(one)}" for one in LANGUAGES))
        kind = self._labels.of("mission_stop_kind", stop.record.stop_kind)
        place = twin(stop.record.place_vi, stop.record.place_en)
        if place.is_empty or kind.is_empty:
            return kind if place.is_empty else place
        return Bilingual(*(f"{kind.of(one)}: {place.of(one)}" for one in LANGUAGES))

    def _who(self, stop: AgendaStop) -> Bilingual:
        parts = [same(stop.record.speaker)]
        if stop.record.caretaker:
            parts.append(_("caretaker {name}").format(name=stop.record.caretaker))
        parts.extend(same(one.name) for one in stop.people)
        return _joined(parts, "; ")

    def _sheet(self, timed: TimedStop, day: AgendaDay, numbers: dict[str, str]) -> StopSheet:
        stop = self._mission.stops[timed.stop.key]
        site = self._sheets[timed.stop.site]
        left_out = {_("References"), _("Sources"), _("State of the record"), _("Route and stop")}
        return StopSheet(
            site=replace(
                site,
                rows=tuple(row for row in site.rows if row.label not in left_out),
                photos=site.photos[:1],
            ),
            number=numbers[stop.record.uuid],
            when=_("{date}, {start}–{end}").format(
                date=date_words(day.day),
                start=clock_words(timed.begins),
                end=clock_words(timed.leaves),
            ),
            rows=tuple(self._sheet_rows(stop, timed)),
            people=tuple(self._person_words(one) for one in stop.people),
            border=self._border(stop, day.day),
        )

    def _sheet_rows(self, stop: AgendaStop, timed: TimedStop) -> Iterable[SheetRow]:
        record = stop.record
        yield SheetRow(
            label=_("Minutes on the spot"),
            value=same(str(record.minutes)) if record.minutes is not None else _("not stated yet"),
        )
        for label, value in (
            (_("Drive there"), _drive(timed)),
            (_("Purpose"), twin(record.purpose_vi, record.purpose_en)),
            (_("Speaker"), same(record.speaker)),
            (_("Caretaker"), same(record.caretaker)),
            (_("Readiness today"), _readiness(stop)),
            (_("Facilities"), self._facility_words(stop)),
        ):
            if not value.is_empty:
                yield SheetRow(label=label, value=value)

    def _facility_words(self, stop: AgendaStop) -> Bilingual:
        found = self._facilities.get(stop.site.uuid if stop.site else "", [])
        kinds = Counter(one.facility_kind for one in found if one.facility_kind)
        return _joined(
            [
                Bilingual(*(f"{words.of(one)} ({count})" for one in LANGUAGES))
                for kind, count in sorted(kinds.items())
                for words in (self._labels.of("facility_kind", kind),)
            ],
            ", ",
        )

    def _border(self, stop: AgendaStop, day: str) -> BorderNote | None:
        at_border = bool(stop.commune and stop.commune.border_commune)
        if not (stop.needs_permit or at_border):
            return None
        ready = bool(stop.record.permit_ready)
        if not stop.needs_permit:
            state = _("In a border commune; nobody in the group is foreign.")
        elif ready:
            state = _("The border-area permit for the foreign visitors is ready.")
        else:
            state = _("Foreign visitors need a border-area permit; it is not ready yet.")
        rules = tuple(_rule(one, day, foreign=stop.needs_permit) for one in stop.rules)
        if not rules:
            rules = (_("The rules of this commune are not recorded yet."),)
        return BorderNote(state=state, rules=rules, is_ready=ready or not stop.needs_permit)

    def person(self, one: MissionPerson) -> PersonRow:
        """Give somebody who is met."""
        stop = self._mission.stops.get(one.stop_uuid or "")
        return PersonRow(
            name=one.name or "",
            sex=self._labels.of("sex", one.sex),
            organisation=twin(one.organisation_vi, one.organisation_en),
            role=twin(one.role_vi, one.role_en),
            where=self._place(stop) if stop else Bilingual(),
        )

    def _person_words(self, one: MissionPerson) -> Bilingual:
        parts = [same(one.name), self._labels.of("sex", one.sex)]
        parts.append(twin(one.role_vi, one.role_en))
        parts.append(twin(one.organisation_vi, one.organisation_en))
        return _joined(parts, ", ")

    def people_note(self) -> Bilingual:
        """Say how many people are met, by sex."""
        people = self._mission.people
        counts = Counter(one.sex or "" for one in people)
        parts = [
            Bilingual(*(f"{label.of(one)} {counts[sex]}" for one in LANGUAGES))
            for sex in sorted(counts)
            for label in (self._labels.of("sex", sex) if sex else _("sex not stated"),)
        ]
        return _("{count} people: {parts}").format(count=len(people), parts=_joined(parts, ", "))


def _joined(parts: Iterable[Bilingual], between: str) -> Bilingual:
    kept = [part for part in parts if not part.is_empty]
    return Bilingual(*(between.join(part.of(one) for part in kept) for one in LANGUAGES))


def _drive(timed: TimedStop) -> Bilingual:
    drive = timed.drive
    if drive is None:
        return Bilingual()
    if drive.source == "unknown":
        return _("not known")
    sources = {"entered": _("entered"), "measured": _("measured"), "estimated": _("estimated")}
    return _("{minutes} min, {source}").format(
        minutes=drive.minutes, source=sources.get(drive.source, same(drive.source))
    )


def _readiness(stop: AgendaStop) -> Bilingual:
    if stop.site is None:
        return Bilingual()
    state = stop.readiness
    if state is None or state.score is None:
        return _("not checked yet")
    words = same(f"{round(state.score * 100)} %")
    if not state.is_red:
        return words
    red = _("red")
    return Bilingual(*(f"{words.of(one)}, {red.of(one)}" for one in LANGUAGES))


def _rule(rule: BorderRule, day: str, *, foreign: bool) -> Bilingual:
    paper = (
        twin(rule.paper_foreign_vi, rule.paper_foreign_en)
        if foreign
        else twin(rule.paper_vietnamese_vi, rule.paper_vietnamese_en)
    )
    parts = [paper]
    issuer = twin(rule.issued_by_vi, rule.issued_by_en)
    if not issuer.is_empty:
        parts.append(_("issued by {body}").format(body=issuer))
    if rule.days_ahead:
        last = date.fromisoformat(day) - timedelta(days=rule.days_ahead)
        parts.append(_("ask for it by {day}").format(day=date_words(last.isoformat())))
    if rule.checked_on:
        parts.append(_("rule checked on {day}").format(day=date_words(rule.checked_on)))
    return _joined(parts, "; ")

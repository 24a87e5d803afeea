"""What can be chosen in a form: terms of vocabularies and records of other kinds."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from geopark_app.domain.change import Changes
from geopark_app.domain.condition import ListQuery
from geopark_app.domain.declaration import FieldSpec, Record, RecordKind
from geopark_app.domain.kinds import (
    Commune,
    FormerCommune,
    FormerDistrict,
    MissionStop,
    Site,
    Term,
    kind_named,
)
from geopark_app.domain.text import sort_text
from geopark_app.gui.forms.editor import Option
from geopark_app.gui.session import Session
from geopark_app.i18n import active, pick
from geopark_app.operations.own_fields import PREFIX, choices_of, is_own
from geopark_app.operations.vocabularies import in_tree_order

_FEW = 500


class FormOptions(QObject):
    """Reads options once and again when their records change.

    Signals
    -------
    changed(str)
        The options of this vocabulary or record kind are others now.
    """

    changed = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._terms: dict[str, list[Option]] | None = None
        self._references: dict[str, tuple[str, list[Option]]] = {}
        session.changes.changes_stored.connect(self._forget_changed)

    def terms(self, vocabulary: str) -> Sequence[Option]:
        """Give the terms of a vocabulary that are in use, in their order."""
        if self._terms is None:
            self._terms = self._read_terms()
        if vocabulary not in self._terms and is_own(vocabulary):
            self._terms[vocabulary] = self._read_own(vocabulary.removeprefix(PREFIX))
        return self._terms.get(vocabulary, [])

    def _read_own(self, own_field_uuid: str) -> list[Option]:
        return [
            Option(
                key=choice.code or "",
                label_vi=choice.label_vi or "",
                label_en=choice.label_en or "",
            )
            for choice in choices_of(self._session.context, own_field_uuid)
        ]

    def label_of(self, vocabulary: str, key: str) -> str:
        """Give the name of a term; an id this laptop does not know is given as it is."""
        for option in self.terms(vocabulary):
            if option.key == key:
                return option.label()
        return key

    def records(self, spec: FieldSpec) -> Sequence[Option]:
        """Give the records a reference can name, in Vietnamese order."""
        kind_name = spec.refers_to or ""
        known = self._references.get(kind_name)
        if known is None or known[0] != active():
            options = self._read_records(kind_named(kind_name), _is_by_uuid(spec))
            options.sort(key=lambda option: sort_text(option.label()))
            known = self._references[kind_name] = (active(), options)
        return known[1]

    def record_of(self, spec: FieldSpec, key: str) -> Option | None:
        """Give the one record of a key; of many records only this one is read."""
        kind = kind_named(spec.refers_to or "")
        catalogue = self._session.context.catalogue
        if kind.name in self._references or catalogue.count(ListQuery(kind=kind.name)) <= _FEW:
            return next((found for found in self.records(spec) if found.key == key), None)
        found = self._read_records(kind, _is_by_uuid(spec), [key])
        return found[0] if found else None

    def _read_terms(self) -> dict[str, list[Option]]:
        terms = self._session.context.catalogue.records(Term)
        found: dict[str, list[Option]] = {}
        for vocabulary, terms_of_it in _by_vocabulary(terms).items():
            found[vocabulary] = [
                Option(
                    key=term.code or "",
                    label_vi=term.label_vi or "",
                    label_en=term.label_en or "",
                    depth=depth,
                    colour=term.colour or "",
                    begin_ma=term.begin_ma,
                    end_ma=term.end_ma,
                )
                for term, depth in in_tree_order(terms_of_it)
            ]
        return found

    def _read_records(
        self, kind: RecordKind, by_uuid: bool, keys: Sequence[str] | None = None
    ) -> list[Option]:
        notes = self._notes(kind)
        found = []
        code = None if by_uuid else kind.code_field
        # Ten thousand sites can be named: only what makes their names is read.
        named = [f"{vi.removesuffix('_vi')}_en" for vi in kind.title_fields if vi.endswith("_vi")]
        wanted = [*kind.title_fields, *named, *([code] if code else ())]
        records = self._session.context.catalogue.records_in_part(
            kind.record_type, wanted, keys, key=code or "uuid"
        )
        for record in records:
            found.append(
                Option(
                    key=str(getattr(record, code or "uuid") or ""),
                    label_vi=_name(kind, record, "vi"),
                    label_en=_name(kind, record, "en"),
                    note=notes.get(record.uuid, ""),
                )
            )
        return found

    def _notes(self, kind: RecordKind) -> dict[str, str]:
        # Sixteen former communes share a name with another: district and code tell them apart.
        if kind.record_type is Commune:
            return self._notes_of_communes()
        if kind.record_type is MissionStop:
            return self._notes_of_stops()
        if kind.record_type is not FormerCommune:
            return {}
        catalogue = self._session.context.catalogue
        districts = {d.code: d.name_vi or "" for d in catalogue.records(FormerDistrict)}
        return {
            commune.uuid: _note(districts.get(commune.former_district_code), commune.code)
            for commune in catalogue.records(FormerCommune)
        }

    def _notes_of_stops(self) -> dict[str, str]:
        # Many entries share a day: place and time tell them apart.
        catalogue = self._session.context.catalogue
        sites = {
            site.uuid: f"{site.code or ''} {pick(site.name_vi, site.name_en)}"
            for site in catalogue.records_in_part(Site, ["code", "name_vi", "name_en"])
        }
        return {
            stop.uuid: _note(
                stop.starts_at,
                sites.get(stop.site_uuid or "") or pick(stop.place_vi, stop.place_en),
            )
            for stop in catalogue.records(MissionStop)
        }

    def _notes_of_communes(self) -> dict[str, str]:
        catalogue = self._session.context.catalogue
        districts = {d.code: d.name_vi or "" for d in catalogue.records(FormerDistrict)}
        communes = catalogue.records(Commune)
        names = Counter(commune.name_vi for commune in communes)
        return {
            commune.uuid: _note(districts.get(commune.former_district_code), commune.code)
            for commune in communes
            if names[commune.name_vi] > 1
        }

    def _forget_changed(self, changes: Changes) -> None:
        kinds = {kind for kind, _ in changes.touched}
        if kinds & {"term", "own_field", "own_field_choice"}:
            self._terms = None
            self.changed.emit("term")
        for name in kinds & self._references.keys():
            del self._references[name]
            self.changed.emit(name)


def _by_vocabulary(terms: Sequence[Term]) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {}
    for term in terms:
        if not term.retired:
            found.setdefault(term.vocabulary or "", []).append(term)
    return found


def _is_by_uuid(spec: FieldSpec) -> bool:
    return spec.name.endswith("_uuid")


def _note(district: str | None, code: str | None) -> str:
    return ", ".join(part for part in (district, code) if part)


def _name(kind: RecordKind, record: Record, language: str) -> str:
    names = [name for name in kind.title_fields if name != kind.code_field] or ["uuid"]
    if language == "en":
        names = [name.replace("_vi", "_en") for name in names] + names
    values = (getattr(record, name, None) for name in names)
    return next((str(value) for value in values if value), "")

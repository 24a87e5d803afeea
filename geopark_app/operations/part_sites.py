"""The list of geosites for the dossier, geosites kept apart from the other stops."""

from geopark_app.domain.kinds import Facility
from geopark_app.domain.position import PositionQuality
from geopark_app.dossier.bilingual import Bilingual, same, twin
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.register import RegisterCell, RegisterColumn, RegisterGroup
from geopark_app.geo.crs import crs_name
from geopark_app.geo.position import format_projected
from geopark_app.operations.annex_sheets import date_words, position_words
from geopark_app.operations.export_reading import ExportSite, read_sites
from geopark_app.operations.part_words import (
    GatheredPart,
    PartInput,
    Piece,
    cell,
    column,
    key_of,
    listed,
)
from geopark_app.operations.records import display_epsg
from geopark_app.operations.score_lists import site_scores
from geopark_app.operations.scoring_methods import method_of
from geopark_app.rules.scoring import derived_relevance

GEOSITE = "geosite"
_PANEL = "panel"
_SCIENCE = "SV"
_WGS84 = "WGS 84"


def gather_list(given: PartInput) -> GatheredPart:
    """Give the list: geosites first, then the stops of the routes that are none."""
    geosites = [item for item in given.stops if item.site.site_kind == GEOSITE]
    others = [item for item in given.stops if item.site.site_kind != GEOSITE]
    words = _Words(given)
    register = given.frame(
        _("List of geosites and other stops"),
        _("{geosites} geosites, {others} other stops and sites").format(
            geosites=len(geosites), others=len(others)
        ),
        (words.group(_("Geosites"), geosites), words.group(_("Other stops, not geosites"), others)),
        columns=words.columns(),
        notes=words.notes(geosites),
    )
    return GatheredPart(pieces=(Piece(stem="site-list", register=register),))


def sites_and_stops(given: PartInput) -> list[ExportSite]:
    """Give the sites of the dossier, and with geosites the other stops the same filter passes."""
    if given.filters.get("kind") != GEOSITE:
        return list(given.items)
    wider = {**given.filters, "kind": "all"}
    known = {item.site.uuid for item in given.items}
    everything = read_sites(given.context, given.audience, wider)
    return [
        item
        for item in everything
        if item.site.uuid in known
        or (item.stop is not None and item.site.site_kind != GEOSITE)
    ]  # fmt: skip


class _Words:
    """Puts a site into a row; reads panels and scores once."""

    def __init__(self, given: PartInput) -> None:
        self._given, self._labels = given, given.labels
        self._epsg = display_epsg(given.context)
        self._panels: dict[str, list[Facility]] = {}
        for one in given.context.catalogue.records(Facility, where={"facility_kind": _PANEL}):
            self._panels.setdefault(one.site_uuid or "", []).append(one)
        method = method_of(given.context)
        self._is_provisional = method.is_provisional
        self._derived = {
            one.site.uuid: derived_relevance(one.total(_SCIENCE))
            for one in site_scores(given.context, method)
        }

    def columns(self) -> tuple[RegisterColumn, ...]:
        """Give the columns."""
        projected = crs_name(self._epsg)
        return (
            column(_("Code"), 0.75),
            column(_("Name"), 1.9),
            column(same(_WGS84), 1.7),
            column(Bilingual(projected, projected), 1.5),
            column(_("Type"), 1.2),
            column(_("Geological age"), 1.2),
            column(_("Relevance claimed"), 1.0),
            column(_("Relevance from the scores"), 1.0),
            column(_("Protection"), 1.6),
            column(_("Condition"), 1.1),
            column(_("Panel"), 0.9),
        )

    def notes(self, geosites: list[ExportSite]) -> list[Bilingual]:
        """Say what a reader must know."""
        notes = [_("A position known by commune only is printed as the commune.")]
        loose = sum(item.site.workflow_status != "validated" for item in geosites)
        if loose:
            notes.append(
                _("PROVISIONAL: {count} of {total} geosites are not validated yet.").format(
                    count=loose, total=len(geosites)
                )
            )
        if self._is_provisional and any(self._derived.values()):
            notes.append(
                _(
                    "PROVISIONAL: the numbers of the scoring method are not confirmed by the "
                    "office, nor is the relevance that follows from them."
                )
            )
        return notes

    def group(self, heading: Bilingual, items: list[ExportSite]) -> RegisterGroup:
        """Give the rows of one kind of sites."""
        return RegisterGroup(
            heading=heading,
            rows=tuple(self._row(item) for item in items),
            keys=tuple(
                (key_of(item.site), *(key_of(one) for one in item.protections)) for item in items
            ),
        )

    def _row(self, item: ExportSite) -> tuple[RegisterCell, ...]:
        site, of = item.site, self._labels.of
        loose = site.workflow_status != "validated" and site.site_kind == GEOSITE
        kind = of("interest", site.main_interest)
        if kind.is_empty:
            kind = of("site_kind", site.site_kind)
        return (
            cell(same(item.code)),
            cell(item.name, _("PROVISIONAL") if loose else Bilingual()),
            cell(position_words(item, self._labels)),
            cell(self._projected(item)),
            cell(kind),
            cell(twin(site.age_vi, site.age_en)),
            cell(of("relevance", site.relevance_claimed)),
            cell(of("relevance", self._derived.get(site.uuid))),
            cell(*self._protection(item)),
            cell(of("condition", site.condition_state), date_words(site.condition_date)),
            cell(self._panel(item)),
        )

    def _projected(self, item: ExportSite) -> Bilingual:
        position = item.site.position
        if position is None or not item.is_pin or item.is_withheld:
            return Bilingual()
        words = Bilingual(
            *(format_projected(position, self._epsg, language=tongue) for tongue in ("vi", "en"))
        )
        if item.quality == PositionQuality.EXACT.value:
            return words
        return _("about {place}").format(place=words)

    def _protection(self, item: ExportSite) -> list[Bilingual]:
        decisions = [
            listed(
                (
                    self._labels.of("protection_status", one.status),
                    same(one.decision_no),
                    date_words(one.decided_on),
                ),
                ", ",
            )
            for one in item.protections
        ]
        return decisions or [twin(item.site.protection_vi, item.site.protection_en)]

    def _panel(self, item: ExportSite) -> Bilingual:
        panels = self._panels.get(item.site.uuid, [])
        states = {one.standing: self._labels.of("facility_state", one.standing) for one in panels}
        return listed(
            _("{count} × {state}").format(
                count=sum(one.standing == code for one in panels),
                state=_("state not recorded") if words.is_empty else words,
            )
            for code, words in sorted(states.items(), key=lambda pair: pair[0] or "")
        )

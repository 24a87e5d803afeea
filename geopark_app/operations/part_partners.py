"""Partners, facilities and protection papers as one document of three tables."""

from geopark_app.domain.finding import Severity
from geopark_app.domain.kinds import Commune, Facility, Partner, PermissionPaper, SiteProtection
from geopark_app.dossier.bilingual import Bilingual, same, twin
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.problems import Problem
from geopark_app.dossier.register import RegisterCell, RegisterGroup
from geopark_app.operations.annex_sheets import date_words
from geopark_app.operations.part_words import (
    GatheredPart,
    PartInput,
    Piece,
    cell,
    column,
    key_of,
    listed,
    missing_english,
    named,
    number_cell,
    part_problem,
    seen,
    site_names,
    yes_no,
)

PART = "partners"
_STEM = "partners-facilities-protection"


def gather_partners(given: PartInput) -> GatheredPart:
    """Give the three tables of what the catalogue holds."""
    catalogue, levels = given.context.catalogue, given.levels()
    partners = seen(given, catalogue.records(Partner), levels)
    facilities = seen(given, catalogue.records(Facility), levels)
    protections = seen(given, catalogue.records(SiteProtection), levels)
    papers = seen(given, catalogue.records(PermissionPaper), levels)
    words = _Words(given)
    register = given.frame(
        _("Partners, facilities, protection"),
        _("{partners} partners, {facilities} facilities, {papers} protection papers").format(
            partners=len(partners),
            facilities=len(facilities),
            papers=len(protections) + len(papers),
        ),
        (words.partners(partners), words.facilities(facilities),
         words.protection(protections, papers)),
    )  # fmt: skip
    if not register.groups:
        return GatheredPart()
    return GatheredPart(
        pieces=(Piece(stem=_STEM, register=register),),
        problems=(
            *missing_english(PART, partners),
            *missing_english(PART, facilities),
            *missing_english(PART, papers, "title"),
            *_expired(given, partners, papers),
        ),
    )


def _expired(
    given: PartInput, partners: list[Partner], papers: list[PermissionPaper]
) -> list[Problem]:
    today = given.context.now().date().isoformat()
    ended = [named(one) for one in partners if (one.agreement_until or "9") < today]
    ended += [
        listed((same(one.number), twin(one.title_vi, one.title_en)), " ")
        for one in papers
        if (one.expires_on or "9") < today
    ]
    if not ended:
        return []
    message = _("Agreements or papers that have run out: {count} ({names})").format(
        count=len(ended), names=listed(ended[:5])
    )
    return [part_problem(PART, "expired-paper", Severity.WARNING, message)]


class _Words:
    """Puts partners, facilities and papers into rows."""

    def __init__(self, given: PartInput) -> None:
        self._labels = given.labels
        self._today = given.context.now().date().isoformat()
        self._sites = site_names(given.context)
        self._communes = {
            one.code: same(one.name_vi) for one in given.context.catalogue.records(Commune)
        }

    def _until(self, iso: str | None) -> RegisterCell:
        return cell(date_words(iso), is_alarm=bool(iso) and (iso or "") < self._today)

    def _place(self, site: str | None, commune: str | None) -> RegisterCell:
        return cell(self._sites.get(site or "", Bilingual()),
                    self._communes.get(commune or "", Bilingual()))  # fmt: skip

    def partners(self, found: list[Partner]) -> RegisterGroup:
        """Give the table of partners."""
        found = sorted(found, key=lambda one: (one.partner_kind or "", one.name_vi or "", one.uuid))
        return RegisterGroup(
            heading=_("Partners"),
            sheet="Partners",
            columns=(
                column(_("Name"), 2.4),
                column(_("Kind"), 1.3),
                column(_("Place"), 1.6),
                column(_("Meets the criteria"), 0.8),
                column(_("Agreement"), 1.3),
                column(_("Agreement until"), 0.9),
                column(_("Plate given on"), 0.9),
                column(_("Sells no geological material"), 1.0),
                column(_("Local"), 0.6),
                column(_("Employees"), 0.7),
                column(_("Women"), 0.6),
                column(_("Ethnic minorities"), 0.8),
            ),
            rows=tuple(
                (
                    cell(named(one)),
                    cell(self._labels.of("partner_kind", one.partner_kind)),
                    self._place(one.site_uuid, one.commune_code),
                    cell(yes_no(one.meets_criteria)),
                    cell(same(one.agreement_no), date_words(one.agreement_on)),
                    self._until(one.agreement_until),
                    cell(date_words(one.plate_given_on)),
                    cell(yes_no(one.declares_no_geomaterial_sale)),
                    cell(yes_no(one.is_local)),
                    number_cell(one.employees),
                    number_cell(one.women),
                    number_cell(one.ethnic_minority),
                )
                for one in found
            ),
            keys=tuple((key_of(one),) for one in found),
        )

    def facilities(self, found: list[Facility]) -> RegisterGroup:
        """Give the table of facilities."""
        found = sorted(
            found, key=lambda one: (one.facility_kind or "", one.name_vi or "", one.uuid)
        )
        return RegisterGroup(
            heading=_("Facilities"),
            sheet="Facilities",
            columns=(
                column(_("Name"), 2.4),
                column(_("Kind"), 1.3),
                column(_("Place"), 2.0),
                column(_("State of building"), 1.0),
                column(_("Condition"), 1.0),
                column(_("Languages"), 0.9),
                column(_("Built on"), 0.9),
                column(_("Last checked on"), 0.9),
                column(_("Usable by disabled visitors"), 0.9),
                column(_("Responsible unit"), 1.4),
            ),
            rows=tuple(
                (
                    cell(named(one)),
                    cell(self._labels.of("facility_kind", one.facility_kind)),
                    self._place(one.site_uuid, one.commune_code),
                    cell(self._labels.of("facility_state", one.standing)),
                    cell(self._labels.of("facility_condition", one.condition)),
                    cell(same(one.languages)),
                    cell(date_words(one.built_on)),
                    cell(date_words(one.last_checked_on)),
                    cell(yes_no(one.accessible)),
                    cell(same(one.manager)),
                )
                for one in found
            ),
            keys=tuple((key_of(one),) for one in found),
        )

    def protection(
        self, decisions: list[SiteProtection], papers: list[PermissionPaper]
    ) -> RegisterGroup:
        """Give the table of decisions that protect sites, then of other papers."""
        found: list[SiteProtection | PermissionPaper] = [
            *sorted(decisions, key=lambda one: (self._code(one.site_uuid), one.decided_on or "")),
            *sorted(papers, key=lambda one: (self._code(one.site_uuid), one.issued_on or "")),
        ]
        return RegisterGroup(
            heading=_("Protection"),
            sheet="Protection",
            columns=(
                column(_("Site"), 2.2),
                column(_("Protection or paper"), 2.2),
                column(_("Number"), 1.3),
                column(_("Date"), 0.9),
                column(_("Authority"), 2.0),
                column(_("Zone"), 1.0),
                column(_("Area (ha)"), 0.7),
                column(_("Valid until"), 0.9),
            ),
            rows=tuple(
                self._decision(one) if isinstance(one, SiteProtection) else self._paper(one)
                for one in found
            ),
            keys=tuple((key_of(one),) for one in found),
        )

    def _code(self, site: str | None) -> str:
        return self._sites.get(site or "", Bilingual()).vi

    def _decision(self, one: SiteProtection) -> tuple[RegisterCell, ...]:
        return (
            self._place(one.site_uuid, None),
            cell(self._labels.of("protection_status", one.status),
                 self._labels.of("relic_type", one.relic_type)),
            cell(same(one.decision_no)),
            cell(date_words(one.decided_on)),
            cell(twin(one.authority_vi, one.authority_en)),
            cell(self._labels.of("protection_zone", one.zone)),
            number_cell(one.area_ha),
            self._until(one.valid_until),
        )  # fmt: skip

    def _paper(self, one: PermissionPaper) -> tuple[RegisterCell, ...]:
        return (
            self._place(one.site_uuid, None),
            cell(twin(one.title_vi, one.title_en), self._labels.of("paper_kind", one.paper_kind)),
            cell(same(one.number)),
            cell(date_words(one.issued_on)),
            cell(twin(one.authority_vi, one.authority_en)),
            cell(),
            cell(),
            self._until(one.expires_on),
        )

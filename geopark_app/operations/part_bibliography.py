"""The bibliography for the dossier, the main international papers first and marked."""

from geopark_app.domain.finding import Severity
from geopark_app.domain.kinds import Reference, SiteReference
from geopark_app.domain.text import sort_key
from geopark_app.dossier.bilingual import Bilingual, same
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.problems import Problem
from geopark_app.dossier.register import RegisterCell, RegisterGroup
from geopark_app.operations.part_words import (
    GatheredPart,
    PartInput,
    Piece,
    cell,
    column,
    key_of,
    part_problem,
    seen,
)
from geopark_app.operations.site_citations import citation_of

PART = "bibliography"


def gather_bibliography(given: PartInput) -> GatheredPart:
    """Give all publications; names stay in the order in which their authors write them."""
    found = seen(given, given.context.catalogue.records(Reference), {})
    found.sort(key=lambda one: (sort_key(one.authors or one.citation or ""), one.year or 0))
    codes = {item.site.uuid: item.code for item in given.items}
    cited: dict[str, set[str]] = {}
    for link in given.context.catalogue.records(SiteReference):
        if code := codes.get(link.site_uuid or ""):
            cited.setdefault(link.reference_uuid or "", set()).add(code)
    main = [one for one in found if one.is_main_international]
    other = [one for one in found if not one.is_main_international]

    def group(heading: Bilingual, listed: list[Reference]) -> RegisterGroup:
        return RegisterGroup(
            heading=heading,
            rows=tuple(_row(given, one, cited.get(one.uuid, set())) for one in listed),
            keys=tuple((key_of(one),) for one in listed),
        )

    register = given.frame(
        _("Bibliography of the area in the Earth sciences"),
        _("{count} publications, {main} of them main international papers (*)").format(
            count=len(found), main=len(main)
        ),
        (group(_("Main international papers"), main), group(_("Other publications"), other)),
        columns=(
            column(same("*"), 0.3),
            column(_("Publication"), 6.0),
            column(_("Kind"), 1.2),
            column(_("Year"), 0.6),
            column(same("DOI"), 1.8),
            column(_("Sites"), 1.5),
        ),
    )
    return GatheredPart(
        pieces=(Piece(stem=PART, register=register),) if found else (),
        problems=tuple(_problems(found, main)) if found else (),
    )


def _row(given: PartInput, one: Reference, codes: set[str]) -> tuple[RegisterCell, ...]:
    year = (
        RegisterCell(lines=(same(str(one.year)),), number=one.year)
        if one.year
        else RegisterCell(lines=())
    )
    return (
        cell(same("*") if one.is_main_international else Bilingual()),
        cell(same(_whole(one))),
        cell(given.labels.of("reference_kind", one.reference_kind)),
        year,
        cell(same(one.doi or one.url)),
        cell(same(", ".join(sorted(codes)))),
    )


def _whole(one: Reference) -> str:
    """Give the citation with volume, issue and pages where it was not typed in full."""
    words = citation_of(one)
    if one.citation and one.citation.strip():
        return words
    issue = f"({one.issue})" if one.issue else ""
    numbers = ", ".join(part for part in (f"{one.volume or ''}{issue}", one.pages or "") if part)
    rest = ". ".join(part for part in (numbers, one.publisher or "") if part)
    return f"{words}, {rest}" if rest else words


def _problems(found: list[Reference], main: list[Reference]) -> list[Problem]:
    problems = []
    if not main:
        message = _("No publication is marked as a main international paper.")
        problems.append(part_problem(PART, "no-main-paper", Severity.WARNING, message))
    lacking = [one for one in found if not one.citation and not (one.authors and one.year)]
    if lacking:
        message = _("Publications without author or year: {count} ({names})").format(
            count=len(lacking),
            names="; ".join((one.title or one.title_vi or "?")[:60] for one in lacking[:5]),
        )
        problems.append(part_problem(PART, "thin-reference", Severity.WARNING, message))
    return problems

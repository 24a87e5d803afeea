"""Publications about each site, as the fact sheets cite them."""

from geopark_app.domain.kinds import Reference, SiteReference
from geopark_app.operations.context import AppContext


def site_citations(context: AppContext) -> dict[str, list[str]]:
    """Give the citations of every site by its key, sorted; a page is named where it is known."""
    known = {one.uuid: one for one in context.catalogue.records(Reference)}
    by_site: dict[str, list[str]] = {}
    for link in context.catalogue.records(SiteReference):
        reference = known.get(link.reference_uuid or "")
        words = citation_of(reference) if reference is not None else ""
        if words:
            page = f", p. {link.pages.strip()}" if link.pages and link.pages.strip() else ""
            by_site.setdefault(link.site_uuid or "", []).append(f"{words}{page}")
    return {site: sorted(citations) for site, citations in by_site.items()}


def citation_of(reference: Reference) -> str:
    """Give the full citation as typed, else what is known of it in the usual order."""
    if reference.citation and reference.citation.strip():
        return " ".join(reference.citation.split()).rstrip(".")
    year = f"({reference.year})" if reference.year else ""
    title = reference.title or reference.title_en or reference.title_vi or ""
    head = " ".join(part for part in (reference.authors or "", year) if part)
    return ". ".join(part.strip(" .") for part in (head, title, reference.container or "") if part)

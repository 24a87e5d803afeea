"""Reads what leaves the office: every record passes the audience rule here, and only here."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from geopark_app.domain.declaration import Audience, FieldSpec
from geopark_app.domain.kinds import (
    Commune,
    Photo,
    Route,
    Site,
    SiteInterest,
    SiteProtection,
    Stop,
    Term,
    Visit,
)
from geopark_app.domain.position import Position, PositionQuality
from geopark_app.dossier.bilingual import Bilingual, same, twin
from geopark_app.operations.context import AppContext
from geopark_app.operations.own_fields import own_specs, own_texts_by_record
from geopark_app.operations.photos import list_photos
from geopark_app.operations.release import Release
from geopark_app.operations.site_citations import site_citations
from geopark_app.operations.sites import list_sites
from geopark_app.rules.photo_release import Barrier, barriers
from geopark_app.rules.readiness import Readiness


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPhoto:
    """A photo as the audience may have it.

    Attributes
    ----------
    photo : Photo
        The record after the audience rule.
    picture : Path or None
        The upright JPEG to print; None where it is missing or damaged.
    barriers : tuple of Barrier
        What keeps it from this audience; it is then named and not printed.
    concerns : tuple of Barrier
        What keeps it from those outside the office, which colleagues are told.
    """

    photo: Photo
    picture: Path | None
    barriers: tuple[Barrier, ...] = ()
    concerns: tuple[Barrier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportSite:
    """A site with what stands beside it, as the audience may have it.

    Attributes
    ----------
    site : Site
        The record after the audience rule.
    commune : Commune or None
        None also where the place is not public.
    former_commune : str
        Former commune and district in words, or empty.
    route, stop : Route or None, Stop or None
        Where it lies on the routes.
    interests : tuple of str
        Further interests, terms of the vocabulary `interest`.
    readiness : Readiness or None
        None when never visited.
    visit : Visit or None
        The newest visit.
    has_sample_visit : bool
        Whether any of its visits is no real one.
    photos : tuple of ExportPhoto
        The cover first, then in their order.
    is_withheld : bool
        Whether something better is known of its place than the audience may have.
    protections : tuple of SiteProtection
        Decisions that protect it, the oldest first.
    references : tuple of str
        Publications about it, as they are cited.
    own : mapping of str to str
        Values of the office's own fields by name; only for internal use.
    """

    site: Site
    commune: Commune | None
    former_commune: str
    route: Route | None
    stop: Stop | None
    interests: tuple[str, ...]
    readiness: Readiness | None
    visit: Visit | None
    has_sample_visit: bool
    photos: tuple[ExportPhoto, ...]
    is_withheld: bool
    protections: tuple[SiteProtection, ...] = ()
    references: tuple[str, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """Code of the site, or an empty text."""
        return self.site.code or ""

    @property
    def name(self) -> Bilingual:
        """Its names."""
        return twin(self.site.name_vi, self.site.name_en)

    @property
    def point(self) -> tuple[float, float] | None:
        """Where a map may mark it, lon and lat: the site itself, else its commune, else None."""
        position = self.site.position
        if position is None or position.lon is None or position.lat is None:
            return None
        drawn = position.is_pin or position.quality == PositionQuality.COMMUNE_CENTROID.value
        return (position.lon, position.lat) if drawn else None

    @property
    def is_pin(self) -> bool:
        """Say whether `point` stands for the site itself and not for its commune."""
        return self.site.position is not None and self.site.position.is_pin

    @property
    def quality(self) -> str:
        """Quality of `point` to act on, a value of `PositionQuality`."""
        position = self.site.position
        if self.point is None or position is None:
            return PositionQuality.UNKNOWN.value
        return position.quality or PositionQuality.APPROX.value

    @property
    def lacks_quality(self) -> bool:
        """Say whether nobody stated how well the place of the pin is known."""
        return self.is_pin and self.site.position is not None and not self.site.position.quality


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels of all terms in both languages, which licences may leave the office, own fields."""

    by_term: Mapping[tuple[str, str], Term]
    own: tuple[FieldSpec, ...] = ()

    def of(self, vocabulary: str, code: str | None) -> Bilingual:
        """Give the label of a term; an unknown code is shown as it is, none is empty."""
        term = self.by_term.get((vocabulary, code or ""))
        return same(code) if term is None else twin(term.label_vi, term.label_en)

    def may_leave(self, licence: str | None) -> bool:
        """Say whether a picture of this licence may be exported; only a plain no forbids it."""
        term = self.by_term.get(("licence", licence or ""))
        return term is None or term.exportable is not False


def read_labels(context: AppContext) -> Labels:
    """Read every term once, retired ones too."""
    return Labels(
        {
            (term.vocabulary or "", term.code or ""): term
            for term in context.catalogue.records(Term)
        },
        tuple(own_specs(context, "site")),
    )


def read_sites(
    context: AppContext, audience: Audience, filters: Mapping[str, str]
) -> list[ExportSite]:
    """Give the sites that pass the filters, in the order of their codes, as `audience` may see.

    Raises
    ------
    GeoparkError
        UNKNOWN_FIELD for a filter that does not exist.
    """
    catalogue = context.catalogue
    routes = {route.uuid: route for route in catalogue.records(Route)}
    stops = {stop.site_uuid: stop for stop in catalogue.records(Stop) if stop.site_uuid}
    interests: dict[str, list[str]] = {}
    for interest in catalogue.records(SiteInterest):
        interests.setdefault(interest.site_uuid or "", []).append(interest.term or "")
    photos: dict[str, list[Photo]] = {}
    for photo in list_photos(context):
        photos.setdefault(photo.site_uuid or "", []).append(photo)
    visits, labels = _visits(context), read_labels(context)
    release = Release(context, audience)
    protections, references = _protections(context), site_citations(context)
    is_internal = audience is Audience.INTERNAL
    own = own_texts_by_record(context, "site") if is_internal else {}
    found = []
    for summary in list_sites(context, filters=filters):
        raw, level = summary.site, summary.site.disclosure_level
        site = release.record(raw)
        commune = summary.commune if site.commune_code else None
        hidden = release.hides_position(raw, level)
        if hidden:
            known = release.record(commune) if commune is not None else None
            site = replace(site, position=_commune_point(raw, known))
        stop, own_visits = stops.get(raw.uuid), visits.get(raw.uuid, [])
        found.append(
            ExportSite(
                site=site,
                commune=commune,
                former_commune=_former(site, summary.former_commune),
                route=routes.get(stop.route_uuid or "") if stop else None,
                stop=release.record(stop, disclosure=level) if stop else None,
                interests=tuple(sorted(interests.get(raw.uuid, ()))),
                readiness=summary.readiness,
                visit=(release.record(own_visits[-1], disclosure=level) if own_visits else None),
                has_sample_visit=any(visit.sample for visit in own_visits),
                photos=_photos(context, raw, photos.get(raw.uuid, []), release, labels),
                own=own.get(raw.uuid, {}),
                is_withheld=hidden and (_has_pin(raw) or site.commune_code != raw.commune_code),
                protections=tuple(
                    release.record(one, disclosure=level) for one in protections.get(raw.uuid, ())
                ),
                references=tuple(references.get(raw.uuid, ())),
            )
        )
    return found


def read_stops(
    context: AppContext, audience: Audience
) -> list[tuple[Stop, Route | None, Site | None]]:
    """Give all stops in the order of their rows, with route and site, as `audience` may see."""
    catalogue = context.catalogue
    routes = {route.uuid: route for route in catalogue.records(Route)}
    release = Release(context, audience)
    sites = {site.uuid: release.record(site) for site in catalogue.records(Site)}
    stops = sorted(catalogue.records(Stop), key=lambda stop: stop.slot or 0)
    return [
        (release.record(stop), routes.get(stop.route_uuid or ""), sites.get(stop.site_uuid or ""))
        for stop in stops
    ]


def _protections(context: AppContext) -> dict[str, list[SiteProtection]]:
    decisions = context.catalogue.records(SiteProtection)
    by_site: dict[str, list[SiteProtection]] = {}
    for one in sorted(decisions, key=lambda item: (item.decided_on or "9", item.uuid)):
        by_site.setdefault(one.site_uuid or "", []).append(one)
    return by_site


def _visits(context: AppContext) -> dict[str, list[Visit]]:
    visits = context.catalogue.records(Visit, where={"scope": "site"})
    visits.sort(key=lambda visit: (visit.visited_on or "", visit.uuid))
    by_site: dict[str, list[Visit]] = {}
    for visit in visits:
        by_site.setdefault(visit.site_uuid or "", []).append(visit)
    return by_site


def _has_pin(site: Site) -> bool:
    return site.position is not None and site.position.is_pin


def _commune_point(raw: Site, commune: Commune | None) -> Position | None:
    """Give the commune's own point in place of the site's; an unknown place stays unknown."""
    if commune is None or commune.position is None:
        return None
    if raw.position is None or not raw.position.is_known:
        return None
    return replace(commune.position, quality=PositionQuality.COMMUNE_CENTROID.value)


def _former(site: Site, words: str) -> str:
    # Several former communes are named in full; the text of old papers knows one.
    if site.former_admin and ";" not in words:
        return site.former_admin
    return words if site.former_commune_code else ""


def _photos(
    context: AppContext, site: Site, photos: list[Photo], release: Release, labels: Labels
) -> tuple[ExportPhoto, ...]:
    files = context.catalogue.files
    cover_first = sorted(photos, key=lambda photo: _worth(photo, site))
    return tuple(
        ExportPhoto(
            photo=release.record(photo, disclosure=site.disclosure_level),
            picture=(
                files.path_of(photo.rendition_sha256)
                if photo.rendition_sha256 and files.is_whole(photo.rendition_sha256)
                else None
            ),
            barriers=barriers(
                photo, release.audience, licence_allows=labels.may_leave(photo.licence)
            ),
            concerns=barriers(
                photo, Audience.PUBLIC, licence_allows=labels.may_leave(photo.licence)
            ),
        )
        for photo in cover_first
    )


def _worth(photo: Photo, site: Site) -> tuple[bool, bool, int]:
    """Give the order in which photos are printed: cover, those for the dossier, best rated."""
    return photo.uuid != site.cover_photo_uuid, not photo.for_dossier, -(photo.rating or 0)

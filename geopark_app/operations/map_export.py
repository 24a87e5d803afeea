"""The map as one file for others: what an audience may see of sites, photos, routes and layers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path

from geopark_app.domain.declaration import Audience
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Photo
from geopark_app.domain.position import PositionQuality
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress, no_progress
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.bilingual import twin
from geopark_app.maps.offline_page import (
    OfflinePage,
    PagePhoto,
    PageSection,
    PageSite,
    PageWords,
    offline_page,
)
from geopark_app.operations.annex_sheets import date_words
from geopark_app.operations.annexes import audience_words
from geopark_app.operations.catalogues import profile_of
from geopark_app.operations.context import AppContext
from geopark_app.operations.export_reading import (
    ExportPhoto,
    ExportSite,
    Labels,
    read_labels,
    read_sites,
)
from geopark_app.operations.map_page_content import (
    card_lines,
    drawn_site,
    kind_words,
    page_layers,
    page_routes,
    page_words,
    stop_words,
    title_of,
)
from geopark_app.operations.map_shapes import map_shapes, withheld_routes
from geopark_app.operations.release import Release
from geopark_app.photos.finished import finished_picture
from geopark_app.photos.instructions import instructions_of
from geopark_app.photos.reasons import PhotoRefusedError
from geopark_app.photos.released import ReleasedFormat, released_picture
from geopark_app.store.writing_files import write_atomically

MAIL_BYTES = 25_000_000
"""More than that most mail servers and chat programs do not take."""

MOST_BYTES = 60_000_000
PHOTOS_PER_SITE = 3
_PHOTO_PX, _PHOTO_QUALITY = 1000, 78


@dataclass(frozen=True, slots=True, kw_only=True)
class MapExportOptions:
    """What the page shows, and to whom.

    Attributes
    ----------
    audience : Audience
        Decides positions, fields, photos and layers.
    filters : mapping of str to str
        Only these sites, as in lists.
    uuids : frozenset of str or None
        Of them only these.
    photos : int
        At most so many of each site, the cover first; 0 leaves photos out.
    most_bytes : int
        All photos together take at most this in the file; each site's first comes before any
        site's second.
    layers : frozenset of str or None
        Keys of the layers; None takes those shown in the window.
    language : str
        What the page speaks first.
    """

    audience: Audience = Audience.EVALUATORS
    filters: Mapping[str, str] = field(default_factory=dict)
    uuids: frozenset[str] | None = None
    photos: int = PHOTOS_PER_SITE
    most_bytes: int = MOST_BYTES
    layers: frozenset[str] | None = None
    language: str = "vi"


@dataclass(frozen=True, slots=True, kw_only=True)
class MapExportReport:
    """What is on the page, and what is not; drawn + withheld + unknown = sites.

    Attributes
    ----------
    out : Path
        The file.
    sites, drawn, at_commune, withheld, unknown : int
        Sites; of them drawn, thereof at their commune only; kept back; of unknown position.
    photos, photos_withheld, photos_unreadable, photos_left_out : int
        Photos on the page; kept back by consent or licence; without a whole file; too many bytes.
    layers, routes : int
        Layers and routes on the page.
    withheld_routes : tuple of str
        Routes whose line would lead to a place that is kept back.
    bytes : int
        Size of the file.
    """

    out: Path
    sites: int
    drawn: int
    at_commune: int
    withheld: int
    unknown: int
    photos: int
    photos_withheld: int
    photos_unreadable: int
    photos_left_out: int
    layers: int
    routes: int
    withheld_routes: tuple[str, ...]
    bytes: int

    @property
    def is_too_large_for_mail(self) -> bool:
        """Say whether most mail servers will refuse it."""
        return self.bytes > MAIL_BYTES


def export_map(
    context: AppContext,
    out: Path,
    options: MapExportOptions,
    *,
    sections: Sequence[PageSection] = (),
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> MapExportReport:
    """Write the page, whole or not at all.

    Parameters
    ----------
    context, out, options
        The surroundings, the file, what it shows.
    sections
        Further sheets as data, such as the agenda of a mission; they must be fit for the audience.
    progress, cancel
        Told of each photo; asked between two.

    Raises
    ------
    Cancelled
        When asked to stop; there is no file then.
    GeoparkError
        UNKNOWN_FIELD for a filter, NOT_FOUND when no site is meant, MISSING_PART, DISK_FULL and
        other environment codes; nothing is written then.
    """
    cancel = cancel or CancelToken()
    items = read_sites(context, options.audience, options.filters)
    if options.uuids is not None:
        items = [item for item in items if item.site.uuid in options.uuids]
    if not items:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="site")
    labels = read_labels(context)
    pictures = _Pictures(items, labels, options)
    pictures.make(progress, cancel)
    page = _page(context, items, labels, options, pictures)
    page = replace(page, sections=tuple(sections))
    cancel.check()
    content = offline_page(page, options.language)
    cancel.check()
    write_atomically(out, content)
    return _report(context, out, items, options, page, pictures, len(content))


def _page(
    context: AppContext,
    items: Sequence[ExportSite],
    labels: Labels,
    options: MapExportOptions,
    pictures: "_Pictures",
) -> OfflinePage:
    audience = options.audience
    profile = profile_of(context)
    made_on = date_words(context.now().date().isoformat())
    note = _("Made on {date} for: {audience}").format(
        date=made_on, audience=audience_words(audience)
    )
    name = twin(str(profile.get("short_name_vi") or ""), str(profile.get("short_name_en") or ""))
    return OfflinePage(
        title=title_of(name),
        note=page_words(note),
        sites=tuple(
            PageSite(
                site=drawn_site(item, labels, audience, options.language),
                kind=page_words(kind_words(item, labels)),
                summary=page_words(twin(item.site.summary_vi, item.site.summary_en)),
                stop=stop_words(item),
                lines=card_lines(item, labels, audience),
                photos=tuple(pictures.of(item)),
            )
            for item in items
        ),
        routes=page_routes(context, items, audience),
        shapes=tuple(
            map_shapes(
                context, audience=audience, sites=frozenset(item.site.uuid for item in items)
            )
        ),
        overlays=tuple(page_layers(context, audience, options.layers)),
        has_readiness=audience is Audience.INTERNAL,
    )


class _Pictures:
    """The photos of the page: each site's first before anybody's second, until it is full."""

    def __init__(
        self, items: Sequence[ExportSite], labels: Labels, options: MapExportOptions
    ) -> None:
        self.withheld = sum(bool(photo.barriers) for item in items for photo in item.photos)
        self.unreadable = 0
        self.left_out = 0
        self._labels = labels
        self._most = options.most_bytes
        self._made: dict[str, PagePhoto] = {}
        rows = [_released(item)[: options.photos] for item in items]
        # The first of every site, then the second of every site, …
        self._wanted = [photo for turn in zip_longest(*rows) for photo in turn if photo is not None]

    @property
    def count(self) -> int:
        return len(self._made)

    def make(self, progress: ReportProgress, cancel: CancelToken) -> None:
        size = 0
        for done, photo in enumerate(self._wanted):
            cancel.check()
            name = photo.photo.caption_vi or ""
            progress(Progress(done=done, total=len(self._wanted), current=name))
            made = self._page_photo(photo)
            if made is None:
                self.unreadable += 1
                continue
            # As text a picture is a third larger.
            grown = size + len(made.jpeg) * 4 // 3
            if grown > self._most:
                self.left_out += 1
                continue
            size = grown
            self._made[photo.photo.uuid] = made
        progress(Progress(done=len(self._wanted), total=len(self._wanted)))

    def of(self, item: ExportSite) -> Iterator[PagePhoto]:
        for photo in item.photos:
            if photo.photo.uuid in self._made:
                yield self._made[photo.photo.uuid]

    def _page_photo(self, photo: ExportPhoto) -> PagePhoto | None:
        record, path = photo.photo, photo.picture
        if path is None:
            return None
        instructions = instructions_of(record)
        try:
            jpeg = released_picture(
                path,
                form=ReleasedFormat.JPEG,
                longest=_PHOTO_PX,
                quality=_PHOTO_QUALITY,
                make=lambda source, longest: finished_picture(
                    source, instructions, longest=longest
                ),
            )
        except PhotoRefusedError:
            return None
        return PagePhoto(
            jpeg=jpeg,
            caption=PageWords(vi=record.caption_vi or "", en=record.caption_en or ""),
            alt=PageWords(vi=record.alt_vi or "", en=record.alt_en or ""),
            credit=self._credit(record),
        )

    def _credit(self, photo: Photo) -> str:
        licence = self._labels.of("licence", photo.licence).vi
        parts = (photo.credit or photo.photographer, licence)
        return ", ".join(part for part in parts if part)


def _released(item: ExportSite) -> list[ExportPhoto]:
    return [photo for photo in item.photos if not photo.barriers]


def _report(
    context: AppContext,
    out: Path,
    items: Sequence[ExportSite],
    options: MapExportOptions,
    page: OfflinePage,
    pictures: _Pictures,
    size: int,
) -> MapExportReport:
    drawn = [item for item in items if item.point is not None]
    withheld = sum(item.point is None and item.is_withheld for item in items)
    hidden = withheld_routes(context, Release(context, options.audience))
    return MapExportReport(
        out=out,
        sites=len(items),
        drawn=len(drawn),
        at_commune=sum(item.quality == PositionQuality.COMMUNE_CENTROID.value for item in drawn),
        withheld=withheld,
        unknown=len(items) - len(drawn) - withheld,
        photos=pictures.count,
        photos_withheld=pictures.withheld,
        photos_unreadable=pictures.unreadable,
        photos_left_out=pictures.left_out,
        layers=len(page.overlays),
        routes=len(page.routes),
        withheld_routes=tuple(str(route.number or route.name_vi or "") for route in hidden),
        bytes=size,
    )

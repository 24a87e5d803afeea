"""Fixed-point photos: the series of each photo point, a new repeat, and the pairs on paper."""

import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import Audience, kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.identifier import uuid_of
from geopark_app.domain.kinds import Photo, PhotoPoint, PhotoRepeat, Site
from geopark_app.domain.progress import CancelToken
from geopark_app.domain.text import clean
from geopark_app.dossier.bilingual import Bilingual, same, twin
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.photo_pairs import PairBook, PairSheet, PairView, typeset_pairs
from geopark_app.i18n import LANGUAGES
from geopark_app.operations.annex_sheets import date_words
from geopark_app.operations.catalogues import profile_of
from geopark_app.operations.context import AppContext
from geopark_app.operations.release import Release
from geopark_app.photos.finished import bare_jpeg, finished_picture
from geopark_app.photos.instructions import instructions_of
from geopark_app.photos.reasons import PhotoRefusedError
from geopark_app.photos.side_by_side import side_by_side
from geopark_app.store.new_keys import new_uuid
from geopark_app.store.writing_files import translated_os_errors, write_atomically

_PRINTED_PX = 1200


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesView:
    """One picture of a series: the reference, or a repeat with what was seen.

    Attributes
    ----------
    photo : Photo
        The picture.
    date : str
        ISO date, empty when nobody knows it.
    repeat : PhotoRepeat or None
        None for the reference picture.
    """

    photo: Photo
    date: str
    repeat: PhotoRepeat | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoSeries:
    """A photo point with its pictures.

    Attributes
    ----------
    point : PhotoPoint
        The point.
    site : Site or None
        Where it is.
    views : tuple of SeriesView
        The reference first, then the repeats by date; without pictures in the trash.
    """

    point: PhotoPoint
    site: Site | None
    views: tuple[SeriesView, ...]

    @property
    def has_reference(self) -> bool:
        """Say whether there is a picture to compare with."""
        return bool(self.views) and self.views[0].repeat is None

    @property
    def repeats(self) -> tuple[SeriesView, ...]:
        """Give the pictures taken again."""
        return tuple(view for view in self.views if view.repeat is not None)

    @property
    def is_pair(self) -> bool:
        """Say whether there is a before and an after."""
        return len(self.views) > 1

    def only(self, allowed: Collection[str]) -> "PhotoSeries":
        """Give the series with the photos of these keys only."""
        views = tuple(view for view in self.views if view.photo.uuid in allowed)
        return PhotoSeries(point=self.point, site=self.site, views=views)

    @property
    def site_code(self) -> str:
        """Give the code of the site, or an empty text."""
        return (self.site.code or "") if self.site else ""

    def as_json(self) -> dict[str, Any]:
        """Give it as the command line prints it."""
        return {
            "uuid": self.point.uuid,
            "site": self.site_code or None,
            "number": self.point.number,
            "azimuth_deg": self.point.azimuth_deg,
            "focal_length_mm": self.point.focal_length_mm,
            "reference": self.views[0].photo.uuid if self.has_reference else None,
            "repeats": [
                {
                    "uuid": view.repeat.uuid if view.repeat else None,
                    "photo": view.photo.uuid,
                    "taken_on": view.date or None,
                }
                for view in self.repeats
            ],
        }


def photo_series(context: AppContext, *, site_uuid: str | None = None) -> list[PhotoSeries]:
    """Give every photo point with its pictures, by site and number; or those of one site."""
    catalogue = context.catalogue
    points = catalogue.records(PhotoPoint, where={"site_uuid": site_uuid} if site_uuid else None)
    repeats: dict[str, list[PhotoRepeat]] = {}
    for repeat in catalogue.records(PhotoRepeat):
        repeats.setdefault(repeat.photo_point_uuid or "", []).append(repeat)
    sites = {site.uuid: site for site in catalogue.records(Site)} if points else {}
    found = [
        PhotoSeries(
            point=point,
            site=sites.get(point.site_uuid or ""),
            views=_views(context, point, repeats.get(point.uuid, [])),
        )
        for point in points
    ]
    return sorted(found, key=lambda one: (one.site_code, one.point.number or "", one.point.uuid))


def add_photo_point(context: AppContext, photo_uuid: str, *, reason: str) -> Changes:
    """Make a photo the reference picture of a new photo point of its site.

    Place and bearing come from the photo; the number is the next free one of the site. The same
    photo asked for twice gives one point.

    Raises
    ------
    GeoparkError
        NOT_FOUND; BAD_VALUE when the photo belongs to no site.
    """
    photo = _photo(context, photo_uuid)
    if not photo.site_uuid:
        raise GeoparkError(ErrorCode.BAD_VALUE, field="site_uuid", value="")
    taken = context.catalogue.records(PhotoPoint, where={"site_uuid": photo.site_uuid})
    numbers = {point.number for point in taken}
    number = next(str(n) for n in range(1, len(taken) + 2) if str(n) not in numbers)
    point = PhotoPoint(
        uuid=uuid_of(photo.uuid, "photo_point"),
        site_uuid=photo.site_uuid,
        number=number,
        position=photo.position if photo.position_trusted else None,
        azimuth_deg=photo.direction_deg,
        scale_object=photo.scale_object,
        reference_photo_uuid=photo.uuid,
    )
    with context.work(reason) as work:
        known = work.get(PhotoPoint, point.uuid)
        if known is None:
            work.put(point)
        elif known.deleted:
            work.restore(kind_of(PhotoPoint), point.uuid)
    return work.changes


def accept_repeat(context: AppContext, point_uuid: str, photo_uuid: str, *, reason: str) -> Changes:
    """Make a photo a repeat of a photo point, dated as it was taken.

    Raises
    ------
    GeoparkError
        NOT_FOUND; BAD_VALUE when the photo stands in this series already.
    """
    point = context.catalogue.get(PhotoPoint, point_uuid)
    if point is None or point.deleted:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="photo_point", uuid=point_uuid)
    photo = _photo(context, photo_uuid)
    known = context.catalogue.records(PhotoRepeat, where={"photo_point_uuid": point_uuid})
    if photo_uuid in {point.reference_photo_uuid, *(one.photo_uuid for one in known)}:
        raise GeoparkError(ErrorCode.BAD_VALUE, field="photo_uuid", value=photo_uuid)
    repeat = PhotoRepeat(
        uuid=new_uuid(),
        photo_point_uuid=point_uuid,
        photo_uuid=photo_uuid,
        taken_on=(photo.taken_at or "")[:10] or None,
    )
    with context.work(reason) as work:
        work.put(repeat)
    return work.changes


def write_pairs_pdf(
    context: AppContext,
    series: Sequence[PhotoSeries],
    path: Path,
    *,
    languages: tuple[str, ...] = LANGUAGES,
    audience: Audience = Audience.INTERNAL,
    cancel: CancelToken | None = None,
) -> int:
    """Write the series that have a before and an after as one PDF; gives its pages.

    Raises
    ------
    Cancelled
        When asked to stop.
    GeoparkError
        NOT_FOUND when there is no pair; see `compile_pdf`.
    """
    cancel = cancel or CancelToken()
    sheets = []
    for one in series:
        cancel.check()
        sheet = _sheet(context, one, audience)
        if len(sheet.views) > 1:
            sheets.append(sheet)
    if not sheets:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="photo_repeat", reference="")
    profile = profile_of(context)
    name, body = (
        twin(*(str(profile.get(f"{key}_{language}") or "") for language in ("vi", "en")))
        for key in ("name", "managing_body")
    )
    today = date_words(context.now().date().isoformat())
    book = PairBook(
        title=_("Fixed-point photos: before and after"),
        geopark=same(context.catalogue.folder.root.name) if name.is_empty else name,
        body=name if body.is_empty else body,
        footer=_("Made on {date}").format(date=today),
        languages=languages,
        made_at=context.now().replace(microsecond=0),
        sheets=tuple(sheets),
    )
    with tempfile.TemporaryDirectory(prefix="geopark-pairs-") as working:
        made = Path(working) / "pairs.pdf"
        source = Path(working) / "source"
        with translated_os_errors(source):
            source.mkdir()
        pages = typeset_pairs(book, folder=source, output=made, cancel=cancel)
        write_atomically(path, made.read_bytes())
    return pages


def write_pair_pictures(
    context: AppContext, series: Sequence[PhotoSeries], folder: Path
) -> list[Path]:
    """Write first and last picture of each series side by side as JPEG; gives the files.

    Raises
    ------
    GeoparkError
        An environment code when the folder cannot be written.
    """
    written = []
    with translated_os_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    for one in series:
        if not one.is_pair:
            continue
        first, last = one.views[0], one.views[-1]
        before, after = _finished(context, first.photo), _finished(context, last.photo)
        if before is None or after is None:
            continue
        picture = side_by_side(
            before, after, before_words=_short_date(first), after_words=_short_date(last)
        )
        parts = (one.site_code, one.point.number or "", first.date or "0", last.date or "0")
        path = folder / (_safe("_".join(part for part in parts if part)) + ".jpg")
        write_atomically(path, bare_jpeg(picture))
        written.append(path)
    return written


def _views(
    context: AppContext, point: PhotoPoint, repeats: Sequence[PhotoRepeat]
) -> tuple[SeriesView, ...]:
    views = []
    reference = _living(context, point.reference_photo_uuid)
    if reference is not None:
        views.append(SeriesView(photo=reference, date=(reference.taken_at or "")[:10]))
    again = []
    for repeat in repeats:
        photo = _living(context, repeat.photo_uuid)
        if photo is not None:
            date = repeat.taken_on or (photo.taken_at or "")[:10]
            again.append(SeriesView(photo=photo, date=date, repeat=repeat))
    return (*views, *sorted(again, key=lambda view: (view.date, view.photo.uuid)))


def _living(context: AppContext, uuid: str | None) -> Photo | None:
    photo = context.catalogue.get(Photo, uuid) if uuid else None
    return None if photo is None or photo.deleted else photo


def _photo(context: AppContext, uuid: str) -> Photo:
    photo = _living(context, uuid)
    if photo is None:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="photo", uuid=uuid)
    return photo


def _finished(context: AppContext, photo: Photo) -> Image.Image | None:
    sha256 = photo.rendition_sha256
    if not sha256 or not context.catalogue.files.has(sha256):
        return None
    try:
        path = context.catalogue.files.path_of(sha256)
        return finished_picture(path, instructions_of(photo), longest=_PRINTED_PX)
    except PhotoRefusedError:
        return None


def _sheet(context: AppContext, one: PhotoSeries, audience: Audience) -> PairSheet:
    level = one.site.disclosure_level if one.site else None
    release = Release(context, audience)
    point = release.record(one.point, disclosure=level)
    name = twin(one.site.name_vi, one.site.name_en) if one.site else Bilingual()
    heading = _("{code} {name}: photo point {number}").format(
        code=one.site_code, name=name, number=point.number or "–"
    )
    views = [view for view in (_view(context, one, each, release) for each in one.views) if view]
    return PairSheet(
        heading=Bilingual(heading.vi.strip(), heading.en.strip()),
        facts=_facts(point),
        guide=twin(point.guide_vi, point.guide_en),
        views=tuple(views),
    )


def _view(
    context: AppContext, series: PhotoSeries, view: SeriesView, release: Release
) -> PairView | None:
    level = series.site.disclosure_level if series.site else None
    photo = release.record(view.photo, disclosure=level)
    picture = _finished(context, view.photo)
    if picture is None:
        return None
    date = date_words(view.date) if view.date else _("date unknown")
    alt = twin(photo.alt_vi, photo.alt_en)
    built = _("Photo point {number}, {date}").format(number=series.point.number or "–", date=date)
    change = view.repeat
    return PairView(
        picture=bare_jpeg(picture),
        width=picture.width,
        height=picture.height,
        date=date,
        credit=same(photo.credit or photo.photographer),
        change=twin(change.change_vi, change.change_en) if change else Bilingual(),
        alt=Bilingual(alt.vi or built.vi, alt.en or built.en),
        is_sample=bool(photo.sample),
    )


def _facts(point: PhotoPoint) -> Bilingual:
    parts = []
    if point.azimuth_deg is not None:
        parts.append(_("Bearing {degrees}°").format(degrees=f"{point.azimuth_deg:g}"))
    if point.focal_length_mm is not None:
        parts.append(_("Focal length {mm} mm").format(mm=f"{point.focal_length_mm:g}"))
    if point.camera_height_m is not None:
        parts.append(
            _("Camera {metres} m above ground").format(metres=f"{point.camera_height_m:g}")
        )
    return Bilingual("; ".join(p.vi for p in parts), "; ".join(p.en for p in parts))


def _short_date(view: SeriesView) -> str:
    return date_words(view.date).vi if view.date else "–"


def _safe(name: str) -> str:
    """Give a file name that every system takes."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in clean(name))[
        :80
    ]

"""The caption list of handed-over photos as a workbook: words, credit, licence, consent."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geopark_app.domain.declaration import Audience
from geopark_app.domain.kinds import Photo, Site
from geopark_app.domain.position import Position
from geopark_app.dossier.bilingual import Bilingual
from geopark_app.dossier.bilingual import both as _
from geopark_app.exchange.spreadsheet import Workbook, write_workbook
from geopark_app.exchange.tables import Cell, Column, Table
from geopark_app.i18n import LANGUAGES
from geopark_app.operations.annexes import audience_words
from geopark_app.operations.catalogues import profile_of
from geopark_app.operations.context import AppContext
from geopark_app.operations.export_reading import Labels
from geopark_app.rules.photo_release import lacks_consent, lacks_guardian_consent


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionedPhoto:
    """A photo that was handed over.

    Attributes
    ----------
    file : str
        Name in the folder.
    photo : Photo
        The record as its reader may have it.
    site : Site or None
        Its site as the reader may have it.
    position : Position or None
        The camera's position, where it was asked for and may be told.
    shows_people : bool
        Whether people are shown, which those outside the office do not learn otherwise.
    """

    file: str
    photo: Photo
    site: Site | None
    position: Position | None
    shows_people: bool


def write_captions(
    context: AppContext,
    photos: Sequence[CaptionedPhoto],
    labels: Labels,
    path: Path,
    *,
    audience: Audience,
) -> None:
    """Write the list; text stays text whatever it begins with.

    Raises
    ------
    GeoparkError
        An environment code when the file cannot be written.
    """
    profile = profile_of(context)
    made_at = context.now().replace(microsecond=0)
    columns = _columns(audience, with_place=any(photo.position for photo in photos))
    title = _("Photo captions")
    table = Table(
        name="photos",
        title_vi=title.vi,
        title_en=title.en,
        columns=columns,
        rows=tuple(
            tuple(_cell(column.name, photo, labels, audience) for column in columns)
            for photo in photos
        ),
    )
    about = [
        _("Made on {date} for: {audience}").format(
            date=f"{made_at:%Y-%m-%d %H:%M %z}", audience=audience_words(audience)
        ),
        _("Please print the credit beside each picture and keep to its licence."),
    ]
    if context.catalogue.folder.is_sample:
        about.append(_("SAMPLE: these pictures are for practice and no evidence."))
    write_workbook(
        Workbook(
            title=title.joined(LANGUAGES),
            author=str(profile.get("managing_body_vi") or ""),
            made_at=made_at,
            tables=(table,),
            about=tuple((line.vi, line.en) for line in about),
            languages=LANGUAGES,
        ),
        path,
    )


def _columns(audience: Audience, *, with_place: bool) -> tuple[Column, ...]:
    made = [
        ("file", _("File"), 34),
        ("site_code", _("Site code"), 11),
        ("site_vi", _("Site (Vietnamese)"), 24),
        ("site_en", _("Site (English)"), 24),
        ("taken_at", _("Taken at"), 18),
        ("caption_vi", _("Caption (Vietnamese)"), 36),
        ("caption_en", _("Caption (English)"), 36),
        ("alt_vi", _("Alternative text (Vietnamese)"), 30),
        ("alt_en", _("Alternative text (English)"), 30),
        ("photographer", _("Photographer"), 18),
        ("credit", _("Credit line"), 22),
        ("rights_holder", _("Rights holder"), 18),
        ("licence", _("Licence"), 22),
        ("consent", _("Consent of people shown"), 20),
    ]
    if audience is Audience.INTERNAL:
        made += [
            ("consent_note", _("Consent: which paper"), 26),
            ("guardian_consent_note", _("Consent of a guardian"), 26),
        ]
    if with_place:
        made += [
            ("lon", _("Longitude of the camera (WGS 84)"), 14),
            ("lat", _("Latitude of the camera (WGS 84)"), 14),
        ]
    return tuple(_column(name, label, width) for name, label, width in made)


def _column(name: str, label: Bilingual, width: int) -> Column:
    return Column(
        name=name,
        label_vi=label.vi,
        label_en=label.en,
        width=width,
        is_number=name in {"lon", "lat"},
    )


def _cell(name: str, given: CaptionedPhoto, labels: Labels, audience: Audience) -> Cell:
    photo, site, place = given.photo, given.site, given.position
    match name:
        case "file":
            return given.file
        case "site_code":
            return site.code if site else None
        case "site_vi" | "site_en":
            return getattr(site, f"name_{name[-2:]}") if site else None
        case "licence":
            return labels.of("licence", photo.licence).joined(LANGUAGES) or None
        case "consent":
            return _consent(given, audience).joined(LANGUAGES)
        case "lon" | "lat":
            return getattr(place, name) if place else None
        case _:
            value: Cell = getattr(photo, name)
            return value


def _consent(given: CaptionedPhoto, audience: Audience) -> Bilingual:
    if not given.shows_people:
        return _("no people shown")
    photo = given.photo
    # Outside the office only those leave whose consent is recorded.
    if audience is Audience.INTERNAL and (lacks_consent(photo) or lacks_guardian_consent(photo)):
        return _("not recorded")
    return _("recorded at the office")

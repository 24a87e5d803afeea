"""To whom the photos of a dossier are owed: each printed photo once, with author and licence."""

from collections.abc import Sequence

from geopark_app.domain.kinds import Photo
from geopark_app.dossier.annex import MOST_PHOTOS
from geopark_app.dossier.bilingual import Bilingual, same, twin
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.register import PrintedRegister, RegisterGroup
from geopark_app.operations.annex_sheets import date_words
from geopark_app.operations.dossier_problems import printable_photos
from geopark_app.operations.part_readiness import Pictures, Place
from geopark_app.operations.part_words import (
    GatheredPart,
    PartInput,
    Piece,
    cell,
    column,
    key_of,
    seen,
    site_names,
)
from geopark_app.operations.photo_pairs import photo_series

PART = "credits"
_STEM = "photo-credits"


def gather_credits(given: PartInput, places: Sequence[Place]) -> GatheredPart:
    """Give the photos of the sheets, of the pairs and of the readiness report."""
    printed: dict[str, tuple[Photo, list[Bilingual]]] = {}

    def use(photo: Photo, where: Bilingual) -> None:
        uses = printed.setdefault(photo.uuid, (photo, []))[1]
        if where not in uses:
            uses.append(where)

    allowed = set()
    for item in given.items:
        photos = printable_photos(item)
        allowed |= {one.photo.uuid for one in photos}
        for one in photos[:MOST_PHOTOS]:
            use(one.photo, _("fact sheet"))
    for series in photo_series(given.context):
        views = series.only(allowed)
        for view in views.views if views.is_pair else ():
            use(view.photo, _("before and after"))
    pictures = Pictures(given)
    for place in places:
        for _item, answer in place.result.items:
            for photo in pictures.photos(answer) if answer else ():
                use(photo, _("readiness report"))
    if not printed:
        return GatheredPart()
    return GatheredPart(pieces=(Piece(stem=_STEM, register=_register(given, printed)),))


def _register(
    given: PartInput, printed: dict[str, tuple[Photo, list[Bilingual]]]
) -> PrintedRegister:
    names, levels = site_names(given.context), given.levels()
    found = seen(given, (photo for photo, _places in printed.values()), levels)
    found.sort(
        key=lambda one: (
            names.get(one.site_uuid or "", Bilingual()).vi,
            one.taken_at or "",
            one.uuid,
        )
    )
    rows = []
    for one in found:
        owner = one.credit or one.photographer
        rows.append(
            (
                cell(names.get(one.site_uuid or "", Bilingual())),
                cell(twin(one.caption_vi, one.caption_en),
                     _("SAMPLE") if one.sample else Bilingual()),
                cell(same(owner) if owner else _("not credited yet"), is_alarm=not owner),
                cell(same(one.rights_holder)),
                cell(given.labels.of("licence", one.licence)),
                cell(date_words(one.taken_at)),
                cell(*printed[one.uuid][1]),
            )
        )  # fmt: skip
    return given.frame(
        _("Photo credits"),
        _("{count} photos printed in this dossier").format(count=len(rows)),
        (
            RegisterGroup(
                heading=Bilingual(), rows=tuple(rows), keys=tuple((key_of(one),) for one in found)
            ),
        ),
        columns=(
            column(_("Site"), 2.2),
            column(_("Caption"), 3.0),
            column(_("Photo"), 1.8),
            column(_("Rights holder"), 1.4),
            column(_("Licence"), 1.6),
            column(_("Taken on"), 0.9),
            column(_("Stands in"), 1.3),
        ),
    )

"""The fixed words of the geosite annex, in both languages."""

from geopark_app.dossier.annex import Annex
from geopark_app.dossier.bilingual import Bilingual
from geopark_app.dossier.bilingual import both as _

SKETCH = Bilingual()
"""No official boundary: the maps are sketches."""


def labels(boundary: Bilingual = SKETCH) -> dict[str, Bilingual]:
    """Give the labels of the template by their names in it; `boundary` names the one drawn."""
    return {
        "item": _("Item"),
        "content": _("Content"),
        "provisional": _("PROVISIONAL"),
        "sample": _("SAMPLE"),
        "sample_catalogue": _("SAMPLE CATALOGUE: photos and visits are not real"),
        "no_photo": _("No photo yet"),
        "no_text": _("No text in this language yet."),
        "readiness": _("Readiness for the evaluation mission"),
        "not_visited": _("Not visited yet: no readiness figure."),
        "red_flag": _("RED: a critical item is not met"),
        "page": _("Page"),
        "photo": _("Photo"),
        "sketch": sketch_words(boundary),
        "contents": _("Contents"),
        "overview": _("Map of the sites"),
    }


def sample_note(annex: Annex) -> Bilingual | None:
    """Give the line that says what in an annex is not real, or None where all of it is."""
    if annex.is_sample:
        return labels()["sample_catalogue"]
    marked = any(
        any(photo.is_sample for photo in sheet.photos)
        or (sheet.readiness is not None and sheet.readiness.is_sample)
        for sheet in annex.sheets
    )
    return _("SAMPLE: the photos and visits marked so are not real") if marked else None


def photo_alt(name: Bilingual, caption: Bilingual) -> Bilingual:
    """Build the alternative text of a photo that has none, from site and caption."""
    told = Bilingual(caption.vi or name.vi, caption.en or name.en)
    return _("Photo at {name}: {caption}").format(name=name, caption=told)


def map_alt(name: Bilingual, note: Bilingual, boundary: Bilingual = SKETCH) -> Bilingual:
    """Build the alternative text of a locator map."""
    if not boundary.is_empty:
        return _("Map of the geopark. {name}: {note}").format(name=name, note=note)
    return _("Sketch map of the province, not an official boundary. {name}: {note}").format(
        name=name, note=note
    )


def overview_alt(count: int, boundary: Bilingual = SKETCH) -> Bilingual:
    """Build the alternative text of the overview map."""
    if not boundary.is_empty:
        return _("Map of the geopark with the {count} sites of this annex").format(count=count)
    return _(
        "Sketch map of the province with the {count} sites of this annex, not an official boundary"
    ).format(count=count)


def overview_caption() -> Bilingual:
    """Give the line under the overview map."""
    return _("Sites of this annex; sites known by commune only share a ring at the commune.")


def qr_alt(code: str) -> Bilingual:
    """Build the alternative text of the code that names the site for machines."""
    return _("QR code with the permanent id of site {code}").format(code=code)


def sketch_words(boundary: Bilingual = SKETCH) -> Bilingual:
    """Give the line below a map: the boundary it shows, or that it is a sketch."""
    if not boundary.is_empty:
        return boundary
    return _("sketch, not an official boundary")

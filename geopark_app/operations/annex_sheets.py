"""Turns exported sites into the sheets of the geosite annex: rows, words in two languages."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from babel.dates import format_date

from geopark_app.domain.kinds import Photo
from geopark_app.domain.position import PositionQuality
from geopark_app.dossier import annex_words
from geopark_app.dossier.annex import (
    MOST_PHOTOS,
    GeositeSheet,
    SheetPhoto,
    SheetPlace,
    SheetReadiness,
    SheetRow,
    SheetText,
)
from geopark_app.dossier.bilingual import Bilingual, same, twin
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.former_names import former_place
from geopark_app.geo.crs import crs_name
from geopark_app.geo.position import describe_position, format_projected
from geopark_app.operations.dossier_problems import printable_photos
from geopark_app.operations.export_reading import ExportSite, Labels
from geopark_app.photos.instructions import instructions_of

_VALIDATED = "validated"
_LONGEST_VALUE = 280
_LONGEST_LIST = 420
_ADDRESS = re.compile(r"https?://[^\s;,]+")


def geosite_sheet(item: ExportSite, labels: Labels, *, epsg: int) -> GeositeSheet:
    """Give the sheet of one site; `epsg` is the geopark's projected system."""
    site = item.site
    return GeositeSheet(
        uuid=site.uuid,
        code=item.code,
        name=item.name,
        kind=labels.of("site_kind", site.site_kind),
        local_name=(site.name_local or "").strip(),
        is_provisional=site.workflow_status != _VALIDATED,
        rows=tuple(row for row in _rows(item, labels, epsg) if row is not None),
        place=_place(item),
        texts=_texts(item),
        photos=tuple(
            sheet_photo(one.photo, one.picture, item.name, labels)
            for one in printable_photos(item)[:MOST_PHOTOS]
            if one.picture is not None
        ),
        readiness=_readiness(item),
    )


def date_words(iso: str | None) -> Bilingual:
    """Give a date as each language writes it; text that is no date stays as it is."""
    try:
        day = date.fromisoformat((iso or "")[:10])
    except ValueError:
        return same(iso)
    return Bilingual(f"{day:%d/%m/%Y}", format_date(day, "d MMMM yyyy", locale="en"))


def commune_words(item: ExportSite) -> Bilingual:
    """Give the commune with its kind: "xã Hữu Liên", "Hữu Liên commune"."""
    commune = item.commune
    if commune is None:
        return Bilingual()
    units = {"xã": _("{name} commune"), "phường": _("{name} ward")}
    words = units.get(commune.unit_type or "", same("{name}"))
    return words.format(name=commune.name_vi or commune.code or "")


def position_words(item: ExportSite, labels: Labels) -> Bilingual:
    """Say where the site is, with no more digits than its quality allows."""
    position = item.site.position
    if item.is_withheld:
        if item.commune is None:
            return _("not disclosed")
        return _("{commune}; exact position not disclosed").format(commune=commune_words(item))
    if item.is_pin and position is not None:
        quality = quality_words(item, labels)
        accuracy = f", ±{position.accuracy_m:g} m" if position.accuracy_m else ""
        return Bilingual(
            *(
                f"{describe_position(position, commune_name='', language=language)}"
                f" – {quality.of(language).lower()}{accuracy}"
                for language in ("vi", "en")
            )
        )
    if item.quality == PositionQuality.COMMUNE_CENTROID.value and item.commune is not None:
        return _("{commune}; the place itself is not surveyed yet").format(
            commune=commune_words(item)
        )
    return _("unknown, not surveyed yet")


def quality_words(item: ExportSite, labels: Labels) -> Bilingual:
    """Say how well the place is known, and so where nobody stated it."""
    if item.lacks_quality:
        return _("quality not stated")
    return labels.of("coord_quality", item.quality)


def route_words(item: ExportSite) -> Bilingual:
    """Give route and stop; what is only inferred says so."""
    if item.stop is None:
        return Bilingual()
    parts: list[Bilingual] = []
    inferred = _(" (inferred)")
    if item.route is not None:
        route = _("Route {number}: {name}").format(
            number=item.route.number or "", name=twin(item.route.name_vi, item.route.name_en)
        )
        parts.append(_with(route, inferred if item.stop.route_evidence == "inferred" else None))
    if item.stop.official_number is not None:
        stop = _("stop no. {number}").format(number=item.stop.official_number)
        parts.append(_with(stop, inferred if item.stop.number_evidence == "inferred" else None))
    else:
        stop = _("stop, number not known yet")
        parts.append(_with(stop, inferred if item.stop.evidence == "inferred" else None))
    return Bilingual(*("; ".join(part.of(language) for part in parts) for language in ("vi", "en")))


def _with(words: Bilingual, more: Bilingual | None) -> Bilingual:
    return words if more is None else Bilingual(words.vi + more.vi, words.en + more.en)


def _rows(item: ExportSite, labels: Labels, epsg: int) -> Iterator[SheetRow | None]:
    site = item.site
    themes = [labels.of("interest", term) for term in (site.main_interest, *item.interests)]
    yield _row(_("Theme"), _listed(themes), always=site.site_kind == "geosite")
    yield _row(_("Commune, ward (2025)"), _commune_row(item), always=True)
    yield _row(_("Former commune and district"), former_place(item.former_commune))
    yield _row(_("Village"), same(site.village))
    yield _row(_("Position (WGS 84)"), position_words(item, labels), always=True)
    if site.position is not None and site.position.quality == PositionQuality.EXACT.value:
        label = Bilingual(crs_name(epsg), crs_name(epsg))
        projected = Bilingual(
            *(format_projected(site.position, epsg, language=lang) for lang in ("vi", "en"))
        )
        yield _row(label, projected)
    yield _row(_("Geological age"), twin(site.age_vi, site.age_en), always=True)
    yield _row(_("Lithology"), twin(site.lithology_vi, site.lithology_en))
    yield _row(_("Fossils"), twin(site.fossils_vi, site.fossils_en))
    yield _row(_("Relevance"), labels.of("relevance", site.relevance_claimed))
    yield _row(_("Route and stop"), route_words(item), always=True)
    yield _row(
        _("Protection"), twin(site.protection_vi, site.protection_en), always=not item.protections
    )
    yield _row(_("Protection decisions"), _decisions(item, labels))
    yield _row(_("Manager"), same(site.manager))
    yield _row(_("Condition"), _condition(item, labels))
    yield _row(_("Road access"), labels.of("road_access", site.road_access))
    yield _row(_("Hazards"), twin(site.hazards_vi, site.hazards_en))
    yield _row(_("State of the record"), labels.of("workflow_status", site.workflow_status))
    yield _row(_("References"), same("; ".join(item.references)), most=_LONGEST_LIST)
    yield _row(_("Sources"), same(_sources(site.source_note)))


def _decisions(item: ExportSite, labels: Labels) -> Bilingual:
    """Give the decisions that protect a site: what it is, number, date, authority, zone."""
    decisions = []
    for one in item.protections:
        day = date_words(one.decided_on)
        authority = twin(one.authority_vi, one.authority_en)
        decision = Bilingual(
            *(
                ", ".join(
                    part
                    for part in (
                        labels.of("protection_status", one.status).of(language),
                        (one.decision_no or "").strip(),
                        day.of(language),
                        authority.of(language),
                        labels.of("protection_zone", one.zone).of(language),
                    )
                    if part
                )
                for language in ("vi", "en")
            )
        )
        decisions.append(decision)
    return _listed(decisions)


def _row(
    label: Bilingual, value: Bilingual, *, always: bool = False, most: int = _LONGEST_VALUE
) -> SheetRow | None:
    if value.is_empty:
        return SheetRow(label=label, value=_("not recorded yet")) if always else None
    cut = Bilingual(_cut(value.vi, most), _cut(value.en, most))
    return SheetRow(label=label, value=cut)


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0] + " […]"


def _listed(parts: list[Bilingual]) -> Bilingual:
    kept = [part for part in parts if not part.is_empty]
    return Bilingual(*("; ".join(part.of(language) for part in kept) for language in ("vi", "en")))


def _commune_row(item: ExportSite) -> Bilingual:
    words = commune_words(item)
    if item.commune is None and item.is_withheld:
        return _("not disclosed")
    if item.commune is not None and item.commune.border_commune:
        return _with(words, _(" (border commune)"))
    return words


def _condition(item: ExportSite, labels: Labels) -> Bilingual:
    state = labels.of("condition", item.site.condition_state)
    if state.is_empty or not item.site.condition_date:
        return state
    return _("{state}, {date}").format(state=state, date=date_words(item.site.condition_date))


def _sources(note: str | None) -> str:
    """Give the sources as people cite them: of an address only its host."""
    hosts = _ADDRESS.sub(lambda match: urlsplit(match.group()).hostname or "", note or "")
    parts = (part.strip() for part in hosts.replace("\n", ";").split(";"))
    return "; ".join(dict.fromkeys(part for part in parts if part))


def _place(item: ExportSite) -> SheetPlace:
    point = item.point
    if item.is_withheld:
        note = (
            _("Dashed ring: commune of the site; exact position not disclosed.")
            if point
            else _("Position not disclosed.")
        )
    elif point is None:
        note = _("No marker: the position is unknown.")
    elif item.lacks_quality:
        note = _("Ring with a dot: position of the site, quality not stated.")
    elif item.is_pin and item.quality == PositionQuality.EXACT.value:
        note = _("Dot: position of the site.")
    elif item.is_pin:
        note = _("Ring with a dot: approximate position of the site.")
    else:
        note = _("Dashed ring: commune of the site, known by commune only.")
    lon, lat = point or (None, None)
    is_pin = item.is_pin and point is not None
    is_exact = item.quality == PositionQuality.EXACT.value and not item.lacks_quality
    return SheetPlace(lon=lon, lat=lat, is_pin=is_pin, is_exact=is_pin and is_exact, note=note)


def _texts(item: ExportSite) -> tuple[SheetText, ...]:
    site = item.site
    texts = (
        (_("Summary"), twin(site.summary_vi, site.summary_en)),
        (_("Scientific description"), twin(site.description_vi, site.description_en)),
        (_("Significance and comparison"), twin(site.significance_vi, site.significance_en)),
        (_("In plain words"), twin(site.interpretation_vi, site.interpretation_en)),
        (_("Why this relevance"), twin(site.relevance_reason_vi, site.relevance_reason_en)),
        (_("How to get there"), twin(site.access_vi, site.access_en)),
        (_("History of study"), twin(site.history_of_study_vi, site.history_of_study_en)),
        (
            _("Recommended measures"),
            twin(site.recommended_measures_vi, site.recommended_measures_en),
        ),
    )
    return tuple(SheetText(title=title, body=body) for title, body in texts if not body.is_empty)


def sheet_photo(photo: Photo, picture: Path, name: Bilingual, labels: Labels) -> SheetPhoto:
    """Give a photo as it is printed; `name` is where it was taken."""
    caption = twin(photo.caption_vi, photo.caption_en)
    built = annex_words.photo_alt(name, caption)
    credit = twin(photo.credit, photo.credit)
    if credit.is_empty:
        credit = same(photo.photographer)
    return SheetPhoto(
        path=picture,
        width=photo.width or 1,
        height=photo.height or 1,
        caption=name if caption.is_empty else caption,
        alt=Bilingual(photo.alt_vi or built.vi, photo.alt_en or built.en),
        credit=_("not credited yet") if credit.is_empty else credit,
        licence=labels.of("licence", photo.licence),
        is_sample=bool(photo.sample),
        instructions=instructions_of(photo),
    )


def _readiness(item: ExportSite) -> SheetReadiness | None:
    state, visit = item.readiness, item.visit
    if state is None or visit is None:
        return None
    percent = None if state.score is None else round(state.score * 100, 1)
    score = (
        _("no item answered yet")
        if percent is None
        else _("Score {percent}% over the items answered").format(percent=round(percent))
    )
    return SheetReadiness(
        score_percent=percent,
        score=score,
        coverage=_("Coverage {percent}%: {answered} of {applicable} items checked").format(
            percent=round((state.coverage or 0) * 100),
            answered=state.answered,
            applicable=state.applicable,
        ),
        visit=_("Last visit {date}").format(date=date_words(visit.visited_on)),
        is_red=state.is_red,
        is_sample=item.has_sample_visit,
    )

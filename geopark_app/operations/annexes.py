"""Gathers the geosite annex from the catalogue: sheets, title page, notes and credits."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from geopark_app.domain.declaration import Audience
from geopark_app.domain.position import PositionQuality
from geopark_app.dossier.annex import Annex, SheetRow
from geopark_app.dossier.bilingual import Bilingual, same, twin
from geopark_app.dossier.bilingual import both as _
from geopark_app.maps.layers import MapSite
from geopark_app.operations.annex_sheets import date_words, geosite_sheet
from geopark_app.operations.catalogues import profile_of
from geopark_app.operations.context import AppContext
from geopark_app.operations.export_reading import ExportSite, Labels
from geopark_app.operations.official_boundary import boundary_line
from geopark_app.operations.records import display_epsg


def gather_annex(
    context: AppContext,
    items: Sequence[ExportSite],
    labels: Labels,
    *,
    kind: str,
    audience: Audience,
    languages: tuple[str, ...],
) -> Annex:
    """Give the annex of these sites; `kind` is "revalidation" or "application"."""
    profile = profile_of(context)
    epsg = display_epsg(context)
    boundary = boundary_line(context)
    today = date_words(context.now().date().isoformat())
    name = _named(profile, "name") or same(context.catalogue.folder.root.name)
    return Annex(
        title=_title(items),
        subtitle=(_("Application dossier") if kind == "application" else _("Revalidation dossier")),
        geopark=name,
        managing_body=_named(profile, "managing_body") or name,
        cover=_cover(items, audience, today, profile),
        notes=_notes(items, boundary),
        credits=_credits(profile),
        footer=_("Made on {date} for: {audience}").format(
            date=today, audience=audience_words(audience)
        ),
        made_at=context.now().replace(microsecond=0),
        languages=languages,
        is_sample=context.catalogue.folder.is_sample,
        epsg=epsg,
        sheets=tuple(geosite_sheet(item, labels, epsg=epsg) for item in items),
        boundary=boundary,
    )


def map_sites(
    items: Sequence[ExportSite], labels: Labels, languages: Sequence[str]
) -> list[MapSite]:
    """Give the sites as the overview map draws them."""
    return [_map_site(item, labels, languages) for item in items]


def audience_words(audience: Audience) -> Bilingual:
    """Name an audience."""
    match audience:
        case Audience.INTERNAL:
            return _("internal use")
        case Audience.EVALUATORS:
            return _("evaluators")
        case Audience.PUBLIC:
            return _("the public")


def _map_site(item: ExportSite, labels: Labels, languages: Sequence[str]) -> MapSite:
    lon, lat = item.point or (None, None)
    site = item.site
    return MapSite(
        uuid=site.uuid,
        code=item.code,
        name_vi=item.name.vi,
        name_en=item.name.en,
        kind=site.site_kind or "other",
        kind_label=labels.of("site_kind", site.site_kind).joined(languages),
        lon=lon,
        lat=lat,
        quality=item.quality,
        commune_name=(item.commune.name_vi or "") if item.commune else "",
        readiness=item.readiness.score if item.readiness else None,
        red=item.readiness.is_red if item.readiness else False,
        workflow_status=site.workflow_status or "",
        border_commune=bool(item.commune and item.commune.border_commune),
    )


def _named(profile: Mapping[str, Any], key: str) -> Bilingual | None:
    words = twin(str(profile.get(f"{key}_vi") or ""), str(profile.get(f"{key}_en") or ""))
    return None if words.is_empty else words


def _title(items: Sequence[ExportSite]) -> Bilingual:
    if all(item.site.site_kind == "geosite" for item in items):
        return _("Annex: geosite fact sheets")
    return _("Annex: site fact sheets")


def _cover(
    items: Sequence[ExportSite], audience: Audience, today: Bilingual, profile: Mapping[str, Any]
) -> tuple[SheetRow, ...]:
    visited = sum(item.readiness is not None for item in items)
    photos = sum(len(item.photos) for item in items)
    body = _named(profile, "managing_body")
    rows = [
        SheetRow(label=_("Sites in this annex"), value=same(str(len(items)))),
        SheetRow(label=_("Positions"), value=_positions(items)),
        SheetRow(label=_("Photos of these sites"), value=same(str(photos))),
        SheetRow(label=_("Sites visited with the readiness checklist"), value=same(str(visited))),
        SheetRow(label=_("Made for"), value=audience_words(audience)),
        SheetRow(label=_("Made on"), value=today),
    ]
    if body is not None:
        rows.insert(0, SheetRow(label=_("Managing body"), value=body))
    return tuple(rows)


def _positions(items: Sequence[ExportSite]) -> Bilingual:
    unstated = sum(item.lacks_quality for item in items)
    hidden = sum(item.is_withheld and item.point is None for item in items)
    known = Counter(item.quality for item in items if not item.lacks_quality)
    exact, approximate, commune, unknown = (known[quality.value] for quality in PositionQuality)
    words = _(
        "{exact} exact, {approximate} approximate, {communes} by commune only, {unknown} unknown"
    ).format(exact=exact, approximate=approximate, communes=commune, unknown=unknown - hidden)
    for count, more in (
        (unstated, _("{words}, {count} of quality not stated")),
        (hidden, _("{words}, {count} not disclosed")),
    ):
        if count:
            words = more.format(words=words, count=count)
    return words


def _notes(items: Sequence[ExportSite], boundary: Bilingual) -> tuple[Bilingual, ...]:
    notes = []
    provisional = sum(item.site.workflow_status != "validated" for item in items)
    if provisional:
        notes.append(
            _(
                "PROVISIONAL: {count} of {total} records are not validated by the office yet; "
                "their sheets are marked."
            ).format(count=provisional, total=len(items))
        )
    if not boundary.is_empty:
        known = _("A position known by commune only is printed as the commune.")
        return (*notes, Bilingual(f"{boundary.vi}. {known.vi}", f"{boundary.en}. {known.en}"))
    notes.append(
        _(
            "Maps: sketch, not an official boundary. A position known by commune only is printed "
            "as the commune, never as coordinates."
        )
    )
    return tuple(notes)


def _credits(profile: Mapping[str, Any]) -> tuple[Bilingual, ...]:
    credits = profile.get("credits")
    if not isinstance(credits, list):
        return ()
    return tuple(
        twin(str(credit.get("text_vi") or ""), str(credit.get("text_en") or ""))
        for credit in credits
        if isinstance(credit, dict)
    )

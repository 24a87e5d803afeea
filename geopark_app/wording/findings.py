"""Findings in words."""

from geopark_app.domain.finding import Finding
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _
from geopark_app.wording.errors import field_label


def finding_sentence(finding: Finding) -> str:
    """Give one sentence for a finding in the chosen language."""
    details = dict(finding.details)
    if "km" in details and active() == "vi":
        details["km"] = details["km"].replace(".", ",")
    field = field_label(finding.field) if finding.field else ""
    templates = {
        "missing-field": _stage_template(details.get("stage", "")),
        "double-code": _("The code {code} is used by {count} records."),
        "same-spot": _("The position is the same as that of {other}."),
        "outside-bounds": _("The position lies outside the geopark's area."),
        "english-older": _("{field} is older than the Vietnamese text."),
        "other-term": _("{field} uses another word for “{term}”; agreed: {agreed}."),
        "far-from-commune": _(
            "The position lies {km} km from the point of the commune {commune}: "
            "farther than it reaches."
        ),
        "far-from-photos": _(
            "The position lies {km} km from the nearest place where its photos were taken."
        ),
        "photo-file-missing": _("The picture file is missing on this laptop: {path}"),
        "photo-file-damaged": _("The picture file was changed or damaged: {path}"),
        "document-file-missing": _("The file of a document is missing on this laptop: {path}"),
        "layer-file-missing": _("The file of a map layer is missing on this laptop: {path}"),
        "basemap-damaged": _(
            "The base map was changed or damaged; the rest of the map stays usable: {path}"
        ),
        "layer-file-damaged": _("The file of a map layer was changed or damaged: {path}"),
        "other-commune": _(
            "The position lies in {found}, {km} km outside the chosen commune {commune}."
        ),
        "no-commune-chosen": _("The position lies in {found}; no commune is chosen yet."),
        "outside-communes": _("The position lies {km} km outside of all imported communes."),
        "outside-boundary": _("The position lies {km} km outside the official boundary."),
        "document-file-damaged": _("The file of a document was changed or damaged: {path}"),
        "broken-chain": _("The log of {author} does not verify from save {first} on."),
        "log-differs": _("The value of {field} is not the one in the log."),
    }
    template = templates.get(finding.code, finding.code)
    return template.format_map({**details, "field": field})


def _stage_template(stage: str) -> str:
    match stage:
        case "draft":
            return _("{field} is still empty.")
        case "validation":
            return _("{field} is needed before validation.")
        case _:
            return _("{field} is needed for the dossier.")

"""What the place of a site says and its record does not, in words."""

from geopark_app.i18n import gettext as _


def place_offer_words(*, site: str, found: str, before: str, border_zone: bool | None) -> str:
    """Say it; `found` is the commune around the position where that is another one than before."""
    parts = []
    if found and before:
        words = _("“{site}” lies in {found} now; its record says {before}.")
        parts.append(words.format(site=site, found=found, before=before))
    elif found:
        words = _("“{site}” lies in {found}; no commune is chosen yet.")
        parts.append(words.format(site=site, found=found))
    elif border_zone is not None:
        parts.append(_("“{site}” was moved across the line of the border zone.").format(site=site))
    if border_zone is True:
        parts.append(_("Border rules hold there."))
    elif border_zone is False:
        parts.append(_("No border rules hold there."))
    return " ".join(parts)

"""Sites made in the window: empty ones, and copies of another."""

from dataclasses import dataclass

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import Record, kind_of
from geopark_app.domain.kinds import Site
from geopark_app.gui.forms.texts import texts_of
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.operations.records import add_record
from geopark_app.operations.site_codes import laptop_letter, new_code

_NEVER_COPIED = {"code", "alias_code", "cover_photo_uuid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedSite:
    """A new site with the save that made it."""

    record: Record
    changes: Changes


def add_site(context: AppContext, *, site_kind: str = "") -> AddedSite:
    """Make an empty site with the next code, in the field a provisional one."""
    typed = {"code": _next_code(context), "workflow_status": "draft"}
    if site_kind:
        typed["site_kind"] = site_kind
    reason = _("Add site {code}").format(code=typed["code"])
    record, changes = add_record(context, "site", typed, reason=reason)
    return AddedSite(record=record, changes=changes)


def copy_site(context: AppContext, site: Site) -> AddedSite:
    """Make a copy of a site under the next code; photos and visits stay with the first."""
    typed = {
        name: text
        for spec in kind_of(Site).fields
        if spec.name not in _NEVER_COPIED
        for name, text in texts_of(spec, site).items()
        if text
    }
    typed["code"] = _next_code(context)
    typed["workflow_status"] = "draft"
    reason = _("Copy site {code}").format(code=site.code or site.name_vi or "")
    record, changes = add_record(context, "site", typed, reason=reason)
    return AddedSite(record=record, changes=changes)


def _next_code(context: AppContext) -> str:
    return new_code(context, letter=laptop_letter(context.author.device))

"""Sites made in the window: empty ones, and copies of another."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import Record, kind_of
from geopark_app.domain.kinds import Site
from geopark_app.gui.forms.texts import texts_of
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.operations.records import add_record

_NUMBERED = re.compile(r"(.*?)(\d+)")
_NEVER_COPIED = {"code", "alias_code", "cover_photo_uuid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedSite:
    """A new site with the save that made it."""

    record: Record
    changes: Changes


def next_code(codes: Iterable[str]) -> str:
    """Give the next code in the way most codes are numbered; empty when none is numbered.

    Two laptops can give the same code: the catalogue lists double codes and refuses none.
    """
    found = [match.groups() for code in codes if (match := _NUMBERED.fullmatch(code))]
    if not found:
        return ""
    prefix = Counter(prefix for prefix, _digits in found).most_common(1)[0][0]
    numbers = [digits for other, digits in found if other == prefix]
    width = max(len(digits) for digits in numbers)
    return f"{prefix}{max(map(int, numbers)) + 1:0{width}d}"


def add_site(context: AppContext, *, site_kind: str = "") -> AddedSite:
    """Make an empty site with the next code."""
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
    sites = context.catalogue.records(Site, include_deleted=True)
    return next_code(site.code for site in sites if site.code)

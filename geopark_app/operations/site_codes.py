"""Codes of sites: provisional ones in the field, final ones by the office, old ones as aliases."""

import re
from collections import Counter
from collections.abc import Iterable

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Site, SiteCode
from geopark_app.operations.context import AppContext
from geopark_app.store.new_keys import new_uuid

_NUMBERED = re.compile(r"(.*?)(\d+)")
_LETTER = re.compile(r"[\s_-]([A-Z])$")
_PROVISIONAL = re.compile(r"(?P<prefix>.+-)[A-Z]-\d+")


def next_code(codes: Iterable[str], *, letter: str = "") -> str:
    """Give the next code in the way most codes are numbered; empty when none is numbered.

    With the letter of a laptop it is a provisional one such as `LS-B-003`, numbered by itself.
    Two laptops can give the same final code: double codes are listed and never refused.
    """
    given = list(codes)
    final = [code for code in given if not _PROVISIONAL.fullmatch(code)]
    found = [match.groups() for code in final if (match := _NUMBERED.fullmatch(code))]
    if not found:
        return f"{letter}-001" if letter else ""
    prefix = Counter(prefix for prefix, _digits in found).most_common(1)[0][0]
    if letter:
        prefix = f"{prefix}{letter}-"
        found = [match.groups() for code in given if (match := _NUMBERED.fullmatch(code))]
    numbers = [digits for other, digits in found if other == prefix]
    width = max((len(digits) for digits in numbers), default=3)
    return f"{prefix}{max(map(int, numbers), default=0) + 1:0{width}d}"


def is_provisional(code: str | None) -> bool:
    """Say whether a code was given in the field."""
    return bool(code and _PROVISIONAL.fullmatch(code))


def laptop_letter(device: str) -> str:
    """Give the letter of a laptop named such as "Laptop B"; empty for the office's machines."""
    found = _LETTER.search(device.strip())
    return found.group(1) if found else ""


def new_code(context: AppContext, *, letter: str = "") -> str:
    """Give the next code of the catalogue; codes in the trash are not used again."""
    sites = context.catalogue.records(Site, include_deleted=True)
    return next_code((site.code for site in sites if site.code), letter=letter.strip().upper())


def give_final_code(
    context: AppContext, site: Site, code: str = "", *, reason: str = ""
) -> tuple[str, Changes]:
    """Give a site its final code, as one save; the code before stays as an alias.

    Without `code` it is the next one. A code another site has is taken: double codes are listed.

    Raises
    ------
    GeoparkError
        BAD_VALUE when there is no code to give, or it is the one the site has.
    """
    wanted = code.strip() or new_code(context)
    if not wanted or wanted == site.code or is_provisional(wanted):
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="code", value=wanted, expected=new_code(context)
        )
    with context.work(reason or f"final code {wanted}") as work:
        if site.code:
            work.put(_alias(context, site))
        work.set_columns(kind_of(Site), site.uuid, {"code": wanted})
    return wanted, work.changes


def _alias(context: AppContext, site: Site) -> SiteCode:
    return SiteCode(
        uuid=new_uuid(),
        site_uuid=site.uuid,
        code=site.code,
        code_kind="provisional" if is_provisional(site.code) else "former",
        valid_until=context.now().date().isoformat(),
    )


def site_of_alias(context: AppContext, code: str) -> list[Site]:
    """Give the sites that carried this code before, or carry it in another inventory."""
    found = context.catalogue.records(SiteCode, where={"code": code})
    sites = [context.catalogue.get(Site, item.site_uuid or "") for item in found]
    return list({site.uuid: site for site in sites if site is not None}.values())

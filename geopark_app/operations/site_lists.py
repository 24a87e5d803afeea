"""Sites as lists show them: only the columns that are shown, narrowed and sorted in SQL."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from geopark_app.domain.condition import Condition, ListQuery, Order, SortBy, Test
from geopark_app.domain.declaration import COMPOSITES, FieldType, kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Site
from geopark_app.domain.text import fold
from geopark_app.i18n import active
from geopark_app.operations.checklists import readiness_of_sites
from geopark_app.operations.conditions import Sign, condition_of, read_sign
from geopark_app.operations.context import AppContext
from geopark_app.operations.freshness import stale_english
from geopark_app.rules.readiness import Readiness

VISIT = "visit"
"""Value of the filter `missing` for sites that were never visited."""
STALE = "stale-en"
"""Value of the filter `missing` for sites whose English is older than the Vietnamese text."""
_COLUMNS = (
    "uuid", "code", "name_vi", "name_en", "site_kind", "commune_code", "workflow_status",
    "former_commune_code", "former_admin", "position_lon", "position_lat", "coord_quality",
    "commune_name", "route_number", "stop_number", "is_stop", "gap_marks",
)  # fmt: skip
_WANTED = tuple(spec.name for spec in kind_of(Site).fields if spec.required_at is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRow:
    """What a list shows of a site.

    Attributes
    ----------
    lon, lat : float or None
        Position.
    coord_quality : str
        Quality of the position; no position at all is `unknown`.
    commune_name : str
        Commune of today, or an empty text.
    former_commune : str
        Former commune and district in words, or the text of old papers.
    route_number, stop_number : int or None
        Where it lies on the routes; the stop number only where it is evidenced.
    is_stop : bool
        Whether it is known to be one of the stops.
    gap_marks : str
        A 1 for each field wanted for the dossier that is empty, else a 0; see `gaps`.
    readiness : Readiness or None
        None when never visited.
    stale_en : tuple of str
        English fields that are older than their Vietnamese text.
    """

    uuid: str
    code: str | None
    name_vi: str | None
    name_en: str | None
    site_kind: str | None
    commune_code: str | None
    workflow_status: str | None
    lon: float | None
    lat: float | None
    coord_quality: str
    commune_name: str
    former_commune: str
    route_number: int | None
    stop_number: int | None
    is_stop: bool
    gap_marks: str
    readiness: Readiness | None
    stale_en: tuple[str, ...] = ()

    @property
    def completeness(self) -> float:
        """Share of the fields wanted for the dossier that hold something, from 0 to 1."""
        return 1 - self.gap_marks.count("1") / len(_WANTED)

    @property
    def gaps(self) -> tuple[str, ...]:
        """Names of the fields wanted for the dossier that are empty."""
        marked = zip(_WANTED, self.gap_marks, strict=True)
        return tuple(name for name, mark in marked if mark == "1")


def site_rows(
    context: AppContext,
    *,
    filters: Mapping[str, str] | None = None,
    sort: str = "code",
    limit: int | None = None,
) -> list[SiteRow]:
    """Give the sites that pass all filters, in Vietnamese order; see `operations.sites`."""
    query = site_query(context, filters=filters or {}, orders=sort_orders(sort), limit=limit)
    return read_rows(context, query)


def site_rows_of(context: AppContext, uuids: Collection[str]) -> dict[str, SiteRow]:
    """Give these sites by their keys; those in the trash are left out."""
    query = ListQuery(kind="site", among=frozenset(uuids))
    return {row.uuid: row for row in read_rows(context, query)}


def site_keys(context: AppContext, query: ListQuery) -> list[str]:
    """Give only the keys of the sites a query gives, in its order."""
    return [key for (key,) in context.catalogue.list_rows(query, ("uuid",))]


def count_records(context: AppContext, kind_name: str) -> int:
    """Give how many records of a kind there are."""
    return context.catalogue.count(ListQuery(kind=kind_name))


def read_rows(context: AppContext, query: ListQuery) -> list[SiteRow]:
    """Give the sites of a query."""
    found = context.catalogue.list_rows(query, _COLUMNS)
    uuids = None if query.among is None and not query.conditions else [row[0] for row in found]
    former = _FormerNames(context, uuids)
    readiness = readiness_of_sites(context, uuids)
    stale = stale_english(context, uuids)
    rows = []
    for row in found:
        values = dict(zip(_COLUMNS, row, strict=True))
        uuid = values["uuid"]
        first, papers = values.pop("former_commune_code"), values.pop("former_admin")
        lon, lat = values.pop("position_lon"), values.pop("position_lat")
        is_placed = lon is not None and lat is not None
        rows.append(
            SiteRow(
                **values
                | {
                    "is_stop": bool(values["is_stop"]),
                    "commune_name": values["commune_name"] or "",
                },
                lon=lon if is_placed else None,
                lat=lat if is_placed else None,
                former_commune=former.words(uuid, first) or papers or "",
                readiness=readiness.get(uuid),
                stale_en=tuple(stale.get(uuid, ())),
            )
        )
    return rows


class _FormerNames:
    """Names of the former communes of sites, with their districts; read once for a list."""

    def __init__(self, context: AppContext, uuids: Sequence[str] | None) -> None:
        read = context.catalogue.list_rows
        districts = dict(read(ListQuery(kind="former_district"), ("code", "name_vi")))
        self._names = {
            code: ", ".join(part for part in (name, districts.get(district)) if part)
            for code, name, district in read(
                ListQuery(kind="former_commune"), ("code", "name_vi", "former_district_code")
            )
        }
        of_these = (
            ()
            if uuids is None
            else (Condition(column="site_uuid", test=Test.IS, values=tuple(uuids)),)
        )
        self._further: dict[str, list[str]] = {}
        query = ListQuery(kind="site_former_commune", conditions=of_these)
        for site, code in read(query, ("site_uuid", "former_commune_code")):
            self._further.setdefault(site, []).append(code)

    def words(self, uuid: str, first: str | None) -> str:
        """Give the former communes of a site, the first one first."""
        codes = dict.fromkeys((first, *self._further.get(uuid, ())))
        return "; ".join(self._names[code] for code in codes if code in self._names)


# Filters --------------------------------------------------------------------------------------


def site_query(
    context: AppContext,
    *,
    filters: Mapping[str, str],
    orders: tuple[Order, ...] = (),
    limit: int | None = None,
) -> ListQuery:
    """Give the query of filters by name; text is one phrase.

    Raises
    ------
    GeoparkError
        UNKNOWN_FIELD, BAD_VALUE; see `operations.conditions`.
    """
    conditions, phrases = [], []
    for key, wanted in filters.items():
        name = key.partition("#")[0]
        if name == "text":
            phrases.append(fold(wanted))
        elif name != "kind" or wanted != "all":
            conditions.append(_condition(context, name, wanted))
    return ListQuery(
        kind="site",
        conditions=tuple(conditions),
        words=tuple(phrase for phrase in phrases if phrase),
        orders=orders,
        language=active(),
        limit=limit,
    )


def _condition(context: AppContext, name: str, wanted: str) -> Condition:
    kind = kind_of(Site)
    match name:
        case "route":
            return _whole_number("route_number", wanted)
        case "stop":
            return Condition(column="is_stop", test=Test.IS, values=(int(wanted != "no"),))
        case "commune" if wanted:
            return condition_of(context, kind, "commune_code", wanted)
        case "quality":
            _check_quality(context, wanted)
            return Condition(column="coord_quality", test=Test.IS, values=(wanted,))
        case "workflow":
            return condition_of(context, kind, "workflow_status", wanted)
        case "code":
            return Condition(column="code", test=Test.IS, values=tuple(wanted.split(",")))
        case "stale":
            return _stale(context, is_wanted=wanted != "no")
        case "missing" if wanted == VISIT:
            return Condition(column="visited", test=Test.UNKNOWN)
        case "missing" if wanted == STALE:
            return _stale(context, is_wanted=True)
        case "missing":
            return condition_of(context, kind, f"{read_sign(wanted)[0]}{Sign.FILLED.value}", "no")
    return condition_of(context, kind, name, wanted)


def _check_quality(context: AppContext, wanted: str) -> None:
    """Refuse a word that is no term: it would only find nothing."""
    query = ListQuery(
        kind="term",
        conditions=(Condition(column="vocabulary", test=Test.IS, values=("coord_quality",)),),
        orders=(Order(column="sort_order"),),
    )
    known = [code for (code,) in context.catalogue.list_rows(query, ("code",))]
    if wanted not in known:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="quality", value=wanted, expected=", ".join(known)
        )


def _whole_number(column: str, wanted: str) -> Condition:
    if not wanted:
        return Condition(column=column, test=Test.UNKNOWN)
    values = (int(wanted),) if wanted.isdecimal() else ()
    return Condition(column=column, test=Test.IS, values=values)


def _stale(context: AppContext, *, is_wanted: bool) -> Condition:
    keys = tuple(stale_english(context))
    return Condition(column="uuid", test=Test.IS if is_wanted else Test.IS_NOT, values=keys)


# Order ----------------------------------------------------------------------------------------

_BY_CODE = Order(column="code", by=SortBy.TEXT)
_SORTED_BY = {
    "kind": ("site_kind", SortBy.TEXT),
    "commune": ("commune_name", SortBy.TEXT),
    "route": ("route_number", SortBy.VALUE),
    "stop": ("stop_number", SortBy.VALUE),
    "quality": ("coord_quality", SortBy.TEXT),
    "readiness": ("readiness_score", SortBy.VALUE),
    "completeness": ("completeness", SortBy.VALUE),
}
_TEXTS = {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CHOICE, FieldType.REFERENCE}


def sort_orders(sort: str) -> tuple[Order, ...]:
    """Give the order of a name as commands take it; a leading `-` reverses.

    Raises
    ------
    GeoparkError
        UNKNOWN_FIELD.
    """
    name = sort.lstrip("-")
    column, by = _SORTED_BY.get(name) or _field_order(name)
    return (Order(column=column, by=by, is_descending=sort.startswith("-")), _BY_CODE)


def _field_order(name: str) -> tuple[str, SortBy]:
    spec = kind_of(Site).field(name)
    if spec is None or spec.type in COMPOSITES:
        raise GeoparkError(ErrorCode.UNKNOWN_FIELD, kind="site", field=name)
    return spec.name, SortBy.TEXT if spec.type in _TEXTS else SortBy.VALUE

"""The columns that make a table complete: read back, it gives the same records."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from geopark_app.domain.declaration import Audience, FieldSpec, FieldType, kind_of
from geopark_app.domain.kinds import Site
from geopark_app.dossier.bilingual import Bilingual
from geopark_app.dossier.bilingual import both as _
from geopark_app.exchange.tables import Cell, Column
from geopark_app.operations.export_reading import ExportSite, Labels

_NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL})


class MadeColumn(NamedTuple):
    """A column and how its value is made of a site."""

    column: Column
    value: Callable[[ExportSite], Cell]


def full_columns(
    known: Sequence[str],
    labels: Labels,
    *,
    audience: Audience,
    rounded: Callable[[ExportSite], tuple[float, float]],
    languages: tuple[str, ...] = (),
) -> list[MadeColumn]:
    """Give a column for everything of the record that the columns `known` leave out.

    With `languages` choices stand in words, else as codes. Positions have all their digits for
    internal use and otherwise no more than their quality allows.
    """
    made = [*_fields(known, labels, languages), *_place(labels, audience, rounded, languages)]
    made.append(_column("interests", _("Further interests"), _interests(labels, languages)))
    if audience is Audience.INTERNAL:
        made += [_own(spec) for spec in labels.own]
    made.append(_column("uuid", _("Key (uuid)"), lambda item: item.site.uuid))
    return [one for one in made if one.column.name not in known]


def _fields(known: Sequence[str], labels: Labels, languages: tuple[str, ...]) -> list[MadeColumn]:
    columns = []
    for spec in kind_of(Site).fields:
        is_there = spec.name in known or (spec.name == "site_kind" and "kind" in known)
        if is_there or spec.type is FieldType.POSITION:
            continue

        def value(
            item: ExportSite, name: str = spec.name, vocabulary: str = spec.vocabulary or ""
        ) -> Cell:
            found = getattr(item.site, name)
            if isinstance(found, bool):
                return "true" if found else "false"
            if vocabulary and languages:
                return labels.of(vocabulary, found).joined(languages) or None
            assert found is None or isinstance(found, str | int | float)
            return found

        columns.append(
            _column(
                spec.name,
                Bilingual(spec.label_vi, spec.label_en),
                value,
                is_number=spec.type in _NUMBERS,
            )
        )
    return columns


def _place(
    labels: Labels,
    audience: Audience,
    rounded: Callable[[ExportSite], tuple[float, float]],
    languages: tuple[str, ...],
) -> list[MadeColumn]:
    def degrees(item: ExportSite, axis: int) -> Cell:
        position = item.site.position
        if position is None or position.lon is None or position.lat is None:
            return None
        if audience is Audience.INTERNAL:
            return (position.lon, position.lat)[axis]
        return rounded(item)[axis] if item.point else None

    def part(item: ExportSite, name: str) -> Cell:
        found: Cell = getattr(item.site.position, name) if item.site.position else None
        return found

    def term(item: ExportSite, name: str, vocabulary: str) -> Cell:
        code = part(item, name)
        if code is None or not languages:
            return code
        return labels.of(vocabulary, str(code)).joined(languages)

    return [
        _column(
            "lon", _("Longitude (WGS 84, degrees)"), lambda item: degrees(item, 0), is_number=True
        ),
        _column(
            "lat", _("Latitude (WGS 84, degrees)"), lambda item: degrees(item, 1), is_number=True
        ),
        _column(
            "coord_quality",
            _("Quality of the position"),
            lambda item: term(item, "quality", "coord_quality"),
        ),
        _column(
            "coord_method", _("Position: method"), lambda item: term(item, "method", "coord_method")
        ),
        _column(
            "coord_accuracy_m",
            _("Position: accuracy (m)"),
            lambda item: part(item, "accuracy_m"),
            is_number=True,
        ),
        _column(
            "coord_source_crs",
            _("Position: system it was taken in"),
            lambda item: part(item, "source_crs"),
        ),
        _column("coord_source", _("Position: source"), lambda item: part(item, "source")),
        _column("coord_as_typed", _("Position: as typed"), lambda item: part(item, "as_typed")),
    ]


def _interests(labels: Labels, languages: tuple[str, ...]) -> Callable[[ExportSite], Cell]:
    def value(item: ExportSite) -> Cell:
        words = [
            labels.of("interest", code).joined(languages) if languages else code
            for code in item.interests
        ]
        return "; ".join(words) or None

    return value


def _own(spec: FieldSpec) -> MadeColumn:
    label = Bilingual(spec.label_vi, spec.label_en)
    return _column(spec.name, label, lambda item: item.own.get(spec.name))


def _column(
    name: str, label: Bilingual, value: Callable[[ExportSite], Cell], *, is_number: bool = False
) -> MadeColumn:
    column = Column(name=name, label_vi=label.vi, label_en=label.en, width=18, is_number=is_number)
    return MadeColumn(column, value)

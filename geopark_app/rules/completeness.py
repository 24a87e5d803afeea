"""Which wanted values a record still lacks, and at which stage they are wanted."""

from geopark_app.domain.declaration import FieldSpec, Record, Stage, kind_of
from geopark_app.domain.finding import Finding, Severity
from geopark_app.domain.position import Position

_ORDER = (Stage.DRAFT, Stage.VALIDATION, Stage.DOSSIER)


def gaps(record: Record, stage: Stage) -> list[Finding]:
    """Give a finding for each empty value wanted at `stage` or before; they never block saving.

    A position without coordinates counts as empty.
    """
    wanted = _ORDER[: _ORDER.index(stage) + 1]
    kind = kind_of(record)
    return [
        Finding(
            code="missing-field",
            severity=Severity.WARNING if spec.required_at is Stage.DRAFT else Severity.NOTE,
            kind=kind.name,
            uuid=record.uuid,
            field=spec.name,
            details=(("stage", spec.required_at.value),),
        )
        for spec in kind.fields
        if spec.required_at is not None and spec.required_at in wanted and is_gap(record, spec)
    ]


def is_gap(record: Record, spec: FieldSpec) -> bool:
    """Say whether a wanted value is missing; one that another field tells is not."""
    if spec.required_at is None or not is_empty(getattr(record, spec.name)):
        return False
    return spec.implied_by is None or is_empty(getattr(record, spec.implied_by))


def is_empty(value: object) -> bool:
    """Say whether a value tells nothing; a position without coordinates does not."""
    if isinstance(value, Position):
        return not value.is_known
    return value is None or value == ""

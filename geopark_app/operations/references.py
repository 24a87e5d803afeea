"""Typed references: a commune by code or name, a term by its id; what is unknown is refused."""

from geopark_app.domain.declaration import FieldSpec, FieldType
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import KINDS, Term
from geopark_app.domain.text import fold
from geopark_app.operations.context import AppContext

Value = str | int | float | bool | None


def checked_reference(context: AppContext, spec: FieldSpec, value: Value) -> Value:
    """Give the key of a typed reference or term; other values pass unchanged.

    Raises
    ------
    GeoparkError
        BAD_VALUE when there is no such term or record.
    """
    if value is None:
        return None
    if spec.type is FieldType.CHOICE:
        return _term(context, spec, str(value))
    if spec.type is FieldType.REFERENCE:
        return _record_key(context, spec, str(value))
    return value


def _term(context: AppContext, spec: FieldSpec, typed: str) -> str:
    terms = context.catalogue.records(Term, where={"vocabulary": spec.vocabulary})
    for term in terms:
        if term.code == typed:
            return typed
    wanted = fold(typed)
    for term in terms:
        if wanted in {fold(term.label_vi or ""), fold(term.label_en or "")}:
            return term.code or typed
    known = ", ".join(term.code or "" for term in terms)
    raise GeoparkError(ErrorCode.BAD_VALUE, field=spec.name, value=typed, expected=known)


def _record_key(context: AppContext, spec: FieldSpec, typed: str) -> str:
    kind = KINDS[spec.refers_to or ""]
    catalogue = context.catalogue
    if spec.name.endswith("_uuid"):
        if catalogue.get(kind.record_type, typed) is not None:
            return typed
        if kind.code_field:
            found = catalogue.records(kind.record_type, where={kind.code_field: typed})
            if len(found) == 1:
                return found[0].uuid
    else:
        if catalogue.records(kind.record_type, where={kind.code_field or "uuid": typed}):
            return typed
        wanted = fold(typed)
        named = [
            record
            for record in catalogue.records(kind.record_type)
            if fold(str(getattr(record, "name_vi", "") or "")) == wanted
        ]
        if len(named) == 1:
            return str(getattr(named[0], kind.code_field or "uuid"))
    raise GeoparkError(ErrorCode.BAD_VALUE, field=spec.name, value=typed, expected=kind.name)

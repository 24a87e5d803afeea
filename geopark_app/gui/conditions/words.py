"""Conditions in words: for the chips, and for the ways of comparing in the dialog."""

from geopark_app.domain.declaration import FieldSpec, FieldType, RecordKind
from geopark_app.domain.errors import GeoparkError
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.forms.texts import date_text
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.conditions import Sign, filterable, read_sign
from geopark_app.operations.context import AppContext

_DATES = {FieldType.DATE, FieldType.INSTANT}
YES, NO = "yes", "no"


def sign_words(sign: Sign, field_type: FieldType) -> str:
    """Say how a field is compared."""
    if sign is Sign.AT_LEAST:
        return _("on or after") if field_type in _DATES else _("at least")
    if sign is Sign.AT_MOST:
        return _("on or before") if field_type in _DATES else _("at most")
    return {
        Sign.IS: _("is"),
        Sign.IS_NOT: _("is not"),
        Sign.HOLDS: _("contains"),
        Sign.WITHIN: _("is this or a part of it"),
        Sign.FILLED: _("is filled in"),
    }[sign]


def label_of(spec: FieldSpec) -> str:
    """Give the label of a field."""
    return pick(spec.label_vi, spec.label_en)


def condition_words(
    context: AppContext, options: FormOptions, kind: RecordKind, key: str, typed: str
) -> str:
    """Say a condition; one of a field that is gone is shown as it is written."""
    name, sign = read_sign(key)
    known = _special_words(name, typed) if sign is Sign.IS else ""
    if known:
        return known
    try:
        spec = filterable(context, kind, name).spec
    except GeoparkError:
        return f"{name}{sign.value} {typed}"
    label = label_of(spec)
    if sign is Sign.FILLED or not typed:
        is_filled = sign is Sign.FILLED and typed != NO
        template = _("{field}: filled in") if is_filled else _("{field}: empty")
        return template.format(field=label)
    words = _value_words(options, spec, typed)
    if sign is Sign.IS:
        return f"{label}: {words}"
    return f"{label} {sign_words(sign, spec.type)} {words}"


def _special_words(name: str, typed: str) -> str:
    """Say a filter of the list of sites that is no field."""
    if name == "stop":
        return _("Stop of a route") if typed != NO else _("No stop of a route")
    if name == "stale":
        stale = _("English older than Vietnamese")
        return stale if typed != NO else _("English not older than Vietnamese")
    return ""


def _value_words(options: FormOptions, spec: FieldSpec, typed: str) -> str:
    parts = typed.split("|")
    if spec.type in {FieldType.CHOICE, FieldType.CHOICES}:
        return ", ".join(options.label_of(spec.vocabulary or "", part) for part in parts)
    if spec.type is FieldType.REFERENCE:
        found = [options.record_of(spec, part) for part in parts]
        names = [
            option.label() if option else part for option, part in zip(found, parts, strict=True)
        ]
        return ", ".join(names)
    if spec.type is FieldType.BOOLEAN:
        return _("Yes") if typed == YES else _("No")
    return date_text(typed) if spec.type is FieldType.DATE else typed

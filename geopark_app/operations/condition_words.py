"""Conditions of checklist items in words, for screen and paper."""

from geopark_app.i18n import translator
from geopark_app.rules.checklist_conditions import FACTS, VALUE_END
from geopark_app.rules.expressions import ExpressionError, Word, words_of

_STATUSES = {
    "met": "Met",
    "partly": "Partly",
    "not_met": "Not met",
    "na": "Does not apply",
    "not_checked": "Not checked",
}
_SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠"}


def condition_words(source: str, language: str) -> str:
    """Give a condition as people read it; one that cannot be read stays as it was typed."""
    try:
        words = words_of(source)
    except ExpressionError:
        return source
    text = " ".join(_word(word, language) for word in words)
    for space in ("( ", " )", " ,"):
        text = text.replace(space, space.strip())
    return text


def _word(word: Word, language: str) -> str:
    _ = translator(language)
    match word.kind:
        case "name":
            return _name(word.text[2:-1].strip(), language)
        case "text":
            inner = word.text[1:-1]
            return _(_STATUSES[inner]) if inner in _STATUSES else inner or "∅"
        case "word":
            return {"and": _("and"), "or": _("or"), "not": _("not")}.get(word.text, word.text)
    return _("the value") if word.text == "." else _SIGNS.get(word.text, word.text)


def _name(name: str, language: str) -> str:
    _ = translator(language)
    if name in FACTS:
        return {
            "scope": _("what is visited"),
            "site_kind": _("kind of the site"),
            "main_interest": _("main interest"),
            "commune": _("commune"),
            "route": _("route"),
            "stop": _("stop on a route"),
        }[name]
    if name.endswith(VALUE_END):
        return _("value of {item}").format(item=name.removesuffix(VALUE_END))
    return name

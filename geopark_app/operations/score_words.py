"""Totals in words: the number as the method reads it, its class, and the terms it comes from."""

from geopark_app.i18n import pick
from geopark_app.rules.scoring import ValueTotal
from geopark_app.wording.scoring import class_words


def result_words(result: ValueTotal) -> str:
    """Give the name of the class of a total in the chosen language; nothing without one."""
    found = result.scale.class_of(result.total)
    if found is None:
        return ""
    return pick(found.label_vi, found.label_en) or class_words(found.code)


def total_words(result: ValueTotal) -> str:
    """Give a total as the method reads it: the sum, or the sum divided."""
    if result.total is None:
        return ""
    if result.scale.divisor == 1:
        return str(result.total)
    return f"{result.score:.2f}"


def terms_words(result: ValueTotal) -> str:
    """Give the terms of a total as they are added: 35×3 + 20×4 = 185, with the class."""
    terms = " + ".join(
        f"{term.weight}×{'?' if term.points is None else term.points}" for term in result.terms
    )
    if result.total is None:
        return terms
    end = f" = {result.total}"
    if result.scale.divisor != 1:
        end += f"; {result.total} / {result.scale.divisor} = {total_words(result)}"
    return terms + end

"""Terms of the vocabularies with their labels."""

from collections.abc import Sequence

from geopark_app.domain.condition import ListQuery
from geopark_app.domain.kinds import Term
from geopark_app.i18n import pick
from geopark_app.operations.context import AppContext


def terms(context: AppContext, vocabulary: str) -> list[Term]:
    """Give the terms of a vocabulary in their order, without retired ones."""
    found = context.catalogue.records(Term, where={"vocabulary": vocabulary})
    return sorted(
        (term for term in found if not term.retired), key=lambda term: term.sort_order or 0
    )


def in_tree_order(terms: Sequence[Term]) -> list[tuple[Term, int]]:
    """Give the terms of one vocabulary with their depth, each below its parent.

    A term whose parent is unknown here stands at the top; a loop of parents is cut.
    """
    ordered = sorted(terms, key=lambda term: term.sort_order or 0)
    codes = {term.code for term in ordered}
    children: dict[str | None, list[Term]] = {}
    for term in ordered:
        is_below = term.parent in codes and term.parent != term.code
        children.setdefault(term.parent if is_below else None, []).append(term)
    found: list[tuple[Term, int]] = []

    def walk(parent: str | None, depth: int) -> None:
        for term in children.pop(parent, ()):
            found.append((term, depth))
            walk(term.code, depth + 1)

    walk(None, 0)
    for rest in list(children.values()):
        found.extend((term, 0) for term in rest)
    return found


def label(
    context: AppContext, vocabulary: str, code: str | None, language: str | None = None
) -> str:
    """Give the label of a term; a code this laptop does not know is shown as it is."""
    if not code:
        return ""
    found = context.catalogue.records(Term, where={"vocabulary": vocabulary, "code": code})
    return pick(found[0].label_vi, found[0].label_en, language) if found else code


def all_labels(context: AppContext, language: str | None = None) -> dict[tuple[str, str], str]:
    """Give every label by (vocabulary, code), retired terms too: one query for long lists."""
    columns = ("vocabulary", "code", "label_vi", "label_en")
    return {
        (vocabulary or "", code or ""): pick(vi, en, language)
        for vocabulary, code, vi, en in context.catalogue.list_rows(ListQuery(kind="term"), columns)
    }

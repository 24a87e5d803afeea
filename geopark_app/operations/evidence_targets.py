"""What a piece of evidence can stand behind: answers, items, chapters, recommendations."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import (
    Answer,
    ChecklistItem,
    FormItem,
    Recommendation,
    Route,
    Site,
    Visit,
)
from geopark_app.dossier.bilingual import Bilingual
from geopark_app.dossier.bilingual import both as _
from geopark_app.i18n import active, pick
from geopark_app.operations.checklist_parts import SCOPES, checklist_for
from geopark_app.operations.checklists import site_readiness
from geopark_app.operations.context import AppContext
from geopark_app.operations.dossier_chapters import chapters
from geopark_app.operations.sites import find_site

FORM_ITEM, CHECKLIST_ITEM, ANSWER = "form_item", "checklist_item", "answer"
CHAPTER, RECOMMENDATION = "chapter", "recommendation"
TARGET_KINDS = (FORM_ITEM, CHECKLIST_ITEM, ANSWER, CHAPTER, RECOMMENDATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A place that points to evidence.

    Attributes
    ----------
    kind : str
        One of `TARGET_KINDS`.
    code : str
        Code of the item or chapter; uuid of the answer or recommendation.
    """

    kind: str
    code: str


def kind_words(kind: str) -> Bilingual:
    """Name a kind of place."""
    names = {
        FORM_ITEM: _("Self-evaluation form"),
        CHECKLIST_ITEM: _("Checklist"),
        ANSWER: _("Answer of a visit"),
        CHAPTER: _("Chapter of the dossier"),
        RECOMMENDATION: _("Recommendation"),
    }
    return names.get(kind, Bilingual(kind, kind))


class TargetWords:
    """Names places that use evidence; reads each kind of record once, when first asked for."""

    def __init__(self, context: AppContext, language: str | None = None) -> None:
        """Read nothing yet."""
        self._context, self._catalogue = context, context.catalogue
        self._language = language or active()

    def short(self, target: Target) -> str:
        """Give the place in a few signs: `1.1.2.a`, `LS-002 B04`, `D`, `2024-3`."""
        if target.kind == ANSWER:
            return " ".join(part for part in self._place_and_item(target.code) if part)
        if target.kind == RECOMMENDATION:
            one = self._recommendations.get(target.code)
            return (one.number or self._say(_("without a number"))) if one else target.code[:8]
        return target.code

    def title(self, target: Target) -> str:
        """Give what stands at the place, in words."""
        if target.kind == ANSWER:
            answer = self._answers.get(target.code)
            item = self._items_by_uuid.get((answer.item_uuid or "") if answer else "")
            return self._pick(item.label_vi, item.label_en) if item else ""
        if target.kind == RECOMMENDATION:
            one = self._recommendations.get(target.code)
            return self._pick(one.text_vi, one.text_en) if one else ""
        return self._pick(*self._titled(target.kind).get(target.code, ("", "")))

    def _titled(self, kind: str) -> Mapping[str, tuple[str | None, str | None]]:
        match kind:
            case "form_item":
                return self._form_items
            case "checklist_item":
                return self._checklist_items
            case "chapter":
                return self._chapters
            case _:
                return {}

    def kind(self, kind: str) -> str:
        """Name a kind of place."""
        return self._say(kind_words(kind))

    def exists(self, target: Target) -> bool:
        """Say whether there is such a place in this catalogue."""
        match target.kind:
            case "answer":
                return target.code in self._answers
            case "recommendation":
                return target.code in self._recommendations
            case _:
                return target.code in self._titled(target.kind)

    def site_of(self, target: Target) -> str | None:
        """Give the site a photo of this place belongs to, or None."""
        answer = self._answers.get(target.code) if target.kind == ANSWER else None
        visit = self._visits.get((answer.visit_uuid or "") if answer else "")
        return visit.site_uuid if visit else None

    def _say(self, words: Bilingual) -> str:
        return words.of(self._language)

    def _pick(self, vi: str | None, en: str | None) -> str:
        return pick(vi, en, self._language)

    def _place_and_item(self, uuid: str) -> tuple[str, str]:
        answer = self._answers.get(uuid)
        if answer is None:
            return "", uuid[:8]
        item = self._items_by_uuid.get(answer.item_uuid or "")
        visit = self._visits.get(answer.visit_uuid or "")
        return self.place(visit) if visit else "", (item.code or "") if item else ""

    def place(self, visit: Visit) -> str:
        """Name where a visit took place."""
        if visit.scope == "site":
            site = self._sites.get(visit.site_uuid or "")
            return (site.code or "") if site else ""
        if visit.scope == "route":
            route = self._routes.get(visit.route_uuid or "")
            return self._say(_("Route {number}").format(number=route.number or "")) if route else ""
        return self._say(_("Whole park"))

    @cached_property
    def _form_items(self) -> dict[str, tuple[str | None, str | None]]:
        items = self._catalogue.records(FormItem)
        return {one.code or "": (one.label_vi, one.label_en) for one in items}

    @cached_property
    def _items_by_uuid(self) -> dict[str, ChecklistItem]:
        return {one.uuid: one for one in self._catalogue.records(ChecklistItem)}

    @cached_property
    def _checklist_items(self) -> dict[str, tuple[str | None, str | None]]:
        known = {one.code or "": one for one in self._items_by_uuid.values()}
        # Several editions have an item of a code: the wording is that of the one asked now.
        for scope in SCOPES:
            known |= {one.code or "": one for one in checklist_for(self._context, scope).items}
        return {code: (one.label_vi, one.label_en) for code, one in known.items()}

    @cached_property
    def _answers(self) -> dict[str, Answer]:
        return {one.uuid: one for one in self._catalogue.records(Answer)}

    @cached_property
    def _visits(self) -> dict[str, Visit]:
        return {one.uuid: one for one in self._catalogue.records(Visit)}

    @cached_property
    def _sites(self) -> dict[str, Site]:
        found = self._catalogue.records_in_part(Site, ["code", "name_vi", "name_en"])
        return {one.uuid: one for one in found}

    @cached_property
    def _routes(self) -> dict[str, Route]:
        return {one.uuid: one for one in self._catalogue.records(Route)}

    @cached_property
    def _chapters(self) -> dict[str, tuple[str | None, str | None]]:
        return {one.code: (one.title_vi, one.title_en) for one in chapters()}

    @cached_property
    def _recommendations(self) -> dict[str, Recommendation]:
        return {one.uuid: one for one in self._catalogue.records(Recommendation)}


def read_target(context: AppContext, typed: str) -> Target:
    """Read a place as typed: `form_item:1.1.1.a`, `chapter:D`, `recommendation:2024-3`.

    An answer is named by its uuid, or as `answer:LS-002/B04`: the newest answer to the item there.

    Raises
    ------
    GeoparkError
        BAD_VALUE for an unknown kind of place; NOT_FOUND where nothing of this name is.
    """
    kind, _sign, code = typed.partition(":")
    if kind not in TARGET_KINDS or not code:
        raise GeoparkError(
            ErrorCode.BAD_VALUE,
            field="--at",
            value=typed,
            expected=", ".join(f"{one}:…" for one in TARGET_KINDS),
        )
    if kind == RECOMMENDATION:
        found = context.catalogue.records(Recommendation, where={"number": code})
        code = found[0].uuid if len(found) == 1 else code
    if kind == ANSWER and "/" in code:
        code = _newest_answer(context, code)
    target = Target(kind=kind, code=code)
    if not TargetWords(context).exists(target):
        raise GeoparkError(ErrorCode.NOT_FOUND, kind=kind, reference=code)
    return target


def _newest_answer(context: AppContext, typed: str) -> str:
    site, _sign, item_code = typed.rpartition("/")
    for item, answer in site_readiness(context, find_site(context, site).uuid).items:
        if item.code == item_code and answer is not None:
            return answer.uuid
    raise GeoparkError(ErrorCode.NOT_FOUND, kind="answer", reference=typed)

"""Blank forms of visits on paper: only what is asked there, with the code that finds the place."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from geopark_app.domain.kinds import Answer, ChecklistItem, Commune, Route, Site, Visit
from geopark_app.domain.progress import CancelToken
from geopark_app.dossier.bilingual import Bilingual
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.visit_form_pdf import BlankForm, FormBook, FormRow, typeset_forms
from geopark_app.i18n import translator
from geopark_app.operations.catalogues import profile_of
from geopark_app.operations.checklist_parts import OpenChecklist, checklist_for, facts_of
from geopark_app.operations.checklists import LastAnswer, last_answers
from geopark_app.operations.condition_words import condition_words
from geopark_app.operations.context import AppContext
from geopark_app.operations.readiness_results import today_of
from geopark_app.operations.visits import find_place
from geopark_app.store.writing_files import translated_os_errors, write_atomically

_STATUS_WORDS = {"met": "Met", "partly": "Partly", "not_met": "Not met", "na": "Does not apply"}


def write_forms(
    context: AppContext,
    places: Sequence[str],
    out: Path,
    *,
    languages: tuple[str, ...] = ("vi",),
    edition: str | None = None,
    with_last: bool = True,
    cancel: CancelToken | None = None,
) -> int:
    """Write the blank forms of places into one PDF and give how many.

    Parameters
    ----------
    context
        The surroundings.
    places
        Site codes, route numbers, `park`.
    out
        The PDF.
    languages
        One or both.
    edition
        The newest in force when None.
    with_last
        Whether the last answer stands below each item.
    cancel
        The wish to stop.

    Raises
    ------
    Cancelled, GeoparkError
        NOT_FOUND, AMBIGUOUS; an environment code. Nothing stays of the file then.
    """
    today = today_of(context).strftime("%d/%m/%Y")
    forms = tuple(_form(context, place, edition, with_last=with_last) for place in places)
    book = FormBook(
        title=_("Form for a visit"),
        footer=_("Printed from the geopark inventory on {day}").format(day=today),
        author=context.author.person,
        languages=languages,
        labels=_labels(),
        forms=forms,
        made_at=context.now().replace(microsecond=0),
    )
    with translated_os_errors(out), tempfile.TemporaryDirectory(prefix="geopark-form-") as folder:
        (Path(folder) / "source").mkdir()
        made = Path(folder) / "form.pdf"
        typeset_forms(
            book, folder=Path(folder) / "source", output=made, cancel=cancel or CancelToken()
        )
        write_atomically(out, made.read_bytes())
    return len(forms)


def paper_items(
    context: AppContext, scope: str, uuid: str, *, edition: str | None = None
) -> tuple[OpenChecklist, tuple[tuple[int, ChecklistItem], ...]]:
    """Give the items printed for a place with their numbers; a number is of the edition.

    What hangs on other answers is printed with its condition; what the place itself rules out is
    not.
    """
    opened = checklist_for(context, scope, edition=edition)
    facts = facts_of(context, scope, [uuid]).get(uuid, {})
    asked = opened.conditions.asked(opened.codes, {}, facts, on_paper=True)
    numbered = enumerate(opened.items, start=1)
    return opened, tuple((number, item) for number, item in numbered if item.code in asked)


def _form(context: AppContext, place: str, edition: str | None, *, with_last: bool) -> BlankForm:
    scope, keys = find_place(context, place)
    uuid = next(iter(keys.values()), "")
    opened, items = paper_items(context, scope, uuid, edition=edition)
    last: dict[str, LastAnswer] = {}
    if with_last:
        coming = Visit(
            uuid="z",
            scope=scope,
            checklist_uuid=opened.checklist.uuid,
            visited_on=today_of(context).isoformat(),
            site_uuid=keys.get("site_uuid"),
            route_uuid=keys.get("route_uuid"),
        )
        last = last_answers(context, coming)
    groups = []
    for group in opened.groups:
        rows = tuple(
            _row(opened, number, item, last.get(item.uuid))
            for number, item in items
            if item.group_uuid == group.uuid
        )
        if rows:
            label = Bilingual(
                vi=f"{group.code}. {group.label_vi}", en=f"{group.code}. {group.label_en}"
            )
            groups.append((label, rows))
    heading, about = _place_words(context, scope, uuid)
    name = opened.checklist.edition or ""
    return BlankForm(
        heading=heading,
        about=Bilingual(vi=f"{about.vi} · {name}", en=f"{about.en} · {name}"),
        qr=None if scope == "park" else (scope, uuid),
        groups=tuple(groups),
    )


def _row(
    opened: OpenChecklist, number: int, item: ChecklistItem, last: LastAnswer | None
) -> FormRow:
    source = opened.conditions.relevant_to(item.code or "")
    empty = Bilingual(vi="", en="")
    return FormRow(
        number=number,
        code=item.code or "",
        label=Bilingual(vi=item.label_vi or "", en=item.label_en or ""),
        critical=bool(item.critical),
        measured=item.answer_type == "measure",
        unit=Bilingual(vi=item.measure_unit_vi or "", en=item.measure_unit_en or ""),
        condition=_condition(source) if source else empty,
        last=empty if last is None else _last(last),
    )


def _condition(source: str) -> Bilingual:
    words = Bilingual(vi=condition_words(source, "vi"), en=condition_words(source, "en"))
    return _("only if: {condition}").format(condition=words)


def _last(last: LastAnswer) -> Bilingual:
    answer: Answer = last.answer
    status = _STATUS_WORDS.get(answer.status or "", "")
    day = last.day.strftime("%d/%m/%Y") if last.day else ""
    value = answer.measured.value if answer.measured is not None else None
    figure = "" if value is None else f" ({value:g})"
    told = Bilingual(vi=translator("vi")(status) + figure, en=status + figure)
    return _("last time {day}: {answer}").format(day=day, answer=told)


def _place_words(context: AppContext, scope: str, uuid: str) -> tuple[str, Bilingual]:
    if scope == "site":
        site = context.catalogue.get(Site, uuid)
        assert site is not None
        communes = context.catalogue.records(Commune, where={"code": site.commune_code or ""})
        commune = (communes[0].name_vi or "") if communes else ""
        name = f"{site.code or ''}  {site.name_vi or ''}".strip()
        return name, Bilingual(
            vi=" · ".join(part for part in (site.name_en, commune) if part),
            en=" · ".join(part for part in (site.name_en, commune) if part),
        )
    if scope == "route":
        route = context.catalogue.get(Route, uuid)
        assert route is not None
        words = _("Route {number}").format(number=route.number or "")
        return f"{words.vi}  {route.name_vi or ''}", Bilingual(vi=words.vi, en=route.name_en or "")
    profile, park = profile_of(context), _("The whole park")
    return str(profile.get("name_vi") or park.vi), park


def _labels() -> dict[str, Bilingual]:
    return {
        "page": _("Page"),
        "day": _("Day of the visit:"),
        "visitors": _("Visitors:"),
        "answers": _(
            "Mark one box: 1 met · 2 partly · 3 not met · 4 does not apply · 5 not checked. "
            "“!” is a critical item."
        ),
        "number": _("No."),
        "code": _("Code"),
        "item": _("Item"),
        "answer": _("Answer"),
        "value": _("Value"),
        "note": _("Note"),
        "general": _("Note on the visit"),
        "qr": _("QR code with the key of this place"),
    }

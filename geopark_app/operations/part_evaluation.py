"""Self-evaluation and progress evaluation on paper: scores, answers, evidence, open claims."""

from collections.abc import Iterator

from geopark_app.domain.finding import Severity
from geopark_app.domain.kinds import FormCategory
from geopark_app.dossier.bilingual import Bilingual, same, twin
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.problems import Problem
from geopark_app.dossier.register import (
    PrintedRegister,
    RegisterCell,
    RegisterColumn,
    RegisterGroup,
)
from geopark_app.operations.evaluation import ItemView, OpenForm, document_of, forms_of, open_form
from geopark_app.operations.part_words import (
    GatheredPart,
    PartInput,
    Piece,
    cell,
    column,
    key_of,
    listed,
    number_cell,
    part_problem,
)

PART = "evaluation"
_STEMS = {"A": "self-evaluation", "B": "progress-evaluation"}
_MOST_NAMED = 12


def gather_evaluation(given: PartInput) -> GatheredPart:
    """Give the newest edition of each form, whether answered or not."""
    pieces: list[Piece] = []
    problems: list[Problem] = []
    documents = list(dict.fromkeys(document_of(form) for form in forms_of(given.context)))
    for document in documents:
        form = open_form(given.context, document)
        stem = _STEMS.get(document, f"evaluation-{document.lower()}")
        pieces.append(Piece(stem=stem, register=_register(given, form)))
        problems.extend(_problems(form))
    return GatheredPart(pieces=tuple(pieces), problems=tuple(problems))


def _register(given: PartInput, form: OpenForm) -> PrintedRegister:
    result = form.result
    own = Bilingual(f"{result.score:.1f}".replace(".", ","), f"{result.score:.1f}")
    return given.frame(
        twin(form.form.title_vi, form.form.title_en),
        _("Score {score} out of 100; {answered} of {items} items answered, {claimed} without "
          "evidence").format(
            score=own,
            answered=len(form.items) - len(result.unanswered),
            items=len(form.items),
            claimed=len(result.claimed),
        ),
        (_summary(form), *(_answers(given, form, category) for category in form.categories)),
        columns=_answer_columns(),
        notes=_notes(form),
    )  # fmt: skip


def _notes(form: OpenForm) -> Iterator[Bilingual]:
    if form.is_provisional:
        status = twin(form.form.status_vi, form.form.status_en)
        yield listed((_("PROVISIONAL: the points are not confirmed by the official form."), status),
                     " ")  # fmt: skip
    else:
        yield _("Points confirmed: {note}").format(note=form.form.confirmed_note or "")


def _summary(form: OpenForm) -> RegisterGroup:
    results = {one.code: one for one in form.result.categories}
    heading = _("Result")
    if form.is_provisional:
        heading = listed((heading, _("PROVISIONAL")), " – ")
    judged = bool(form.result.evaluators.items)
    rows: list[tuple[RegisterCell, ...]] = []
    for category in form.categories:
        one = results[category.code or ""]
        reached = round(one.share * 100, 1)
        line = (
            _("reached")
            if one.meets_minimum
            else same(f"< {category.minimum_percent} %" if category.minimum_percent else "–")
        )
        rows.append(
            (
                cell(same(one.code)),
                cell(twin(category.label_vi, category.label_en)),
                number_cell(one.weight),
                number_cell(one.max_points),
                number_cell(one.obtained),
                number_cell(reached),
                number_cell(round(one.weight * one.share, 2)),
                number_cell(form.result.evaluators.categories.get(one.code) if judged else None),
                cell(line, is_alarm=not one.meets_minimum and bool(category.minimum_percent)),
                cell(same(f"{one.answered}/{one.items}")),
            )
        )
    rows.append(
        (
            cell(),
            cell(_("Score (out of 100)")),
            number_cell(sum(one.weight for one in form.result.categories)),
            cell(),
            cell(),
            cell(),
            number_cell(round(form.result.score, 2)),
            number_cell(round(form.result.evaluator_score, 2) if judged else None),
            cell(),
            cell(),
        )
    )
    return RegisterGroup(
        heading=heading,
        sheet="Result",
        columns=(
            column(_("Code"), 0.5),
            column(_("Category"), 4.0),
            column(_("Weight (%)"), 0.8),
            column(_("Greatest points"), 0.9),
            column(_("Own points"), 0.8),
            column(_("Reached (%)"), 0.8),
            column(_("Weighted"), 0.8),
            column(_("Evaluators"), 0.9),
            column(_("Minimum"), 0.9),
            column(_("Answered"), 0.9),
        ),
        rows=tuple(rows),
        keys=(*((key_of(category),) for category in form.categories), (key_of(form.form),)),
    )


def _answer_columns() -> tuple[RegisterColumn, ...]:
    return (
        column(_("Code"), 0.7),
        column(_("Item"), 3.4),
        column(_("Answer"), 2.2),
        column(_("Greatest points"), 0.7),
        column(_("Own points"), 0.7),
        column(_("Evaluators"), 0.8),
        column(_("Proof"), 2.2),
        column(_("State"), 1.1),
        column(_("Note"), 1.8),
    )


def _answers(given: PartInput, form: OpenForm, category: FormCategory) -> RegisterGroup:
    groups = {one.uuid for one in form.groups if one.category_uuid == category.uuid}
    views = [view for view in form.items if view.item.group_uuid in groups]
    return RegisterGroup(
        heading=twin(category.label_vi, category.label_en),
        rows=tuple(_answer(given, form, view) for view in views),
        keys=tuple(
            (
                key_of(view.item),
                *((key_of(view.answer),) if view.answer else ()),
                *(key_of(one) for one in view.evidence),
            )
            for view in views
        ),
    )


def _answer(given: PartInput, form: OpenForm, view: ItemView) -> tuple[RegisterCell, ...]:
    item, code = view.item, view.item.code or ""
    answer = given.release.record(view.answer) if view.answer else None
    counted = answer.counted if answer else None
    chosen = [
        twin(option.label_vi, option.label_en)
        for option in view.options
        if option.code in view.chosen
    ]
    state = Bilingual()
    if code in form.result.claimed:
        state = _("only claimed, no evidence")
    elif code not in form.result.own.items:
        state = _("unanswered")
    return (
        cell(same(code)),
        cell(twin(item.label_vi, item.label_en)),
        cell(*chosen) if counted is None else cell(same(str(counted))),
        number_cell(item.max_points),
        number_cell(form.result.own.items.get(code)),
        number_cell(form.result.evaluators.items.get(code)),
        cell(
            *(
                listed((same(one.number), twin(one.title_vi, one.title_en)), " ")
                for one in view.evidence
            )
        ),
        cell(state, is_alarm=code in form.result.claimed),
        cell(same(answer.note if answer else None)),
    )


def _problems(form: OpenForm) -> Iterator[Problem]:
    name = twin(form.form.title_vi, form.form.title_en)
    if form.is_provisional:
        yield part_problem(
            PART,
            "provisional-points",
            Severity.NOTE,
            _("{form}: the points are PROVISIONAL until the office confirms them.").format(
                form=name
            ),
        )
    for codes, code, severity, message in (
        (form.result.claimed, "claimed", Severity.WARNING,
         _("{form}: {count} answers have no evidence: {codes}")),
        (form.result.unanswered, "unanswered", Severity.WARNING,
         _("{form}: {count} items are not answered: {codes}")),
    ):  # fmt: skip
        if codes:
            shown = ", ".join(codes[:_MOST_NAMED]) + (" …" if len(codes) > _MOST_NAMED else "")
            words = message.format(form=name, count=len(codes), codes=shown)
            yield part_problem(PART, code, severity, words)

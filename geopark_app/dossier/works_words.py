"""Words of the list of works, on paper and on screen."""

from pathlib import Path

from geopark_app.i18n import gettext as _
from geopark_app.rules.works import WorkLine, WorkSums


def money(amount: int) -> str:
    """Give an amount in đồng with points between thousands, as Vietnamese papers write it."""
    return f"{amount:,}".replace(",", ".")


def sums_words(sums: WorkSums) -> str:
    """Give counts and cost in one line."""
    words = _(
        "{open} open of {count}, {late} late, {blocked} blocked · estimate {cost} VND"
    ).format(
        open=sums.open,
        count=sums.count,
        late=sums.late,
        blocked=sums.blocked,
        cost=money(sums.cost_vnd),
    )
    if sums.unpriced:
        words += " " + _("(without {count} not estimated)").format(count=sums.unpriced)
    return words


def headings() -> tuple[str, ...]:
    """Give the headings of the list."""
    return (
        _("Site"), _("Work"), _("Kind of work"), _("Responsible"), _("State"), _("Due on"),
        _("Blocked by"), _("Cost (VND)"),
    )  # fmt: skip


def cells(line: WorkLine) -> tuple[str, ...]:
    """Give a work as the list shows it."""
    return (
        line.place,
        line.title,
        line.kind,
        ", ".join(part for part in (line.unit, line.person) if part),
        line.state,
        line.due.strftime("%d/%m/%Y") if line.due else "",
        line.block,
        money(line.cost_vnd) if line.cost_vnd is not None else "",
    )


def commune_words(name: str) -> str:
    """Give the name of a group; works of no commune belong to the whole park."""
    return name or _("The whole geopark, or commune not known")


def written_words(path: Path, pages: int) -> str:
    """Say where a sheet was written, and that it needs more than the one page that was wanted."""
    words = _("Written: {path}").format(path=path)
    if pages > 1:
        words += " " + _("({pages} pages: too much for one page)").format(pages=pages)
    return words

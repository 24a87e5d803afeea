"""Write docs/records.md: where each field of the research is edited, searched and exported."""

import json
from pathlib import Path

from geopark_app.domain.declaration import FieldSpec, FieldType, ListSpec, RecordKind, kind_of
from geopark_app.domain.kinds import KINDS, Site
from geopark_app.domain.kinds.shelves import SHELVES

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "records.md"
NAMES = ROOT / "tests" / "data" / "site_record_fields.json"
# The columns of the point layers; all others travel in the tables.
_IN_LAYERS = {
    "code",
    "name_vi",
    "name_en",
    "site_kind",
    "position",
    "commune_code",
    "former_admin",
    "workflow_status",
    "summary_vi",
    "summary_en",
}
_HEAD = """# Records: every field and every kind

Made by `tests/tools/make_record_table.py` from the declarations; a test keeps it true.

Names of the research that are spelt otherwise here are aliases: `site set … --field
access_text=…` writes `access_vi`. *Form* is the form of the Sites room with its group, *list* the
part “Lists and linked records” below it, where each row opens in a form of its own. *Commands*:
`site set`, `record KIND …`. *Searched*: by the search of the window and `search`; the text of a
list is found as a record of its own. *Exported*: *tables* are the columns of `export csv` and
`export xlsx`, *layers* those of the GIS formats, as far as the audience may see them; *lists* are
the further sheets, files or layers of an export with `--audience internal` (also of GeoPackage,
GeoJSON and JSON), read back by `import`; other kinds go out by `export --kind`; everything is in
`site show --json`.

## The 130 fields of a site

| field of the research | here | edited | searched | exported |
|---|---|---|---|---|
"""


def research_names() -> list[tuple[str, str]]:
    """Give group and name of the 130 fields."""
    content = json.loads(NAMES.read_text(encoding="utf-8"))
    return [(str(group), str(name)) for group, name in content["fields"]]


def page() -> str:
    """Give the whole page."""
    kind = kind_of(Site)
    rows = []
    shown = ""
    for group, name in research_names():
        if group != shown:
            rows.append(f"| **{group}** | | | | |")
            shown = group
        rows.append(_row(kind, name))
    return _HEAD + "\n".join(rows) + "\n\n" + _kinds()


def _row(kind: RecordKind, name: str) -> str:
    if name == "uuid":
        return "| `uuid` | key of every record | never | no | layers, JSON |"
    one = next((one for one in kind.lists if one.name == name), None)
    if one is not None:
        return _list_row(name, one)
    derived = next((spec for spec in kind.derived if spec.name == name), None)
    if derived is not None:
        where = "VN-2000 columns" if name.endswith("_vn2000") else "JSON"
        return f"| `{name}` | worked out | read-only, “Worked out by the program” | no | {where} |"
    spec = kind.field(name)
    if spec is None:
        message = f"{name} is nowhere"
        raise LookupError(message)
    return _field_row(kind, name, spec)


def _list_row(name: str, one: ListSpec) -> str:
    where = ", ".join(f"{field}={value}" for field, value in one.where)
    rows = f"rows of `{one.kind}`" + (f" ({where})" if where else "")
    searched = any(spec.searchable for spec in KINDS[one.kind].fields)
    searched = searched or one.kind in {"site_code", "site_former_commune"}
    edited = f"list; `record {one.kind} …`" if one.kind != "photo" else "photo strip; `photos …`"
    exported = {
        "photo": "JSON",
        "stop": "sheet “Stops”, JSON",
        "site_interest": "tables, JSON",
    }.get(one.kind, "lists, JSON")
    return f"| `{name}` | {rows} | {edited} | {'yes' if searched else 'no'} | {exported} |"


def _field_row(kind: RecordKind, name: str, spec: FieldSpec) -> str:
    groups = {identifier: english for identifier, _vi, english in kind.groups}
    twins = [spec.name]
    if spec.name.endswith("_vi"):
        twins.append(f"{spec.name[:-3]}_en")
    here = ", ".join(f"`{twin}`" for twin in twins)
    if spec.type is FieldType.POSITION:
        here = f"`{spec.name}` (part of the position)"
    edited = (
        f"form, {groups[spec.group]}; `site set`" if spec.in_form else "photo strip; `site set`"
    )
    searched = "yes" if spec.searchable or spec.refers_to in {"commune", "former_commune"} else "no"
    exported = "tables, JSON"
    if spec.name in _IN_LAYERS:
        exported = "tables, layers, JSON"
    return f"| `{name}` | {here} | {edited} | {searched} | {exported} |"


def _kinds() -> str:
    lines = [
        "## Every record kind",
        "",
        "In the window: room “Other records”, by shelf; kinds without a shelf have a screen of "
        "their own. By command: `record KIND add|set|show|list|delete|restore|history|totals`.",
        "",
        "| shelf | kind | Vietnamese | English | fields |",
        "|---|---|---|---|---|",
    ]
    names = {identifier: english for identifier, _vi, english in SHELVES}
    order = [*names, ""]
    for kind in sorted(KINDS.values(), key=lambda kind: (order.index(kind.shelf), kind.name)):
        shelf = names.get(kind.shelf, "–")
        lines.append(
            f"| {shelf} | `{kind.name}` | {kind.label_vi} | {kind.label_en} | {len(kind.fields)} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()

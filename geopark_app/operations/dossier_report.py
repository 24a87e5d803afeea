"""What stands beside the documents of a dossier: README, problems, and where each line is from."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from geopark_app.dossier.annex import MOST_PHOTOS, Annex
from geopark_app.dossier.problems import Problem
from geopark_app.dossier.readme import readme_text
from geopark_app.i18n import active
from geopark_app.operations.dossier_options import PARTS
from geopark_app.operations.dossier_parts import GatheredParts, part_titles, sources_of
from geopark_app.operations.dossier_problems import printable_photos
from geopark_app.operations.export_reading import ExportSite
from geopark_app.store.writing_files import write_atomically


def write_report(
    data: Path,
    annex: Annex,
    items: Sequence[ExportSite],
    gathered: GatheredParts,
    wanted: Sequence[str],
    problems: Sequence[Problem],
) -> None:
    """Write the problems, the sources of every line, and the README that lists the files.

    Raises
    ------
    GeoparkError
        An environment code when they cannot be written.
    """
    made_at = annex.made_at.isoformat(timespec="seconds")
    content = {
        "made_at": made_at,
        "sites": len(items),
        "problems": [problem.as_json(active()) for problem in problems],
    }
    _write_json(data / "problems.json", content)
    parts = [
        (part, title, _files_below(data, part.folder))
        for part, title in part_titles([one for one in PARTS if one in wanted])
    ]
    _write_json(
        data / "sources.json",
        {
            "made_at": made_at,
            "parts": [
                {
                    "code": part.code,
                    "title_vi": title.vi,
                    "title_en": title.en,
                    "chapter": part.chapter,
                    "made_from": list(part.feeds),
                    "files": files,
                    "rows": _rows_of(part.code, items, gathered),
                }
                for part, title, files in parts
                if files
            ],
        },
    )
    readme = readme_text(
        annex, problems, [(title, files) for _part, title, files in parts if files]
    )
    write_atomically(data / "README.txt", readme.encode("utf-8"), flush_to_disk=False)


def _rows_of(
    code: str, items: Sequence[ExportSite], gathered: GatheredParts
) -> list[dict[str, Any]]:
    if code != "geosites":
        return sources_of(gathered).get(code, [])
    return [
        {
            "file": "annex-geosites",
            "row": item.code,
            "records": [
                f"site:{item.site.uuid}",
                *(f"visit:{one.uuid}" for one in (item.visit,) if one is not None),
                *(f"photo:{one.photo.uuid}" for one in printable_photos(item)[:MOST_PHOTOS]),
            ],
        }
        for item in items
    ]


def _write_json(path: Path, content: dict[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    write_atomically(path, text.encode("utf-8"), flush_to_disk=False)


def _files_below(data: Path, folder: str) -> list[str]:
    found = (data / folder).rglob("*")
    return sorted(path.relative_to(data).as_posix() for path in found if path.is_file())

"""Runs inside the worker: compiles one document with typst and asks it where things stand."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.store.writing_files import translated_os_errors

PdfStandard = Literal["a-2a", "ua-1"]
STANDARDS: list[PdfStandard] = ["a-2a", "ua-1"]
"""One file is an archive copy and readable by everybody: PDF/A-2a and PDF/UA-1."""


_TOLD_CHARACTERS = 600
_UNKNOWN_FONT = "unknown font family"


def compile_document(job: Mapping[str, Any]) -> dict[str, Any]:
    """Compile `job["source"]` below `job["root"]` and answer its queries.

    Keys of the job: root, source, output (or None to only ask), font_folders, made_at (ISO 8601
    with offset), ppi (None for a PDF; a number for one PNG of each page, `{n}` in the output being
    its number), queries (selector by name). The answer: bytes (0 without output), found (the value
    of each metadata element, by name), warnings.

    Raises
    ------
    GeoparkError
        UNTYPESETTABLE with typst's own words, or an environment code.
    """
    import typst  # 34 MB; only the worker loads it

    root = Path(job["root"])
    source = root / job["source"]
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=job["font_folders"]
    )
    warnings: list[str] = []
    size = 0
    try:
        compiler = typst.Compiler(input=str(source), root=str(root), font_paths=fonts)
        if job["ppi"] is not None:
            size = _write_pages(job["output"], compiler.compile(format="png", ppi=job["ppi"]))
        elif job["output"] is not None:
            pdf, told = compiler.compile_with_warnings(
                format="pdf",
                pdf_standards=[*STANDARDS],
                timestamp=datetime.fromisoformat(job["made_at"]),
            )
            warnings = [warning.message for warning in told]
            assert isinstance(pdf, bytes)
            size = _write(Path(job["output"]), pdf)
        found = {
            name: json.loads(compiler.query(selector, field="value"))
            for name, selector in job["queries"].items()
        }
    except typst.TypstError as error:
        words = f"{error.message} {error.diagnostic}".strip()[:_TOLD_CHARACTERS]
        raise GeoparkError(ErrorCode.UNTYPESETTABLE, reason=words) from error
    if any(warning.startswith(_UNKNOWN_FONT) for warning in warnings):
        raise GeoparkError(ErrorCode.MISSING_PART, part="fonts", path=job["font_folders"][0])
    return {"bytes": size, "found": found, "warnings": warnings}


def _write(path: Path, content: bytes) -> int:
    with translated_os_errors(path):
        return path.write_bytes(content)


def _write_pages(pattern: str, pages: bytes | list[bytes] | None) -> int:
    contents = [pages] if isinstance(pages, bytes) else pages or []
    return sum(
        _write(Path(pattern.format(n=number)), page)
        for number, page in enumerate(contents, start=1)
    )

"""Pairs of Vietnamese and English texts: out to the translator in one file, and back."""

import zipfile
import zlib
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path

from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Site
from geopark_app.domain.progress import CancelToken
from geopark_app.domain.text import sort_key
from geopark_app.exchange.spreadsheet import Workbook, write_workbook
from geopark_app.exchange.tables import Column, Table
from geopark_app.exchange.translation_document import (
    TextsOfRecord,
    TextToTranslate,
    key_of,
    short,
    write_document,
)
from geopark_app.exchange.translation_file import read_translation_document
from geopark_app.operations.bulk import CellChange, Edit, preview
from geopark_app.operations.context import AppContext
from geopark_app.operations.freshness import stale_english, text_pairs
from geopark_app.operations.terms import term_findings

_COLUMNS = (
    Column(name="uuid", label_vi="Khóa (đừng sửa)", label_en="Key (do not change)", width=16),
    Column(name="field", label_vi="Trường (đừng sửa)", label_en="Field (do not change)", width=18),
    Column(name="code", label_vi="Mã điểm", label_en="Site code", width=10),
    Column(name="state", label_vi="Tình trạng", label_en="State", width=14),
    Column(name="vi", label_vi="Tiếng Việt", label_en="Vietnamese", width=60),
    Column(name="en", label_vi="Tiếng Anh hiện có", label_en="English now", width=60),
    Column(name="new", label_vi="Tiếng Anh mới", label_en="New English", width=60),
)
_NAMES = tuple(column.name for column in _COLUMNS)
_HEADER_ROWS = 2
_WORD = ".docx"
_PARTS_OF_KEY = 4
_STATES = {
    "old": ("bản tiếng Anh cũ hơn", "English is older"),
    "missing": ("chưa có tiếng Anh", "English is missing"),
    "terms": ("khác thuật ngữ đã thống nhất", "uses another term"),
    "fine": ("đã có", "in order"),
}
_ABOUT_DOCUMENT = (
    (
        "Sửa hoặc viết bản tiếng Anh ở cột bên phải; phần để nguyên sẽ không thay đổi.",
        "Change or write the English text in the right column; what is left stays as it is.",
    ),
    (
        "Đừng xóa hàng, đừng chuyển văn bản sang hàng khác.",
        "Do not delete rows, do not move a text to another row.",
    ),
)
_MOST_BYTES = 64 * 2**20
_MOST_ROWS = 50_000
_MOST_PARTS = 1_000
_NO_WORKBOOK = (
    AttributeError, EOFError, IndexError, KeyError, SyntaxError, TypeError, ValueError,
    zipfile.BadZipFile,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRow:
    """One text in two languages.

    Attributes
    ----------
    site : Site
        Whose text.
    field : str
        The English field.
    vi, en : str
        The texts.
    state : str
        `old`, `missing`, `terms` or `fine`.
    """

    site: Site
    field: str
    vi: str
    en: str
    state: str


def pairs_to_translate(context: AppContext, *, every: bool = False) -> list[PairRow]:
    """Give the texts a translator should see: old, missing or with another term; or all."""
    stale = stale_english(context)
    rows = []
    sites = sorted(context.catalogue.records(Site), key=lambda site: sort_key(site.code or ""))
    for site in sites:
        with_terms = {field for field, _term in term_findings(site)}
        for pair in text_pairs(kind_of(Site)):
            vi, en = getattr(site, pair.vi) or "", getattr(site, pair.en) or ""
            if not vi:
                continue
            state = "terms" if pair.en in with_terms else "fine"
            state = "old" if pair.en in stale.get(site.uuid, ()) else state
            state = state if en else "missing"
            if every or state != "fine":
                rows.append(PairRow(site=site, field=pair.en, vi=vi, en=en, state=state))
    return rows


def export_pairs(context: AppContext, out: Path, *, every: bool = False) -> int:
    """Write the pairs as one workbook, or a Word document when it is named so; give how many.

    In the workbook the last column waits for the new text; in the document the English text is
    changed where it stands.

    Raises
    ------
    GeoparkError
        An environment code when the file cannot be written.
    """
    rows = pairs_to_translate(context, every=every)
    if out.suffix.lower() == _WORD:
        _write_document(context, rows, out)
    else:
        _write_workbook(context, rows, out)
    return len(rows)


def _write_document(context: AppContext, rows: list[PairRow], out: Path) -> None:
    by_site = groupby(rows, key=lambda row: row.site)
    records = [
        TextsOfRecord(
            title=" · ".join(filter(None, (site.code, site.name_vi, site.name_en))),
            texts=tuple(_text_of(row) for row in of_site),
        )
        for site, of_site in by_site
    ]
    write_document(
        out,
        records,
        title="Bản dịch / Translation",
        lines=[line for pair in _ABOUT_DOCUMENT for line in pair],
        author=context.author.person,
        made_at=context.now(),
    )


def _text_of(row: PairRow) -> TextToTranslate:
    spec = kind_of(Site).field(row.field)
    names = " / ".join((spec.label_vi, spec.label_en)) if spec is not None else row.field
    state_vi, state_en = _STATES[row.state]
    return TextToTranslate(
        key=key_of(row.site.uuid, row.field, row.en),
        label=f"{names} · {state_vi} / {state_en}",
        vi=row.vi,
        en=row.en,
    )


def _write_workbook(context: AppContext, rows: list[PairRow], out: Path) -> None:
    table = Table(
        name="translation",
        title_vi="Bản dịch",
        title_en="Translation",
        columns=_COLUMNS,
        rows=tuple(
            (row.site.uuid, row.field, row.site.code or "", row.state, row.vi, row.en, "")
            for row in rows
        ),
    )
    about = (
        (
            "Điền bản tiếng Anh mới vào cột cuối; ô để trống nghĩa là giữ nguyên.",
            "Fill the new English text into the last column; an empty cell leaves it as it is.",
        ),
        ("Đừng sửa hai cột đầu.", "Do not change the first two columns."),
    )
    write_workbook(
        Workbook(
            title="Geopark inventory: translation",
            author=context.author.person,
            made_at=context.now(),
            tables=(table,),
            about=about,
            languages=("vi", "en"),
        ),
        out,
    )


def read_pairs(
    context: AppContext, path: Path, *, cancel: CancelToken | None = None
) -> list[CellChange]:
    """Give what the translator's workbook or document would change; nothing is written.

    Texts the translator left as they were are no change, also when they were changed here since.

    Raises
    ------
    GeoparkError
        NOT_FOUND, UNSUPPORTED_FORMAT for another file, TOO_LARGE.
    """
    if path.suffix.lower() == _WORD:
        return preview(context, "site", _edits_of_document(path, cancel or CancelToken()))
    edits = [
        Edit(uuid=uuid, field=field, typed=text)
        for uuid, field, text in _read_rows(path)
        if text.strip()
    ]
    allowed = {pair.en for pair in text_pairs(kind_of(Site))}
    for edit in edits:
        if edit.field not in allowed:
            raise GeoparkError(ErrorCode.UNKNOWN_FIELD, kind="site", field=edit.field)
    return preview(context, "site", edits)


def _edits_of_document(path: Path, cancel: CancelToken) -> list[Edit]:
    fields = {short(pair.en): pair.en for pair in text_pairs(kind_of(Site))}
    edits = []
    for key, text in read_translation_document(path, cancel=cancel):
        parts = key.split(":")
        if len(parts) != _PARTS_OF_KEY:
            raise GeoparkError(ErrorCode.UNSUPPORTED_FORMAT, path=path)
        _mark, uuid, field, before = parts
        if field not in fields:
            raise GeoparkError(ErrorCode.UNKNOWN_FIELD, kind="site", field=field)
        if text.strip() and short(text) != before:
            edits.append(Edit(uuid=uuid, field=fields[field], typed=text))
    return edits


def _read_rows(path: Path) -> list[tuple[str, str, str]]:
    import openpyxl

    _refuse_bombs(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        try:
            rows = book.worksheets[0].iter_rows(max_col=len(_NAMES), values_only=True)
            cells = [[str(cell or "") for cell in row] for row in islice(rows, _MOST_ROWS)]
        finally:
            book.close()
    except (*_NO_WORKBOOK, OSError) as error:
        raise GeoparkError(ErrorCode.UNSUPPORTED_FORMAT, path=path) from error
    if len(cells) >= _MOST_ROWS:
        raise GeoparkError(ErrorCode.TOO_LARGE, path=path)
    if cells[:1] != [[column.label_vi for column in _COLUMNS]]:
        raise GeoparkError(ErrorCode.UNSUPPORTED_FORMAT, path=path)
    new = _NAMES.index("new")
    return [(row[0], row[1], row[new]) for row in cells[_HEADER_ROWS:] if row[0] and len(row) > new]


def _refuse_bombs(path: Path) -> None:
    """Refuse what is no workbook, what unpacks to too much, and XML that declares entities."""
    if not path.is_file():
        raise GeoparkError(ErrorCode.NOT_FOUND, path=path)
    try:
        with zipfile.ZipFile(path) as parts:
            infos = parts.infolist()
            if len(infos) > _MOST_PARTS or sum(one.file_size for one in infos) > _MOST_BYTES:
                raise GeoparkError(ErrorCode.TOO_LARGE, path=path)
            if any(b"<!DOCTYPE" in parts.read(one) for one in infos):
                raise GeoparkError(ErrorCode.UNSUPPORTED_FORMAT, path=path)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise GeoparkError(ErrorCode.UNSUPPORTED_FORMAT, path=path) from error

"""Words inside attached files are found; what cannot be read says so and stops nothing."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from geopark_app.cli import main
from geopark_app.domain.errors import Cancelled
from geopark_app.domain.kinds import Document
from geopark_app.domain.progress import CancelToken
from geopark_app.exchange.attached_text import read_attached_text
from geopark_app.operations.attached_texts import (
    file_state,
    read_all_files_again,
    read_waiting_files,
    unread_files,
    waiting_files,
)
from geopark_app.operations.context import AppContext
from geopark_app.operations.documents import add_document
from geopark_app.operations.records import delete_record
from geopark_app.store.attached_texts import NAME
from geopark_app.typeset.worker_process import WorkerLimits
from tests.attached_files import inflating_pdf, looping_pdf, pdf, word, word_of, workbook
from tests.builders import make_site, put

Attach = Callable[[Path], Document]


@pytest.fixture
def attach(context: AppContext) -> Attach:
    """Give a function that attaches a file and reads it."""

    def do(path: Path) -> Document:
        document, _changes = add_document(context, path, {"title_vi": f"Tệp {path.suffix}"})
        read_waiting_files(context)
        return document

    return do


def places(context: AppContext, typed: str, limit: int | None = None) -> list[str]:
    return [hit.place for hit in context.catalogue.search(typed, limit=limit) if hit.place]


def test_a_pdf_is_found_by_its_pages(context: AppContext, tmp_path: Path, attach: Attach) -> None:
    path = tmp_path / "báo cáo.pdf"
    path.write_bytes(pdf("Mở đầu", "Nhũ đá ở hang Gió rất đẹp", ""))
    document = attach(path)
    for typed in ("nhu da", "Nhũ đá", "hang gio dep", "nhux ddas", "nhuda", "nhi da"):
        (hit,) = [hit for hit in context.catalogue.search(typed) if hit.place]
        assert (hit.kind, hit.uuid, hit.place) == ("document", document.uuid, "page:2")
        assert hit.group == "files"
    hit = context.catalogue.search("nhu da")[0]
    assert [hit.matched[begin:end] for begin, end in hit.marks] == ["Nhũ", "đá"]
    state = file_state(context, document)
    assert state is not None
    assert (state.form, state.state, state.parts, state.silent) == ("pdf", "text", 2, 1)


def test_word_excel_and_text_are_found(context: AppContext, tmp_path: Path, attach: Attach) -> None:
    attach(word(tmp_path / "a.docx", "Trang đầu", "Mặt cắt hệ tầng Bắc Sơn"))
    attach(workbook(tmp_path / "b.xlsx", Tổng=[["x"]], Số=[["Điểm", 7], ["Thạch nhũ", None]]))
    (tmp_path / "c.txt").write_bytes("Ghi chép ở Đồng Đăng".encode("utf-16"))
    attach(tmp_path / "c.txt")
    (tmp_path / "d.md").write_text("# Cúc đá\n", encoding="utf-8")
    attach(tmp_path / "d.md")
    (tmp_path / "e.csv").write_bytes("mã;tên\n1;Hang Gió".encode("cp1258", "replace"))
    attach(tmp_path / "e.csv")
    assert places(context, "he tang bac son") == ["page:2"]
    assert places(context, "o phai") == ["page:2"]
    assert places(context, "chan trang ban quan ly") == ["note:"]
    assert places(context, "thach nhu") == ["sheet:Số"]
    assert places(context, "dong dang") == ["line:1"]
    assert places(context, "cuc da") == ["line:1"]
    assert places(context, "hang gio") == ["line:1"]


def test_old_fonts_are_read(context: AppContext, tmp_path: Path, attach: Attach) -> None:
    (tmp_path / "a.txt").write_bytes("C«ng viªn ®Þa chÊt L¹ng S¬n".encode("cp1252"))
    attach(tmp_path / "a.txt")
    assert places(context, "công viên địa chất") == ["line:1"]


def test_the_record_s_own_words_come_first_and_each_document_once(
    context: AppContext, tmp_path: Path, attach: Attach
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(*[f"Thạch nhũ {n}" for n in range(8)]))
    attach(path)
    put(context, *(make_site(name_vi=f"Thạch nhũ {n}") for n in range(60)))
    for limit in (None, 40):
        hits = context.catalogue.search("thach nhu", limit=limit)
        assert [hit.group for hit in hits] == ["records"] * (len(hits) - 1) + ["files"]
    assert len(hits) == 40
    _named, _changes = add_document(context, path, {"title_vi": "Về thạch nhũ"})
    hits = [hit for hit in context.catalogue.search("thach nhu") if hit.kind == "document"]
    assert [hit.place for hit in hits] == ["", "page:1"]


def test_a_scan_says_so(context: AppContext, tmp_path: Path, attach: Attach) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf("", ""))
    document = attach(path)
    assert [(one.document.uuid, one.state) for one in unread_files(context)] == [
        (document.uuid, "scan")
    ]


def bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b" " * (400 * 2**20))
    return held.getvalue()


ENTITIES = word_of(
    "<w:p><w:r><w:t>&c;</w:t></w:r></w:p>",
    head='<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>',
)
OUTSIDE = word_of("<w:p/>", head='<!DOCTYPE x SYSTEM "file:///etc/passwd">')
HOSTILE = {
    "locked.pdf": (lambda: pdf("Nhũ đá", password="kín"), "locked"),
    "cut.pdf": (lambda: pdf("Nhũ đá")[:300], "damaged"),
    "head.pdf": (lambda: b"%PDF-1.7\n" + b"x" * 5000, "damaged"),
    "loop.pdf": (looping_pdf, None),
    "inflating.pdf": (inflating_pdf, None),
    "bomb.docx": (bomb, "too-much"),
    "entities.docx": (lambda: ENTITIES, "damaged"),
    "outside.docx": (lambda: OUTSIDE, "damaged"),
    "deep.docx": (lambda: word_of("<w:p>" * 5000 + "</w:p>" * 5000), "damaged"),
    "cut.docx": (lambda: word_of("<w:p/>")[:200], "damaged"),
    "old.doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old-office"),
    "locked.xlsx": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "locked",
    ),
    "empty.txt": (lambda: b"", "no-text"),
    "picture.jpg": (lambda: b"\xff\xd8\xff\xe0" + b"\0" * 100, "no-text"),
    "nul.txt": (lambda: b"a\0b" * 50, "no-text"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_told_and_hide_no_other(
    context: AppContext, tmp_path: Path, attach: Attach, name: str
) -> None:
    make, state = HOSTILE[name]
    (tmp_path / name).write_bytes(make())
    document = attach(tmp_path / name)
    known = file_state(context, document)
    assert known is not None
    assert known.state == state if state else known.state in {"too-much", "damaged", "scan", "text"}
    (tmp_path / "good.txt").write_text("Thạch nhũ", encoding="utf-8")
    attach(tmp_path / "good.txt")
    assert places(context, "thach nhu") == ["line:1"]


def test_a_pdf_with_only_an_owner_s_password_is_read(
    context: AppContext, tmp_path: Path, attach: Attach
) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf("Nhũ đá", password="", owner="chủ"))
    attach(tmp_path / "a.pdf")
    assert places(context, "nhu da") == ["page:1"]


def test_too_slow_a_file_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(inflating_pdf(50))
    limits = WorkerLimits(seconds=0.01, memory_mb=1536)
    text = read_attached_text(tmp_path / "a.pdf", "a.pdf", cancel=CancelToken(), limits=limits)
    assert text.state == "too-much"


def test_each_file_is_read_once_and_again_on_demand(
    context: AppContext, tmp_path: Path, attach: Attach
) -> None:
    (tmp_path / "a.txt").write_text("Thạch nhũ", encoding="utf-8")
    attach(tmp_path / "a.txt")
    attach(tmp_path / "a.txt")
    assert waiting_files(context) == []
    assert read_waiting_files(context) == 0
    assert len(places(context, "thach nhu")) == 2
    assert read_all_files_again(context) == 1
    assert len(places(context, "thach nhu")) == 2


def test_a_broken_index_is_made_anew(context: AppContext, tmp_path: Path, attach: Attach) -> None:
    (tmp_path / "a.txt").write_text("Thạch nhũ", encoding="utf-8")
    attach(tmp_path / "a.txt")
    context.catalogue.attached.close()
    (context.catalogue.folder.cache_dir / NAME).write_bytes(b"no database" * 500)
    assert places(context, "thach nhu") == []
    assert read_waiting_files(context) == 1
    assert places(context, "thach nhu") == ["line:1"]


def test_a_file_that_comes_later_waits_and_a_document_in_the_trash_is_not_found(
    context: AppContext, tmp_path: Path, attach: Attach
) -> None:
    (tmp_path / "a.txt").write_text("Thạch nhũ", encoding="utf-8")
    document = attach(tmp_path / "a.txt")
    read_all_files_again(context)
    path = context.catalogue.files.path_of(document.sha256 or "")
    hidden = path.rename(tmp_path / "later")
    context.catalogue.attached.forget_all()
    assert waiting_files(context) == []
    hidden.rename(path)
    assert [one.uuid for one in waiting_files(context)] == [document.uuid]
    read_waiting_files(context)
    delete_record(context, "document", document.uuid)
    assert places(context, "thach nhu") == []


def test_reading_can_be_stopped(context: AppContext, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Thạch nhũ", encoding="utf-8")
    add_document(context, tmp_path / "a.txt", {})
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        read_waiting_files(context, cancel=cancel)
    assert len(waiting_files(context)) == 1


def test_the_command_reads_at_once_and_names_scans(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf("Nhũ đá ở hang"))
    (tmp_path / "scan.pdf").write_bytes(pdf(""))
    for name in ("a.pdf", "scan.pdf"):
        words = ["record", "document", "attach", str(tmp_path / name)]
        assert main(["--catalogue", str(folder), *words]) == 0
    assert "ảnh quét" in capsys.readouterr().err
    assert main(["--catalogue", str(folder), "search", "nhu da", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    (hit,) = [hit for hit in answer["hits"] if hit["group"] == "files"]
    assert (hit["place"], hit["group"]) == ({"kind": "page", "name": "1"}, "files")
    assert [(one["file"], one["state"]) for one in answer["unread_files"]] == [("scan.pdf", "scan")]
    assert main(["--catalogue", str(folder), "search", "--reindex", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["files"] == 2

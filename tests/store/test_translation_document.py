"""English texts out to the translator as a Word document, and back by their differences."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from geopark_app.cli import main
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Site
from geopark_app.operations.bulk import write_changes
from geopark_app.operations.context import AppContext
from geopark_app.operations.records import set_fields
from geopark_app.operations.translation import export_pairs, pairs_to_translate, read_pairs
from tests.attached_files import word_of
from tests.builders import make_site, put


@pytest.fixture
def site(context: AppContext) -> Site:
    made = make_site(
        name_vi="Hang Gió", summary_vi="Dòng 1 <b> & ]]>\nDòng 2", summary_en="Line 1\nLine 2",
        access_vi="Đi bộ",
    )  # fmt: skip
    put(context, made)
    set_fields(context, "site", made.uuid, {"summary_vi": "Dòng 1 <b> & ]]>\nDòng hai"})
    return made


def controls(document: Any) -> list[Any]:
    return list(document.element.body.iter(qn("w:sdt")))


def type_into(path: Path, field: str, text: str) -> None:
    """Write a text into a control as a translator does in Word."""
    document = docx.Document(str(path))
    for table in document.tables:
        for row in table.rows[1:]:
            if field in row.cells[0].text:
                run = next(row.cells[1]._tc.iter(qn("w:r")))
                for piece in list(run):
                    run.remove(piece)
                for at, line in enumerate(text.split("\n")):
                    if at:
                        run.append(run.makeelement(qn("w:br")))
                    piece = run.makeelement(qn("w:t"))
                    piece.text = line
                    run.append(piece)
    document.save(str(path))


def without_controls(path: Path) -> None:
    """Do what programs do that know no content controls: keep only what stands in them."""
    document = docx.Document(str(path))
    for control in controls(document):
        parent, content = control.getparent(), control.find(qn("w:sdtContent"))
        for run in list(content):
            parent.insert(parent.index(control), run)
        parent.remove(control)
    document.save(str(path))


@pytest.mark.parametrize("spoil", [lambda path: None, without_controls])
def test_texts_go_out_and_come_back(
    context: AppContext, site: Site, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    path = tmp_path / "t.docx"
    assert export_pairs(context, path) == 3
    assert read_pairs(context, path) == []
    type_into(path, "Summary", "Line 1 <b> & ]]>\nLine two")
    spoil(path)
    (change,) = read_pairs(context, path)
    assert (change.old, change.new) == ("Line 1\nLine 2", "Line 1 <b> & ]]>\nLine two")
    write_changes(context, [change], reason="bản dịch")
    states = {row.field: row.state for row in pairs_to_translate(context)}
    assert states == {"name_en": "missing", "access_en": "missing"}


def test_a_text_changed_here_since_is_not_turned_back(
    context: AppContext, site: Site, tmp_path: Path
) -> None:
    path = tmp_path / "t.docx"
    export_pairs(context, path)
    set_fields(context, "site", site.uuid, {"summary_en": "Written here meanwhile"})
    assert read_pairs(context, path) == []


def test_controls_are_locked_and_ids_hidden(
    context: AppContext, site: Site, tmp_path: Path
) -> None:
    path = tmp_path / "t.docx"
    export_pairs(context, path)
    document = docx.Document(str(path))
    tags = []
    for control in controls(document):
        properties = control.find(qn("w:sdtPr"))
        assert properties.find(qn("w:lock")).get(qn("w:val")) == "sdtLocked"
        tags.append(properties.find(qn("w:tag")).get(qn("w:val")))
    assert len(set(tags)) == 3
    assert all(len(tag) <= 64 for tag in tags)
    hidden = [run.text for table in document.tables for row in table.rows[1:]
              for run in row.cells[0].paragraphs[0].runs if run.font.hidden]  # fmt: skip
    assert hidden == [f" [{tag}]" for tag in tags]


def test_the_longest_names_fit(context: AppContext, tmp_path: Path) -> None:
    names = ("name_vi", "summary_vi", "description_vi", "access_vi")
    put(context, make_site(**dict.fromkeys(names, "x")))
    path = tmp_path / "t.docx"
    count = export_pairs(context, path, every=True)
    assert len(controls(docx.Document(str(path)))) == count


def row_of(key: str, text: str) -> str:
    cells = f"<w:tc><w:p><w:r><w:t>[{key}]</w:t></w:r></w:p></w:tc>"
    cells += f"<w:tc><w:p>{text}</w:p></w:tc>"
    return f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"


def run(text: str, tag: str = "t") -> str:
    return f"<w:r><w:{tag}>{text}</w:{tag}></w:r>"


def test_tracked_changes_are_taken_as_they_would_be_accepted(
    context: AppContext, site: Site, tmp_path: Path
) -> None:
    export_pairs(context, tmp_path / "t.docx")
    document = docx.Document(str(tmp_path / "t.docx"))
    key = next(
        control.find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val"))
        for control in controls(document) if "Line 1" in "".join(control.itertext())
    )  # fmt: skip
    body = row_of(key, f"<w:del>{run('gone', 'delText')}</w:del><w:ins>{run('new ')}</w:ins>"
                       f"<w:moveFrom>{run('away')}</w:moveFrom>{run('text')}")  # fmt: skip
    (tmp_path / "b.docx").write_bytes(word_of(body))
    (change,) = read_pairs(context, tmp_path / "b.docx")
    assert change.new == "new text"


def bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b" " * (400 * 2**20))
    return held.getvalue()


REFUSED = {
    "no file": (None, ErrorCode.NOT_FOUND),
    "no archive": (b"no document", ErrorCode.UNSUPPORTED_FORMAT),
    "bomb": (bomb, ErrorCode.TOO_LARGE),
    "entities": (
        lambda: word_of(row_of("gp1:a:b:c", "&b;"), head='<!DOCTYPE a [<!ENTITY b "c">]>'),
        ErrorCode.UNSUPPORTED_FORMAT,
    ),
    "another document": (lambda: word_of("<w:p/>"), ErrorCode.UNSUPPORTED_FORMAT),
    "half a key": (lambda: word_of(row_of("gp1:a", run("x"))), ErrorCode.UNSUPPORTED_FORMAT),
    "another field": (
        lambda: word_of(row_of("gp1:a:000000:c", run("x"))), ErrorCode.UNKNOWN_FIELD,
    ),
    "deep": (lambda: word_of("<w:p>" * 9_000 + "</w:p>" * 9_000), ErrorCode.UNSUPPORTED_FORMAT),
    "cut": (lambda: word_of(row_of("gp1:a:b:c", ""))[:250], ErrorCode.UNSUPPORTED_FORMAT),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_other_documents_are_refused(context: AppContext, tmp_path: Path, name: str) -> None:
    content, code = REFUSED[name]
    path = tmp_path / "t.docx"
    if content is not None:
        path.write_bytes(content() if callable(content) else content)
    with pytest.raises(GeoparkError) as caught:
        read_pairs(context, path)
    assert caught.value.code is code


def test_a_site_that_is_not_here_is_told(context: AppContext, site: Site, tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    export_pairs(context, path)
    text = docx.Document(str(path))
    key = controls(text)[0].find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val"))
    other = key.replace(site.uuid, "0" * 8 + site.uuid[8:])
    (tmp_path / "b.docx").write_bytes(word_of(row_of(other, run("x"))))
    (change,) = read_pairs(context, tmp_path / "b.docx")
    assert change.problem is not None


def test_the_commands_write_and_take_a_document(
    langson: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ["--catalogue", str(langson)]
    out = tmp_path / "t.docx"
    assert main([*at, "translation", "export", str(out), "--all", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["count"] > 90
    assert main([*at, "translation", "import", str(out), "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["count"] == 0

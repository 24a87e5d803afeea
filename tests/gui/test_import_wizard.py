"""The import wizard: file, columns, what would happen, one step to undo; and the export dialog."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import Facility, Site, SiteExtent
from geopark_app.gui.exporting.dialog import ExportDialog
from geopark_app.gui.importing.dialog import ImportDialog
from geopark_app.gui.session import Session

_WAIT_MS = 30_000
_HEADER = ["Mã", "Tên điểm", "Loại", "Kinh độ", "Vĩ độ", "Tóm tắt", "Số thứ tự"]


def write_list(path: Path, *rows: list[str]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(_HEADER)
        writer.writerows(rows)
    return path


def ready(qtbot: QtBot, dialog: ImportDialog) -> None:
    qtbot.waitUntil(lambda: dialog._task is None and dialog.forward.isEnabled(), timeout=_WAIT_MS)


def go_to_report(qtbot: QtBot, dialog: ImportDialog, path: Path) -> None:
    dialog.file_page.choose(path)
    ready(qtbot, dialog)
    dialog.go_on()
    dialog.go_on()
    qtbot.waitUntil(
        lambda: dialog.pages.currentWidget() is dialog.report_page and dialog._task is None,
        timeout=_WAIT_MS,
    )


@pytest.fixture
def dialog(qtbot: QtBot, session: Session) -> Iterator[ImportDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = ImportDialog(session, parent)
    made.open()
    yield made
    session.tasks.wait_for_all()
    parent.close()


def test_a_list_comes_in_as_one_step(
    qtbot: QtBot, session: Session, dialog: ImportDialog, tmp_path: Path
) -> None:
    session.language.switch_to("vi")
    path = write_list(
        tmp_path / "ds.csv",
        ["N-01", "Hang Gió", "Điểm di sản địa chất", "106,761", "21,853", "Hang đá vôi", "1"],
        ["N-02", "Thác Bản Khiếng", "geosite", "106,9", "21,7", "", "2"],
    )
    go_to_report(qtbot, dialog, path)
    assert dialog._plan is not None
    assert dialog._plan.recognised.mapping == {
        "Mã": "code",
        "Tên điểm": "name_vi",
        "Loại": "site_kind",
        "Kinh độ": "lon",
        "Vĩ độ": "lat",
        "Tóm tắt": "summary_vi",
    }
    assert session.context.catalogue.records(Site, where={"code": "N-01"}) == []
    dialog.go_on()
    qtbot.waitUntil(lambda: dialog._plan is not None and dialog._plan.is_taken, timeout=_WAIT_MS)
    found = session.context.catalogue.records(Site, where={"code": ["N-01", "N-02"]})
    assert {site.name_vi for site in found} == {"Hang Gió", "Thác Bản Khiếng"}
    assert session.undo.undo_text == "Nhập từ ds.csv"
    session.undo_step()
    qtbot.waitUntil(
        lambda: session.context.catalogue.records(Site, where={"code": "N-01"}) == [],
        timeout=_WAIT_MS,
    )


def test_bad_rows_stop_the_import_until_the_person_says_so(
    qtbot: QtBot, session: Session, dialog: ImportDialog, tmp_path: Path
) -> None:
    path = write_list(
        tmp_path / "ds.csv",
        ["N-01", "Hang Gió", "geosite", "106.761", "21.853", "", "1"],
        ["N-02", "Hang Dơi", "hành tinh", "106.9", "21.7", "", "2"],
    )
    go_to_report(qtbot, dialog, path)
    assert not dialog.forward.isEnabled()
    assert dialog.report_page.model.rowCount() == 1
    assert "hành tinh" in dialog.report_page.model.index(0, 3).data()
    dialog.report_page.take_good.setChecked(True)
    assert dialog.forward.isEnabled()
    dialog.go_on()
    qtbot.waitUntil(lambda: dialog._plan is not None and dialog._plan.is_taken, timeout=_WAIT_MS)
    assert len(session.context.catalogue.records(Site, where={"code": ["N-01", "N-02"]})) == 1


def test_a_refused_file_is_said_on_the_first_page(
    qtbot: QtBot, session: Session, dialog: ImportDialog, tmp_path: Path
) -> None:
    path = tmp_path / "old.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    dialog.file_page.choose(path)
    qtbot.waitUntil(lambda: ".xlsx" in dialog.file_page.facts.text(), timeout=_WAIT_MS)
    assert not dialog.forward.isEnabled()


def test_metres_without_a_system_are_asked_for(
    qtbot: QtBot, session: Session, dialog: ImportDialog, tmp_path: Path
) -> None:
    path = tmp_path / "m.csv"
    path.write_text("Tên,X,Y\nHang Gió,2417000,448500\n", encoding="utf-8")
    dialog.file_page.choose(path)
    ready(qtbot, dialog)
    dialog.go_on()
    dialog.go_on()
    qtbot.waitUntil(lambda: "--crs" in dialog.trouble.text(), timeout=_WAIT_MS)
    dialog._go_back()
    dialog.file_page.crs.setCurrentIndex(dialog.file_page.crs.findData("9215"))
    dialog.go_on()
    dialog.go_on()
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is dialog.report_page, timeout=_WAIT_MS)
    assert dialog._plan is not None
    site = dialog._plan.rows[0].record
    assert isinstance(site, Site)
    assert site.position is not None
    assert round(site.position.lon or 0, 1) == 106.8
    assert site.position.source_crs == "EPSG:9215"


def test_the_words_follow_the_language(session: Session, dialog: ImportDialog) -> None:
    session.language.switch_to("vi")
    assert dialog.windowTitle() == "Nhập danh sách"
    session.language.switch_to("en")
    assert dialog.windowTitle() == "Import a list"


def test_the_sites_are_exported(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ExportDialog(session, parent)
    dialog.open()
    dialog.form.setCurrentIndex(dialog.form.findData("geojson"))
    dialog.path.setText(str(tmp_path / "out.geojson"))
    with qtbot.waitSignal(session.messages.noticed, timeout=_WAIT_MS):
        dialog.export()
    assert (tmp_path / "out.geojson").is_file()


_BOW = "[[106.7,21.8],[106.8,21.9],[106.8,21.8],[106.7,21.9],[106.7,21.8]]"


def write_bow(path: Path) -> Path:
    path.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"V-1",'
        f'"name_vi":"Vùng"}},"geometry":{{"type":"Polygon","coordinates":[{_BOW}]}}}}]}}',
        encoding="utf-8",
    )
    return path


def test_a_self_crossing_area_is_named_and_mended_only_when_asked(
    qtbot: QtBot, session: Session, dialog: ImportDialog, tmp_path: Path
) -> None:
    go_to_report(qtbot, dialog, write_bow(tmp_path / "v.geojson"))
    page = dialog.report_page
    assert not page.mend.isHidden()
    assert "106.75 21.85" in page.model.index(0, 3).data()
    assert not dialog.forward.isEnabled()
    page.mend.click()
    qtbot.waitUntil(lambda: dialog._task is None and dialog.forward.isEnabled(), timeout=_WAIT_MS)
    dialog.go_on()
    qtbot.waitUntil(lambda: dialog._plan is not None and dialog._plan.is_taken, timeout=_WAIT_MS)
    (extent,) = session.context.catalogue.records(SiteExtent)
    assert '"MultiPolygon"' in (extent.geojson or "")


def test_other_records_come_in_and_go_out(
    qtbot: QtBot, session: Session, dialog: ImportDialog, tmp_path: Path
) -> None:
    path = tmp_path / "b.csv"
    path.write_text("Tên;site_code\nBiển 1;LS-001\nBiển 2;LS-999\n", encoding="utf-8")
    dialog.file_page.kind.setCurrentIndex(dialog.file_page.kind.findData("facility"))
    go_to_report(qtbot, dialog, path)
    assert dialog._plan is not None
    assert [row.status for row in dialog._plan.rows] == ["added", "refused"]
    dialog.report_page.take_good.setChecked(True)
    dialog.go_on()
    qtbot.waitUntil(lambda: dialog._plan is not None and dialog._plan.is_taken, timeout=_WAIT_MS)
    assert len(session.context.catalogue.records(Facility)) == 1
    export = ExportDialog(session)
    qtbot.addWidget(export)
    export.what.setCurrentIndex(export.what.findData("facility"))
    export.what.activated.emit(export.what.currentIndex())
    assert not export.sites.isEnabled()
    export.path.setText(str(tmp_path / "facility.xlsx"))
    export.export()
    session.tasks.wait_for_all()
    qtbot.waitUntil(lambda: (tmp_path / "facility.xlsx").is_file(), timeout=_WAIT_MS)

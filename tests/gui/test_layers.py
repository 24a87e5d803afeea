"""Layers in the window: the import dialog, the panel beside the map, communes by position."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import Commune, MapLayer, Site
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.layers.commune_dialog import CommuneDialog
from geopark_app.gui.layers.import_dialog import LayerImportDialog
from geopark_app.gui.map_room.layer_panel import LayerPanel
from geopark_app.gui.session import Session
from geopark_app.gui.sites.site_panel import SitePanel
from geopark_app.operations.layer_import import (
    LayerOptions,
    plan_layer,
    recognise_layer,
    take_layer,
)
from geopark_app.operations.map_layers import map_layers
from geopark_app.operations.records import set_fields
from tests.layer_files import SOUTH, WEST, feature, four_communes, middle, square, write_layer

_WAIT_MS = 30_000


@pytest.fixture
def parent(qtbot: QtBot) -> Iterator[QWidget]:
    widget = QWidget()
    qtbot.addWidget(widget)
    yield widget
    widget.close()


@pytest.fixture
def with_layer(session: Session, tmp_path: Path) -> MapLayer:
    """Bring the four communes of the tests in: codes of the starter, squares of our own."""
    path = write_layer(tmp_path / "xa.geojson", four_communes()[:4])
    context = session.context
    options = LayerOptions(kind="communes", name_vi="Xã 2025", dated_on="2025-07-01")
    plan = plan_layer(context, recognise_layer(context, path, options), options)
    assert take_layer(context, plan, options, reason="import").is_taken
    return map_layers(context)[0]


def idle(qtbot: QtBot, dialog: LayerImportDialog) -> None:
    qtbot.waitUntil(lambda: dialog._task is None and dialog.forward.isEnabled(), timeout=_WAIT_MS)


def test_a_layer_comes_in_by_a_filter_as_one_step(
    qtbot: QtBot, session: Session, parent: QWidget, tmp_path: Path
) -> None:
    dialog = LayerImportDialog(session, parent)
    dialog.open()
    dialog.file.choose(write_layer(tmp_path / "all.geojson", four_communes()))
    idle(qtbot, dialog)
    assert "5 features" in dialog.facts.text()
    assert dialog.definition.name_vi.text() == "all"
    assert dialog.file.columns["name_vi"].currentData() == "name"

    dialog.check()
    qtbot.waitUntil(lambda: dialog._plan is not None, timeout=_WAIT_MS)
    idle_again = dialog.take_good.isVisible()
    assert idle_again
    assert dialog.bad.rowCount() == 1
    assert not dialog.forward.isEnabled()

    dialog.file.column.setCurrentIndex(dialog.file.column.findData("kind"))
    dialog.file.column.activated.emit(dialog.file.column.currentIndex())
    assert dialog._plan is None
    item = dialog.file.values.item(0)
    assert item.text() == "commune  (4)"
    item.setCheckState(Qt.CheckState.Checked)
    dialog.check()
    qtbot.waitUntil(lambda: dialog._plan is not None, timeout=_WAIT_MS)
    assert "new 4" in dialog.facts.text()
    assert "Left out by the filter: 1" in dialog.facts.text()
    qtbot.waitUntil(dialog.forward.isEnabled, timeout=_WAIT_MS)

    dialog.go_on()
    qtbot.waitUntil(lambda: bool(map_layers(session.context)), timeout=_WAIT_MS)
    session.tasks.wait_for_all()
    session.undo_step()
    qtbot.waitUntil(lambda: not map_layers(session.context), timeout=_WAIT_MS)


def test_a_file_without_a_system_is_asked_about_and_a_bad_one_refused(
    qtbot: QtBot, session: Session, parent: QWidget, tmp_path: Path
) -> None:
    ring = [[449000, 2417000], [450000, 2417000], [450000, 2418000], [449000, 2417000]]
    metres = feature({"type": "Polygon", "coordinates": [ring]}, ten="A")
    dialog = LayerImportDialog(session, parent)
    dialog.open()
    dialog.file.kind.setCurrentIndex(dialog.file.kind.findData("other"))
    dialog.file.choose(write_layer(tmp_path / "m.geojson", [metres]))
    qtbot.waitUntil(lambda: dialog._found is not None and dialog._task is None, timeout=_WAIT_MS)
    assert "coordinate system" in dialog.facts.text()
    assert not dialog.forward.isEnabled()
    dialog.file.crs.setCurrentIndex(dialog.file.crs.findData("9215"))
    assert dialog.forward.isEnabled()
    dialog.go_on()
    qtbot.waitUntil(lambda: dialog._plan is not None, timeout=_WAIT_MS)
    assert "0.50 km²" in dialog.facts.text()

    bad = tmp_path / "bad.geojson"
    bad.write_bytes(b"{")
    dialog.file.choose(bad)
    qtbot.waitUntil(lambda: "Nothing was changed." in dialog.facts.text(), timeout=_WAIT_MS)
    qtbot.waitUntil(lambda: dialog._task is None, timeout=_WAIT_MS)
    assert not dialog.forward.isEnabled()
    dialog.reject()


def test_the_panel_remembers_order_strength_and_what_is_shown(
    qtbot: QtBot, session: Session, with_layer: MapLayer, tmp_path: Path
) -> None:
    options = LayerOptions(kind="overlay", overlay="geology", name_vi="Địa chất")
    path = write_layer(tmp_path / "g.geojson", [feature(square(WEST, SOUTH), ten="C-P")])
    found = recognise_layer(session.context, path, options)
    take_layer(session.context, plan_layer(session.context, found, options), options, reason="g")
    panel = LayerPanel(session)
    qtbot.addWidget(panel)
    panel.show()
    session.changes.changes_stored.connect(lambda _changes: panel.reload())

    def names() -> list[str]:
        return [row.name.text() for row in panel.rows]

    assert names() == ["Địa chất", "Xã 2025"]
    assert not panel.rows[0].up.isEnabled()
    panel.rows[1].up.click()
    qtbot.waitUntil(lambda: names() == ["Xã 2025", "Địa chất"], timeout=_WAIT_MS)

    def layer() -> MapLayer:
        fresh = session.context.catalogue.get(MapLayer, with_layer.uuid)
        assert fresh is not None
        return fresh

    panel.rows[0].shown.setChecked(False)
    qtbot.waitUntil(lambda: layer().is_visible is False, timeout=_WAIT_MS)
    panel.rows[0].slider.setValue(40)
    qtbot.waitUntil(lambda: layer().opacity == 0.4, timeout=_WAIT_MS)
    panel._do(with_layer.uuid, "labels")
    qtbot.waitUntil(lambda: layer().has_labels is False, timeout=_WAIT_MS)
    with qtbot.waitSignal(panel.bounds_wanted, timeout=_WAIT_MS) as heard:
        panel._do(with_layer.uuid, "zoom")
    assert heard.args[0] == pytest.approx((WEST, SOUTH, WEST + 0.4, SOUTH + 0.1))
    panel._do(with_layer.uuid, "remove")
    qtbot.waitUntil(lambda: names() == ["Địa chất"], timeout=_WAIT_MS)


def test_communes_are_taken_for_one_site_and_for_all(
    qtbot: QtBot, session: Session, parent: QWidget, with_layer: MapLayer
) -> None:
    context = session.context
    sites = {site.code or "": site for site in context.catalogue.records(Site)}
    lon, lat = middle(1)
    for code in ("LS-001", "LS-002"):
        typed = {"lon": str(lon), "lat": str(lat), "commune_code": "06526"}
        set_fields(context, "site", sites[code].uuid, typed)
    dialog = CommuneDialog(session, parent)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.table.rowCount() > 1, timeout=_WAIT_MS)
    assert "96 sites" in dialog.words.text()

    def commune(code: str) -> str | None:
        fresh = context.catalogue.get(Site, sites[code].uuid)
        assert fresh is not None
        return fresh.commune_code

    assert dialog.table.item(0, 0).text().startswith("LS-001")
    dialog.take.click()
    qtbot.waitUntil(lambda: commune("LS-001") == "06400", timeout=_WAIT_MS)
    assert commune("LS-002") == "06526"
    qtbot.waitUntil(
        lambda: all(one.site.uuid != sites["LS-001"].uuid or not one.can_accept
                    for one in dialog.checks), timeout=_WAIT_MS
    )  # fmt: skip
    dialog.take_all.click()
    qtbot.waitUntil(lambda: commune("LS-002") == "06400", timeout=_WAIT_MS)
    session.tasks.wait_for_all()
    session.undo_step()
    qtbot.waitUntil(lambda: commune("LS-002") == "06526", timeout=_WAIT_MS)
    session.tasks.wait_for_all()
    dialog.reject()


def test_without_polygons_the_dialog_leads_to_the_import(
    qtbot: QtBot, session: Session, parent: QWidget
) -> None:
    dialog = CommuneDialog(session, parent)
    dialog.open()
    qtbot.waitUntil(dialog.bring.isVisible, timeout=_WAIT_MS)
    assert "No polygons" in dialog.words.text()
    assert not dialog.take_all.isEnabled()
    dialog.reject()


def test_the_form_offers_the_commune_and_changes_nothing_by_itself(
    qtbot: QtBot, session: Session, with_layer: MapLayer
) -> None:
    context = session.context
    site = next(one for one in context.catalogue.records(Site) if one.code == "LS-001")
    panel = SitePanel(session, FormOptions(session))
    qtbot.addWidget(panel)
    panel.show_site(site.uuid)
    panel.show()
    lon, lat = middle(1)
    typed = {"lon": str(lon), "lat": str(lat), "commune_code": "06526"}
    session.run(lambda context: set_fields(context, "site", site.uuid, typed))
    qtbot.waitUntil(panel.findings.offer.isVisible, timeout=_WAIT_MS)

    communes = {one.code: one.name_vi for one in context.catalogue.records(Commune)}
    assert panel.findings.take.text() == f"Take {communes['06400']}"
    fresh = context.catalogue.get(Site, site.uuid)
    assert fresh is not None
    assert fresh.commune_code == "06526"

    panel.findings.take.click()
    qtbot.waitUntil(lambda: not panel.findings.offer.isVisible(), timeout=_WAIT_MS)
    fresh = context.catalogue.get(Site, site.uuid)
    assert fresh is not None
    assert fresh.commune_code == "06400"

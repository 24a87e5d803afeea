"""Opens the dialogs about map layers; their modules are fetched when first wanted."""

from PySide6.QtWidgets import QWidget

from geopark_app.domain.kinds import MapLayer
from geopark_app.gui.session import Session


def open_layer_import(session: Session, parent: QWidget) -> None:
    """Show the dialog that brings a layer in."""
    if session.is_read_only:
        return
    from geopark_app.gui.layers.import_dialog import LayerImportDialog

    LayerImportDialog(session, parent).open()


def open_layer_style(session: Session, layer: MapLayer, parent: QWidget) -> None:
    """Show how a layer is drawn: colour, line, labels."""
    from geopark_app.gui.layers.style_dialog import LayerStyleDialog

    LayerStyleDialog(session, layer, parent).open()


def open_commune_check(session: Session, parent: QWidget) -> None:
    """Show which sites lie in another commune than the one chosen."""
    from geopark_app.gui.layers.commune_dialog import CommuneDialog

    session.after_saving(lambda: CommuneDialog(session, parent).open())

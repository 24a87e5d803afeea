"""stub"""
from PySide6.QtWidgets import QDialog
class PageExportDialog(QDialog):
    def __init__(self, session, parent=None, *, only=None):
        super().__init__(parent)

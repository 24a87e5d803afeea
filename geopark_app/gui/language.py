"""Vietnamese and English at run time: our words, Qt's own words, numbers and dates."""

import json
import sys
from functools import cache

from PySide6.QtCore import QEvent, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from geopark_app import i18n, paths

_LOCALES = {
    "vi": QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam),
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}


@cache
def _qt_words(language: str) -> dict[str, str]:
    """Give Qt's own texts (buttons, text menus, file dialog); Qt ships none in Vietnamese."""
    if language != "vi":
        return {}
    path = paths.bundled("resources", "i18n", "vi", "qtbase.json")
    words: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))["words"]
    return words


class _QtWords(QTranslator):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.words: dict[str, str] = {}

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, source_text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        # None (not an empty text) tells Qt that the text is not known here.
        return self.words.get(source_text)  # type: ignore[return-value]


class LanguageSwitch(QObject):
    """The language of this window.

    Signals
    -------
    language_changed(str)
        After `LanguageChange` was sent to every widget; for objects that are not widgets.
    """

    language_changed = Signal(str)

    def __init__(self, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        application = QApplication.instance()
        assert application is not None
        self._qt_words = _QtWords(self)
        self._speak(language)
        application.installTranslator(self._qt_words)

    @property
    def current(self) -> str:
        """Give `vi` or `en`."""
        return i18n.active()

    @property
    def locale(self) -> QLocale:
        """Give the locale for numbers and dates."""
        return _LOCALES[self.current]

    def switch_to(self, language: str) -> None:
        """Speak another language; every open screen follows at once."""
        if language == self.current:
            return
        self._speak(language)
        # Qt hands the event on to everything inside. The lists of combo boxes are windows too, with
        # a parent; a box that gets new words may delete its list, and a list gone must not be told.
        windows = [w for w in QApplication.topLevelWidgets() if w.parentWidget() is None]
        for window in windows:
            QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
        self.language_changed.emit(self.current)

    def _speak(self, language: str) -> None:
        i18n.activate(language)
        QLocale.setDefault(self.locale)
        self._qt_words.words = _qt_words(self.current)


class LanguageAware:
    """A widget that gives itself its words: subclass, and write `retranslate`.

    It stands before the Qt class (`class Panel(LanguageAware, QFrame)`); call `retranslate()`
    once at the end of `__init__`.
    """

    def retranslate(self) -> None:
        """Set every text again in the language now spoken."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            try:
                self.retranslate()
            except Exception:  # noqa: BLE001
                # WORKAROUND PySide6 6.11: an error that leaves an event handler called by
                # sendEvent kills the process (PepException_GetArgs); so it goes the way of all
                # bugs from here.
                sys.excepthook(*sys.exc_info())
        super().changeEvent(event)  # type: ignore[misc]

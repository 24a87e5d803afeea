"""The words click itself prints (usage, options, errors), from our own translations."""

import gettext
import os

from geopark_app import paths


def speak(language: str) -> None:
    """Let click look up its messages in our catalogue; it asks the standard gettext domain."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("geopark", str(paths.bundled("resources", "i18n")))
    gettext.textdomain("geopark")

"""Sentences for people about errors, findings and steps; shared by gui, cli and dossier."""

from geopark_app.wording.errors import ErrorWords, error_sentence
from geopark_app.wording.findings import finding_sentence

__all__ = ["ErrorWords", "error_sentence", "finding_sentence"]

"""The Dossier room."""

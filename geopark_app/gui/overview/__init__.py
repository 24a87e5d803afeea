"""The Overview room."""

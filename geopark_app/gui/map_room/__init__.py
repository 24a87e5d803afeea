"""The Map room."""

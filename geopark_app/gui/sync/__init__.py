"""The Sync room."""

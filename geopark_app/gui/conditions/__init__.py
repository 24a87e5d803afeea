"""Filters by anything: conditions made in a dialog and shown as chips that can be taken away."""

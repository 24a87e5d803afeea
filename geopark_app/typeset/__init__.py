"""Typesetting: jobs for the worker process, fonts and checks of pages. Knows no records."""

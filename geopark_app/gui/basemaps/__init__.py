"""Dialogs about the office's base maps: add, cut a piece, cover for tomorrow, how to make one."""

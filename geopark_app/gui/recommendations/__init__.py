"""The recommendations register in the window."""

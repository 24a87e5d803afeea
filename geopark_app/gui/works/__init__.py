"""The works to be done, in the window."""

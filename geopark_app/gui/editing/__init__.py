"""History, many values at once, trash and double sites: dialogs over the rooms."""

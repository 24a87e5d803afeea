"""The evidence register in the window: numbers, where each is used, what is only claimed."""

"""Photos: recognised by content, read without trust, shown by small upright pictures."""

"""Where the originals are, and what leaves the house."""

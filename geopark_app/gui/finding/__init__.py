"""The search box with its hits of every kind."""

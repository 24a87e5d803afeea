"""Lists to communes and departments: sent, taken back, still awaited."""

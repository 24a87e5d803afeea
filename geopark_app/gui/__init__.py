"""The window: widgets only; every deed is an operation that knows nothing of Qt."""

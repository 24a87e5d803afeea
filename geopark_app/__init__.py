"""The Lạng Sơn Geopark Inventory: catalogue, readiness and dossiers of a UNESCO Global Geopark."""


def version() -> str:
    """Give the version of the installed program, or of the source checkout it runs from."""
    # importlib.metadata takes 20 ms to import, and no window needs it to open
    from importlib import metadata

    try:
        return metadata.version("geopark-app")
    except metadata.PackageNotFoundError:
        return "0.1.0.dev0"

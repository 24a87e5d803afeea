"""Start the program with `python -m geopark_app`."""

from geopark_app.cli import main

if __name__ == "__main__":
    raise SystemExit(main())

"""Start the geopark inventory: the window, or one command (`python main.py --help`)."""

from geopark_app.cli import main

if __name__ == "__main__":
    raise SystemExit(main())

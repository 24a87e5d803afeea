"""The map in the window: folium's page by QtWebEngine, a still drawing without it."""

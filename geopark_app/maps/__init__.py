"""Maps without Qt: the page for the window and the browser, and drawings in millimetres."""

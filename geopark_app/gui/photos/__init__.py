"""Photos in the window: the strip below a site, the viewer, and adding by drag and drop."""

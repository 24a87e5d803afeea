"""Bringing map layers in, and comparing the sites with them."""

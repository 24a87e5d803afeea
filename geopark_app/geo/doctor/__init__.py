"""The coordinate doctor: every reading of what people type that makes sense in their geopark."""

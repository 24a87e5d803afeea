"""Foreign formats in and out: spreadsheets and GIS files."""

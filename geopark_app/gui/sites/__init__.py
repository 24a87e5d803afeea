"""The sites room: the table of sites beside the form of one site."""

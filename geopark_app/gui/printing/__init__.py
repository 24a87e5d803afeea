"""Maps for paper: what is printed, how it will look, where it goes."""

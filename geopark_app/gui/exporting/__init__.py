"""The dialog that writes the sites into a file."""

"""The dossier: what its documents hold, how they are laid out, and the package they go into."""

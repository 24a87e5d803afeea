"""Maps for paper: one composed sheet of a true scale, whole or cut into sheets of a printer."""

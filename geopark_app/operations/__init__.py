"""What staff do, as verbs: each function takes the context and gives back what changed."""

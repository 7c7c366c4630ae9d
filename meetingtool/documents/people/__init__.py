"""Papers about one person: the evaluation in all its formats, and the brag sheet."""

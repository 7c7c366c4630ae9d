"""How a paper becomes a file: one renderer a format."""

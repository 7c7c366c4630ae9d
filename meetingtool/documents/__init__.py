"""What goes on paper: one builder a document, one renderer a format."""

"""What was found, as a list, a view or a newsletter."""

"""Bringing back what was damaged or lost: what can be read, what is lost with that, recovering a book and restoring
it."""

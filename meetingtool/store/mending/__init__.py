"""Bringing back what was damaged or lost: what can be read, what that costs, recovering a book and restoring it."""

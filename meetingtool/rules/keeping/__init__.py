"""Letting go: taking names out of records."""

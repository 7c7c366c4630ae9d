"""The mode People."""

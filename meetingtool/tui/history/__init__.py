"""The mode History."""

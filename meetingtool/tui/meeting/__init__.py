"""The mode Meeting."""

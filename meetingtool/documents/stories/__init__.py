"""Single stories on paper."""

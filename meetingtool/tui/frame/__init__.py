"""What every screen stands in: first line, keys, modes and pages."""

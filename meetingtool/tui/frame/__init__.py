"""The frame of every screen: first line, keys, modes and pages."""

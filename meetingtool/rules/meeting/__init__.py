"""The meeting: its agenda, its clocks, and what was written down in it."""

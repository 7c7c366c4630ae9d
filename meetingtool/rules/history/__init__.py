"""Searching what was told: the query, the index, and the order of what is found."""

"""The team, its ratings, its scores and its evaluations."""

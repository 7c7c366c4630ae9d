"""Commands of the team, its ratings, scores and evaluations."""

"""People: evidence, ratings, the score, and the annual evaluation."""

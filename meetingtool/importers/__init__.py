"""What comes from outside: rosters, ratings, starter content and the sample team."""

"""What customers say, in honest numbers: shares with their intervals, falls that are real, people without a ranking."""

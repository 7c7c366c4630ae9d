"""Pictures drawn with letters: bars, points and the line of a course."""

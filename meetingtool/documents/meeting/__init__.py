"""Papers of the meeting: agenda and minutes."""

"""What follows from a line that was told: its changes, its completion, its due date."""

"""Commands that keep records safe and let them go."""

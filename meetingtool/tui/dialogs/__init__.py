"""Small questions that every screen may ask."""

"""Keeping records safe, taking deeds back, and letting records go."""

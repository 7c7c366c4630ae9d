"""The set-up of a new workspace."""

"""The commands about what customers say."""

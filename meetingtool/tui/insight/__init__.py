"""Views of many records together."""

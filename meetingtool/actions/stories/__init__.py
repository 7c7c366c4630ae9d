"""Recording and changing stories, promises and actions."""

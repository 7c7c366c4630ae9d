"""Commands that record stories, promises and actions, and change single records."""

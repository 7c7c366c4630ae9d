"""Single records: writing them down, reading, changing, taking back."""

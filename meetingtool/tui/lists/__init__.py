"""Lists of rows and of records."""

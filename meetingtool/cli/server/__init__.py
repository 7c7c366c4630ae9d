"""Commands for records on a server: its administration, and the HR office's finals."""

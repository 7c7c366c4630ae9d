"""What a manager does. One function a deed: it checks, saves once, and can be undone."""

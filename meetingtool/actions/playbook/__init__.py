"""Standards, questions and role-plays."""

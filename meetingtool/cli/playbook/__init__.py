"""Commands of the standards, questions and role-plays."""

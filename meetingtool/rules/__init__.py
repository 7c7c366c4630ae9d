"""What follows from records: pure functions without files, clock or screen."""

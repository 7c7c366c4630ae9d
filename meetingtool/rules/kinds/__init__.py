"""What each kind of record is: described once, for whatever lists, finds, shows or exports records."""

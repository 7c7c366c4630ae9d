"""What a manager does with what customers say."""

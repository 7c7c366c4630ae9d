"""What customers said and what came of it, on paper."""

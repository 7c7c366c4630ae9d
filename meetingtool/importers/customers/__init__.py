"""Survey exports and reviews, told apart by what is in them."""

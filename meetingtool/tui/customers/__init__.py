"""The mode Customers."""

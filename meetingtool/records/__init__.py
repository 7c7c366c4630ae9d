"""What is kept: frozen records, one module a noun."""

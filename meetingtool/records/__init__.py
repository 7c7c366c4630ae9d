"""What is kept: frozen records, one module per noun."""

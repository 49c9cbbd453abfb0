"""State of the account settings, one module per tab."""

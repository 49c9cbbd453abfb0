"""The account settings, one module per group of tabs."""

"""State of the hosted pages."""

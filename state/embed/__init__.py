"""State of the parts that other pages have inside."""

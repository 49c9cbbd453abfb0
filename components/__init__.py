"""Pure functions that return components; no service call, no SQL."""

"""Hexclave for Python: user infrastructure in one process."""

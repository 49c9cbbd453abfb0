"""Rendering processes, mail servers and what they say, behind small functions."""

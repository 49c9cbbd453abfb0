"""Tests: sentences about the behaviour of the product; the tree mirrors the source."""

"""Pieces of the dashboard's pages."""

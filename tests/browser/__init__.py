"""Journeys through a running product in Chromium."""

"""Reflex state: turns events of the browser into service calls and holds what a page shows."""

"""State of the dashboard: one class per page or widget, every handler guarded."""

"""Not losing what was written: a page says whether it has unsaved changes, and the browser asks before it is left.

The asking is done by `components/ui/unsaved_guard.py`, which stands on every page of the dashboard.
"""

import json

import reflex as rx


def guard(is_changed: bool) -> object:
    """Make the browser ask before the page is left, or stop doing so."""
    return rx.call_script(f"(window.unsavedGuard ??= {{}}).changed = {json.dumps(is_changed)};")

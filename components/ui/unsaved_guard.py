"""Asks before a page with unsaved changes is left; `state/dashboard/unsaved.py` says whether there are any."""

import reflex as rx


class UnsavedGuard(rx.Component):
    """Stands on a page once; the question is the browser's own dialog."""

    library = "$/public/unsaved_guard.js"
    tag = "UnsavedGuard"

    question: rx.Var[str]


def unsaved_guard(question: str) -> rx.Component:
    """Return what asks the question."""
    return UnsavedGuard.create(question=question)

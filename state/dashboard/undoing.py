"""Taking back what was done without a question: the notice about it has a button."""

from typing import Final

import reflex as rx

from hexclave_app.languages.speaking import say

_OFFERED_MS: Final = 10_000


def undoable(message: str, undo: object) -> object:
    """A notice that something was done, with the event that takes it back."""
    return rx.toast.success(message, action={"label": say("common-undo"), "on_click": undo}, duration=_OFFERED_MS)

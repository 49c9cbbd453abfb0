"""Forms whose changes wait for a click: nothing is saved before it, they can be taken back, and leaving asks first."""

from typing import Any, Final

import reflex as rx
from reflex.event import EventType

from components import ui
from components.ui import words
from state.dashboard import unsaved

WATCHED: Final[dict[str, Any]] = {"on_change": unsaved.guard(True)}
"""What every field of such a form needs; the form's handler and its page say `unsaved.guard(False)`."""


def staged_form(*fields: rx.Component, on_submit: EventType[dict[str, Any]]) -> rx.Component:
    """Return a form with the ways to save what was changed, or to discard it."""
    return ui.submit_form(
        *fields,
        rx.hstack(
            ui.button(words("common-discard"), kind="secondary", type="reset", on_click=unsaved.guard(False)),
            ui.button(words("common-save"), type="submit"),
            justify="end",
            width="100%",
        ),
        on_submit=on_submit,
    )

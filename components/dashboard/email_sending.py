"""The dialog that sends HTML to users."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard.email_recipients import recipient_picker
from components.ui import say, words
from state.dashboard.email_sending import CATEGORIES, MAX_SUBJECT_CHARS, SendEmailState

_WIDTH: Final = "36rem"


def send_button() -> rx.Component:
    """Return the button that opens the dialog."""
    return ui.button(words("emails-send"), icon="send", on_click=SendEmailState.toggle(True))


def send_dialog() -> rx.Component:
    """Return the dialog; the choice of recipients is no part of the form, so that Enter in its search sends nothing."""
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title(words("emails-send-title")),
            rx.vstack(recipient_picker(), _form(), spacing="5", width="100%"),
            max_width=_WIDTH,
            aria_describedby=None,
        ),
        open=SendEmailState.is_open,
        on_open_change=SendEmailState.toggle,
    )


def _form() -> rx.Component:
    return ui.submit_form(
        ui.text_field(words("emails-send-subject"), name="subject", auto_complete="off", max_length=MAX_SUBJECT_CHARS),
        ui.select_field(
            words("emails-send-category"),
            [(name, name) for name in CATEGORIES],
            name="category",
            default_value=CATEGORIES[0],
        ),
        ui.text_area(
            words("emails-send-html"), name="html", rows="6", is_code=True, hint=words("emails-send-html-hint")
        ),
        rx.cond(SendEmailState.error, ui.callout(SendEmailState.error, tone="danger")),
        rx.hstack(
            rx.dialog.close(ui.button(say("cancel"), kind="secondary")),
            ui.button(words("emails-send"), type="submit", pending=SendEmailState.is_busy),
            justify="end",
            spacing="3",
            width="100%",
        ),
        on_submit=SendEmailState.submit,
    )

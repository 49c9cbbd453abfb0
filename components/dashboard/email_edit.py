"""The editor of a mail that is not sent yet."""

import reflex as rx

from components import ui
from components.dashboard.email_editor import editor
from state.dashboard.email_edit import MailEditState


def mail_editor() -> rx.Component:
    """Return the editor of the opened mail, which is paused meanwhile."""
    state = MailEditState
    return rx.vstack(
        ui.callout("The e-mail waits while you write, and goes on when you save or leave."),
        editor(
            state,
            ui.button("Discard", kind="secondary", on_click=state.leave),
            ui.button("Save and resume", on_click=state.save),
            back="All e-mails",
            noun="e-mail",
            fields=ui.select_field(
                "Theme",
                rx.foreach(state.themes, lambda theme: rx.select.item(theme[1], value=theme[0])),
                name="e-mail-theme",
                value=state.theme,
                on_change=state.choose_theme,
            ),
        ),
        spacing="5",
        width="100%",
    )

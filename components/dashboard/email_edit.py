"""The editor of a mail that is not sent yet."""

import reflex as rx

from components import ui
from components.dashboard.email_editor import editor
from components.ui import words
from state.dashboard.email_edit import MailEditState


def mail_editor() -> rx.Component:
    """Return the editor of the opened mail, which is paused meanwhile."""
    state = MailEditState
    return rx.vstack(
        ui.callout(words("emails-edit-waits")),
        editor(
            state,
            ui.button(words("emails-edit-discard"), kind="secondary", on_click=state.leave),
            ui.button(words("emails-edit-save"), on_click=state.save),
            back=words("emails-edit-back"),
            noun=words("emails-edit-noun"),
            fields=ui.select_field(
                words("emails-theme-label"),
                rx.foreach(state.themes, lambda theme: rx.select.item(theme[1], value=theme[0])),
                name="e-mail-theme",
                value=state.theme,
                on_change=state.choose_theme,
            ),
        ),
        spacing="5",
        width="100%",
    )

"""The page of paths that do not exist (status 404)."""

import reflex as rx

from components import ui
from components.ui import say
from hexclave_app.pages import routes


def page() -> rx.Component:
    """Say that there is nothing here and show the way out."""
    return ui.centered_page(
        ui.message_card(
            say("page-does-not-exist"),
            say("page-does-not-exist-text"),
            primary=ui.link_button(say("go-to-start-page"), routes.HOME),
        )
    )

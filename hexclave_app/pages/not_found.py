"""The page of paths that do not exist (status 404)."""

import reflex as rx

from components import ui
from hexclave_app.pages import routes


def page() -> rx.Component:
    """Say that there is nothing here and show the way out."""
    return ui.centered_page(
        ui.message_card(
            "This page does not exist",
            "The link may be old, or the address may have a typing error.",
            primary=ui.link_button("Go to the start page", routes.HOME),
        )
    )

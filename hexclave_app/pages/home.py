"""What stands at the root of the dashboard's origin."""

import reflex as rx

from components import ui


def page() -> rx.Component:
    """Say what this server is."""
    return ui.centered_page(
        ui.message_card(
            "Hexclave is running",
            "Users, teams, permissions and API keys for your applications, served from this one process.",
        )
    )

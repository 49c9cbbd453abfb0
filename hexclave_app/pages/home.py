"""What stands at the root of an origin: the hosted start page, or the way into the dashboard."""

import reflex as rx

from components import ui
from components.hosted.home import home
from components.ui import say
from state.dashboard.home import HomeState
from state.hosted.project import HostedState


def page() -> rx.Component:
    """Show the hosted start page; on the dashboard's host the visitor is led on at once."""
    return rx.cond(
        ui.any_of(HomeState.error, ui.none_of(HostedState.is_loaded), HostedState.is_dashboard), _opening(), home()
    )


def _opening() -> rx.Component:
    return ui.centered_page(
        rx.cond(
            HomeState.error,
            ui.message_card(say("nothing-here"), HomeState.error, tone="warning"),
            ui.message_card("Hexclave", say("opening-dashboard")),
        )
    )

"""The frame of hosted pages: the project's name above one card."""

import reflex as rx

from components import ui
from state.hosted.project import HostedState


def hosted_page(*children: rx.Component) -> rx.Component:
    """Return a hosted page; on a host without a project it says so instead."""
    return ui.centered_page(
        rx.cond(
            HostedState.error,
            ui.message_card(
                "This page is not available",
                HostedState.error,
                tone="warning",
                primary=ui.link_button("Reload", ""),
            ),
            rx.fragment(*children),
        ),
        header=_project_name(),
    )


def _project_name() -> rx.Component:
    return rx.cond(
        HostedState.is_dashboard | ~HostedState.is_loaded,
        ui.brand(),
        rx.text(HostedState.project_name, weight="bold", size="5", text_align="center", overflow_wrap="anywhere"),
    )

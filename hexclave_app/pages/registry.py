"""Adds every page to the app."""

import reflex as rx

from hexclave_app import frontend
from hexclave_app.pages import dashboard, design, embed, home, hosted, not_found, routes
from state.dashboard.home import HomeState


def register(app: rx.App) -> None:
    """Add all pages; the design page exists in development only."""
    dashboard.register(app)
    app.add_page(home.page, route=routes.HOME, title="Hexclave", on_load=HomeState.enter)
    app.add_page(not_found.page, route=routes.NOT_FOUND, title="Page not found")
    hosted.register(app)
    embed.register(app)
    if frontend.is_development():
        app.add_page(design.page, route=routes.DESIGN, title="Design system")

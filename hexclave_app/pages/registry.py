"""Adds every page to the app."""

import reflex as rx

from hexclave_app import frontend
from hexclave_app.pages import design, home, hosted, not_found, routes


def register(app: rx.App) -> None:
    """Add all pages; the design page exists in development only."""
    app.add_page(home.page, route=routes.HOME, title="Hexclave")
    app.add_page(not_found.page, route=routes.NOT_FOUND, title="Page not found")
    hosted.register(app)
    if frontend.is_development():
        app.add_page(design.page, route=routes.DESIGN, title="Design system")

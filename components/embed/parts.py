"""Embedded parts that are no hosted page of their own, and the page on which their windows end."""

import reflex as rx

from components import ui
from components.embed.frame import embedded_part
from components.hosted.account.frame import settings
from components.hosted.frame import hosted_page, working
from components.hosted.ways_in import providers
from components.ui import say
from hexclave_app.pages import routes
from state.embed import returning
from state.embed.returning import EmbedReturnState


def account_settings() -> rx.Component:
    """Return the account settings without a bar on top."""
    return embedded_part(settings())


def oauth_buttons() -> rx.Component:
    """Return the buttons of all providers."""
    return embedded_part(providers())


def embed_return() -> rx.Component:
    """Return the page that leads back from a window."""
    return hosted_page(
        rx.cond(
            EmbedReturnState.error,
            ui.message_card(say("part-cannot-go-back"), EmbedReturnState.error, tone="danger"),
            rx.cond(
                EmbedReturnState.stage == returning.LOST,
                ui.message_card(
                    say("part-window-lost"),
                    say("part-window-lost-text"),
                    tone="warning",
                    primary=ui.link_button(say("continue"), routes.HOME),
                ),
                working(say("part-going-back")),
            ),
        )
    )

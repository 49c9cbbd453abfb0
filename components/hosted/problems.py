"""The error page, and paths below `/handler` that are no page."""

import reflex as rx

from components import ui
from components.hosted.frame import hosted_page, working
from components.ui import say, tokens
from hexclave_app.pages import routes
from state.hosted.problems import AliasState, ErrorPageState


def error() -> rx.Component:
    """Return the page of a known error."""
    return hosted_page(
        rx.cond(
            ErrorPageState.title,
            rx.vstack(
                ui.message_card(
                    ErrorPageState.title,
                    ErrorPageState.text,
                    tone="warning",
                    secondary=ui.link_button(say("start-page"), routes.HOME, kind="secondary"),
                    primary=ui.link_button(say("sign-in-again"), routes.SIGN_IN),
                ),
                rx.cond(
                    ErrorPageState.code,
                    rx.text(
                        ErrorPageState.code,
                        size="1",
                        color=tokens.TEXT_MUTED,
                        font_family=tokens.CODE_FONT,
                        overflow_wrap="anywhere",
                        text_align="center",
                    ),
                ),
                spacing="4",
                align="center",
            ),
            working(say("loading-page")),
        )
    )


def alias() -> rx.Component:
    """Return the page of unknown paths; other spellings of known ones are led on at once."""
    return hosted_page(
        rx.cond(
            AliasState.is_missing,
            ui.message_card(
                say("page-does-not-exist"),
                say("page-does-not-exist-text"),
                primary=ui.link_button(say("go-to-start-page"), routes.HOME),
            ),
            working(say("opening")),
        )
    )

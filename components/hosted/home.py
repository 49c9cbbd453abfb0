"""The start page of a project's hosted origin."""

import reflex as rx

from components import ui
from components.hosted.frame import hosted_page, working
from components.ui import say, tokens
from hexclave_app.pages import routes
from state.hosted.project import HostedState


def home() -> rx.Component:
    """Return the page; it greets people and shows the way to their account."""
    return hosted_page(
        rx.cond(
            HostedState.has_arrived,
            rx.vstack(
                ui.message_card(
                    rx.cond(
                        HostedState.greeting_name,
                        say("welcome-name", name=HostedState.greeting_name),
                        say("welcome"),
                    ),
                    rx.cond(HostedState.email, say("signed-in-as", email=HostedState.email), say("signed-in-already")),
                    tone="success",
                    secondary=ui.link_button(say("sign-out"), routes.SIGN_OUT, kind="secondary"),
                    primary=ui.link_button(say("account-settings"), routes.ACCOUNT_SETTINGS),
                ),
                _user_button(),
            ),
            working(say("loading-page")),
        )
    )


def _user_button() -> rx.Component:
    """Return the avatar with its menu, in the corner beside the choice of the theme."""
    return rx.box(
        rx.menu.root(
            rx.menu.trigger(
                rx.el.button(
                    ui.avatar(HostedState.initials, image=HostedState.image, size="2", radius="full"),
                    type="button",
                    custom_attrs={"aria-label": say("account-of", name=HostedState.greeting_name)},
                    style={
                        "padding": "0",
                        "border": "0",
                        "border_radius": "100%",
                        "background": "transparent",
                        "cursor": "pointer",
                        "_focus_visible": {"outline": f"2px solid {rx.color('accent', 8)}", "outline_offset": "2px"},
                    },
                )
            ),
            rx.menu.content(
                rx.text(
                    HostedState.greeting_name,
                    size="1",
                    color=tokens.TEXT_MUTED,
                    style=tokens.ONE_LINE,
                    max_width="14rem",
                    padding="var(--space-1) var(--space-3)",
                ),
                _entry("settings", say("account-settings"), routes.ACCOUNT_SETTINGS),
                rx.menu.separator(),
                _entry("log_out", say("sign-out"), routes.SIGN_OUT),
            ),
        ),
        position="absolute",
        top="var(--space-3)",
        inset_inline_end="var(--space-9)",
    )


def _entry(icon: str, label: rx.Var[str], href: str) -> rx.Component:
    return rx.menu.item(ui.icon(icon), label, on_select=rx.redirect(href))

"""Ways to sign in besides the form: providers and passkeys. Classes `hx-…` belong to the project's style sheet."""

import reflex as rx

from components import ui
from components.hosted.marks import BRANDS, brand_mark
from components.ui import say, tokens
from hexclave_app.pages import routes
from state.hosted.passkeys import PasskeySignInState
from state.hosted.project import HostedState

_START = f"{routes.OAUTH_START}?provider="
_LINK_STYLE = {
    "display": "flex",
    "align_items": "center",
    "justify_content": "center",
    "gap": "var(--space-2)",
    "height": "var(--space-7)",
    "padding": "0 var(--space-3)",
    "border": f"1px solid {rx.color('gray', 7)}",
    "border_radius": "var(--radius-3)",
    "background": tokens.SURFACE,
    "color": tokens.TEXT,
    "font_size": "var(--font-size-2)",
    "font_weight": "500",
    "text_decoration": "none",
    "transition": "background-color 120ms",
    "_hover": {"background": rx.color("gray", 3)},
    "_focus_visible": {"outline": f"2px solid {rx.color('accent', 8)}", "outline_offset": "2px"},
}


def providers() -> rx.Component:
    """Return the links of all providers; they work before and without any script."""
    return rx.box(
        *[_provider_link(kind) for kind in BRANDS],
        rx.foreach(HostedState.more_providers, _named_link),
        class_name="hx-providers",
        display="grid",
        grid_template_columns="repeat(auto-fit, minmax(9rem, 1fr))",
        gap="var(--space-2)",
        width="100%",
    )


def passkey_button() -> rx.Component:
    """Return the button that asks the browser for a passkey."""
    return rx.box(
        ui.button(
            say("sign-in-with-passkey"),
            kind="secondary",
            icon="fingerprint",
            size="3",
            width="100%",
            pending=PasskeySignInState.is_loading,
            disabled=~rx.State.is_hydrated,
            on_click=PasskeySignInState.begin,
        ),
        rx.box(
            rx.cond(
                PasskeySignInState.error,
                rx.box(ui.callout(PasskeySignInState.error, tone="danger"), margin_top="var(--space-2)"),
            ),
            aria_live="polite",
        ),
        class_name="hx-passkey",
        width="100%",
    )


def separator() -> rx.Component:
    """Return the line between these ways and the form."""
    line = rx.box(height="1px", flex="1", background=tokens.BORDER)
    return rx.box(
        line,
        rx.text(say("or"), size="1", color=tokens.TEXT_MUTED),
        line,
        class_name="hx-or",
        display="flex",
        align_items="center",
        gap="var(--space-3)",
        width="100%",
    )


def _provider_link(kind: str) -> rx.Component:
    name = BRANDS[kind].name
    return rx.el.a(
        brand_mark(kind),
        name,
        href=f"{_START}{kind}",
        reload_document=True,  # it is no page, but an answer that leads to the provider
        class_name=f"hx-provider-{kind}",
        custom_attrs={"aria-label": say("continue-with", provider=name)},
        style=_LINK_STYLE,
    )


def _named_link(provider: dict[str, str]) -> rx.Component:
    return rx.el.a(
        ui.icon("log_in", size=18),
        provider["name"],
        href=ui.text_of(_START, provider["id"]),
        reload_document=True,
        custom_attrs={"aria-label": say("continue-with", provider=provider["name"])},
        style={**_LINK_STYLE, "order": "99"},
    )

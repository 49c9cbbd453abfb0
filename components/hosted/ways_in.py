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
    "position": "relative",
    "display": "flex",
    "align_items": "center",
    "justify_content": "center",
    "gap": "var(--space-2)",
    "height": "var(--space-7)",
    "padding": "0 var(--space-2)",
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


class LastProvider(rx.Component):
    """Remembers the provider that was clicked last and marks its link (`assets/last_provider.js`); draws nothing."""

    library = "$/public/last_provider.js"
    tag = "LastProvider"

    count: rx.Var[int]  # grows with the links that come later


def providers() -> rx.Component:
    """Return the links of all providers; they work before and without any script."""
    return rx.box(
        *[_provider_link(kind) for kind in BRANDS],
        rx.foreach(HostedState.more_providers, _named_link),
        LastProvider.create(count=ui.count_of(HostedState.more_providers)),
        class_name="hx-providers",
        display="grid",
        grid_template_columns="repeat(auto-fit, minmax(7rem, 1fr))",
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
            color=tokens.TEXT,
            font_size="var(--font-size-2)",
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


def _last_used() -> rx.Component:
    """Return the mark of the provider that was used last; it takes no room, so nothing moves when it appears."""
    return rx.el.span(
        say("last-used-way"),
        class_name="hx-last",
        style={
            "display": "none",
            "position": "absolute",
            "inset_block_start": "calc(var(--space-2) * -1)",
            "inset_inline_end": "var(--space-2)",
            "padding": "0 var(--space-2)",
            "border": f"1px solid {rx.color('accent', 7)}",
            "border_radius": "var(--radius-6)",
            "background": tokens.SURFACE,
            "color": rx.color("accent", 11),
            "font_size": "var(--font-size-1)",
            "line_height": "var(--space-4)",
            "[data-last=true] > &": {"display": "block"},
        },
    )


def _provider_link(kind: str) -> rx.Component:
    name = BRANDS[kind].name
    return rx.el.a(
        brand_mark(kind),
        name,
        _last_used(),
        href=f"{_START}{kind}",
        reload_document=True,  # it is no page, but an answer that leads to the provider
        class_name=f"hx-provider-{kind}",
        custom_attrs={"aria-label": say("continue-with", provider=name), "data-provider": kind},
        style=_LINK_STYLE,
    )


def _named_link(provider: dict[str, str]) -> rx.Component:
    return rx.el.a(
        ui.icon("log_in", size=18),
        provider["name"],
        _last_used(),
        href=ui.text_of(_START, provider["id"]),
        reload_document=True,
        custom_attrs={
            "aria-label": say("continue-with", provider=provider["name"]),
            "data-provider": provider["id"],
        },
        style={**_LINK_STYLE, "order": "99"},
    )

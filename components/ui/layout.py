"""Page frames: the centred column of hosted pages and the shell of wide pages."""

from typing import Any

import reflex as rx

from components.ui import icons, tokens
from components.ui.language import say
from components.ui.theme import theme_switch

MAIN_ID = "main"
_CARD_PADDING = rx.breakpoints(initial="var(--space-5) var(--space-4)", xs="var(--space-6)")


def brand(**props: Any) -> rx.Component:
    """Return the product's sign and name."""
    return rx.hstack(
        rx.center(
            icons.icon("hexagon", size=18, color="var(--accent-contrast)"),
            background=tokens.ACCENT,
            border_radius="var(--radius-3)",
            padding="var(--space-1)",
        ),
        rx.text("Hexclave", weight="bold", size="4"),
        spacing="2",
        align="center",
        **props,
    )


def card(*children: rx.Component, **props: Any) -> rx.Component:
    """Return a raised surface."""
    style = {
        "background": tokens.SURFACE,
        "border_radius": "var(--radius-5)",
        "box_shadow": "var(--shadow-2)",  # it draws the border, too
        "padding": "var(--space-6)",
        "width": "100%",
    }
    return rx.box(*children, **{"class_name": "hx-card", **style, **props})


def centered_page(
    *children: rx.Component,
    header: rx.Component | None = None,
    footer: rx.Component | None = None,
    max_width: str = tokens.FORM_WIDTH,
) -> rx.Component:
    """Return the frame of hosted pages: one card in a centred column, 16 px of air around it on small screens."""
    return rx.box(
        skip_link(),
        rx.box(theme_switch(), position="absolute", top="var(--space-4)", inset_inline_end="var(--space-4)"),
        rx.el.main(
            rx.vstack(
                header if header is not None else brand(),
                card(*children, padding=_CARD_PADDING),
                spacing="5",
                align="center",
                width="100%",
                max_width=max_width,
            ),
            id=MAIN_ID,
            tab_index=-1,
            outline="none",
            display="flex",
            align_items="center",
            justify_content="center",
            flex="1",
            padding="var(--space-9) var(--space-4)",
        ),
        rx.el.footer(footer, padding="0 var(--space-4) var(--space-5)") if footer is not None else rx.fragment(),
        position="relative",
        display="flex",
        flex_direction="column",
        background=tokens.CANVAS,
        min_height="100vh",
    )


def page_shell(*children: rx.Component, navigation: rx.Component | None = None) -> rx.Component:
    """Return the frame of wide pages: a bar on top, the content below it."""
    bar = rx.hstack(
        brand(),
        navigation if navigation is not None else rx.fragment(),
        rx.spacer(),
        theme_switch(),
        align="center",
        spacing="5",
        width="100%",
        max_width=tokens.CONTENT_WIDTH,
        margin_x="auto",
        padding="var(--space-3) var(--space-5)",
    )
    return rx.box(
        skip_link(),
        rx.el.header(
            bar,
            background=tokens.SURFACE,
            border_bottom=f"1px solid {tokens.BORDER}",
            position="sticky",
            top="0",
            z_index="2",
        ),
        rx.el.main(
            rx.vstack(*children, spacing="6", width="100%"),
            id=MAIN_ID,
            tab_index=-1,
            outline="none",
            max_width=tokens.CONTENT_WIDTH,
            margin_x="auto",
            padding="var(--space-6) var(--space-5)",
        ),
        background=tokens.CANVAS,
        min_height="100vh",
    )


def page_header(title: str | rx.Var[str], text: str = "", *, action: rx.Component | None = None) -> rx.Component:
    """Return the head of a wide page: its only h1, what it is for, and its main action."""
    return rx.hstack(
        rx.vstack(
            rx.heading(title, as_="h1", size="7"),
            rx.text(text, color=tokens.TEXT_MUTED) if text else rx.fragment(),
            spacing="1",
        ),
        rx.spacer(),
        action if action is not None else rx.fragment(),
        align="center",
        wrap="wrap",
        width="100%",
    )


def section(
    title: str | rx.Var[str], *children: rx.Component, text: str | rx.Var[str] = "", action: rx.Component | None = None
) -> rx.Component:
    """Return a titled card within a wide page; the action stands beside the title."""
    head = rx.vstack(
        rx.heading(title, as_="h2", size="4"),
        rx.fragment() if isinstance(text, str) and not text else rx.text(text, size="2", color=tokens.TEXT_MUTED),
        spacing="1",
        **({"flex": "1 1 16rem"} if action is not None else {}),
    )
    return card(
        rx.vstack(
            rx.hstack(head, action, align="start", wrap="wrap", spacing="3", width="100%")
            if action is not None
            else head,
            *children,
            spacing="4",
            width="100%",
        )
    )


def skip_link() -> rx.Component:
    """Return the link that keyboards meet first; it jumps over the navigation."""
    link = rx.link(
        say("skip-to-content"),
        href=f"#{MAIN_ID}",
        # Without this the router would load the page again, and the focus would stay where it was.
        on_click=rx.set_focus(MAIN_ID).prevent_default,
        position="absolute",
        inset_inline_start="-999rem",
        z_index="3",
        padding="var(--space-2) var(--space-3)",
        background=tokens.SURFACE,
        border_radius="var(--radius-3)",
        _focus={"inset_inline_start": "var(--space-3)", "top": "var(--space-3)"},
    )
    return rx.el.nav(link, aria_label=say("skip"))

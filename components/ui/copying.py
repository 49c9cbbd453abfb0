"""Values and code that people take with them."""

import reflex as rx

from components.ui import icons, tokens
from components.ui.language import say


def copy_button(value: str | rx.Var[str], *, label: str | rx.Var[str]) -> rx.Component:
    """Return a button that puts the value on the clipboard; the label says of what."""
    return rx.icon_button(
        icons.icon("copy", size=15),
        aria_label=say("copy", what=label),
        title=say("copy", what=label),
        type="button",
        variant="ghost",
        color_scheme="gray",
        on_click=[rx.set_clipboard(value), rx.toast.success(say("copied"))],
    )


def copy_value(value: str | rx.Var[str], *, label: str | rx.Var[str]) -> rx.Component:
    """Return a value in fixed-width letters with its copy button."""
    return rx.hstack(
        rx.text(value, font_family=tokens.CODE_FONT, size="1", overflow_wrap="anywhere", min_width="0", flex="1"),
        copy_button(value, label=label),
        align="center",
        spacing="3",
        width="100%",
        background=rx.color("gray", 2),
        border=f"1px solid {tokens.BORDER}",
        border_radius="var(--radius-3)",
        padding="var(--space-2) var(--space-3)",
    )


def code_snippet(code: str | rx.Var[str], *, label: str) -> rx.Component:
    """Return code that scrolls sideways, with a copy button in its corner."""
    return rx.box(
        rx.box(
            copy_button(code, label=label),
            position="absolute",
            top="var(--space-3)",
            inset_inline_end="var(--space-3)",
            background=rx.color("gray", 2),  # long lines pass below it
            border_radius="var(--radius-3)",
        ),
        rx.el.pre(
            rx.el.code(code, font_family=tokens.CODE_FONT),
            tab_index=0,  # it scrolls, so the keyboard must reach it
            aria_label=label,
            role="region",
            font_size="var(--font-size-1)",
            line_height="var(--line-height-3)",
            overflow_x="auto",
            margin="0",
            padding="var(--space-4)",
            padding_inline_end="var(--space-8)",
        ),
        position="relative",
        background=rx.color("gray", 2),
        border=f"1px solid {tokens.BORDER}",
        border_radius="var(--radius-4)",
        width="0",  # as wide as there is room, and never wider for the sake of a long line
        min_width="100%",
    )

"""What was said in a conversation with the assistant."""

import reflex as rx

from components.ui import tokens, words
from state.dashboard.email_assistance import ChatLine


def chat_line(line: rx.vars.ObjectVar[ChatLine]) -> rx.Component:
    """Return one message, with who has said it."""
    return rx.box(
        rx.text(
            rx.cond(line.is_mine, words("common-chat-you"), words("common-chat-assistant")),
            size="1",
            color=tokens.TEXT_MUTED,
        ),
        rx.text(line.text, size="2", white_space="pre-wrap", overflow_wrap="anywhere"),
        background=rx.cond(line.is_mine, "transparent", rx.color("gray", 3)),
        border_radius="var(--radius-3)",
        padding=rx.cond(line.is_mine, "0", "var(--space-3)"),
        margin_bottom="var(--space-3)",
        width="100%",
    )

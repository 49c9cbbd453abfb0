"""What contains what, drawn as a tree of indented lines that screen readers follow, too."""

from typing import Any

import reflex as rx

from components.ui import tokens
from components.ui.icons import icon


def containment(nodes: Any) -> rx.Component:
    """Return the tree; nodes are a list (or a var of one) with `key`, `id`, `depth`, `inside` and `is_repeated`."""
    return rx.el.ul(
        rx.foreach(nodes, _node),
        list_style="none",
        margin="0",
        padding="0",
        width="100%",
        overflow_x="auto",
    )


def _node(node: Any) -> rx.Component:
    return rx.el.li(
        rx.hstack(
            rx.cond(
                node.depth == 0,
                icon("shield", size=14, color=tokens.ACCENT),
                icon("corner_down_right", size=14, color=tokens.TEXT_MUTED),
            ),
            rx.text(node.id, font_family=tokens.CODE_FONT, size="1", overflow_wrap="anywhere"),
            rx.cond(node.inside, rx.el.span("in ", node.inside, style=tokens.HIDDEN_FROM_SIGHT), rx.fragment()),
            rx.cond(node.is_repeated, rx.text("see above", size="1", color=tokens.TEXT_MUTED), rx.fragment()),
            align="center",
            spacing="2",
            padding_y="var(--space-1)",
        ),
        key=node.key,
        padding_left=f"calc({node.depth} * var(--space-5))",
    )

"""What contains what, drawn with lines: containers left, what they contain right."""

from typing import Any

import reflex as rx

from components.ui import tokens


def permission_graph(nodes: Any, edges: Any, *, width: Any, height: Any, node_width: int, node_height: int) -> Any:
    """Return the drawing. Nodes have `id`, `left`, `top` and `is_system`, edges `key` and `path`.

    It says nothing to screen readers: pages have `containment` beside it, which says the same.
    """

    def node(one: Any) -> rx.Component:
        return rx.box(
            one.id,
            key=one.id,
            title=one.id,
            position="absolute",
            left=f"{one.left}px",
            top=f"{one.top}px",
            width=f"{node_width}px",
            height=f"{node_height}px",
            line_height=f"{node_height - 2}px",
            padding_x="var(--space-2)",
            text_align="center",
            font_family=tokens.CODE_FONT,
            font_size="var(--font-size-1)",
            color=tokens.TEXT,
            background=rx.cond(one.is_system, rx.color("gray", 3), rx.color("accent", 3)),
            border=rx.cond(one.is_system, f"1px dashed {rx.color('gray', 8)}", f"1px solid {rx.color('accent', 8)}"),
            border_radius="var(--radius-3)",
            **tokens.ONE_LINE,
        )

    lines = rx.el.svg(
        rx.foreach(edges, lambda edge: rx.el.svg.path(d=edge.path, key=edge.key)),
        custom_attrs={"width": width, "height": height},
        fill="none",
        stroke=rx.color("gray", 9),
        stroke_width="1.5",
        position="absolute",
        inset="0",
    )
    return rx.box(
        rx.box(lines, rx.foreach(nodes, node), position="relative", width=f"{width}px", height=f"{height}px"),
        aria_hidden="true",
        overflow_x="auto",
        width="100%",
    )

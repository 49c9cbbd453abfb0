"""Tables with the four faces of a list: skeleton, rows, empty, error."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from components.ui import tokens

_SKELETON_ROWS = 4


def data_table(columns: Sequence[str], body: rx.Component, *, caption: str, **props: Any) -> rx.Component:
    """Return a table; `body` is the rows (`rx.foreach` over `rx.table.row`), the caption names it for everybody."""
    head = rx.table.row(*[rx.table.column_header_cell(column, color=tokens.TEXT_MUTED) for column in columns])
    return rx.box(
        rx.table.root(
            rx.table.header(head), rx.table.body(body), variant="ghost", width="100%", aria_label=caption, **props
        ),
        overflow_x="auto",
        width="100%",
    )


def table_skeleton(columns: Sequence[str], *, caption: str) -> rx.Component:
    """Return the table while its rows are being loaded."""
    row = rx.table.row(*[rx.table.cell(rx.skeleton(rx.text("Loading"))) for _ in columns])
    return data_table(columns, rx.fragment(*[row] * _SKELETON_ROWS), caption=caption, aria_busy="true")


def table_empty(empty: rx.Component) -> rx.Component:
    """Return the frame around an empty state in the place of a table."""
    return rx.box(empty, border=f"1px dashed {tokens.BORDER}", border_radius="var(--radius-4)", width="100%")

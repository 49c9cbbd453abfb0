"""Tables with the four faces of a list: skeleton, rows, empty, error."""

from collections.abc import Collection, Sequence
from typing import Any

import reflex as rx

from components.ui import tokens
from components.ui.language import say

_SKELETON_ROWS = 4
_WIDE_CELL = rx.breakpoints(initial="none", md="table-cell")


def data_table(
    columns: Sequence[str | rx.Var[str]],
    body: rx.Component,
    *,
    caption: str | rx.Var[str],
    only_wide: Collection[str | int] = (),
    **props: Any,
) -> rx.Component:
    """Return a table; `body` is the rows (`rx.foreach` over `rx.table.row`), the caption names it for everybody.

    Columns in `only_wide`, by name or place, need room: their cells are made with `wide_cell` and hide on small
    screens. A column without a name holds actions.
    """
    head = rx.table.row(
        *[
            _head_cell(column, is_only_wide=place in only_wide or (isinstance(column, str) and column in only_wide))
            for place, column in enumerate(columns)
        ]
    )
    return rx.box(
        rx.table.root(
            rx.el.caption(caption, style=tokens.HIDDEN_FROM_SIGHT),
            rx.table.header(head),
            rx.table.body(body),
            variant="ghost",
            width="100%",
            # The theme says left, and browsers centre head cells unless they are told themselves.
            style={"& table, & th": {"text_align": "start"}},
            **props,
        ),
        overflow_x="auto",
        width="100%",
    )


def wide_cell(*children: rx.Component, **props: Any) -> rx.Component:
    """Return a cell that small screens leave out."""
    return rx.table.cell(*children, display=_WIDE_CELL, **props)


def table_skeleton(columns: Sequence[str | rx.Var[str]], *, caption: str | rx.Var[str]) -> rx.Component:
    """Return the table while its rows are being loaded."""
    row = rx.table.row(*[rx.table.cell(rx.skeleton(rx.text(say("loading")))) for _ in columns])
    return data_table(columns, rx.fragment(*[row] * _SKELETON_ROWS), caption=caption, aria_busy="true")


def _head_cell(column: str | rx.Var[str], *, is_only_wide: bool) -> rx.Component:
    is_blank = isinstance(column, str) and not column
    name = rx.el.span(say("actions"), style=tokens.HIDDEN_FROM_SIGHT) if is_blank else column
    props = {"display": _WIDE_CELL} if is_only_wide else {}
    return rx.table.column_header_cell(name, color=tokens.TEXT_MUTED, white_space="nowrap", text_align="start", **props)


def table_empty(empty: rx.Component) -> rx.Component:
    """Return the frame around an empty state in the place of a table."""
    return rx.box(empty, border=f"1px dashed {tokens.BORDER}", border_radius="var(--radius-4)", width="100%")

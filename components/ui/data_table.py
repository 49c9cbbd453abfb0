"""Tables with the four faces of a list: skeleton, rows, empty, error."""

import json
from collections.abc import Collection, Sequence
from typing import Any, Final

import reflex as rx

from components.ui import tokens
from components.ui.language import say

_SKELETON_ROWS = 4
_WIDE_CELL = rx.breakpoints(initial="none", lg="table-cell")  # the sidebar takes its part from 1024 px on
# Below 768 px every row is a card: nobody scrolls sideways, and no column is left out.
_NARROW: Final = "@media (max-width: 47.99em)"
_CARDS: Final[dict[str, Any]] = {
    "& thead": tokens.HIDDEN_FROM_SIGHT,
    # The theme's table scrolls within a box of its own, and has no height but that of its rows as a table.
    "& .rt-ScrollAreaViewport > div": {"width": "100%"},
    "& table, & tbody": {"display": "block", "height": "auto", "width": "100%", "min_width": "0"},
    "& tbody > tr": {
        "display": "block",
        "position": "relative",
        "padding": "var(--space-3) 0",
        "border_bottom": f"1px solid {tokens.BORDER}",
    },
    "& tbody > tr:last-of-type": {"border_bottom": "0"},
    "& tbody > tr > th, & tbody > tr > td:not([hidden])": {
        "display": "flex",
        "align_items": "center",
        "justify_content": "space-between",
        "gap": "var(--space-4)",
        "height": "auto",
        "min_width": "0",
        "padding": "var(--space-1) 0",
        "box_shadow": "none",
        "overflow_wrap": "anywhere",
    },
    "& tbody > tr > td > *": {"justify_content": "flex-end", "text_align": "end", "min_width": "0"},
    "& tbody > tr > th": {"padding_inline_end": "var(--space-7)"},  # beside it the menu of the row
    "& tbody > tr > td:last-child:has(button[aria-haspopup=menu])": {
        "position": "absolute",
        "inset_inline_end": "0",
        "top": "var(--space-3)",
    },
}


def data_table(
    columns: Sequence[str | rx.Var[str]],
    body: rx.Component,
    *,
    caption: str | rx.Var[str],
    only_wide: Collection[str | int] = (),
    hidden: Sequence[Any] = (),
    **props: Any,
) -> rx.Component:
    """Return a table; `body` is the rows (`rx.foreach` over `rx.table.row`), the caption names it for everybody.

    Columns in `only_wide`, by name or place, need room: their cells are made with `wide_cell` and hide on
    tablets and come back in the cards of phones. A column without a name holds actions.
    Where viewers choose columns, `hidden` says for each whether it is left out; its cells have the attribute `hidden`.
    """
    head = rx.table.row(
        *[
            _head_cell(
                column,
                is_only_wide=place in only_wide or (isinstance(column, str) and column in only_wide),
                is_hidden=hidden[place] if hidden else False,
            )
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
            style={"& table, & th": {"text_align": "start"}, "& [hidden]": {"display": "none"}, **_as_cards(columns)},
            **props,
        ),
        overflow_x="auto",
        width="100%",
    )


def _as_cards(columns: Sequence[str | rx.Var[str]]) -> dict[str, Any]:
    """Rows as cards on phones, where the names of the columns are known: each stands before its value."""
    names = [name for name in columns if isinstance(name, str)]
    if len(names) < len(columns):
        return {}
    named = {
        f"& tbody > tr > td:nth-child({place})::before": {
            "content": json.dumps(name, ensure_ascii=False),
            "color": tokens.TEXT_MUTED,
            "flex_shrink": "0",
        }
        for place, name in enumerate(names, start=1)
        if name
    }
    return {_NARROW: {**_CARDS, **named}}


def wide_cell(*children: rx.Component, **props: Any) -> rx.Component:
    """Return a cell that small screens leave out."""
    return rx.table.cell(*children, display=_WIDE_CELL, **props)


def table_skeleton(columns: Sequence[str | rx.Var[str]], *, caption: str | rx.Var[str]) -> rx.Component:
    """Return the table while its rows are being loaded."""
    row = rx.table.row(*[rx.table.cell(rx.skeleton(rx.text(say("loading")))) for _ in columns])
    return data_table(columns, rx.fragment(*[row] * _SKELETON_ROWS), caption=caption, aria_busy="true")


def _head_cell(column: str | rx.Var[str], *, is_only_wide: bool, is_hidden: Any = False) -> rx.Component:
    is_blank = isinstance(column, str) and not column
    name = rx.el.span(say("actions"), style=tokens.HIDDEN_FROM_SIGHT) if is_blank else column
    props: dict[str, Any] = {"display": _WIDE_CELL} if is_only_wide else {}
    if is_hidden is not False:
        props["custom_attrs"] = {"hidden": is_hidden}
    return rx.table.column_header_cell(name, color=tokens.TEXT_MUTED, white_space="nowrap", text_align="start", **props)


def table_empty(empty: rx.Component) -> rx.Component:
    """Return the frame around an empty state in the place of a table."""
    return rx.box(empty, border=f"1px dashed {tokens.BORDER}", border_radius="var(--radius-4)", width="100%")

"""Lists of the dashboard: pages that are one table, and cards with a table of a few rows."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, Final

import reflex as rx
from reflex.event import EventType

from components import ui
from components.ui import tokens, words
from state.dashboard.paging import PagedState

_CARD_PADDING = "var(--space-2) var(--space-3)"
TWO_LINES: Final = {
    "display": "-webkit-box",
    "WebkitLineClamp": "2",
    "WebkitBoxOrient": "vertical",
    "overflow": "hidden",
}

_BARE_BUTTON: Final = {
    "padding": "0",
    "border": "0",
    "background": "none",
    "color": tokens.TEXT,
    "cursor": "pointer",
    "font": "inherit",
    "font_size": "var(--font-size-2)",
    "font_weight": "500",
    "text_align": "start",
    "overflow_wrap": "anywhere",
}
_COVERS_ROW: Final = {"&::after": {"content": '""', "position": "absolute", "inset": "0"}}


def page_table(
    columns: Sequence[str],
    rows: Any,  # the type checker sees the value of a var
    row: Callable[[Any], rx.Component],
    *,
    caption: str,
    empty: rx.Component,
    only_wide: Collection[str] = (),
) -> rx.Component:
    """Return the rows of a page in a card, or what it shows without any."""
    table = ui.data_table(columns, rx.foreach(rows, row), caption=caption, only_wide=only_wide)
    return rx.cond(ui.has_items(rows), ui.card(table, padding=_CARD_PADDING), ui.table_empty(empty))


def loaded(
    content: rx.Component,
    *,
    error: str | rx.Var[str],
    is_loading: bool | rx.Var[bool],
    on_retry: EventType[()],
    skeleton: rx.Component,
) -> rx.Component:
    """Return the faces of a page: an error with a way to try again, a skeleton, then the content."""
    return rx.cond(error, ui.error_state(error, on_retry=on_retry), rx.cond(is_loading, skeleton, content))


def search(
    label: str, hint: str, *, opened: int | rx.Var[int], on_change: EventType[str], max_length: int, **props: Any
) -> rx.Component:
    """Return the field that narrows a list as the viewer types; every opening of the page makes a new one."""
    return rx.input(
        rx.input.slot(ui.icon("search")),
        key=ui.text_of(opened),
        placeholder=hint,
        aria_label=label,
        type="search",
        max_length=max_length,
        on_change=on_change,
        max_width="24rem",
        **props,
    )


def paging(state: type[PagedState], *, back: str, forth: str) -> rx.Component:
    """Return the buttons that turn the pages of a list, where there is more than one."""
    buttons = rx.hstack(
        ui.button(
            back,
            kind="secondary",
            icon="chevron_left",
            disabled=ui.none_of(state.has_previous),
            on_click=state.show_previous,
        ),
        ui.button(forth, kind="secondary", disabled=ui.none_of(state.next_cursor), on_click=state.show_next),
        justify="end",
        width="100%",
    )
    return rx.cond(ui.any_of(state.has_previous, state.next_cursor), buttons)


def link_card(content: rx.Component, *, href: str | rx.Var[str], **props: Any) -> rx.Component:
    """Return a card that is one link as a whole."""
    return rx.link(
        content,
        href=href,
        underline="none",
        color=tokens.TEXT,
        background=tokens.SURFACE,
        box_shadow="var(--shadow-2)",
        border_radius="var(--radius-4)",
        padding="var(--space-4)",
        display="block",
        _hover={"box_shadow": "var(--shadow-4)"},
        **props,
    )


def cards_skeleton(label: str, count: int = 3) -> rx.Component:
    """Return grey cards in the place of a page of cards."""
    cards = [rx.skeleton(rx.box(height="10rem", width="100%"), width="100%") for _ in range(count)]
    name = words("common-loading", what=label)
    return rx.vstack(*cards, spacing="5", width="100%", role="status", aria_busy="true", aria_label=name)


def card_table(
    columns: Sequence[str],
    rows: Any,  # the type checker sees the value of a var
    row: Callable[[Any], rx.Component],
    *,
    caption: str,
    empty: str,
    only_wide: Collection[str] = (),
) -> rx.Component:
    """Return the table within a card, or a line that says that there is nothing."""
    table = ui.data_table(columns, rx.foreach(rows, row), caption=caption, only_wide=only_wide)
    return rx.cond(ui.has_items(rows), table, rx.text(empty, size="2", color=tokens.TEXT_MUTED))


def table_row(key: str | rx.Var[str], head: rx.Component, *cells: rx.Component) -> rx.Component:
    """Return a row whose first cell names it."""
    return rx.table.row(rx.table.row_header_cell(head), *cells, key=key, align="center")


def cell(text: str | rx.Var[str], **props: Any) -> rx.Component:
    """Return a cell with a line of text."""
    return rx.table.cell(rx.text(text, size="2", **props))


def actions_cell(*actions: rx.Component) -> rx.Component:
    """Return the last cell of a row."""
    return rx.table.cell(rx.hstack(*actions, justify="end", align="center", spacing="3"), text_align="right")


def row_menu(label: str | rx.Var[str], *items: rx.Component) -> rx.Component:
    """Return the button that opens the menu of a row; the label says of which one."""
    trigger = rx.icon_button(
        ui.icon("ellipsis", size=18), aria_label=label, variant="ghost", color_scheme="gray", type="button"
    )
    return rx.menu.root(rx.menu.trigger(trigger), rx.menu.content(*items))


def row_link(text: str | rx.Var[str], href: str | rx.Var[str], **props: Any) -> rx.Component:
    """Return the name of a row as a link that takes clicks on the whole row; what else can be clicked is `above`."""
    return rx.link(
        text,
        href=href,
        weight="medium",
        size="2",
        color=tokens.TEXT,
        title=text,
        overflow_wrap="anywhere",
        style={**TWO_LINES, **_COVERS_ROW},
        **props,
    )


def row_button(text: str | rx.Var[str], **props: Any) -> rx.Component:
    """Return the name of a row as a button that takes clicks on the whole row, where no page of its own is opened."""
    return rx.el.button(text, type="button", style={**_BARE_BUTTON, **_COVERS_ROW}, **props)


def linked_row(key: str | rx.Var[str], *cells: rx.Component) -> rx.Component:
    """Return a row that its `row_link` covers."""
    return rx.table.row(
        *cells, key=key, align="center", position="relative", _hover={"background": rx.color("gray", 2)}
    )


def above(*children: rx.Component, **props: Any) -> rx.Component:
    """Return what can be clicked in a linked row without opening it."""
    return rx.box(*children, position="relative", z_index="1", width="fit-content", **props)


def popover(label: str | rx.Var[str], icon: str, *content: rx.Component, title: str) -> rx.Component:
    """Return a button that opens a small panel below itself."""
    return rx.popover.root(
        rx.popover.trigger(ui.button(label, kind="secondary", icon=icon)),
        rx.popover.content(
            rx.vstack(*content, spacing="4", width="100%"),
            custom_attrs={"aria-label": title},
            width="20rem",
            max_width="calc(100vw - 2 * var(--space-4))",
        ),
    )


def strong(text: str | rx.Var[str]) -> rx.Component:
    """Return the name of a row."""
    return rx.text(text, size="2", weight="medium", overflow_wrap="anywhere")


def code(text: str | rx.Var[str], **props: Any) -> rx.Component:
    """Return an identifier in fixed-width letters."""
    return rx.text(text, font_family=tokens.CODE_FONT, size="1", overflow_wrap="anywhere", **props)


def fact(label: str | rx.Var[str], value: rx.Component) -> rx.Component:
    """Return a named value."""
    return rx.vstack(rx.text(label, size="1", color=tokens.TEXT_MUTED), value, spacing="1", min_width="0")

"""What stands above the table of users: search, filters, columns, kept searches."""

from typing import Any

import reflex as rx

from components import ui
from components.dashboard import lists
from components.ui import tokens, words
from state.dashboard.team_picker import FILTER, TeamPickerState
from state.dashboard.users import FILTERS, SORTS, UsersState
from state.dashboard.users_filters import ANY, RESTRICTION_LABELS, VERIFIED, Chip
from state.dashboard.users_views import COLUMNS, KeptView, UserColumnsState, UserViewsState


def bar() -> rx.Component:
    """Return the search with everything that changes what the table shows."""
    search = lists.search(
        words("users-search"),
        words("users-search-hint"),
        opened=UsersState.opened,
        on_change=UsersState.change_search.debounce(250),
        max_length=200,
        default_value=UsersState.search,
        flex="1 1 14rem",
    )
    return rx.hstack(
        search,
        ui.select_box(
            words("users-filter"),
            [(value, label) for value, (label, _) in FILTERS.items()],
            name="users-shown",
            value=UsersState.shown,
            on_change=UsersState.change_filter,
        ),
        ui.select_box(
            words("users-order"),
            [(value, label) for value, (label, _, _) in SORTS.items()],
            name="users-order",
            value=UsersState.sort,
            on_change=UsersState.change_sort,
        ),
        _filters(),
        _columns(),
        rx.spacer(),
        rx.text(UsersState.total, size="2", color=tokens.TEXT_MUTED, role="status"),
        align="center",
        wrap="wrap",
        spacing="3",
        width="100%",
    )


def chips() -> rx.Component:
    """Return the filters that are on, each with the way to take it away, and the kept searches."""
    keep = ui.button(
        words("users-keep-view"), kind="quiet", size="1", icon="bookmark", on_click=UserViewsState.toggle(True)
    )
    reset = ui.button(words("users-reset"), kind="quiet", size="1", on_click=UsersState.show_everybody)
    return rx.cond(
        ui.any_of(UsersState.is_narrowed, ui.has_items(UserViewsState.views)),
        rx.hstack(
            rx.foreach(UserViewsState.views, _view),
            rx.foreach(UsersState.chips, _chip),
            rx.cond(UsersState.is_narrowed, rx.hstack(reset, keep, align="center", spacing="4")),
            align="center",
            wrap="wrap",
            spacing="3",
            width="100%",
        ),
    )


def _filters() -> rx.Component:
    narrowed: Any = UsersState.narrowed  # the type checker sees the value of a var
    any_one = (ANY, words("users-any"))
    count = ui.count_of(UsersState.chips)
    return lists.popover(
        rx.cond(ui.has_items(UsersState.chips), words("users-filters-on", count=count), words("users-filters")),
        "list_filter",
        _choice("verified", words("users-filter-verified"), [any_one, *VERIFIED.items()]),
        _choice(
            "method",
            words("users-filter-method"),
            rx.fragment(
                rx.select.item(words("users-any"), value=ANY),
                rx.foreach(UsersState.methods, lambda one: rx.select.item(one.name, value=one.id)),
            ),
        ),
        _choice("restriction", words("users-filter-restriction"), [any_one, *RESTRICTION_LABELS.items()]),
        _typed("country", words("users-filter-country"), max_length=2),
        _typed("from", words("users-filter-from"), type="date"),
        _typed("to", words("users-filter-to"), type="date"),
        ui.button(
            rx.cond(narrowed.contains("team"), words("users-filter-other-team"), words("users-filter-team")),
            kind="secondary",
            icon="users_round",
            on_click=TeamPickerState.ask(FILTER),
        ),
        title=words("users-filters"),
    )


def _choice(name: str, label: str, options: Any) -> rx.Component:
    narrowed: Any = UsersState.narrowed  # the type checker sees the value of a var
    return ui.select_field(
        label,
        options,
        name=f"users-filter-{name}",
        value=rx.cond(narrowed.contains(name), narrowed[name], ANY),
        on_change=lambda value: UsersState.narrow(name, value),
    )


def _typed(name: str, label: str, **props: Any) -> rx.Component:
    narrowed: Any = UsersState.narrowed  # the type checker sees the value of a var
    return ui.text_field(
        label,
        name=f"users-filter-{name}",
        default_value=rx.cond(narrowed.contains(name), narrowed[name], ""),
        on_change=lambda value: UsersState.narrow(name, value).debounce(400),
        size="2",
        **props,
    )


def _columns() -> rx.Component:
    shown: Any = UserColumnsState.shown  # the type checker sees the value of a var
    boxes = [
        ui.checkbox(
            label,
            name=f"users-column-{name}",
            checked=shown.contains(name),
            on_change=lambda is_on, name=name: UserColumnsState.show(name, is_on),
        )
        for name, label in COLUMNS.items()
    ]
    return lists.popover(words("users-columns"), "columns_3", *boxes, title=words("users-columns"))


def _chip(chip: rx.vars.ObjectVar[Chip]) -> rx.Component:
    return rx.button(
        chip.label,
        ui.icon("x", size=14),
        variant="soft",
        size="1",
        type="button",
        aria_label=words("users-remove-filter", filter=chip.label),
        on_click=UsersState.narrow(chip.name, ANY),
        key=chip.name,
    )


def _view(view: rx.vars.ObjectVar[KeptView]) -> rx.Component:
    return rx.hstack(
        rx.link(
            rx.hstack(ui.icon("bookmark", size=14), view.name, align="center", spacing="1"), href=view.address, size="2"
        ),
        ui.icon_button(
            "x", words("users-forget-view", view=view.name), size="1", on_click=UserViewsState.forget(view.name)
        ),
        align="center",
        spacing="1",
        key=view.name,
    )

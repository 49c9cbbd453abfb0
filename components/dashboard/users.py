"""The table of users."""

from typing import Final

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.shell import project_page
from components.dashboard.user_dialogs import create_user_dialog, delete_user_question
from components.dashboard.users_import import import_users_dialog
from components.ui import tokens, words
from components.ui.icons import icon
from state.dashboard import paths
from state.dashboard.shell import ShellState
from state.dashboard.user_changes import CreateUserState, DeleteUserState
from state.dashboard.users import ACTIONS_ID, FILTERS, SORTS, UserRow, UsersState
from state.dashboard.users_bulk import UserSelectionState
from state.dashboard.users_import import UserImportState

_COLUMNS: Final = (
    words("users-column-user"),
    words("users-column-email"),
    words("users-column-sign-in"),
    words("users-column-signed-up"),
    words("users-column-active"),
    "",
)
_ONLY_WIDE: Final = (_COLUMNS[2], _COLUMNS[4])


def page() -> rx.Component:
    """Return the users of the open project."""
    table = lists.page_table(
        _COLUMNS, UsersState.rows, _row, caption=words("users-title"), empty=_empty(), only_wide=_ONLY_WIDE
    )
    pages = lists.paging(UsersState, back=words("page-previous"), forth=words("page-next"))
    return project_page(
        _bar(),
        _selection(),
        lists.loaded(
            rx.vstack(table, pages, spacing="4", width="100%"),
            error=UsersState.error,
            is_loading=UsersState.is_loading,
            on_retry=UsersState.retry,
            skeleton=ui.table_skeleton(_COLUMNS, caption=words("users-loading")),
        ),
        create_user_dialog(),
        import_users_dialog(),
        delete_user_question(),
        _delete_question(),
        here="users",
        title=words("users-title"),
        text=words("users-text"),
        action=rx.hstack(
            ui.button(
                words("users-export"),
                kind="secondary",
                icon="download",
                pending=UserSelectionState.is_exporting,
                on_click=UserSelectionState.export,
            ),
            ui.button(words("users-import"), kind="secondary", icon="upload", on_click=UserImportState.toggle(True)),
            ui.button(words("users-create"), icon="user_plus", on_click=CreateUserState.toggle(True)),
            wrap="wrap",
        ),
    )


def _selection() -> rx.Component:
    bar = rx.hstack(
        rx.text(UserSelectionState.summary, size="2", weight="medium", role="status"),
        ui.button(words("users-tick-page"), kind="secondary", size="1", on_click=UserSelectionState.tick_page),
        ui.button(words("users-restrict"), kind="secondary", size="1", on_click=UserSelectionState.restrict(True)),
        ui.button(words("users-lift"), kind="secondary", size="1", on_click=UserSelectionState.restrict(False)),
        ui.button(words("users-delete-chosen"), kind="danger", size="1", on_click=UserSelectionState.ask(True)),
        ui.button(words("users-clear"), kind="quiet", size="1", on_click=UserSelectionState.clear),
        align="center",
        wrap="wrap",
        spacing="3",
        width="100%",
    )
    return rx.cond(ui.has_items(UserSelectionState.selected), bar)


def _delete_question() -> rx.Component:
    return ui.question(
        words("users-deletion-of-chosen"),
        words("users-deletion-of-chosen-text", count=ui.count_of(UserSelectionState.selected)),
        confirm_label=words("users-deletion-of-chosen-confirm"),
        is_open=UserSelectionState.is_asking,
        on_confirm=UserSelectionState.delete,
        on_cancel=UserSelectionState.ask(False),
    )


def _bar() -> rx.Component:
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
        rx.spacer(),
        rx.text(UsersState.total, size="2", color=tokens.TEXT_MUTED, role="status"),
        align="center",
        wrap="wrap",
        spacing="3",
        width="100%",
    )


def _row(row: rx.vars.ObjectVar[UserRow]) -> rx.Component:
    tick = rx.checkbox(
        checked=UserSelectionState.selected.contains(row.id),  # type: ignore[attr-defined]  # a list var in the browser
        on_change=lambda is_on: UserSelectionState.tick(row.id, is_on),
        aria_label=words("users-choose", user=rx.cond(row.email, row.email, row.name)),
    )
    person = rx.hstack(
        tick,
        ui.avatar(row.initials, image=row.image),
        rx.vstack(
            rx.link(
                row.name,
                href=paths.user(ShellState.project.id, row.id),  # type: ignore[arg-type]  # formatted in the browser
                weight="medium",
                size="2",
                color=tokens.TEXT,
                overflow_wrap="anywhere",
                min_width="7rem",
            ),
            rx.hstack(
                rx.cond(row.is_anonymous, ui.badge(words("users-anonymous"))),
                rx.cond(row.restriction, ui.badge(row.restriction, tone="warning")),
                wrap="wrap",
                spacing="1",
            ),
            spacing="1",
        ),
        align="center",
        spacing="3",
    )
    return rx.table.row(
        rx.table.row_header_cell(person),
        rx.table.cell(_email(row)),
        ui.wide_cell(rx.text(rx.cond(row.methods, row.methods, "–"), size="2", min_width="6.5rem")),
        rx.table.cell(_time(row.signed_up, row.signed_up_exactly)),
        ui.wide_cell(_time(row.last_active, row.last_active_exactly)),
        rx.table.cell(_actions(row), text_align="right"),
        key=row.id,
        align="center",
    )


def _email(row: rx.vars.ObjectVar[UserRow]) -> rx.Component:
    state = rx.cond(
        row.is_verified, ui.badge(words("users-verified"), tone="success"), ui.badge(words("users-not-verified"))
    )
    return rx.cond(
        row.email,
        rx.hstack(rx.text(row.email, size="2", white_space="nowrap"), state, align="center", wrap="wrap", spacing="2"),
        rx.text("–", size="2"),
    )


def _time(text: str | rx.Var[str], exactly: str | rx.Var[str]) -> rx.Component:
    return rx.text(text, title=exactly, size="2", white_space="nowrap")


def _actions(row: rx.vars.ObjectVar[UserRow]) -> rx.Component:
    label = words("common-actions-for", name=rx.cond(row.email, row.email, row.name))
    trigger = rx.icon_button(
        icon("ellipsis", size=18),
        id=ui.text_of(ACTIONS_ID, row.id),
        aria_label=label,
        variant="ghost",
        color_scheme="gray",
        type="button",
    )
    return rx.menu.root(
        rx.menu.trigger(trigger),
        rx.menu.content(
            rx.menu.item(
                icon("copy"),
                words("users-copy-id"),
                on_select=[rx.set_clipboard(row.id), rx.toast.success(words("users-copied"))],
            ),
            rx.menu.separator(),
            rx.menu.item(
                icon("trash_2"), words("users-delete"), color_scheme="red", on_select=DeleteUserState.ask(row.id)
            ),
        ),
    )


def _empty() -> rx.Component:
    return rx.cond(
        ui.any_of(UsersState.is_narrowed, UsersState.has_previous),
        ui.empty_state(words("users-none-found"), words("users-none-found-text"), icon="search_x"),
        ui.empty_state(
            words("users-none"),
            words("users-none-text"),
            icon="users",
            action=ui.link_button(words("users-open-sign-up"), ShellState.hosted_sign_up_url, opens_new_tab=True),
        ),
    )

"""The table of users."""

from typing import Any, Final

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.shell import project_page
from components.dashboard.team_picker import team_picker
from components.dashboard.user_dialogs import (
    create_user_dialog,
    delete_user_question,
    export_dialog,
    keep_view_dialog,
    remove_second_factor_question,
)
from components.dashboard.users_bar import bar, chips
from components.dashboard.users_import import import_users_dialog
from components.ui import tokens, words
from components.ui.icons import icon
from state.dashboard import paths
from state.dashboard.shell import ShellState
from state.dashboard.team_picker import ADD_CHOSEN, TeamPickerState
from state.dashboard.user_changes import CreateUserState, DeleteUserState, RemoveSecondFactorState
from state.dashboard.users import ACTIONS_ID, PAGE_SIZES, UserRow, UsersState
from state.dashboard.users_bulk import UserSelectionState
from state.dashboard.users_export import UserExportState
from state.dashboard.users_import import UserImportState
from state.dashboard.users_views import COLUMNS, UserColumnsState

_ONLY_WIDE: Final = ("methods", "active")
_TABLET: Final = tuple(COLUMNS[name] for name in _ONLY_WIDE)


def page() -> rx.Component:
    """Return the users of the open project."""
    return project_page(
        bar(),
        chips(),
        _selection(),
        lists.loaded(
            rx.vstack(_table(), _foot(), spacing="4", width="100%"),
            error=UsersState.error,
            is_loading=UsersState.is_loading,
            on_retry=UsersState.retry,
            skeleton=ui.table_skeleton((words("users-column-user"), *_TABLET, ""), caption=words("users-loading")),
        ),
        create_user_dialog(),
        export_dialog(),
        keep_view_dialog(),
        import_users_dialog(),
        team_picker(),
        delete_user_question(),
        remove_second_factor_question(),
        _delete_question(),
        here="users",
        title=words("users-title"),
        text=words("users-text"),
        action=rx.hstack(
            ui.button(words("users-export"), kind="secondary", icon="download", on_click=UserExportState.toggle(True)),
            ui.button(words("users-import"), kind="secondary", icon="upload", on_click=UserImportState.toggle(True)),
            ui.button(words("users-create"), icon="user_plus", on_click=CreateUserState.toggle(True)),
            wrap="wrap",
        ),
    )


def _table() -> rx.Component:
    heads = [words("users-column-user"), *COLUMNS.values(), ""]
    table = ui.data_table(
        heads,
        rx.foreach(UsersState.rows, _row),
        caption=words("users-title"),
        only_wide=_TABLET,
        hidden=[False, *(_is_hidden(name) for name in COLUMNS), False],
    )
    return rx.cond(
        ui.has_items(UsersState.rows),
        ui.card(table, padding="var(--space-2) var(--space-3)", isolation="isolate"),
        ui.table_empty(_empty()),
    )


def _foot() -> rx.Component:
    sizes = ui.select_box(
        words("users-page-size"),
        [(str(size), words("users-per-page", count=size)) for size in PAGE_SIZES],
        name="users-page-size",
        value=UsersState.page_size,
        on_change=UsersState.change_page_size,
    )
    pages = lists.paging(UsersState, back=words("page-previous"), forth=words("page-next"))
    return rx.hstack(sizes, rx.spacer(), rx.box(pages), align="center", wrap="wrap", width="100%")


def _is_hidden(column: str) -> Any:
    return ~UserColumnsState.shown.contains(column)


def _selection() -> rx.Component:
    bar_of_chosen = rx.hstack(
        rx.text(UserSelectionState.summary, size="2", weight="medium", role="status"),
        ui.button(words("users-tick-page"), kind="secondary", size="1", on_click=UserSelectionState.tick_page),
        ui.button(words("users-verify"), kind="secondary", size="1", on_click=UserSelectionState.verify),
        ui.button(words("users-add-to-team"), kind="secondary", size="1", on_click=TeamPickerState.ask(ADD_CHOSEN)),
        ui.button(words("users-restrict"), kind="secondary", size="1", on_click=UserSelectionState.restrict(True)),
        ui.button(words("users-lift"), kind="secondary", size="1", on_click=UserSelectionState.restrict(False)),
        ui.button(words("users-export-chosen"), kind="secondary", size="1", on_click=UserExportState.toggle(True)),
        ui.button(words("users-delete-chosen"), kind="danger", size="1", on_click=UserSelectionState.ask(True)),
        ui.button(words("users-clear"), kind="quiet", size="1", on_click=UserSelectionState.clear),
        align="center",
        wrap="wrap",
        spacing="3",
        width="100%",
        position=rx.breakpoints(initial="static", md="sticky"),  # on a phone it would cover the rows
        top=tokens.HEADER_HEIGHT,
        z_index="1",  # below the header, above the table
        padding="var(--space-2) var(--space-3)",
        border_radius="var(--radius-3)",
        background=rx.color("accent", 3),
    )
    return rx.cond(ui.has_items(UserSelectionState.selected), bar_of_chosen)


def _delete_question() -> rx.Component:
    box, is_ticked = ui.tick_box("delete-chosen-users", words("users-deletion-tick"))
    return ui.question(
        words("users-deletion-of-chosen"),
        words("users-deletion-of-chosen-text", count=ui.count_of(UserSelectionState.selected)),
        box,
        confirm_label=words("users-deletion-of-chosen-confirm"),
        is_open=UserSelectionState.is_asking,
        on_confirm=UserSelectionState.delete,
        on_cancel=UserSelectionState.ask(False),
        can_confirm=is_ticked,
    )


def _row(row: rx.vars.ObjectVar[UserRow]) -> rx.Component:
    tick = rx.checkbox(
        checked=UserSelectionState.selected.contains(row.id),  # type: ignore[attr-defined]  # a list var in the browser
        on_change=lambda is_on: UserSelectionState.tick(row.id, is_on),
        aria_label=words("users-choose", user=rx.cond(row.email, row.email, row.name)),
    )
    address = paths.user(ShellState.project.id, row.id)  # type: ignore[arg-type]  # formatted in the browser
    person = rx.hstack(
        lists.above(tick),
        ui.avatar(row.initials, image=row.image),
        rx.vstack(
            lists.row_link(row.name, address, min_width="7rem"),
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
    return lists.linked_row(
        row.id,
        rx.table.row_header_cell(person),
        _cell("id", _short_id(row)),
        _cell("email", _email(row)),
        _cell("methods", rx.text(rx.cond(row.methods, row.methods, "–"), size="2", min_width="8rem")),
        _cell("mfa", rx.text(rx.cond(row.has_mfa, words("users-mfa-on"), "–"), size="2")),
        _cell("country", rx.text(rx.cond(row.country, row.country, "–"), size="2")),
        _cell("signed-up", _time(row.signed_up, row.signed_up_exactly)),
        _cell("active", _time(row.last_active, row.last_active_exactly)),
        rx.table.cell(_actions(row), text_align="right"),
    )


def _cell(column: str, content: rx.Component) -> rx.Component:
    build = ui.wide_cell if column in _ONLY_WIDE else rx.table.cell
    return build(content, custom_attrs={"hidden": _is_hidden(column)})


def _short_id(row: rx.vars.ObjectVar[UserRow]) -> rx.Component:
    return lists.above(
        rx.hstack(lists.code(row.short_id), ui.copy_button(row.id, label=words("users-id")), align="center")
    )


def _email(row: rx.vars.ObjectVar[UserRow]) -> rx.Component:
    state = rx.cond(
        row.is_verified, ui.badge(words("users-verified"), tone="success"), ui.badge(words("users-not-verified"))
    )
    return rx.cond(
        row.email,
        rx.hstack(
            rx.text(
                row.email,
                title=row.email,
                size="2",
                max_width=rx.breakpoints(initial="100%", sm="17rem"),
                **tokens.ONE_LINE,
            ),
            state,
            align="center",
            wrap="wrap",
            spacing="2",
        ),
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
        position="relative",
        z_index="1",
    )
    address = paths.user(ShellState.project.id, row.id)  # type: ignore[arg-type]  # formatted in the browser
    return rx.menu.root(
        rx.menu.trigger(trigger),
        rx.menu.content(
            rx.menu.item(icon("user"), words("users-view"), on_select=rx.redirect(address)),
            rx.menu.item(
                icon("copy"),
                words("users-copy-id"),
                on_select=[rx.set_clipboard(row.id), rx.toast.success(words("users-copied"))],
            ),
            rx.menu.item(
                icon("venetian_mask"),
                words("users-impersonate"),
                on_select=rx.redirect(paths.impersonation(ShellState.project.id, row.id)),  # type: ignore[arg-type]  # formatted in the browser
            ),
            rx.cond(
                row.has_mfa,
                rx.menu.item(
                    icon("shield_off"), words("users-remove-mfa"), on_select=RemoveSecondFactorState.ask(row.id)
                ),
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
        ui.empty_state(
            words("users-none-found"),
            words("users-none-found-text"),
            icon="search_x",
            action=ui.button(words("users-reset"), kind="secondary", on_click=UsersState.show_everybody),
        ),
        ui.empty_state(
            words("users-none"),
            words("users-none-text"),
            icon="users",
            action=ui.link_button(words("users-open-sign-up"), ShellState.hosted_sign_up_url, opens_new_tab=True),
        ),
    )

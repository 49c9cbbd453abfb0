"""The table of teams."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.shell import project_page
from components.ui import words
from state.dashboard import paths
from state.dashboard.shell import ShellState
from state.dashboard.teams import (
    NEWEST,
    OLDEST,
    CreateTeamState,
    DeleteTeamState,
    RenameTeamState,
    TeamRow,
    TeamsState,
)

_COLUMNS = (words("teams-column-team"), words("teams-column-members"), words("teams-column-created"), "")


def page() -> rx.Component:
    """Return the teams of the open project."""
    table = lists.page_table(_COLUMNS, TeamsState.rows, _row, caption=words("teams-title"), empty=_empty())
    pages = lists.paging(TeamsState, back=words("page-previous"), forth=words("page-next"))
    return project_page(
        _search(),
        lists.loaded(
            rx.vstack(table, pages, spacing="4", width="100%"),
            error=TeamsState.error,
            is_loading=TeamsState.is_loading,
            on_retry=TeamsState.load,
            skeleton=ui.table_skeleton(_COLUMNS, caption=words("teams-loading")),
        ),
        _create_dialog(),
        _rename_dialog(),
        _delete_question(),
        here="teams",
        title=words("teams-title"),
        text=words("teams-text"),
        action=ui.button(words("teams-create"), icon="plus", on_click=CreateTeamState.toggle(True)),
    )


def _search() -> rx.Component:
    search = lists.search(
        words("teams-search"),
        words("teams-search-hint"),
        opened=TeamsState.opened,
        on_change=TeamsState.change_search.debounce(250),
        max_length=200,
        default_value=TeamsState.search,
        flex="1 1 14rem",
    )
    order = ui.select_box(
        words("teams-order"),
        ((NEWEST, words("teams-newest")), (OLDEST, words("teams-oldest"))),
        name="teams-order",
        value=TeamsState.sort,
        on_change=TeamsState.change_sort,
    )
    return rx.hstack(search, order, align="center", wrap="wrap", spacing="3", width="100%")


def _row(row: rx.vars.ObjectVar[TeamRow]) -> rx.Component:
    address = paths.team(ShellState.project.id, row.id)  # type: ignore[arg-type]  # formatted in the browser
    menu = lists.row_menu(
        words("common-actions-for", name=row.name),
        rx.menu.item(ui.icon("users_round"), words("teams-view"), on_select=rx.redirect(address)),
        rx.menu.item(ui.icon("pencil"), words("teams-rename"), on_select=RenameTeamState.ask(row.id)),
        rx.menu.item(
            ui.icon("copy"),
            words("teams-copy-id"),
            on_select=[rx.set_clipboard(row.id), rx.toast.success(words("users-copied"))],
        ),
        rx.menu.separator(),
        rx.menu.item(
            ui.icon("trash_2"), words("teams-delete"), color_scheme="red", on_select=DeleteTeamState.ask(row.id)
        ),
    )
    return lists.linked_row(
        row.id,
        rx.table.row_header_cell(lists.row_link(row.name, address)),
        lists.cell(ui.text_of(row.members)),
        lists.cell(row.created, title=row.created_exactly, white_space="nowrap"),
        lists.actions_cell(lists.above(menu)),
    )


def _empty() -> rx.Component:
    return rx.cond(
        TeamsState.search,
        ui.empty_state(words("teams-none-found"), words("teams-none-found-text"), icon="search_x"),
        ui.empty_state(
            words("teams-none"),
            words("teams-none-text"),
            icon="users_round",
            action=ui.button(words("teams-create"), on_click=CreateTeamState.toggle(True)),
        ),
    )


def _create_dialog() -> rx.Component:
    return ui.form_dialog(
        words("teams-create-title"),
        ui.text_field(words("teams-name"), name="new_team_name", auto_complete="off", required=True),
        submit_label=words("teams-create"),
        is_open=CreateTeamState.is_open,
        error=CreateTeamState.error,
        on_submit=CreateTeamState.submit,
        on_open_change=CreateTeamState.toggle,
    )


def _rename_dialog() -> rx.Component:
    return ui.form_dialog(
        words("teams-rename-title"),
        ui.text_field(
            words("teams-name"),
            name="team_new_name",
            default_value=RenameTeamState.name,
            auto_complete="off",
            required=True,
        ),
        submit_label=words("common-save"),
        is_open=RenameTeamState.is_open,
        error=RenameTeamState.error,
        on_submit=RenameTeamState.submit,
        on_open_change=RenameTeamState.toggle,
    )


def _delete_question() -> rx.Component:
    box, is_ticked = ui.tick_box("delete-team", words("users-deletion-tick"))
    return ui.question(
        words("team-deletion"),
        words("teams-deletion-text", team=DeleteTeamState.name),
        box,
        confirm_label=words("team-deletion-confirm"),
        is_open=DeleteTeamState.is_open,
        on_confirm=DeleteTeamState.delete,
        on_cancel=DeleteTeamState.stop_asking,
        can_confirm=is_ticked,
    )

"""The table of teams."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.shell import project_page
from components.ui import tokens, words
from state.dashboard import paths
from state.dashboard.shell import ShellState
from state.dashboard.teams import CreateTeamState, TeamRow, TeamsState

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
        here="teams",
        title=words("teams-title"),
        text=words("teams-text"),
        action=ui.button(words("teams-create"), icon="plus", on_click=CreateTeamState.toggle(True)),
    )


def _search() -> rx.Component:
    return lists.search(
        words("teams-search"),
        words("teams-search-hint"),
        opened=TeamsState.opened,
        on_change=TeamsState.change_search.debounce(250),
        max_length=200,
        width="100%",
    )


def _row(row: rx.vars.ObjectVar[TeamRow]) -> rx.Component:
    address = paths.team(ShellState.project.id, row.id)  # type: ignore[arg-type]  # formatted in the browser
    return lists.table_row(
        row.id,
        rx.link(row.name, href=address, size="2", weight="medium", color=tokens.TEXT, overflow_wrap="anywhere"),
        lists.cell(ui.text_of(row.members)),
        lists.cell(row.created, title=row.created_exactly, white_space="nowrap"),
        lists.actions_cell(ui.copy_button(row.id, label=words("teams-id"))),
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

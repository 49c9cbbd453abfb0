"""The dialog that finds a team."""

import reflex as rx

from components import ui
from components.ui import tokens, words
from state.dashboard.team_picker import TeamPickerState
from state.dashboard.user_facts import NamedRow


def team_picker() -> rx.Component:
    """Return the dialog; whoever opens it says what the team is for."""
    search = rx.input(
        rx.input.slot(ui.icon("search")),
        aria_label=words("teams-search"),
        placeholder=words("teams-search-hint"),
        type="search",
        max_length=200,
        on_change=TeamPickerState.search.debounce(200),
        width="100%",
        size="3",
    )
    nothing = rx.text(words("teams-none-found-text"), size="2", color=tokens.TEXT_MUTED)
    return rx.dialog.root(
        rx.dialog.content(
            rx.dialog.title(words("teams-pick")),
            search,
            rx.box(
                rx.cond(
                    ui.has_items(TeamPickerState.found),
                    rx.vstack(rx.foreach(TeamPickerState.found, _team), spacing="1", width="100%"),
                    nothing,
                ),
                aria_live="polite",
                margin_top="var(--space-3)",
            ),
            rx.hstack(
                rx.dialog.close(ui.button(words("common-cancel"), kind="secondary")),
                justify="end",
                margin_top="var(--space-4)",
            ),
            aria_describedby=None,
            max_width=tokens.DIALOG_WIDTH,
        ),
        open=TeamPickerState.purpose != "",
        on_open_change=TeamPickerState.ask(""),
    )


def _team(team: rx.vars.ObjectVar[NamedRow]) -> rx.Component:
    return rx.button(
        ui.icon("users_round", size=16),
        rx.text(team.name, **tokens.ONE_LINE),
        variant="ghost",
        color_scheme="gray",
        type="button",
        width="100%",
        justify_content="flex-start",
        padding="var(--space-2) var(--space-3)",
        margin="0",
        on_click=TeamPickerState.pick(team.id),
        key=team.id,
    )

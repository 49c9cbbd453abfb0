"""Who creates teams, and when."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.shell import project_page
from state.dashboard.team_settings import TeamSettingsState


def page() -> rx.Component:
    """Return the settings of teams."""
    switches = ui.section(
        "New teams",
        rx.cond(
            TeamSettingsState.is_pushed,
            ui.callout(
                "These settings come from a pushed configuration. Change them where it is kept.", tone="warning"
            ),
        ),
        _switch(
            "creation",
            "Users may create teams",
            "When off, only you and your servers create them.",
            TeamSettingsState.allows_creation,
        ),
        _switch(
            "personal",
            "A personal team for each new user",
            "It is created at sign-up and named after the user; those who are there already get none.",
            TeamSettingsState.creates_personal,
        ),
        text="Changes apply at once.",
    )
    permissions = ui.section(
        "Permissions",
        rx.hstack(ui.link_button("Team permissions", TeamSettingsState.permissions_path, kind="secondary")),
        text="What creators and members of teams may do stands beside the permissions themselves.",
    )
    return project_page(
        lists.loaded(
            rx.vstack(switches, permissions, spacing="5", width="100%"),
            error=TeamSettingsState.error,
            is_loading=TeamSettingsState.is_loading,
            on_retry=TeamSettingsState.load,
            skeleton=lists.cards_skeleton("Team settings", 2),
        ),
        here="team-settings",
        title="Team settings",
        text="Who creates teams, and when.",
    )


def _switch(name: str, label: str, text: str, is_on: bool) -> rx.Component:
    return ui.switch_row(
        label,
        text,
        name=f"teams-{name}",
        checked=is_on,
        disabled=TeamSettingsState.is_pushed,
        on_change=lambda is_ticked: TeamSettingsState.switch(name, is_ticked),
    )

"""Who creates teams, and when."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.pushed import pushed_notice
from components.dashboard.saving import staged_bar, staged_switch
from components.dashboard.shell import project_page
from components.ui import words
from state.dashboard.team_settings import TeamSettingsState


def page() -> rx.Component:
    """Return the settings of teams."""
    switches = ui.section(
        words("team-settings-new"),
        pushed_notice(TeamSettingsState),
        _switch(
            "creation",
            words("team-settings-creation"),
            words("team-settings-creation-text"),
        ),
        _switch(
            "personal",
            words("team-settings-personal"),
            words("team-settings-personal-text"),
        ),
    )
    permissions = ui.section(
        words("team-settings-permissions"),
        rx.hstack(
            ui.link_button(
                words("team-settings-open-permissions"), TeamSettingsState.permissions_path, kind="secondary"
            )
        ),
        text=words("team-settings-permissions-text"),
    )
    return project_page(
        lists.loaded(
            rx.vstack(switches, permissions, spacing="5", width="100%"),
            error=TeamSettingsState.error,
            is_loading=TeamSettingsState.is_loading,
            on_retry=TeamSettingsState.load,
            skeleton=lists.cards_skeleton(words("team-settings-title"), 2),
        ),
        staged_bar(TeamSettingsState),
        here="team-settings",
        title=words("team-settings-title"),
        text=words("team-settings-text"),
    )


def _switch(name: str, label: str, text: str) -> rx.Component:
    return staged_switch(TeamSettingsState, name, label, text, element=f"teams-{name}")

"""Who creates teams, and when."""

import reflex as rx

from components import ui
from components.dashboard import lists
from components.dashboard.shell import project_page
from components.dashboard.switches import pushed_notice, switch
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
            TeamSettingsState.allows_creation,
        ),
        _switch(
            "personal",
            words("team-settings-personal"),
            words("team-settings-personal-text"),
            TeamSettingsState.creates_personal,
        ),
        text=words("common-applies-at-once"),
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
        here="team-settings",
        title=words("team-settings-title"),
        text=words("team-settings-text"),
    )


def _switch(name: str, label: str, text: str, is_on: bool) -> rx.Component:
    return switch(TeamSettingsState, name, label, text, is_on=is_on, element=f"teams-{name}")

"""Who creates teams, and when."""

from typing import Final

import reflex as rx

from hexclave_app.languages.speaking import say
from state.base import Viewer
from state.dashboard import paths
from state.dashboard.staged import StagedState
from state.dashboard.staged_settings import Present, Settings, Switch

_SETTINGS: Final[Settings] = {
    "creation": Switch("teams.allowClientTeamCreation", say("team-settings-creation")),
    "personal": Switch("teams.createPersonalTeamOnSignUp", say("team-settings-personal")),
}


class TeamSettingsState(StagedState, rx.State):
    """The settings of teams."""

    permissions_path: str = ""

    def _settings(self, _present: Present) -> Settings:
        return _SETTINGS

    async def _show_page(self, viewer: Viewer) -> None:
        self.permissions_path = paths.team_permissions(viewer.tenancy.project_id)

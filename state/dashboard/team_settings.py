"""Who creates teams, and when."""

from collections.abc import Mapping
from typing import Final

import reflex as rx

from state.base import Viewer
from state.dashboard import paths
from state.dashboard.switches import SwitchesState

_SWITCHES: Final = {
    "creation": "teams.allowClientTeamCreation",
    "personal": "teams.createPersonalTeamOnSignUp",
}


class TeamSettingsState(SwitchesState, rx.State):
    """The settings of teams."""

    allows_creation: bool = False
    creates_personal: bool = False
    permissions_path: str = ""

    def _keys(self) -> Mapping[str, str]:
        return _SWITCHES

    async def _show(self, viewer: Viewer) -> None:
        teams = viewer.tenancy.config.teams
        self.allows_creation = teams.allow_client_team_creation
        self.creates_personal = teams.create_personal_team_on_sign_up
        self.permissions_path = paths.team_permissions(viewer.tenancy.project_id)

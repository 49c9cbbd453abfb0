"""Who creates teams, and when."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Final

import reflex as rx

from hexclave_app.errors import StatusError
from hexclave_app.languages.speaking import say
from state.base import Access, Viewer, guarded
from state.dashboard import paths
from state.dashboard.config_saves import is_pushed, save_pushable

_SWITCHES: Final = {
    "creation": "teams.allowClientTeamCreation",
    "personal": "teams.createPersonalTeamOnSignUp",
}


class TeamSettingsState(rx.State):
    """The settings of teams."""

    if TYPE_CHECKING:
        project_id: str

    is_loading: bool = True
    error: str = ""
    is_pushed: bool = False
    allows_creation: bool = False
    creates_personal: bool = False
    permissions_path: str = ""

    def _error_field(self, _error: Exception) -> str:
        return "error" if self.is_loading else ""

    @guarded(Access.PROJECT_ADMIN, supersedes=True)
    async def load(self, viewer: Viewer) -> AsyncIterator[object]:
        """Read the settings anew."""
        self.is_loading, self.error = True, ""
        yield None
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def refresh(self, viewer: Viewer) -> None:
        """Read again without hiding what is shown."""
        await self._read(viewer)

    @guarded(Access.PROJECT_ADMIN)
    async def switch(self, viewer: Viewer, name: str, is_on: bool) -> object:
        """Turn something on or off; applies at once."""
        if name not in _SWITCHES:
            raise StatusError(400, say("common-no-setting"))
        await save_pushable(viewer, {_SWITCHES[name]: is_on is True})
        return TeamSettingsState.refresh

    async def _read(self, viewer: Viewer) -> None:
        teams = viewer.tenancy.config.teams
        self.allows_creation = teams.allow_client_team_creation
        self.creates_personal = teams.create_personal_team_on_sign_up
        self.permissions_path = paths.team_permissions(viewer.tenancy.project_id)
        self.is_pushed = await is_pushed(viewer)
        self.is_loading, self.error = False, ""
